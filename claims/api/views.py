"""The operations of the API. What a person may not see does not exist for that person."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError as FormError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions, generics, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import visible_or_404
from accounts.actions import log_access, log_accesses
from accounts.models import Role
from claims.api import serializers
from claims.api.errors import ErrorSerializer, OneShape, StorageRefused, TooLarge
from claims.api.idempotency import HEADER, done_once
from claims.api.pagination import KeysetPagination
from claims.filters import ORDERS, ClaimFilter
from claims.forms import refuse_unreadable
from claims.intake.keeping import NotKept
from claims.intake.receive import receive_file
from claims.models import Claim, ReceivedFile, Remittance
from claims.pages import files as file_pages
from claims.pages import remittances as remittance_pages
from claims.pages.claim.page import CLAIMS_WITH_FILES, claim_page
from claims.payment.readers import remittances_of
from claims.views.remittances import file_response
from suppliers.rights import Right

EVERY_ROLE = tuple(Role.values)
REFUSALS = dict.fromkeys((400, 401, 403, 404, 429), ErrorSerializer)


class ClaimList(OneShape, generics.ListAPIView[Claim]):
    """The claims that one may see, narrowed by the same filters as the worklist."""

    allowed_roles = EVERY_ROLE
    rights = {"GET": Right.CLAIMS_READ}
    queryset = Claim.objects.none()
    serializer_class = serializers.ClaimSerializer
    pagination_class = KeysetPagination
    filterset_class = ClaimFilter
    orders = {name: order for name, (_, order) in ORDERS.items()}

    def get_queryset(self) -> Any:
        return Claim.objects.visible_to(self.person).defer("billed", "gateway_findings")

    @extend_schema(operation_id="claims_list", responses={200: serializers.ClaimSerializer(many=True), **REFUSALS})
    def get(self, request: Request, *arguments: Any, **options: Any) -> Response:
        return super().get(request, *arguments, **options)


class ClaimDetail(OneShape):
    """One claim by its number."""

    allowed_roles = EVERY_ROLE
    rights = {"GET": Right.CLAIMS_READ}

    @extend_schema(operation_id="claims_read", responses={200: serializers.ClaimDetailSerializer, **REFUSALS})
    def get(self, request: Request, icn: str) -> Response:
        """What was decided on the claim and why, line by line, and what happens next."""
        claim = visible_or_404(CLAIMS_WITH_FILES, self.person, icn=icn)
        log_access(self.person, claim, page="API, claim")
        page = claim_page(claim, self.person)
        return Response(serializers.ClaimDetailSerializer(page, context={"request": request}).data)


class FileList(OneShape, generics.ListAPIView[ReceivedFile]):
    """The files that one may see, and the way to send one."""

    allowed_roles = EVERY_ROLE
    rights = {"GET": Right.CLAIMS_READ, "POST": Right.CLAIMS_SEND}
    queryset = ReceivedFile.objects.none()
    sending_roles = (Role.EXAMINER, Role.SUPPLIER)
    serializer_class = serializers.FileSerializer
    pagination_class = KeysetPagination
    filter_backends = ()
    parser_classes = (MultiPartParser,)
    orders = {"-id": file_pages.LATEST_FIRST}

    def get_queryset(self) -> Any:
        return file_pages.files_visible_to(self.person)

    @extend_schema(operation_id="files_list", responses={200: serializers.FileSerializer(many=True), **REFUSALS})
    def get(self, request: Request, *arguments: Any, **options: Any) -> Response:
        return super().get(request, *arguments, **options)

    @extend_schema(
        operation_id="files_send",
        request={"multipart/form-data": serializers.UploadSerializer},
        parameters=[
            OpenApiParameter(
                HEADER,
                OpenApiTypes.STR,
                OpenApiParameter.HEADER,
                description="A text of at most 100 characters of your choice; the same request with it is done once.",
            )
        ],
        responses={
            200: serializers.ReceiptSerializer,
            201: serializers.ReceiptSerializer,
            409: ErrorSerializer,
            413: ErrorSerializer,
            422: ErrorSerializer,
            507: ErrorSerializer,
            **REFUSALS,
        },
    )
    def post(self, request: Request) -> Response:
        """Receive an 837P, a 270 or a 276 and answer it: 201 with the receipt, 200 when the same bytes came before."""
        upload = serializers.UploadSerializer(data=request.data)
        upload.is_valid(raise_exception=True)
        sent = upload.validated_data["file"]
        refuse_by_size(sent.size)
        content = sent.read()
        return done_once(request, self.person, content, lambda: self.receive(request, content, sent.name))

    def receive(self, request: Request, content: bytes, name: str) -> Response:
        try:
            receipt = receive_file(content, name, by=self.person)
        except NotKept as refusal:
            raise StorageRefused(str(refusal)) from refusal
        data = serializers.ReceiptSerializer(receipt, context={"request": request}).data
        return Response(data, status.HTTP_200_OK if receipt.is_duplicate else status.HTTP_201_CREATED)


def refuse_by_size(size: int) -> None:
    """The limits of the upload form, as refusals of the API."""
    try:
        refuse_unreadable(size)
    except FormError as error:
        if error.code == "too_large":
            raise TooLarge(error.message) from error
        raise exceptions.ValidationError({"file": [error.message]}) from error


class FileDetail(OneShape):
    """One received file."""

    allowed_roles = EVERY_ROLE
    rights = {"GET": Right.CLAIMS_READ}

    @extend_schema(operation_id="files_read", responses={200: serializers.FileDetailSerializer, **REFUSALS})
    def get(self, request: Request, pk: int) -> Response:
        """What came, what was answered, and which claims were refused."""
        file = get_object_or_404(file_pages.files_visible_to(self.person), pk=pk)
        log_access(self.person, file, page="API, file")
        page = file_pages.file_page(file, self.person)
        return Response(serializers.FileDetailSerializer(page, context={"request": request}).data)


class AnswerDownload(OneShape):
    """An answer to a file, as it is sent."""

    allowed_roles = EVERY_ROLE
    rights = {"GET": Right.CLAIMS_READ}

    @extend_schema(operation_id="answers_download", responses={(200, "text/plain"): OpenApiTypes.STR, **REFUSALS})
    def get(self, request: Request, pk: int, answer: int) -> HttpResponse:
        """The TA1, 999, 277CA, 271 or 277."""
        file = get_object_or_404(file_pages.files_visible_to(self.person), pk=pk)
        found = get_object_or_404(file.acknowledgements, pk=answer)
        log_access(self.person, file, page=f"API, {found.kind}")
        return HttpResponse(found.content, content_type="text/plain; charset=utf-8")


class RemittanceList(OneShape, generics.ListAPIView[Remittance]):
    """The remittances that one may see, the latest first."""

    allowed_roles = EVERY_ROLE
    rights = {"GET": Right.REMITTANCES_READ}
    queryset = Remittance.objects.none()
    serializer_class = serializers.RemittanceSerializer
    pagination_class = KeysetPagination
    filter_backends = ()
    orders = {"-payment_day": remittance_pages.LATEST_FIRST}

    def get_queryset(self) -> Any:
        return remittances_of(self.person)

    @extend_schema(
        operation_id="remittances_list", responses={200: serializers.RemittanceSerializer(many=True), **REFUSALS}
    )
    def get(self, request: Request, *arguments: Any, **options: Any) -> Response:
        return super().get(request, *arguments, **options)


class RemittanceDetail(OneShape):
    """One remittance."""

    allowed_roles = EVERY_ROLE
    rights = {"GET": Right.REMITTANCES_READ}

    @extend_schema(operation_id="remittances_read", responses={200: serializers.RemittanceDetailSerializer, **REFUSALS})
    def get(self, request: Request, pk: int) -> Response:
        """What was paid and denied, claim by claim, with what the codes mean."""
        try:
            shown = remittance_pages.remittance_shown(self.person, pk)
        except Remittance.DoesNotExist as missing:
            raise Http404 from missing
        log_accesses(self.person, [claim.on.claim for claim in shown.claims], page="API, remittance")
        return Response(serializers.RemittanceDetailSerializer(shown, context={"request": request}).data)


class RemittanceDownload(OneShape):
    """The 835 of a remittance."""

    allowed_roles = EVERY_ROLE
    rights = {"GET": Right.REMITTANCES_READ}

    @extend_schema(operation_id="remittances_download", responses={(200, "text/plain"): OpenApiTypes.STR, **REFUSALS})
    def get(self, request: Request, pk: int) -> HttpResponse:
        """The 835 as it went out, byte for byte."""
        found = visible_or_404(Remittance.objects, self.person, pk=pk)
        log_access(self.person, found, page="API, 835")
        return file_response(found)
