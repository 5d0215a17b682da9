"""The page of a supplier: its standing over time, what ends soon, its claims and its money; its own people see it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from claims.inventory.counting import count_inventory
from claims.models import Claim, ClaimStatus
from claims.pages.supplier.money import paid_by_month
from claims.pages.supplier.standing import lapses, standings_of
from policy.readers import tables_as_known
from suppliers.models import Subcontractor, Supplier
from suppliers.spans import days
from tests.claims.pages.scene import TODAY, act_for, line
from tests.claims.payment.deciding import pay_on
from tests.factories.claims import ClaimFactory
from tests.factories.suppliers import AccreditationFactory, LicenseFactory, RevocationFactory, SupplierFactory
from tests.factories.world import World


def address(supplier: Supplier) -> str:
    return reverse("supplier", args=[supplier.pk])


def text(client: Client, supplier: Supplier) -> str:
    response = client.get(address(supplier))
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_staff_and_its_own_people_see_a_supplier_and_others_do_not(
    world: World, staff: Client, billing: Client, outsider: Client, other_supplier: Supplier
) -> None:
    for client in (staff, billing):
        assert "Evergreen Home Infusion" in text(client, world.supplier)
    assert outsider.get(address(world.supplier)).status_code == 404
    assert "Bayline Infusion" in text(outsider, other_supplier)


def test_the_standing_is_drawn_and_stands_in_a_table(staff: Client, world: World) -> None:
    RevocationFactory(supplier=world.supplier, in_force=days(dt.date(2024, 3, 1), dt.date(2024, 5, 31)), reason="Fraud")
    said = text(staff, world.supplier)
    assert "Revocation, Fraud" in said
    assert "Accreditation, The Joint Commission" in said
    assert "License, MD" in said
    assert "Prepayment review None in these years" in said


@pytest.mark.parametrize(("left", "is_said"), [(0, True), (60, True), (61, False), (-1, False)])
def test_what_ends_within_sixty_days_is_said(world: World, left: int, is_said: bool) -> None:
    last = TODAY + dt.timedelta(days=left)
    ending = SupplierFactory(license=None)
    LicenseFactory(supplier=ending, state="VA", in_force=days(dt.date(2021, 1, 1), last))
    found = lapses(standings_of(ending, tables_as_known(), TODAY), TODAY)
    assert [(lapse.words, lapse.days_left) for lapse in found] == ([("License, VA", left)] if is_said else [])


def test_what_is_followed_does_not_lapse_and_another_states_license_follows_nothing(world: World) -> None:
    last = TODAY + dt.timedelta(days=10)
    ending = SupplierFactory(license=None, accreditation=None)
    AccreditationFactory(supplier=ending, in_force=days(dt.date(2021, 1, 1), last))
    AccreditationFactory(supplier=ending, organization="ACHC", in_force=days(dt.date(2025, 6, 1)))
    LicenseFactory(supplier=ending, state="VA", in_force=days(dt.date(2021, 1, 1), last))
    LicenseFactory(supplier=ending, state="DC")
    assert [lapse.words for lapse in lapses(standings_of(ending, tables_as_known(), TODAY), TODAY)] == ["License, VA"]


def test_each_count_is_the_number_of_claims_behind_its_link(
    staff: Client, world: World, other_supplier: Supplier
) -> None:
    for status in (ClaimStatus.PAID, ClaimStatus.PAID, ClaimStatus.DENIED, ClaimStatus.REJECTED):
        ClaimFactory(supplier=world.supplier, beneficiary=world.beneficiary, status=status)
    ClaimFactory(supplier=world.supplier, beneficiary=world.beneficiary, test_claim=True)
    ClaimFactory(supplier=other_supplier, beneficiary=world.beneficiary, status=ClaimStatus.PAID)
    shown = staff.get(address(world.supplier)).context["page"].claims
    assert [(row.status, row.count) for row in shown] == [(ClaimStatus.DENIED, 1), (ClaimStatus.PAID, 2)]
    for row in shown:
        assert staff.get(row.address).context["list"].total.count == row.count


def test_denied_lines_lead_to_their_claims(staff: Client, world: World, decided: Callable[..., Claim]) -> None:
    decided(place_of_service="11")
    count_inventory()
    (row,) = staff.get(address(world.supplier)).context["page"].denials
    assert (row.edit, row.lines, row.charge) == ("HIT-105", 1, Decimal("400.00"))
    assert staff.get(row.address).context["list"].total.count == 1


def test_money_by_month_is_what_the_remittances_paid(world: World, decided: Callable[..., Claim]) -> None:
    claim = decided()
    assert claim.payment_day
    pay_on(claim.payment_day)
    months = paid_by_month(world.supplier, claim.payment_day)
    assert len(months) == 12
    assert [(each.month, each.amount, each.remittances) for each in months if each.remittances] == [
        (dt.date(2026, 1, 1), claim.paid_amount, 1)
    ]
    assert months[0].month == dt.date(2025, 2, 1)


def test_people_and_subcontractors_are_named(staff: Client, world: World, supplier_person: User) -> None:
    act_for(supplier_person, world.supplier)
    Subcontractor.objects.create(
        supplier=world.supplier, name="Catalpa Nursing", services="Nursing", in_force=days(dt.date(2024, 1, 1))
    )
    said = text(staff, world.supplier)
    assert "Sam Supplier Administrator" in said
    assert "Catalpa Nursing Nursing January 1, 2024 open" in said


def test_the_number_of_queries_does_not_depend_on_what_is_on_file(
    staff: Client, world: World, decided: Callable[..., Claim]
) -> None:
    def queries(supplier: Supplier) -> int:
        with CaptureQueriesContext(connection) as made:
            assert staff.get(address(supplier)).status_code == 200
        return len(made)

    small = SupplierFactory()
    queries(small)
    for day in (6, 7, 8):
        decided(lines=[line("G0068", dt.date(2026, 1, day))], place_of_service="11")
    count_inventory()
    assert queries(world.supplier) == queries(small) <= 20
