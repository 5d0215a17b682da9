"""The list of suppliers: who sees it, how each stands today, search, pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from suppliers.models import Accreditation, Supplier
from suppliers.spans import days
from tests.claims.pages.scene import TODAY
from tests.factories.suppliers import AccreditationFactory, SupplierFactory
from tests.factories.world import World

LIST = reverse("suppliers:list")


def listed(client: Client, **query: str) -> dict[str, tuple[str, str]]:
    """Standing and words of the suppliers of a page, by name."""
    rows = client.get(LIST, query).context["rows"]
    return {row.supplier.name: (row.stands.value, row.words) for row in rows}


def test_it_is_for_the_people_of_the_contractor(
    staff: Client, billing: Client, reviewer: User, administrator: User, signed_in_as: Callable[[User], Client]
) -> None:
    for client in (staff, signed_in_as(reviewer), signed_in_as(administrator)):
        assert client.get(LIST).status_code == 200
    assert billing.get(LIST).status_code == 403
    assert f'href="{LIST}"' in staff.get(reverse("claims:worklist")).content.decode()


def test_it_says_how_each_stands_today(staff: Client, world: World) -> None:
    SupplierFactory(name="Not enrolled", unenrolled=True)
    SupplierFactory(name="Nothing", unlicensed=True, unaccredited=True)
    SupplierFactory(name="Revoked", revoked=True)
    stands = listed(staff)
    assert stands["Evergreen Home Infusion"] == ("in_force", "")
    assert stands["Not enrolled"] == ("lacking", "no enrollment")
    assert stands["Nothing"] == ("lacking", "no license, no accreditation")
    assert stands["Revoked"] == ("lacking", "privileges revoked")
    for standing in ("in_force", "lacking", "ends_soon"):
        narrowed = listed(staff, stands=standing)
        assert narrowed == {name: each for name, each in stands.items() if each[0] == standing}


@pytest.mark.parametrize(("left", "stands"), [(-1, "lacking"), (0, "ends_soon"), (60, "ends_soon"), (61, "in_force")])
def test_what_ends_within_sixty_days_is_said(staff: Client, world: World, left: int, stands: str) -> None:
    last = TODAY + dt.timedelta(days=left)
    Accreditation.objects.update(in_force=days(dt.date(2021, 1, 1), last))
    assert listed(staff)["Evergreen Home Infusion"][0] == stands
    assert "Evergreen Home Infusion" in listed(staff, stands=stands)
    AccreditationFactory(supplier=world.supplier, in_force=days(last + dt.timedelta(days=1)), organization="ACHC")
    if left >= 0:
        assert listed(staff)["Evergreen Home Infusion"][0] == "in_force", "another follows at once"


@pytest.mark.parametrize("words", ["evergreen", "  Home Infusion ", "1234567893", "52-1234567"])
def test_it_is_searched_by_name_npi_and_tax_id(staff: Client, world: World, words: str) -> None:
    Supplier.objects.filter(pk=world.supplier.pk).update(tin="521234567")
    SupplierFactory(name="Bayline")
    assert set(listed(staff, q=words)) == {"Evergreen Home Infusion"}
    assert "No supplier is in this list" in staff.get(LIST, {"q": "nobody"}).content.decode()


def test_pages_follow_one_another_and_queries_do_not_grow(staff: Client, world: World) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            staff.get(LIST)
        return len(captured)

    few = queries()
    SupplierFactory.create_batch(30)
    assert queries() == few
    first = staff.get(LIST).context["page"]
    second = staff.get(LIST, {"after": first.next}).context["page"]
    names = [supplier.name for page in (first, second) for supplier in page.rows]
    assert len(first.rows) == 25
    assert names == sorted(names)
    assert len(names) == Supplier.objects.count()
    assert staff.get(LIST, {"after": "nonsense", "stands": "what"}).status_code == 200
