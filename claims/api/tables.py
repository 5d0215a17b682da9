"""Policy tables by API: what was in force on a day, as it was known on another."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Role
from claims.api.errors import OneShape
from claims.api.inquiries import SpanSerializer
from claims.api.pagination import KeysetPagination
from claims.api.serializers import Linked
from claims.api.views import REFUSALS
from claims.pages.keyset import Order
from policy import clock
from policy.models import PolicyRow
from policy.readers import rows_in_force
from policy.registry import BY_SLUG, TABLES, PolicyTable
from suppliers.rights import Right

EVERY_ROLE = tuple(Role.values)

#: What every row has; the other fields are the table's own.
COMMON = frozenset(field.name for field in PolicyRow._meta.get_fields()) | {"id"}
DAY = {"type": "string", "format": "date"}
NAMES = [table.slug for table in TABLES]


class TableSerializer(Linked):
    """A policy table."""

    name = serializers.CharField(source="slug")
    title = serializers.CharField()
    summary = serializers.CharField()
    goes_by = serializers.CharField(help_text="Which day of a claim asks the table.")
    url = serializers.SerializerMethodField()

    #: The name of the address that has the rows.
    rows_at = "table"

    def get_url(self, table: PolicyTable) -> str:
        return self.link(self.rows_at, table.slug)


class RowSerializer(serializers.Serializer[Any]):
    """A row in force on the day that was asked about."""

    row = serializers.CharField(source="version", help_text="As decisions and price steps name it.")
    in_force = serializers.SerializerMethodField()
    basis = serializers.CharField(help_text="published, estimated or inferred.")
    published_as = serializers.CharField(source="source", help_text="Where the row comes from.")
    values = serializers.SerializerMethodField()

    @extend_schema_field(SpanSerializer)
    def get_in_force(self, row: PolicyRow) -> Any:
        return SpanSerializer({"start": row.effective_from, "end": row.effective_to}).data

    def get_values(self, row: PolicyRow) -> dict[str, Any]:
        """The columns of the table by name; amounts and rates as text."""
        names = [field.name for field in row._meta.concrete_fields if field.name not in COMMON]
        return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, (Decimal, dt.date)) else value


class AskedSerializer(serializers.Serializer[Any]):
    """The days that a table is asked about, and the beginning of a code."""

    day = serializers.DateField(required=False, default=None)
    known_on = serializers.DateField(required=False, default=None)
    code = serializers.CharField(required=False, default="", max_length=40)


def tables_for(is_staff: bool) -> list[PolicyTable]:
    """Suppliers see the benefit, not how the contractor works it."""
    return [table for table in TABLES if table.is_public or is_staff]


#: The same in the API's description.
ASKED = (
    OpenApiParameter("day", DAY, description="The rows in force on this day; left out: today."),
    OpenApiParameter("known_on", DAY, description="As known at the end of this day; left out: now."),
    OpenApiParameter("code", str, description="How the code begins."),
)


def rows_asked(table: PolicyTable, request: Request) -> QuerySet[PolicyRow]:
    """The rows of a table that a request asks for; raises ValidationError, which names the field."""
    asked = AskedSerializer(data=request.query_params)
    asked.is_valid(raise_exception=True)
    said = asked.validated_data
    rows = rows_in_force(table.model, said["day"] or clock.today(), said["known_on"])
    if said["code"] and not table.find_by:
        raise serializers.ValidationError({"code": ["The rows of this table have no code. Leave it out."]})
    return rows.filter(**{f"{table.find_by}__istartswith": said["code"]}) if said["code"] else rows


class TableList(OneShape):
    """The policy tables that one may read."""

    allowed_roles = EVERY_ROLE
    rights = {"GET": Right.CLAIMS_READ}

    @extend_schema(operation_id="policy_list", responses={200: TableSerializer(many=True), **REFUSALS})
    def get(self, request: Request) -> Response:
        """Their names, and by which day of a claim each is asked."""
        tables = tables_for(self.person.is_contractor_staff)
        return Response(TableSerializer(tables, many=True, context={"request": request}).data)


class TableRows(OneShape, generics.ListAPIView[PolicyRow]):
    """The rows of a policy table."""

    allowed_roles = EVERY_ROLE
    rights = {"GET": Right.CLAIMS_READ}
    queryset = TABLES[0].model._default_manager.none()
    serializer_class = RowSerializer
    pagination_class = KeysetPagination
    filter_backends = ()
    orders = {"id": Order(("id",))}

    def get_queryset(self) -> QuerySet[PolicyRow]:
        table = BY_SLUG.get(self.kwargs["name"])
        if table is None or table not in tables_for(self.person.is_contractor_staff):
            raise Http404
        return rows_asked(table, self.request)

    @extend_schema(
        operation_id="policy_rows",
        parameters=[OpenApiParameter("name", str, OpenApiParameter.PATH, enum=NAMES), *ASKED],
        responses={200: RowSerializer(many=True), **REFUSALS},
    )
    def get(self, request: Request, *arguments: Any, **options: Any) -> Response:
        """What was in force on a day, as it was known on another."""
        return super().get(request, *arguments, **options)
