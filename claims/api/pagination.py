"""Pages of the API: by cursor, along the same total orders as the worklist."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rest_framework import exceptions
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

from claims.pages.keyset import BadCursor, Order, Page, keyset_page, place_in

PAGE_SIZE, MOST = 50, 200


class KeysetPagination(BasePagination):
    """`after` and `before` are cursors of the answers; `order` is one of the view's `orders`, its first by default."""

    page: Page[Any]
    address: str

    def paginate_queryset(self, queryset: Any, request: Request, view: APIView | None = None) -> list[Any]:
        ask = request.query_params
        self.address = request.build_absolute_uri()
        order = _order(view, ask.get("order", ""))
        try:
            self.page = keyset_page(queryset, order, _size(ask.get("limit", "")), place_in(ask))
        except BadCursor as error:
            raise exceptions.ValidationError({"after": ["This is no cursor of this list and order."]}) from error
        return list(self.page.rows)

    def get_paginated_response(self, data: Any) -> Response:
        return Response(
            {
                "next": self._address(self.page.next, "after", "before"),
                "previous": self._address(self.page.previous, "before", "after"),
                "results": data,
            }
        )

    def _address(self, cursor: str, name: str, other: str) -> str | None:
        if not cursor:
            return None
        without = replace_query_param(self.address, other, "")
        return replace_query_param(without, name, cursor)

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        address = {"type": "string", "format": "uri", "nullable": True}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": address, "previous": address, "results": schema},
        }

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        return [
            _parameter("after", "Cursor: the rows behind it.", {"type": "string"}),
            _parameter("before", "Cursor: the rows right before it.", {"type": "string"}),
            _parameter("order", "The order of the rows.", {"type": "string", "enum": list(_orders(view))}),
            _parameter("limit", "Rows a page.", {"type": "integer", "minimum": 1, "maximum": MOST}),
        ]


def _parameter(name: str, words: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": words, "schema": schema}


def _orders(view: Any) -> dict[str, Order]:
    return dict(view.orders)


def _order(view: Any, name: str) -> Order:
    orders = _orders(view)
    if name and name not in orders:
        raise exceptions.ValidationError({"order": [f"Take one of {_listed(list(orders))}."]})
    return orders[name] if name else next(iter(orders.values()))


def _size(text: str) -> int:
    if text and not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST):
        raise exceptions.ValidationError({"limit": [f"Take a whole number from 1 to {MOST}."]})
    return int(text) if text else PAGE_SIZE


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)
