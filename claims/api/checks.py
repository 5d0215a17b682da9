"""Checks before billing by API: a claim, or a whole file, as it would be decided if it came today. Nothing is sent."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import visible_or_404
from accounts.models import Role
from claims.api.errors import ErrorSerializer, OneShape
from claims.api.serializers import FindingSerializer, LineSerializer, StepSerializer, UploadSerializer
from claims.api.views import REFUSALS, refuse_by_size
from claims.intake.x12.mbi import is_mbi, normalize_mbi
from claims.pages.claim.price import price_table
from claims.paper.cms_1500 import PaperLine
from claims.precheck.bill import MOST_POINTERS, Bill
from claims.precheck.checking import Checked, LineChecked, check_bill
from claims.precheck.files import ClaimOfFile, FileChecked, check_file
from claims.precheck.forms import MOST_VISITS
from claims.precheck.strips import drugs
from policy import clock
from policy.readers import tables_as_known
from suppliers.models import Supplier
from suppliers.rights import Right, require

PAGE = "API, check before billing"

# ---------- what is asked ----------


class LineAskedSerializer(serializers.Serializer[Any]):
    """A line to be checked: one visit."""

    date_of_service = serializers.DateField()
    through = serializers.DateField(required=False, allow_null=True, help_text="The last day, if it is another.")
    hcpcs = serializers.CharField(max_length=5, allow_blank=True, help_text="Empty, and one is suggested.")
    modifiers = serializers.ListField(child=serializers.CharField(max_length=2), max_length=4, default=list)
    units = serializers.DecimalField(max_digits=9, decimal_places=3, min_value=0, help_text="15 minutes each.")
    charge = serializers.DecimalField(max_digits=10, decimal_places=2, min_value=0)


class ClaimAskedSerializer(serializers.Serializer[Any]):
    """A claim to be checked. MBI, surname and birth date must all match the person for anything to be said of them."""

    billing_npi = serializers.CharField(max_length=10)
    billing_tax_id = serializers.CharField(max_length=9)
    mbi = serializers.CharField(max_length=20)
    last_name = serializers.CharField(max_length=60)
    birth_date = serializers.DateField()
    referring_npi = serializers.CharField(max_length=20, allow_blank=True, default="")
    diagnoses = serializers.ListField(child=serializers.CharField(max_length=8), max_length=12, default=list)
    place_of_service = serializers.CharField(max_length=2, default="12")
    state = serializers.CharField(max_length=2, allow_blank=True, default="", help_text="Empty: as on file.")
    zip_code = serializers.CharField(max_length=10, allow_blank=True, default="", help_text="Empty: as on file.")
    lines = serializers.ListField(child=LineAskedSerializer(), min_length=1, max_length=MOST_VISITS)

    def validate_mbi(self, value: str) -> str:
        number = normalize_mbi(value)
        if not is_mbi(number):
            raise serializers.ValidationError("This value is not a Medicare number like 1EG4-TE5-MK73.")
        return number

    def bill(self) -> Bill:
        said = dict(self.validated_data)
        place, codes = said["place_of_service"], tuple(said["diagnoses"])
        pointers = tuple(range(1, min(len(codes), MOST_POINTERS) + 1))
        lines = tuple(
            PaperLine(
                first_day=line["date_of_service"],
                last_day=line.get("through"),
                place_of_service=place,
                hcpcs=line["hcpcs"].upper(),
                modifiers=tuple(line["modifiers"]),
                pointers=pointers,
                charge=line["charge"],
                units=line["units"],
            )
            for line in said["lines"]
        )
        names = ("mbi", "last_name", "birth_date", "referring_npi", "state", "zip_code")
        return Bill(**{name: said[name] for name in names}, diagnoses=codes, place_of_service=place, lines=lines)


# ---------- what is told ----------


class SuggestionSerializer(serializers.Serializer[Any]):
    """A change that would help the line."""

    change = serializers.CharField(source="act", help_text="code, remove, split or referring.")
    value = serializers.CharField(help_text="The new code or NPI; empty where the change needs none.")
    title = serializers.CharField()
    effect = serializers.CharField()
    otherwise = serializers.CharField()


class LineCheckedSerializer(serializers.Serializer[LineChecked]):
    """A line as it would be decided; no `outcome` where that depends on a patient who was not identified."""

    outcome = serializers.CharField(source="outcome.value", allow_null=True, default=None)
    line = serializers.SerializerMethodField()
    suggestion = SuggestionSerializer(allow_null=True)

    @extend_schema_field(LineSerializer)
    def get_line(self, checked: LineChecked) -> Any:
        told = LineSerializer(checked.shown).data
        if checked.outcome is None:
            told.update(outcome=None, reasons=[], paid=None)
        return {**told, "deciding": [FindingSerializer(finding).data for finding in checked.deciding]}


class DrugSerializer(serializers.Serializer[Any]):
    """A home infusion drug in the history."""

    drug = serializers.CharField(source="name")
    status = serializers.CharField()
    counts_for = serializers.ListField(child=serializers.IntegerField(), help_text="Numbers of lines.")
    counts_through = serializers.DateField(source="last_day")
    days_left = serializers.IntegerField(source="left")


class GatewaySerializer(serializers.Serializer[Any]):
    """Why the gateway would refuse the claim as it stands."""

    edit = serializers.CharField(source="edit_id")
    status = serializers.CharField()
    message = serializers.CharField()
    line = serializers.IntegerField(help_text="0: the claim as a whole.")


class CheckedSerializer(serializers.Serializer[Checked]):
    """A claim as it would be decided if it came today, as its supplier may know it."""

    headline = serializers.CharField()
    status = serializers.SerializerMethodField()
    patient_not_identified = serializers.CharField(
        source="why_no_patient", help_text="Why no record was looked at; the same whatever does not match."
    )
    medicare_pays = serializers.DecimalField(max_digits=12, decimal_places=2)
    patient_owes = serializers.DecimalField(max_digits=12, decimal_places=2)
    lines = LineCheckedSerializer(many=True)
    price = serializers.SerializerMethodField()
    drugs = serializers.SerializerMethodField()
    gateway = GatewaySerializer(many=True)

    @extend_schema_field(serializers.CharField(allow_null=True, help_text="pay, deny, suspend or hold."))
    def get_status(self, checked: Checked) -> str | None:
        return None if checked.why_no_patient else checked.decision.status

    @extend_schema_field(StepSerializer(many=True))
    def get_price(self, checked: Checked) -> Any:
        table = None if checked.why_no_patient else price_table(checked.decision, checked.billed)
        return StepSerializer(table.derivations if table else (), many=True).data

    @extend_schema_field(DrugSerializer(many=True))
    def get_drugs(self, checked: Checked) -> Any:
        return DrugSerializer(drugs(checked.facts, self.context["tables"]), many=True).data


class ClaimOfFileSerializer(serializers.Serializer[ClaimOfFile]):
    """A claim of a file that was checked."""

    position = serializers.IntegerField(help_text="Its number in the file, from 1.")
    patient_control_number = serializers.CharField()
    headline = serializers.CharField()
    not_checked = serializers.CharField(source="why_not")
    gateway = GatewaySerializer(many=True)
    check = CheckedSerializer(source="checked", allow_null=True)


class FileCheckedSerializer(serializers.Serializer[FileChecked]):
    """A file as it would be received and decided today."""

    unreadable = serializers.ListField(child=serializers.CharField())
    left_out = serializers.IntegerField(help_text="Claims behind the last that was checked.")
    claims = ClaimOfFileSerializer(many=True)


# ---------- the operations ----------


class ClaimCheck(OneShape):
    """Check one claim before it is billed."""

    allowed_roles = (Role.SUPPLIER,)
    sending_roles = (Role.SUPPLIER,)
    rights = {"POST": Right.CHECKS}
    parser_classes = (JSONParser,)

    @extend_schema(
        operation_id="checks_claim",
        request=ClaimAskedSerializer,
        responses={200: CheckedSerializer, 415: ErrorSerializer, **REFUSALS},
    )
    def post(self, request: Request) -> Response:
        """What the claim would be decided if it came today; it is neither sent nor kept.

        404 for a billing provider that one does not act for. That a person was asked about is logged and counted.
        """
        asked = ClaimAskedSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        npi, tin = asked.validated_data["billing_npi"], asked.validated_data["billing_tax_id"]
        supplier = visible_or_404(Supplier.objects, self.person, npi=npi, tin=tin)
        require(self.person, Right.CHECKS, supplier.pk)
        tables = tables_as_known()
        checked = check_bill(asked.bill(), supplier, by=self.person, today=clock.today(), tables=tables, page=PAGE)
        return Response(CheckedSerializer(checked, context={"tables": tables}).data)


class FileCheck(OneShape):
    """Check a file before it is sent."""

    allowed_roles = (Role.SUPPLIER,)
    sending_roles = (Role.SUPPLIER,)
    rights = {"POST": Right.CHECKS}
    parser_classes = (MultiPartParser,)

    @extend_schema(
        operation_id="checks_file",
        request={"multipart/form-data": UploadSerializer},
        responses={200: FileCheckedSerializer, 413: ErrorSerializer, 415: ErrorSerializer, **REFUSALS},
    )
    def post(self, request: Request) -> Response:
        """What each claim of an 837P would be decided if the file came today; it is neither received nor kept."""
        upload = UploadSerializer(data=request.data)
        upload.is_valid(raise_exception=True)
        sent = upload.validated_data["file"]
        refuse_by_size(sent.size)
        tables = tables_as_known()
        checked = check_file(sent.read(), by=self.person, today=clock.today(), tables=tables)
        return Response(FileCheckedSerializer(checked, context={"tables": tables}).data)
