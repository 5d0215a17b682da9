"""Notices by API: the same that the inbox shows and webhooks send, to catch up with."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Role
from claims.api.errors import OneShape
from claims.api.pagination import KeysetPagination
from claims.api.serializers import Linked
from claims.api.views import REFUSALS
from claims.inbox.readers import LATEST_FIRST, sentence_of
from claims.models import SupplierNotice
from suppliers.rights import Right


class NoticeSerializer(Linked, serializers.ModelSerializer[SupplierNotice]):
    """A notice: what happened to which claim."""

    claim = serializers.CharField(source="claim.icn", allow_null=True, default=None)
    claim_url = serializers.SerializerMethodField()
    message = serializers.SerializerMethodField()

    class Meta:
        model = SupplierNotice
        fields = ("id", "kind", "message", "claim", "claim_url", "file", "outcome", "on", "due", "at")
        read_only_fields = fields

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_claim_url(self, notice: SupplierNotice) -> str | None:
        return self.link("claim", notice.claim.icn) if notice.claim else None

    def get_message(self, notice: SupplierNotice) -> str:
        return sentence_of(notice)


class NoticeList(OneShape, generics.ListAPIView[SupplierNotice]):
    """What one's suppliers were told, the latest first."""

    allowed_roles = (Role.SUPPLIER,)
    rights = {"GET": Right.CLAIMS_READ}
    queryset = SupplierNotice.objects.none()
    serializer_class = NoticeSerializer
    pagination_class = KeysetPagination
    filter_backends = ()
    orders = {"-id": LATEST_FIRST}

    def get_queryset(self) -> Any:
        return SupplierNotice.objects.visible_to(self.person).select_related("claim")

    @extend_schema(operation_id="notices_list", responses={200: NoticeSerializer(many=True), **REFUSALS})
    def get(self, request: Request, *arguments: Any, **options: Any) -> Response:
        return super().get(request, *arguments, **options)
