"""The public part of the API: the code book and prices, without a key. Limited by address, kept by caches."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions, generics, serializers
from rest_framework.permissions import SAFE_METHODS, AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_200_OK

from accounts.access import public
from accounts.public_reading import PublicThrottle, keep_in_caches
from claims.api.errors import ErrorSerializer, OneShape
from claims.api.inquiries import SpanSerializer
from claims.api.pagination import KeysetPagination
from claims.api.tables import ASKED, DAY, RowSerializer, TableSerializer, rows_asked
from claims.pages.keyset import Order
from claims.prices.exploring import Asked, Explored, FeeSpan, Figure, explore
from claims.prices.forms import ZIP
from claims.pricing import ZERO
from policy import clock
from policy.models import PolicyRow
from policy.readers import tables_as_known
from policy.registry import TABLES
from policy.views.codebook import PUBLIC_TABLES, public_table_or_404

NAMES = [table.slug for table in PUBLIC_TABLES]
REFUSALS = dict.fromkeys((400, 404, 429), ErrorSerializer)
MONEY = {"type": "string", "pattern": r"^\d{1,7}(\.\d{1,2})?$"}


class PublicReading(OneShape):
    """The base of what everyone may read; unchanged since the last time, it is not sent again (ETag, 304)."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (PublicThrottle,)

    def check_permissions(self, request: Any) -> None:
        if request.method not in SAFE_METHODS:
            raise exceptions.MethodNotAllowed(request.method)

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        found = super().finalize_response(request, response, *args, **kwargs)
        if found.status_code == HTTP_200_OK:
            found.add_post_render_callback(lambda made: keep_in_caches(request, made))
        return found


class PublicTableSerializer(TableSerializer):
    """A table of the code book."""

    rows_at = "public_table"


@public
class PublicTables(PublicReading):
    """The tables of the code book."""

    @extend_schema(
        operation_id="public_policy_list", auth=[], responses={200: PublicTableSerializer(many=True), **REFUSALS}
    )
    def get(self, request: Request) -> Response:
        """Their names, and by which day of a claim each is asked. No key is needed."""
        return Response(PublicTableSerializer(PUBLIC_TABLES, many=True, context={"request": request}).data)


@public
class PublicRows(PublicReading, generics.ListAPIView[PolicyRow]):
    """The rows of a table of the code book."""

    queryset = TABLES[0].model._default_manager.none()
    serializer_class = RowSerializer
    pagination_class = KeysetPagination
    filter_backends = ()
    orders = {"id": Order(("id",))}

    def get_queryset(self) -> QuerySet[PolicyRow]:
        return rows_asked(public_table_or_404(self.kwargs["name"]), self.request)

    @extend_schema(
        operation_id="public_policy_rows",
        auth=[],
        parameters=[OpenApiParameter("name", str, OpenApiParameter.PATH, enum=NAMES), *ASKED],
        responses={200: RowSerializer(many=True), **REFUSALS},
    )
    def get(self, request: Request, *arguments: Any, **options: Any) -> Response:
        """What was in force on a day, as it was known on another. No key is needed."""
        return super().get(request, *arguments, **options)


# ---------- prices ----------


class PriceAskedSerializer(serializers.Serializer[Any]):
    """A visit whose price is asked for."""

    code = serializers.CharField(max_length=5)
    zip = serializers.CharField(max_length=5, validators=[ZIP])
    day = serializers.DateField(required=False, default=None)
    charge = serializers.DecimalField(max_digits=9, decimal_places=2, min_value=0, required=False, default=None)
    deductible = serializers.DecimalField(max_digits=9, decimal_places=2, min_value=0, required=False, default=ZERO)


class FigureSerializer(serializers.Serializer[Figure]):
    """A step of the price and the row that it rests on."""

    step = serializers.CharField(source="label")
    made_of = serializers.CharField(source="operation")
    amount = serializers.DecimalField(max_digits=12, decimal_places=2, allow_null=True)
    row = serializers.CharField(source="row.version", default="", help_text="Empty: made of the steps before.")
    basis = serializers.CharField(help_text="published, estimated or inferred; empty without a row.")
    published_as = serializers.CharField(source="row.source", default="")


class FeeSpanSerializer(serializers.Serializer[FeeSpan]):
    """The fee over some days."""

    in_force = SpanSerializer(source="*")
    national_amount = serializers.DecimalField(source="national", max_digits=12, decimal_places=2, allow_null=True)
    factor = serializers.DecimalField(max_digits=6, decimal_places=3, allow_null=True)
    fee = serializers.DecimalField(max_digits=12, decimal_places=2)
    is_estimated = serializers.BooleanField(help_text="Whether a figure in it is not CMS's own.")
    five_hours_in_an_office = serializers.DecimalField(
        source="office.amount",
        max_digits=12,
        decimal_places=2,
        default=None,
        allow_null=True,
        help_text="At the physician fee schedule, for information; null: not loaded.",
    )


class PriceSerializer(serializers.Serializer[Explored]):
    """What a visit pays, or why nothing can be said."""

    code = serializers.CharField(source="asked.hcpcs")
    zip = serializers.CharField(source="asked.zip5")
    day = serializers.DateField(source="asked.day")
    fee = serializers.DecimalField(source="fee.fee", max_digits=12, decimal_places=2, default=None, allow_null=True)
    is_estimated = serializers.BooleanField(help_text="Whether any figure is not CMS's own: do not bill by it.")
    why_not = serializers.CharField(help_text="Why there is no price; empty where there is one.")
    steps = FigureSerializer(source="figures", many=True)
    history = FeeSpanSerializer(many=True)


@public
class PublicPrice(PublicReading):
    """The price of a visit."""

    @extend_schema(
        operation_id="public_price",
        auth=[],
        parameters=[
            OpenApiParameter("code", str, required=True, description="A visit code, like G0088."),
            OpenApiParameter("zip", {"type": "string", "pattern": r"^\d{5}$"}, required=True, description="ZIP."),
            OpenApiParameter("day", DAY, description="The day of the visit; left out: today."),
            OpenApiParameter("charge", MONEY, description="Dollars charged; left out: the fee."),
            OpenApiParameter("deductible", MONEY, description="Dollars of the deductible left; left out: none."),
        ],
        responses={200: PriceSerializer, **REFUSALS},
    )
    def get(self, request: Request) -> Response:
        """The fee at a ZIP on a day, each step with its row, and the fee over time. No key is needed."""
        asked = PriceAskedSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        said = asked.validated_data
        visit = Asked(
            said["code"].upper(), said["zip"], said["day"] or clock.today(), said["charge"], said["deductible"]
        )
        return Response(PriceSerializer(explore(visit, tables_as_known())).data)
