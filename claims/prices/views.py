"""The price explorer: open to everyone, since it holds nothing but the benefit's own tables."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.access import public
from accounts.public_reading import public_reading
from claims.prices.chart import fee_chart
from claims.prices.exploring import explore
from claims.prices.forms import PriceForm
from policy import clock
from policy.readers import tables_as_known
from policy.tables import PolicyTables


@public
@require_GET
@public_reading
def explorer(request: HttpRequest) -> HttpResponse:
    """What a visit code pays at a ZIP on a day, step by step, with where each figure comes from."""
    today, tables = clock.today(), tables_as_known()
    codes = code_choices(tables)
    form = PriceForm(codes, request.GET) if request.GET else PriceForm(codes, initial={"day": today})
    found = explore(form.asked(), tables) if form.is_bound and form.is_valid() else None
    context = {
        "form": form,
        "found": found,
        "drawings": fee_chart(found.history, today) if found else (),
        "today": today,
        "publication": tables.publication,
    }
    return render(request, "claims/prices/explorer.html", context)


def code_choices(tables: PolicyTables) -> list[tuple[str, str]]:
    """Every visit code there ever was, with what it is for."""
    rows = [tables.visit_codes.of(code)[-1] for code in sorted(tables.visit_codes.keys())]
    return [
        (row.hcpcs, f"{row.hcpcs}, category {row.category}, {'initial' if row.is_initial else 'subsequent'}")
        for row in rows
    ]
