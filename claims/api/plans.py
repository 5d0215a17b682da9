"""Plans of care by API: to read, to put on file, to change, to complete, to review, to send documents for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any, NoReturn

import orjson
from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import exceptions, generics, serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import visible_or_404
from accounts.actions import log_access, log_accesses
from accounts.models import Role
from beneficiaries.documents.actions import Received, receive_documents
from beneficiaries.documents.receiving import LIMITS, sent_files, stream_documents
from beneficiaries.models import Document, PlanDraft, PlanOfCare, PlanOfCareVersion, PlanReview
from beneficiaries.plans.actions import begin_plan, file_draft, make_draft_on, record_review
from beneficiaries.plans.content import PlanContent, content_of
from beneficiaries.plans.readers import plans_with_dates
from beneficiaries.readers import PatientAsBilled
from beneficiaries.views.documents import as_attachment, openable_or_404
from claims.api.errors import ErrorSerializer, OneShape, StorageRefused, TooLarge
from claims.api.idempotency import HEADER, done_once
from claims.api.pagination import KeysetPagination
from claims.api.serializers import Linked
from claims.intake.x12.mbi import normalize_mbi
from claims.plans.completeness import FindingShown
from claims.plans.forms import PlanForm, ReviewForm, values_for_change, values_of
from claims.plans.page import LATEST_FIRST, PlanPage, plan_page
from claims.precheck.looks import look
from policy import clock
from policy.readers import tables_as_known
from policy.refusals import Refused
from suppliers.models import Supplier
from suppliers.rights import Right, require

EVERY_ROLE = tuple(Role.values)
REFUSALS = dict.fromkeys((400, 401, 403, 404, 429), ErrorSerializer)
SENDING = {409: ErrorSerializer, 422: ErrorSerializer, **REFUSALS}
KEY = OpenApiParameter(
    HEADER,
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="A text of at most 100 characters of your choice; the same request with it is done once.",
)

Typed = dict[str, Any]


# ---------- what is told ----------


class ContentSerializer(serializers.Serializer[Any]):
    """What a plan says (Pub. 100-02 ch. 15 §320.5 A to D, §320.5.1, §320.5.2). Everything may be left out."""

    physician_name = serializers.CharField(required=False, allow_blank=True, max_length=120)
    physician_npi = serializers.CharField(required=False, allow_blank=True, max_length=20)
    credential = serializers.ChoiceField(PlanOfCareVersion.Credential.choices, required=False, allow_blank=True)
    established = serializers.DateField(required=False, allow_null=True)
    starts = serializers.DateField(required=False, allow_null=True, help_text="A plan is on file from this day on.")
    ends = serializers.DateField(required=False, allow_null=True)
    drugs = serializers.ListField(
        child=serializers.CharField(max_length=8), required=False, max_length=20, help_text="“J2260”, “J1559 JB”."
    )
    therapy_type = serializers.CharField(required=False, allow_blank=True, max_length=120)
    dosage = serializers.CharField(required=False, allow_blank=True, max_length=120)
    frequency = serializers.CharField(required=False, allow_blank=True, max_length=120)
    route = serializers.CharField(required=False, allow_blank=True, max_length=20)
    amount = serializers.CharField(required=False, allow_blank=True, max_length=120)
    duration = serializers.CharField(required=False, allow_blank=True, max_length=120, help_text="“12 weeks”.")
    professional_services = serializers.ListField(
        child=serializers.CharField(max_length=60), required=False, max_length=20
    )
    fewest = serializers.IntegerField(required=False, allow_null=True, min_value=1, help_text="Fewest visits a week.")
    most = serializers.IntegerField(required=False, allow_null=True, min_value=1, help_text="Most visits a week.")
    discipline = serializers.CharField(required=False, allow_blank=True, max_length=60)
    needs = serializers.CharField(required=False, allow_blank=True, max_length=500)
    changed_on = serializers.DateField(required=False, allow_null=True, help_text="The day of a change.")
    signed = serializers.DateField(required=False, allow_null=True, help_text="The date beside the signature.")
    signed_page = serializers.IntegerField(required=False, allow_null=True, min_value=1)
    review_every_days = serializers.IntegerField(required=False, allow_null=True, min_value=1)
    options_notified = serializers.DateField(required=False, allow_null=True)
    dme_supplier = serializers.CharField(required=False, allow_blank=True, max_length=120)
    dme_consulted = serializers.DateField(required=False, allow_null=True)
    prescriber_consulted = serializers.DateField(required=False, allow_null=True)


class PatientSerializer(serializers.Serializer[Any]):
    """Number, surname and birth date must all match one person; whatever does not is answered alike."""

    mbi = serializers.CharField(max_length=20)
    last_name = serializers.CharField(max_length=60)
    birth_date = serializers.DateField()


class NewPlanSerializer(serializers.Serializer[Any]):
    supplier_npi = serializers.CharField(max_length=10)
    supplier_tin = serializers.CharField(max_length=9)
    patient = PatientSerializer()
    content = ContentSerializer()


class ReviewSerializer(serializers.Serializer[PlanReview]):
    reviewed_on = serializers.DateField()
    note = serializers.CharField(required=False, allow_blank=True, max_length=300)


class DocumentSerializer(Linked, serializers.ModelSerializer[Document]):
    """A document; `content` is where its bytes are, unless it is held."""

    content = serializers.SerializerMethodField()

    class Meta:
        model = Document
        fields = (
            "id",
            "name",
            "kind",
            "size",
            "sha256",
            "pages",
            "other_mbi_pages",
            "scan",
            "sent_on",
            "sent_at",
            "content",
        )
        read_only_fields = fields

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_content(self, document: Document) -> str | None:
        return self.link("document_content", document.pk) if document.may_be_opened else None


class RefusedSerializer(serializers.Serializer[Refused]):
    code = serializers.CharField()
    message = serializers.SerializerMethodField()

    def get_message(self, refusal: Refused) -> str:
        return str(refusal)


class ReceivedSerializer(serializers.Serializer[Received]):
    """Documents that were kept, and why others were not."""

    documents = DocumentSerializer(many=True)
    refusals = RefusedSerializer(many=True)


class FilesSerializer(serializers.Serializer[Any]):
    files = serializers.ListField(child=serializers.FileField(), help_text=LIMITS)


class PlanSerializer(Linked, serializers.ModelSerializer[PlanOfCare]):
    """A plan in a list."""

    patient_name = serializers.CharField(source="beneficiary")
    supplier_name = serializers.CharField(source="supplier")
    version = serializers.IntegerField(source="version_number")
    signed = serializers.DateField(allow_null=True, help_text="Of the last version.")
    drugs = serializers.ListField(child=serializers.CharField())
    review_due = serializers.DateField(allow_null=True)
    url = serializers.SerializerMethodField()

    class Meta:
        model = PlanOfCare
        fields = (
            "id",
            "url",
            "patient_name",
            "supplier_name",
            "established",
            "starts",
            "ends",
            "version",
            "signed",
            "drugs",
            "review_due",
        )
        read_only_fields = fields

    @extend_schema_field(serializers.URLField())
    def get_url(self, plan: PlanOfCare) -> str:
        return self.link("plan", plan.pk)


class EditFoundSerializer(serializers.Serializer[FindingShown]):
    """An edit that a claim would meet."""

    edit = serializers.CharField()
    title = serializers.CharField()
    evidence = serializers.CharField(source="sentence")
    remedy = serializers.CharField()
    cites = serializers.ListField(child=serializers.CharField())


class VersionSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField(source="version.number")
    content = serializers.SerializerMethodField()
    documents = serializers.SerializerMethodField()

    @extend_schema_field(ContentSerializer())
    def get_content(self, shown: Any) -> dict[str, Any]:
        return content_told(content_of(self.context["plan"], shown.version))

    @extend_schema_field(DocumentSerializer(many=True))
    def get_documents(self, shown: Any) -> Any:
        documents = [each.document for each in shown.documents]
        return DocumentSerializer(documents, many=True, context=self.context).data


class PlanDetailSerializer(serializers.Serializer[PlanPage]):
    """A plan with its versions, the last first, and what a claim sent today would meet for it."""

    id = serializers.IntegerField(source="plan.pk")
    patient_name = serializers.CharField(source="plan.beneficiary")
    supplier_name = serializers.CharField(source="plan.supplier")
    review_due = serializers.DateField(source="plan.review_due", allow_null=True)
    versions = VersionSerializer(many=True)
    reviews = ReviewSerializer(many=True)
    missing = serializers.ListField(source="completeness.missing", child=serializers.CharField())
    claim_would = serializers.ChoiceField(["pay", "hold", "suspend", "deny"], source="completeness.judged.outcome")
    edits = EditFoundSerializer(source="completeness.findings", many=True)


def content_told(content: PlanContent) -> dict[str, Any]:
    """A content as JSON: dates by ISO 8601, the visits a week as fewest and most."""
    values = asdict(content)
    fewest, most = values.pop("visits_per_week") or (None, None)
    return dict(ContentSerializer({**values, "fewest": fewest, "most": most}).data)


# ---------- what is taken ----------


def typed(given: Typed) -> Typed:
    """The values of a request as the form of the pages takes them, so that one code judges both."""
    return {
        name: value if isinstance(value, list) else "" if value is None else str(value) for name, value in given.items()
    }


def errors_of(form: forms.Form) -> dict[str, list[str]]:
    return {name: list(map(str, errors)) for name, errors in form.errors.items()}


def content_in(form: PlanForm) -> PlanContent:
    """What a valid form says; else the refusal, field by field."""
    if not form.is_valid():
        raise exceptions.ValidationError(errors_of(form))
    return form.content


def refuse(refusal: Refused) -> NoReturn:
    """A refusal of an action in the API's shape."""
    if refusal.code == "storage_refused":
        raise StorageRefused(str(refusal)) from refusal
    raise exceptions.ValidationError({refusal.field or "request": [str(refusal)]}) from refusal


class Sending(OneShape):
    """Views where suppliers write."""

    allowed_roles = EVERY_ROLE
    sending_roles = (Role.SUPPLIER,)
    rights = {"GET": Right.PLANS_READ, "POST": Right.PLANS_WRITE}

    def plan_or_404(self, pk: int) -> PlanOfCare:
        return get_object_or_404(plans_with_dates(PlanOfCare.objects.visible_to(self.person), clock.today()), pk=pk)

    def plan_to_write(self, pk: int) -> PlanOfCare:
        plan = self.plan_or_404(pk)
        require(self.person, Right.PLANS_WRITE, plan.supplier_id)
        return plan

    def once(self, request: Request, work: Callable[[], PlanOfCare]) -> Response:
        """Do the work once for a key, all of it or nothing, and answer with the plan as it stands then."""

        def whole() -> Response:
            try:
                with transaction.atomic():
                    plan = work()
            except Refused as refusal:
                refuse(refusal)
            return self.told(self.plan_or_404(plan.pk), status.HTTP_201_CREATED)

        return done_once(request, self.person, orjson.dumps(request.data, option=orjson.OPT_SORT_KEYS), whole)

    def told(self, plan: PlanOfCare, code: int = status.HTTP_200_OK) -> Response:
        log_access(self.person, plan, page="API, plan of care")
        context = {"request": self.request, "plan": plan}
        return Response(PlanDetailSerializer(plan_page(plan, self.person, None), context=context).data, code)

    def given(self, serializer: type[serializers.Serializer[Any]]) -> dict[str, Any]:
        taken = serializer(data=self.request.data)
        taken.is_valid(raise_exception=True)
        return dict(taken.validated_data)


class PlanList(Sending, generics.ListAPIView[PlanOfCare]):
    """The plans of care that one may see, the latest on file first, and the way to put one on file."""

    queryset = PlanOfCare.objects.none()
    serializer_class = PlanSerializer
    pagination_class = KeysetPagination
    filter_backends = ()
    orders = {"-id": LATEST_FIRST}

    def get_queryset(self) -> QuerySet[PlanOfCare]:
        return plans_with_dates(PlanOfCare.objects.visible_to(self.person), clock.today())

    def paginate_queryset(self, queryset: Any) -> Any:
        page = super().paginate_queryset(queryset)
        log_accesses(self.person, page or [], page="API, plans of care")
        return page

    @extend_schema(operation_id="plans_list", responses={200: PlanSerializer(many=True), **REFUSALS})
    def get(self, request: Request, *arguments: Any, **options: Any) -> Response:
        return super().get(request, *arguments, **options)

    @extend_schema(
        operation_id="plans_file",
        request=NewPlanSerializer,
        parameters=[KEY],
        responses={201: PlanDetailSerializer, **SENDING},
    )
    def post(self, request: Request) -> Response:
        """Put a new plan on file, complete or not; the answer says what is missing."""
        given = self.given(NewPlanSerializer)
        suppliers = Supplier.objects.allowing(self.person, Right.PLANS_WRITE)
        supplier = suppliers.filter(npi=given["supplier_npi"], tin=given["supplier_tin"]).first()
        if supplier is None:
            refusal = "You keep the plans of care of no supplier with this NPI and tax id."
            raise exceptions.ValidationError({"supplier_npi": [refusal]})
        return self.once(request, lambda: self.file_new(supplier, given))

    def file_new(self, supplier: Supplier, given: dict[str, Any]) -> PlanOfCare:
        today, tables, person = clock.today(), tables_as_known(), given["patient"]
        patient = PatientAsBilled(normalize_mbi(person["mbi"]), person["birth_date"], person["last_name"])
        looked = look(supplier, [patient], by=self.person, on=today, tables=tables, page="API, new plan of care")
        if patient not in looked.found:
            raise exceptions.ValidationError({"patient": [looked.why_not(patient)]})
        content = content_in(PlanForm(typed(given["content"]), tables, today))
        draft = begin_plan(supplier, looked.found[patient], by=self.person)
        return file_draft(draft, content, by=self.person).plan


class PlanDetail(Sending):
    """One plan of care."""

    @extend_schema(operation_id="plans_read", responses={200: PlanDetailSerializer, **REFUSALS})
    def get(self, request: Request, pk: int) -> Response:
        """Its versions, reviews and documents, what is missing, and which edits a claim would meet today."""
        return self.told(self.plan_or_404(pk))


class PlanWriting(Sending):
    """What a change and a completion share: what is not given stays as it is on file."""

    purpose: PlanDraft.Purpose

    def write(self, plan: PlanOfCare, given: dict[str, Any]) -> PlanOfCare:
        last = plan.versions.order_by("-number").first()
        assert last is not None
        on_file = content_of(plan, last)
        start = values_for_change if self.purpose == PlanDraft.Purpose.CHANGE else values_of
        values = {**start(on_file), **typed(given)}
        form = PlanForm(values, tables_as_known(), clock.today(), on_file, self.purpose)
        content = content_in(form)
        draft = make_draft_on(plan, self.purpose, values=values, by=self.person)
        return file_draft(draft, content, by=self.person).plan


class PlanChanges(PlanWriting):
    """Changes of a plan: each a version with its own day and signature."""

    purpose = PlanDraft.Purpose.CHANGE

    @extend_schema(
        operation_id="plans_change",
        request=ContentSerializer,
        parameters=[KEY],
        responses={201: PlanDetailSerializer, **SENDING},
    )
    def post(self, request: Request, pk: int) -> Response:
        """Put a change on file as of `changed_on`; what is not given stays as it was, but for the signature."""
        plan, given = self.plan_to_write(pk), self.given(ContentSerializer)
        return self.once(request, lambda: self.write(plan, given))


class PlanCompletion(PlanWriting):
    """What a plan on file left out."""

    purpose = PlanDraft.Purpose.COMPLETE

    @extend_schema(
        operation_id="plans_complete",
        request=ContentSerializer,
        parameters=[KEY],
        responses={201: PlanDetailSerializer, **SENDING},
    )
    def post(self, request: Request, pk: int) -> Response:
        """Fill in what the last version left out; what it states stays."""
        plan, given = self.plan_to_write(pk), self.given(ContentSerializer)
        return self.once(request, lambda: self.write(plan, given))


class PlanReviews(Sending):
    """Reviews of a plan by the physician."""

    @extend_schema(
        operation_id="plans_review",
        request=ReviewSerializer,
        parameters=[KEY],
        responses={201: PlanDetailSerializer, **SENDING},
    )
    def post(self, request: Request, pk: int) -> Response:
        """Note a review that was held; the same day again is the same review."""
        plan = self.plan_to_write(pk)
        form = ReviewForm(typed(self.given(ReviewSerializer)))
        if not form.is_valid():
            raise exceptions.ValidationError(errors_of(form))
        return self.once(request, lambda: record_review(plan, **form.cleaned_data, by=self.person).plan)


# ---------- documents ----------


class PlanDocuments(Sending):
    """Documents of the last version of a plan."""

    parser_classes = (MultiPartParser,)

    def initialize_request(self, request: HttpRequest, *arguments: Any, **options: Any) -> Request:
        stream_documents(request)
        return super().initialize_request(request, *arguments, **options)

    @extend_schema(
        operation_id="plans_send_documents",
        request={"multipart/form-data": FilesSerializer},
        parameters=[KEY],
        responses={201: ReceivedSerializer, 413: ErrorSerializer, 507: ErrorSerializer, **SENDING},
    )
    def post(self, request: Request, pk: int) -> Response:
        """Send documents; each is checked at once, and what is not fit is refused in words."""
        plan = self.plan_to_write(pk)
        version = plan.versions.order_by("-number").first()
        assert version is not None
        with sent_files(request) as (files, refused):
            digests = "\n".join(file.sha256 for file in files).encode()
            return done_once(request, self.person, digests, lambda: self.receive(files, refused, version))

    def receive(self, files: Any, refused: Any, version: PlanOfCareVersion) -> Response:
        received = receive_documents(files, version, by=self.person, refused=refused)
        if not received.documents:
            self.refuse_all(received.refusals)
        data = ReceivedSerializer(received, context={"request": self.request}).data
        return Response(data, status.HTTP_201_CREATED)

    def refuse_all(self, refusals: tuple[Refused, ...]) -> NoReturn:
        if not refusals:
            raise exceptions.ValidationError({"files": ["No file came. Send one or several."]})
        if all(refusal.code == "too_large" for refusal in refusals):
            raise TooLarge(" ".join(map(str, refusals)))
        if stored := next((each for each in refusals if each.code == "storage_refused"), None):
            refuse(stored)
        raise exceptions.ValidationError({"files": [str(refusal) for refusal in refusals]})


class DocumentDetail(OneShape):
    """One document."""

    allowed_roles = EVERY_ROLE
    rights = {"GET": Right.PLANS_READ}

    @extend_schema(operation_id="documents_read", responses={200: DocumentSerializer, **REFUSALS})
    def get(self, request: Request, pk: int) -> Response:
        """What is known of it."""
        document = visible_or_404(Document.objects, self.person, pk=pk)
        log_access(self.person, document, page="API, document")
        return Response(DocumentSerializer(document, context={"request": request}).data)


class DocumentContent(OneShape):
    """The bytes of a document."""

    allowed_roles = EVERY_ROLE
    rights = {"GET": Right.PLANS_READ}

    @extend_schema(operation_id="documents_download", responses={(200, "application/octet-stream"): bytes, **REFUSALS})
    def get(self, request: Request, pk: int) -> HttpResponseBase:
        """As they were received; a document that is held is not there."""
        document = openable_or_404(request, pk)
        log_access(self.person, document, page="API, document content")
        return as_attachment(document)
