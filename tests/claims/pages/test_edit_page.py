"""The page of one edit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from claims.edits.registry import CATALOGUE
from claims.inventory.counting import count_inventory
from claims.models import Claim
from claims.pages.edit_page import boundary_cases
from policy import clock
from policy.loaders import Act, Source, load_file
from policy.models import EditDisposition
from policy.registry import DISPOSITIONS
from tests.claims.pages.scene import line
from tests.factories.world import World

Decide = Callable[..., Claim]
VISIT = dt.date(2026, 1, 5)


def address(identifier: str = "HIT-103") -> str:
    return reverse("claims:edit", args=[identifier])


def set_to(identifier: str, disposition: str) -> None:
    """Have an edit do something else for claims received from today on."""
    row = EditDisposition.objects.get(edit=identifier, superseded_in=None)
    text = (
        "edit,title,disposition,group,carc,rarc,remedy,effective_from,effective_to,source,basis\n"
        f'{identifier},"{row.title}",{disposition},{row.group},{row.carc},{" ".join(row.rarcs)},{row.remedy},'
        f"{clock.today()},,A test,published\n"
    )
    load_file(Source("edit_dispositions.csv", text.encode(), DISPOSITIONS), Act("a test", "A test", "A test"))


def test_every_edit_has_its_boundary_cases_beside_it() -> None:
    assert [edit.id for edit in CATALOGUE if not boundary_cases(edit)] == []


@pytest.mark.parametrize("identifier", ["HIT-103", "HIT-407", "HIT-501", "HIT-504"])
def test_an_edit_of_each_disposition_has_its_page(staff: Client, world: World, identifier: str) -> None:
    text = staff.get(address(identifier)).content.decode()
    assert f"{identifier}: " in text
    assert "What would make it payable" in text


def test_an_edit_that_is_none_has_no_page(staff: Client, world: World) -> None:
    assert staff.get(address("HIT-999")).status_code == 404


def test_suppliers_do_not_see_how_edits_work(billing: Client, world: World) -> None:
    assert billing.get(address()).status_code == 403


def test_firings_denials_and_claims_are_counted(staff: Client, decided: Decide) -> None:
    claim = decided(lines=[line("G0088", VISIT), line("99601", dt.date(2026, 1, 6), 100)])
    count_inventory()
    page = staff.get(address()).context["page"]
    assert page.fired == 1
    assert (page.denials.lines, page.denials.charge, page.denials.overturned) == (1, 100, 0)
    assert page.months[-1] == (clock.today().replace(day=1), 1)
    assert [found.icn for found in page.claims] == [claim.icn]
    assert len(page.months) == 12
    assert page.report_only is None


def test_what_reports_only_decides_nothing_and_is_counted_in_dollars(staff: Client, decided: Decide) -> None:
    set_to("HIT-106", "ignore")
    claim = decided(lines=[line("G0088", VISIT) | {"units": 30}])
    (decision,) = claim.decisions.all()
    assert (decision.status, claim.edits, claim.informs) == ("pay", [], [])
    found = staff.get(address("HIT-106")).context["page"].report_only
    assert (found.decisions, found.claims, found.lines, found.paying_lines) == (1, 1, 1, 1)
    assert found.paid == decision.paid_amount > 0


def test_what_an_edit_did_before_stands_by_date(staff: Client, world: World) -> None:
    set_to("HIT-106", "ignore")
    page = staff.get(address("HIT-106")).context["page"]
    assert [(span.does, span.row.effective_to) for span in page.dispositions] == [
        ("Informs", clock.today() - dt.timedelta(days=1)),
        ("Reports only", None),
    ]
    assert page.superseded == 1


def test_the_page_costs_the_same_however_many_claims(
    staff: Client, decided: Decide, django_assert_max_num_queries: Any
) -> None:
    for _ in range(3):
        decided(lines=[line("99601", VISIT, 100)])
    count_inventory()
    staff.get(address())
    with django_assert_max_num_queries(14):
        staff.get(address())
