"""What the API tells of claims, files and remittances. Amounts are dollars as text with two decimals."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.reverse import reverse

from claims.models import Acknowledgement, Claim, ReceivedFile, Remittance
from claims.pages.claim.lines import FindingShown, LineShown
from claims.pages.claim.page import ClaimPage
from claims.pages.files import RejectedShown
from claims.pages.remittances import ClaimOnPage, RemittanceShown


class Linked(serializers.Serializer[Any]):
    """A row with its own address in the API."""

    def link(self, name: str, *arguments: object) -> str:
        return str(reverse(f"api:{name}", args=arguments, request=self.context.get("request")))


class ClaimSerializer(Linked, serializers.ModelSerializer[Claim]):
    """A claim in a list."""

    number = serializers.CharField(source="icn", allow_null=True, help_text="The claim number (ICN).")
    status_label = serializers.CharField(source="get_status_display")
    patient_name = serializers.CharField()
    url = serializers.SerializerMethodField()

    class Meta:
        model = Claim
        fields = (
            "number",
            "url",
            "status",
            "status_label",
            "is_test",
            "received_on",
            "first_day",
            "last_day",
            "patient_control_number",
            "patient_name",
            "billing_npi",
            "billing_tin",
            "billing_name",
            "total_charge",
            "allowed_amount",
            "paid_amount",
            "payment_day",
            "next_look",
            "edits",
            "informs",
        )
        read_only_fields = fields

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_url(self, claim: Claim) -> str | None:
        return self.link("claim", claim.icn) if claim.icn else None


class ReasonSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    meaning = serializers.CharField(help_text="Our own paraphrase.")


class FindingSerializer(serializers.Serializer[FindingShown]):
    """An edit that fired on a line."""

    edit = serializers.CharField()
    title = serializers.CharField()
    evidence = serializers.CharField(source="sentence")
    cites = serializers.ListField(child=serializers.CharField())
    remedy = serializers.CharField(help_text="What would make the line payable.")
    next_eligible = serializers.DateField(allow_null=True)
    set_aside = serializers.CharField(help_text="The decision of a person that took its power to decide, if any.")


class LineSerializer(serializers.Serializer[LineShown]):
    """A line as billed and as decided."""

    number = serializers.IntegerField(source="line.number")
    date_of_service = serializers.DateField(source="line.date_of_service")
    through = serializers.DateField(source="line.through", allow_null=True)
    hcpcs = serializers.CharField(source="line.hcpcs")
    modifiers = serializers.ListField(source="line.modifiers", child=serializers.CharField())
    units = serializers.DecimalField(source="line.units", max_digits=12, decimal_places=3, allow_null=True)
    charge = serializers.DecimalField(source="line.charge", max_digits=12, decimal_places=2)
    control_number = serializers.CharField(source="line.control_number")
    outcome = serializers.CharField(source="outcome.value", allow_null=True, default=None)
    reasons = ReasonSerializer(many=True)
    paid = serializers.DecimalField(max_digits=12, decimal_places=2, allow_null=True)
    deciding = FindingSerializer(many=True)
    set_aside = FindingSerializer(many=True)
    informing = FindingSerializer(many=True)


class StepSerializer(serializers.Serializer[Any]):
    """A figure of a price and where it comes from."""

    line = serializers.IntegerField(source="number")
    step = serializers.CharField(source="label")
    operation = serializers.CharField()
    amount = serializers.DecimalField(max_digits=12, decimal_places=2)
    basis = serializers.CharField(help_text="published, estimated or inferred; empty for arithmetic.")


class ToldSerializer(Linked):
    """A remittance that told of a claim."""

    trace_number = serializers.CharField(source="remittance.trace_number")
    payment_day = serializers.DateField(source="remittance.payment_day")
    url = serializers.SerializerMethodField()

    def get_url(self, told: Any) -> str:
        return self.link("remittance", told.remittance_id)


class ClaimDetailSerializer(serializers.Serializer[ClaimPage]):
    """A claim with its lines, what decided them and what happens next."""

    claim = ClaimSerializer()
    mbi = serializers.CharField(source="claim.mbi")
    patient_birth_date = serializers.DateField(source="claim.patient_birth_date", allow_null=True)
    place_of_service = serializers.CharField(source="claim.place_of_service")
    diagnoses = serializers.ListField(source="claim.diagnoses", child=serializers.CharField())
    referring_npi = serializers.CharField(source="claim.referring_npi")
    verdict = serializers.CharField(source="verdict.headline")
    what_happens_next = serializers.ListField(source="verdict.next", child=serializers.CharField())
    lines = LineSerializer(many=True)
    price = StepSerializer(source="price.derivations", many=True, default=())
    remittances = ToldSerializer(source="told", many=True)


class AnswerSerializer(Linked, serializers.ModelSerializer[Acknowledgement]):
    """An answer to a file; `content` is the interchange as it is sent."""

    url = serializers.SerializerMethodField()

    class Meta:
        model = Acknowledgement
        fields = ("kind", "control_number", "created_at", "url", "content")
        read_only_fields = fields

    def get_url(self, answer: Acknowledgement) -> str:
        return self.link("answer", answer.file_id, answer.pk)


class FileSerializer(Linked, serializers.ModelSerializer[ReceivedFile]):
    """A received file in a list."""

    url = serializers.SerializerMethodField()

    class Meta:
        model = ReceivedFile
        fields = (
            *("url", "name", "sha256", "size", "state", "received_at"),
            *("accepted", "rejected", "inquiries", "account"),
        )
        read_only_fields = fields

    def get_url(self, file: ReceivedFile) -> str:
        return self.link("file", file.pk)


class RejectedSerializer(serializers.Serializer[RejectedShown]):
    """A claim that the gateway refused."""

    position = serializers.IntegerField(source="claim.position")
    patient_control_number = serializers.CharField(source="claim.patient_control_number")
    findings = serializers.ListField(child=serializers.DictField())


class FileDetailSerializer(serializers.Serializer[Any]):
    """A received file with its answers and the first claims that were refused."""

    file = FileSerializer()
    answers = serializers.SerializerMethodField()
    rejected = RejectedSerializer(many=True)

    @extend_schema_field(AnswerSerializer(many=True))
    def get_answers(self, page: Any) -> Any:
        return AnswerSerializer([shown.answer for shown in page.answers], many=True, context=self.context).data


class ReceiptSerializer(serializers.Serializer[Any]):
    """What a file was answered; a file that came before has `is_duplicate`, and nothing was taken in again."""

    file = FileSerializer()
    is_duplicate = serializers.BooleanField()
    account = serializers.CharField(help_text="What happened, in words.")
    answers = AnswerSerializer(many=True)


class UploadSerializer(serializers.Serializer[Any]):
    """An 837P, a 270 or a 276 to be received."""

    file = serializers.FileField(allow_empty_file=True, max_length=200)


class RemittanceSerializer(Linked, serializers.ModelSerializer[Remittance]):
    """A remittance in a list."""

    url = serializers.SerializerMethodField()
    supplier_npi = serializers.CharField(source="supplier.npi")
    supplier_name = serializers.CharField(source="supplier.name")

    class Meta:
        model = Remittance
        fields = (
            "url",
            "trace_number",
            "payment_day",
            "supplier_npi",
            "supplier_name",
            "claim_count",
            "charge_amount",
            "interest_amount",
            "paid_amount",
        )
        read_only_fields = fields

    def get_url(self, remittance: Remittance) -> str:
        return self.link("remittance", remittance.pk)


class RemittedLineSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField(source="line.number")
    hcpcs = serializers.CharField(source="line.hcpcs")
    date_of_service = serializers.DateField(source="line.date")
    charge = serializers.DecimalField(source="line.charge", max_digits=12, decimal_places=2)
    allowed = serializers.DecimalField(source="line.allowed", max_digits=12, decimal_places=2)
    paid = serializers.DecimalField(source="line.paid", max_digits=12, decimal_places=2)
    codes = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ListField(child=serializers.DictField()))
    def get_codes(self, shown: Any) -> list[dict[str, Any]]:
        """Adjustments with their amounts, then remarks."""
        return [{"code": code.code, "amount": code.amount, "meaning": code.meaning} for code in shown.codes]


class RemittedClaimSerializer(serializers.Serializer[ClaimOnPage]):
    """A claim as a remittance told it."""

    number = serializers.CharField(source="on.told.icn")
    patient_control_number = serializers.CharField(source="on.told.patient_control_number")
    charge = serializers.DecimalField(source="on.told.charge", max_digits=12, decimal_places=2)
    paid = serializers.DecimalField(source="on.told.paid", max_digits=12, decimal_places=2)
    interest = serializers.DecimalField(source="on.told.interest", max_digits=12, decimal_places=2)
    years_without_deductible = serializers.ListField(
        source="on.years_without_deductible",
        child=serializers.IntegerField(),
        help_text="Calendar years for which no Part B deductible was on file, so that none was taken.",
    )
    remarks = serializers.SerializerMethodField()
    lines = RemittedLineSerializer(many=True)

    @extend_schema_field(ReasonSerializer(many=True))
    def get_remarks(self, shown: ClaimOnPage) -> list[dict[str, str]]:
        return [{"code": remark.code, "meaning": remark.meaning} for remark in shown.remarks]


class RemittanceDetailSerializer(serializers.Serializer[RemittanceShown]):
    """A remittance with its claims and lines; `is_estimated` says that figures in it are not published ones."""

    remittance = RemittanceSerializer()
    is_estimated = serializers.BooleanField()
    claims = RemittedClaimSerializer(many=True)
