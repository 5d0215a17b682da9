"""Eligibility and claim status by API, as a 271 and a 277 tell them."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import generics, serializers
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import visible_or_404
from accounts.models import Role
from beneficiaries.readers import PatientAsBilled
from claims.api.errors import ErrorSerializer, OneShape
from claims.api.pagination import KeysetPagination
from claims.api.views import REFUSALS
from claims.filters import ORDERS
from claims.inquiries.asking import Told
from claims.inquiries.eligibility import DrugTold, Eligibility, StayTold
from claims.inquiries.forms import NOT_A_NUMBER
from claims.inquiries.page import StatusSought, ask_one, claims_sought, headline, told_to
from claims.inquiries.standing import LineStanding, Standing
from claims.inquiries.status_codes import Status, in_words
from claims.intake.x12.mbi import is_mbi, normalize_mbi
from claims.models import Claim
from suppliers.models import Supplier
from suppliers.rights import Right, require

ELIGIBILITY_PAGE, STATUS_PAGE = "API, eligibility", "API, claim status"


class Amount(serializers.DecimalField):
    """Dollars as text with two decimals."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_digits=12, decimal_places=2, **options)


# ---------- eligibility ----------


class EligibilityAskedSerializer(serializers.Serializer[Any]):
    """A patient, named by Medicare number, surname and birth date together, and the day."""

    npi = serializers.CharField(max_length=10, help_text="The supplier that asks.")
    tax_id = serializers.CharField(max_length=9)
    mbi = serializers.CharField(max_length=20)
    last_name = serializers.CharField(max_length=60)
    birth_date = serializers.DateField()
    day = serializers.DateField(required=False, allow_null=True, default=None, help_text="Left out: today.")

    def validate_mbi(self, value: str) -> str:
        number = normalize_mbi(value)
        if not is_mbi(number):
            raise serializers.ValidationError(NOT_A_NUMBER)
        return number


class SpanSerializer(serializers.Serializer[Any]):
    """Days in force, both included; no end means still in force."""

    start = serializers.DateField()
    end = serializers.DateField(allow_null=True)


class StaySerializer(serializers.Serializer[StayTold]):
    """A stay that the day lies inside; visits inside it are not payable."""

    kind = serializers.CharField(help_text="hospital or snf.")
    admitted = serializers.DateField()
    discharged = serializers.DateField(allow_null=True)


class DrugCountingSerializer(serializers.Serializer[DrugTold]):
    """A home infusion drug whose window of 30 days holds the day."""

    hcpcs = serializers.CharField()
    modifier = serializers.CharField()
    category = serializers.IntegerField(allow_null=True, help_text="null: a reviewer gives it.")
    billed_on = serializers.DateField()
    is_paid = serializers.BooleanField(help_text="false: undecided at DME.")
    counts_through = serializers.DateField(source="last_day")
    days_left = serializers.IntegerField()


class EligibilitySerializer(serializers.Serializer[Eligibility]):
    """What holds on the day, as far as the supplier may know it: another supplier's visit by its day alone."""

    headline = serializers.SerializerMethodField()
    day = serializers.DateField()
    is_active = serializers.BooleanField(help_text="Part B on the day.")
    part_b = SpanSerializer(allow_null=True)
    died = serializers.DateField(allow_null=True, help_text="Only where the day comes after.")
    medicare_advantage = SpanSerializer(allow_null=True)
    other_insurer = SpanSerializer(allow_null=True)
    hospice = SpanSerializer(allow_null=True)
    stays = StaySerializer(many=True)
    deductible = Amount(allow_null=True)
    deductible_left = Amount(allow_null=True)
    coinsurance = serializers.DecimalField(max_digits=5, decimal_places=4, allow_null=True, help_text="A fraction.")
    drugs = DrugCountingSerializer(many=True)
    last_visit = serializers.DateField(allow_null=True)
    last_visit_is_own = serializers.BooleanField()
    initial_visit_from = serializers.DateField(source="initial_from")
    initial_visit_codes = serializers.ListField(source="initial_codes", child=serializers.CharField())

    def get_headline(self, told: Eligibility) -> str:
        return headline(told)


class RejectionSerializer(serializers.Serializer[Any]):
    """Why nothing is told; the same whatever of the three does not match."""

    reject_reason = serializers.CharField(help_text="AAA03 of a 271.")
    follow_up = serializers.CharField(help_text="AAA04 of a 271.")
    message = serializers.CharField(source="words")


class EligibilityToldSerializer(serializers.Serializer[Told]):
    """Either what holds, or why nothing is told."""

    eligibility = EligibilitySerializer(allow_null=True)
    not_told = RejectionSerializer(source="why_not", allow_null=True)


class EligibilityInquiry(OneShape):
    """Ask what holds for a patient."""

    allowed_roles = (Role.SUPPLIER,)
    sending_roles = (Role.SUPPLIER,)
    rights = {"POST": Right.ELIGIBILITY}
    parser_classes = (JSONParser,)

    @extend_schema(
        operation_id="eligibility_ask",
        request=EligibilityAskedSerializer,
        responses={200: EligibilityToldSerializer, 415: ErrorSerializer, **REFUSALS},
    )
    def post(self, request: Request) -> Response:
        """A patient's home infusion eligibility as of a day, as a 271 tells it. The look is logged and counted.

        404 for a supplier that one does not act for.
        """
        asked = EligibilityAskedSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        said = asked.validated_data
        supplier = visible_or_404(Supplier.objects, self.person, npi=said["npi"], tin=said["tax_id"])
        require(self.person, Right.ELIGIBILITY, supplier.pk)
        patient = PatientAsBilled(said["mbi"], said["birth_date"], said["last_name"])
        told = ask_one(supplier, patient, said["day"], by=self.person, page=ELIGIBILITY_PAGE)
        return Response(EligibilityToldSerializer(told).data)


# ---------- claim status ----------


class StatusAskedSerializer(serializers.Serializer[Any]):
    """What claims are sought by; without anything, all of one's own."""

    number = serializers.CharField(max_length=20, required=False, default="")
    patient_control_number = serializers.CharField(max_length=38, required=False, default="")
    first_day = serializers.DateField(required=False, default=None)
    last_day = serializers.DateField(required=False, default=None)

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        first, last = said["first_day"], said["last_day"]
        if first and last and last < first:
            raise serializers.ValidationError({"last_day": "This day is before the first one."})
        return said

    def sought(self) -> StatusSought:
        said = self.validated_data
        first, last = said["first_day"], said["last_day"]
        days = (first or last, last or first) if first or last else None
        return StatusSought(said["number"], said["patient_control_number"], days)


class StatusSerializer(serializers.Serializer[Any]):
    """Category and status codes of a 277, and what they say."""

    category = serializers.CharField()
    status = serializers.CharField(source="code")
    entity = serializers.CharField()
    meaning = serializers.SerializerMethodField()

    def get_meaning(self, status: Status) -> str:
        return in_words(status)


class LineStandingSerializer(serializers.Serializer[LineStanding]):
    """A decided line with its own status."""

    number = serializers.IntegerField()
    hcpcs = serializers.CharField()
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    charge = Amount()
    paid = Amount()
    status = StatusSerializer()


class StandingSerializer(serializers.Serializer[Any]):
    """Where a claim stands; `told_on` and `trace_number` are those of the remittance that told it."""

    number = serializers.CharField(source="claim.icn", allow_null=True)
    patient_control_number = serializers.CharField(source="claim.patient_control_number")
    first_day = serializers.DateField(source="claim.first_day", allow_null=True)
    last_day = serializers.DateField(source="claim.last_day", allow_null=True)
    is_test = serializers.BooleanField(source="claim.is_test")
    charge = Amount(source="claim.total_charge")
    paid = Amount()
    statuses = serializers.SerializerMethodField()
    since = serializers.DateField()
    decided_on = serializers.DateField(allow_null=True)
    told_on = serializers.DateField(allow_null=True)
    trace_number = serializers.CharField()
    lines = LineStandingSerializer(many=True)

    @extend_schema_field(StatusSerializer(many=True))
    def get_statuses(self, standing: Standing) -> Any:
        return StatusSerializer(list(standing.statuses), many=True).data


class ClaimStatusList(OneShape, generics.ListAPIView[Claim]):
    """Where one's own claims stand, the latest first."""

    allowed_roles = (Role.SUPPLIER,)
    rights = {"GET": Right.CLAIMS_READ}
    queryset = Claim.objects.none()
    serializer_class = StandingSerializer
    pagination_class = KeysetPagination
    filter_backends = ()
    orders = {"-received_on": ORDERS["-received_on"][1]}

    def get_queryset(self) -> Any:
        asked = StatusAskedSerializer(data=self.request.query_params)
        asked.is_valid(raise_exception=True)
        return claims_sought(self.person, asked.sought())

    @extend_schema(
        operation_id="claim_status",
        parameters=[OpenApiParameter(name, str) for name in ("number", "patient_control_number")]
        + [OpenApiParameter(name, {"type": "string", "format": "date"}) for name in ("first_day", "last_day")],
        responses={200: StandingSerializer(many=True), **REFUSALS},
    )
    def get(self, request: Request, *arguments: Any, **options: Any) -> Response:
        """The status of one's claims in the codes of a 277, by claim number, own number or days of service."""
        claims = self.paginate_queryset(self.get_queryset()) or []
        told = told_to(self.person, claims, page=STATUS_PAGE)
        return self.get_paginated_response(StandingSerializer(list(told), many=True).data)
