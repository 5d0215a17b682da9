"""One's own suppliers by API, with what is true of them on which days."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import visible_or_404
from accounts.models import Role
from claims.api.errors import OneShape
from claims.api.inquiries import SpanSerializer
from claims.api.pagination import KeysetPagination
from claims.api.serializers import Linked
from claims.api.views import REFUSALS
from claims.pages.keyset import Order
from suppliers.models import Supplier, SupplierSpan
from suppliers.rights import Right

EVERY_ROLE = tuple(Role.values)

#: The spans of a supplier, and the field beside the days by which each is known.
SPANS = {
    "enrollments": "",
    "licenses": "state",
    "accreditations": "organization",
    "revocations": "reason",
    "prepaymentreviews": "reason",
}


class SupplierSpanSerializer(serializers.Serializer[Any]):
    """Something true of a supplier, with the days on which it is."""

    of = serializers.CharField(help_text="The State, the accrediting organization, the reason; empty where none is.")
    in_force = SpanSerializer()


class SupplierSerializer(Linked, serializers.ModelSerializer[Supplier]):
    """A supplier in a list."""

    url = serializers.SerializerMethodField()
    tax_id = serializers.CharField(source="tin")

    class Meta:
        model = Supplier
        fields = (
            *("id", "url", "npi", "tax_id", "name", "kind", "specialty", "taxonomy"),
            *("address", "city", "state", "zip"),
        )
        read_only_fields = fields

    @extend_schema_field(serializers.URLField())
    def get_url(self, supplier: Supplier) -> str:
        return self.link("supplier", supplier.pk)


class SupplierDetailSerializer(serializers.Serializer[Supplier]):
    """A supplier with its enrollment, licenses, accreditations, revocations and prepayment reviews."""

    supplier = serializers.SerializerMethodField()
    enrollments = serializers.SerializerMethodField()
    licenses = serializers.SerializerMethodField()
    accreditations = serializers.SerializerMethodField()
    revocations = serializers.SerializerMethodField()
    prepayment_reviews = serializers.SerializerMethodField()

    @extend_schema_field(SupplierSerializer)
    def get_supplier(self, supplier: Supplier) -> Any:
        return SupplierSerializer(supplier, context=self.context).data

    @extend_schema_field(SupplierSpanSerializer(many=True))
    def get_enrollments(self, supplier: Supplier) -> Any:
        return _spans(supplier, "enrollments")

    @extend_schema_field(SupplierSpanSerializer(many=True))
    def get_licenses(self, supplier: Supplier) -> Any:
        return _spans(supplier, "licenses")

    @extend_schema_field(SupplierSpanSerializer(many=True))
    def get_accreditations(self, supplier: Supplier) -> Any:
        return _spans(supplier, "accreditations")

    @extend_schema_field(SupplierSpanSerializer(many=True))
    def get_revocations(self, supplier: Supplier) -> Any:
        return _spans(supplier, "revocations")

    @extend_schema_field(SupplierSpanSerializer(many=True))
    def get_prepayment_reviews(self, supplier: Supplier) -> Any:
        return _spans(supplier, "prepaymentreviews")


def _spans(supplier: Supplier, name: str) -> Any:
    rows: list[SupplierSpan] = list(getattr(supplier, name).all())
    told = [
        {
            "of": getattr(row, SPANS[name]) if SPANS[name] else "",
            "in_force": {"start": row.first_day, "end": row.last_day},
        }
        for row in rows
    ]
    return SupplierSpanSerializer(told, many=True).data


class SupplierList(OneShape, generics.ListAPIView[Supplier]):
    """The suppliers that one acts for; all for staff."""

    allowed_roles = EVERY_ROLE
    rights = {"GET": Right.CLAIMS_READ}
    queryset = Supplier.objects.none()
    serializer_class = SupplierSerializer
    pagination_class = KeysetPagination
    filter_backends = ()
    orders = {"name": Order(("name", "npi", "id"))}

    def get_queryset(self) -> QuerySet[Supplier]:
        return Supplier.objects.visible_to(self.person)

    @extend_schema(operation_id="suppliers_list", responses={200: SupplierSerializer(many=True), **REFUSALS})
    def get(self, request: Request, *arguments: Any, **options: Any) -> Response:
        return super().get(request, *arguments, **options)


class SupplierDetail(OneShape):
    """One supplier."""

    allowed_roles = EVERY_ROLE
    rights = {"GET": Right.CLAIMS_READ}

    @extend_schema(operation_id="suppliers_read", responses={200: SupplierDetailSerializer, **REFUSALS})
    def get(self, request: Request, pk: int) -> Response:
        """What is true of it, on which days."""
        supplier = visible_or_404(Supplier.objects.prefetch_related(*SPANS), self.person, pk=pk)
        return Response(SupplierDetailSerializer(supplier, context={"request": request}).data)
