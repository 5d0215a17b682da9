"""The business date jumps, over midnight and over New Year, while claims are decided and paid."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import TypeVar

import pytest
from django.db import connection

from claims.adjudication.queue import adjudicate_all, adjudicate_queued
from claims.daily import move_business_date, work_day
from claims.models import Claim, ClaimStatus, LineDecision, Remittance
from claims.payment.actions import run_payment_day
from policy import clock, readers
from tests.factories.beneficiaries import BeneficiaryFactory, DrugBillFactory, PlanOfCareFactory
from tests.factories.claims import ClaimFactory
from tests.factories.policy import load_small_tables
from tests.factories.suppliers import SupplierFactory
from tests.faults.account import Account, account, assert_nothing_lost_and_nothing_twice, assert_same
from tests.faults.copies import copied, using
from tests.faults.installation import stuck_at, wait_until_stuck

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

LAST_OF_THE_YEAR, NEW_YEAR = dt.date(2025, 12, 31), dt.date(2026, 1, 1)
BEGINNING_OF_JANUARY, LATE_IN_JANUARY, MUCH_LATER = dt.date(2026, 1, 5), dt.date(2026, 1, 20), dt.date(2026, 2, 20)
DEDUCTIBLE = {2025: Decimal("257.00"), 2026: Decimal("283.00")}
PATIENTS = 3

Done = TypeVar("Done")


@pytest.fixture(autouse=True)
def turn_of_the_year() -> Iterator[None]:
    """Each patient owes the deductible of both years, and has claims on both sides of New Year and across it."""
    readers.forget()
    load_small_tables()
    supplier = SupplierFactory()
    patients = [patient_of(supplier) for _ in range(PATIENTS)]
    for days in ((29, 30), (31,)):
        for patient in patients:
            bill(patient, supplier, LAST_OF_THE_YEAR, [dt.date(2025, 12, day) for day in days])
    for patient in patients:
        bill(patient, supplier, BEGINNING_OF_JANUARY, [dt.date(2025, 12, 28), dt.date(2026, 1, 2), dt.date(2026, 1, 4)])
        bill(patient, supplier, BEGINNING_OF_JANUARY, [dt.date(2026, 1, 5)])
    yield
    readers.forget()


def patient_of(supplier: object) -> object:
    patient = BeneficiaryFactory(owing_the_deductible=True)
    established = dt.date(2025, 12, 15)
    PlanOfCareFactory(
        beneficiary=patient,
        supplier=supplier,
        established=established,
        starts=established,
        options_notified=established,
        version__changed_on=established,
    )
    DrugBillFactory(beneficiary=patient, date_of_service=dt.date(2025, 12, 20))
    return patient


def bill(patient: object, supplier: object, received: dt.date, days: list[dt.date]) -> None:
    lines = [{"hcpcs": "G0068", "date_of_service": day} for day in days]
    ClaimFactory(beneficiary=patient, supplier=supplier, received_on=received, lines=lines)


def while_stuck(table: str, work: Callable[[], Done], jump_to: dt.date) -> Done:
    """What `work` gives in a session of its own, when the date jumps while it is in the middle of writing."""
    with ThreadPoolExecutor(1) as pool:
        with stuck_at(table):
            working = pool.submit(in_own_session, work)
            wait_until_stuck(table)
            clock.set_today(jump_to)
        return working.result(timeout=60)


def in_own_session(work: Callable[[], Done]) -> Done:
    try:
        return work()
    finally:
        connection.close()


def decide_received_until(day: dt.date, jump_to: dt.date | None) -> None:
    """Stand on a day and decide what came until then, in one batch; the date may jump in the middle of it."""
    clock.set_today(day)
    count = Claim.objects.filter(status=ClaimStatus.QUEUED, received_on__lte=day).count()
    assert count == 2 * PATIENTS
    decided = (
        while_stuck("claims_linedecision", lambda: adjudicate_queued(count), jump_to)
        if jump_to
        else adjudicate_queued(count)
    )
    assert decided == count


def decisions(*jumps: dt.date | None) -> Account:
    for day, jump_to in zip((LAST_OF_THE_YEAR, BEGINNING_OF_JANUARY), jumps, strict=True):
        decide_received_until(day, jump_to)
    return account(with_facts=False)


def test_decisions_over_new_year_are_those_of_days_that_stood_still() -> None:
    """Deductibles and rates go by the date of service; payment days by receipt."""
    with copied(connection.settings_dict["NAME"]) as copy, using(copy):
        expected = decisions(None, None)
    assert_same(decisions(NEW_YEAR, LATE_IN_JANUARY), expected)
    assert_nothing_lost_and_nothing_twice()
    assert deductibles() == {(patient, year): used for patient, year, used in full_deductibles()}


def deductibles() -> dict[tuple[int, int], Decimal]:
    """What each patient's standing decisions used, by year of the service."""
    used: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
    standing = LineDecision.objects.filter(decision__status="pay", outcome="pay").select_related("line__claim")
    for row in standing:
        used[row.line.claim.beneficiary_id, row.line.date_of_service.year] += row.deductible
    return dict(used)


def full_deductibles() -> Iterator[tuple[int, int, Decimal]]:
    for patient in Claim.objects.values_list("beneficiary", flat=True).order_by("beneficiary").distinct():
        for year, amount in DEDUCTIBLE.items():
            yield patient, year, amount


def test_a_date_that_jumps_over_payment_days_pays_what_was_due_on_them_once() -> None:
    with copied(connection.settings_dict["NAME"]) as copy, using(copy):
        decisions(None, None)
        move_business_date(MUCH_LATER)
        assert_nothing_lost_and_nothing_twice()
        expected = paid()
    decisions(NEW_YEAR, LATE_IN_JANUARY)
    clock.set_today(MUCH_LATER)
    for _ in range(2):
        work_day(MUCH_LATER)
    assert Remittance.objects.count() == 1
    assert paid() == expected
    assert_nothing_lost_and_nothing_twice()


def paid() -> dict[str | None, Decimal | None]:
    return dict(Claim.objects.filter(status=ClaimStatus.PAID).values_list("icn", "paid_amount"))


def test_a_payment_that_midnight_overtakes_is_made_once_and_dated_on_its_day() -> None:
    decisions(None, None)
    day, next_day = LATE_IN_JANUARY, LATE_IN_JANUARY + dt.timedelta(days=1)
    clock.set_today(day)
    while_stuck("claims_remitteddecision", lambda: run_payment_day(day), next_day)
    work_day(next_day)
    assert [remittance.payment_day for remittance in Remittance.objects.all()] == [day]
    assert Claim.objects.filter(status=ClaimStatus.PAID).exists()
    assert_nothing_lost_and_nothing_twice()


def test_nothing_goes_out_on_new_year_s_day() -> None:
    clock.set_today(NEW_YEAR)
    adjudicate_all()
    Claim.objects.filter(status=ClaimStatus.PAYABLE).update(payment_day=LAST_OF_THE_YEAR)
    work_day(NEW_YEAR)
    assert not Remittance.objects.exists()
    move_business_date(NEW_YEAR + dt.timedelta(days=1))
    assert Remittance.objects.get().payment_day == dt.date(2026, 1, 2)
