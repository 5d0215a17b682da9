"""What moves history from below: plans of care, records about suppliers, and who comes on file late."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Event
from beneficiaries.actions import announce_history
from beneficiaries.models import Beneficiary, HistoryArrival, HistoryKind, MovedKind
from claims.actions import look_at_arrivals
from claims.adjudication.queue import adjudicate_all
from claims.daily import move_business_date
from claims.models import Claim, ClaimStatus, LookedThrough
from claims.staleness.actions import look_at_overtaken
from claims.staleness.movers import THE_WATCH
from policy import clock
from suppliers.models import Accreditation, Enrollment, License, PrepaymentReview, RecordArrival, Revocation
from suppliers.spans import days
from tests.claims.staleness.test_moved_history import PAYMENT_DAY, decided, line, proposal, status
from tests.factories import BeneficiaryFactory, ClaimFactory, PlanOfCareFactory, PlanVersionFactory, SupplierFactory
from tests.factories.beneficiaries import MbiFactory, StayFactory
from tests.factories.suppliers import SINCE_2021
from tests.factories.world import World, base_world

THE_VISIT = dt.date(2026, 1, 5)


def moved() -> int:
    """Look, and decide what was asked; how many claims were asked or proposed."""
    found = look_at_arrivals()
    adjudicate_all()
    return found


@pytest.fixture
def paid(world: World) -> Claim:
    claim = decided(world, line("G0088", 5))
    move_business_date(PAYMENT_DAY)
    assert status(claim) == ClaimStatus.PAID
    return claim


# ---------- plans of care ----------


def test_a_plan_that_is_loaded_late_frees_the_claim_that_waited_for_it(tables: None) -> None:
    world = base_world(plan=None)
    claim = decided(world, line("G0088", 5))
    waits = status(claim)
    assert (waits, claim.edits) == (ClaimStatus.SUSPENDED, ["HIT-401"])
    PlanOfCareFactory(beneficiary=world.beneficiary, supplier=world.supplier)
    assert moved() == 1
    assert status(claim) == ClaimStatus.PAYABLE
    assert "plan of care from January 2, 2026 is on file now" in Event.objects.get(verb="decided_anew").sentence


def test_a_plan_that_is_signed_late_but_in_time_frees_the_claim(tables: None) -> None:
    world = base_world(plan={"unsigned": True})
    claim = decided(world, line("G0088", 5))
    assert "HIT-403" in claim.edits
    assert world.plan is not None
    world.plan.versions.update(signed=dt.date(2026, 1, 3))
    assert moved() == 1
    assert status(claim) == ClaimStatus.PAYABLE
    assert "is signed now, on January 3, 2026" in Event.objects.get(verb="decided_anew").sentence


def test_a_change_of_the_plan_that_is_not_signed_is_proposed_for_a_paid_claim(world: World, paid: Claim) -> None:
    PlanVersionFactory(plan=world.plan, number=2, changed_on=dt.date(2026, 1, 4), signed=None)
    assert moved() == 1
    found = proposal(paid)
    assert found.cause.startswith("plans_of_care:")
    assert "says something else now" in found.reason
    assert found.money_at_stake == paid.paid_amount


def test_a_plan_of_another_supplier_and_a_change_of_nothing_move_nothing(world: World, paid: Claim) -> None:
    PlanOfCareFactory(beneficiary=world.beneficiary, supplier=SupplierFactory())
    assert world.plan is not None
    world.plan.versions.update(dosage="another dosage")
    assert HistoryArrival.objects.filter(kind=MovedKind.PLANS).count() == 3
    assert moved() == 0


def test_what_is_written_again_as_it_was_announces_nothing(world: World) -> None:
    assert world.plan is not None
    world.plan.save()
    world.plan.versions.get().save()
    world.supplier.save()
    world.supplier.enrollments.get().save()
    assert not HistoryArrival.objects.exists()
    assert not RecordArrival.objects.exists()


# ---------- records about suppliers ----------


def test_a_revocation_of_the_days_of_service_has_an_unpaid_claim_decided_anew(world: World) -> None:
    claim = decided(world, line("G0088", 5))
    Revocation.objects.create(supplier=world.supplier, in_force=days(THE_VISIT, THE_VISIT))
    assert moved() == 1
    assert (status(claim), claim.edits) == (ClaimStatus.DENIED, ["HIT-205"])
    assert "the supplier's billing privileges has changed" in Event.objects.get(verb="decided_anew").sentence


def test_a_licence_that_comes_late_frees_the_claim(tables: None) -> None:
    world = base_world(supplier={"unlicensed": True})
    claim = decided(world, line("G0088", 5))
    assert "HIT-203" in claim.edits
    License.objects.create(supplier=world.supplier, state="MD", in_force=SINCE_2021)
    assert moved() == 1
    assert status(claim) == ClaimStatus.PAYABLE


@pytest.mark.parametrize("model", [Enrollment, Accreditation])
def test_what_ends_before_the_visit_is_proposed_for_a_paid_claim(
    world: World, paid: Claim, model: type[Enrollment | Accreditation]
) -> None:
    span = model.objects.get(supplier=world.supplier)
    span.in_force = days(dt.date(2021, 1, 1), THE_VISIT - dt.timedelta(days=1))
    span.save()
    assert moved() == 1
    assert proposal(paid).money_at_stake == paid.paid_amount
    assert status(paid) == ClaimStatus.PAID


def test_a_review_before_payment_goes_by_the_day_of_receipt(world: World) -> None:
    claim = decided(world, line("G0088", 5))
    PrepaymentReview.objects.create(supplier=world.supplier, in_force=days(THE_VISIT, THE_VISIT))
    assert moved() == 0
    PrepaymentReview.objects.create(supplier=world.supplier, in_force=days(claim.received_on, claim.received_on))
    assert moved() == 1
    assert (status(claim), claim.edits) == (ClaimStatus.SUSPENDED, ["HIT-206"])


@pytest.mark.parametrize(
    ("first", "last", "concerns"),
    [
        (THE_VISIT, None, True),
        (dt.date(2025, 1, 1), THE_VISIT, True),
        (THE_VISIT + dt.timedelta(days=1), None, False),
        (dt.date(2025, 1, 1), THE_VISIT - dt.timedelta(days=1), False),
    ],
)
def test_only_claims_of_the_days_that_changed_are_looked_at(
    world: World, first: dt.date, last: dt.date | None, concerns: bool
) -> None:
    decided(world, line("G0088", 5))
    Revocation.objects.create(supplier=world.supplier, in_force=days(first, last))
    assert looked_at() == concerns


def looked_at() -> bool:
    """Whether a look asks for the facts of any claim."""
    with CaptureQueriesContext(connection) as queries:
        look_at_arrivals()
    return any("claims_determination" in query["sql"] for query in queries)


def test_of_a_span_whose_end_moves_only_the_days_between_the_ends_change(world: World) -> None:
    enrollment = world.supplier.enrollments.get()
    enrollment.in_force = days(dt.date(2021, 1, 1), dt.date(2026, 6, 30))
    enrollment.save()
    enrollment.in_force = days(dt.date(2021, 1, 1), dt.date(2026, 3, 31))
    enrollment.save()
    enrollment.in_force = days(dt.date(2022, 1, 1), dt.date(2026, 3, 31))
    enrollment.save()
    enrollment.delete()
    assert [(row.days.lower, row.days.upper) for row in RecordArrival.objects.all()] == [
        (dt.date(2026, 7, 1), None),
        (dt.date(2026, 4, 1), dt.date(2026, 7, 1)),
        (dt.date(2021, 1, 1), dt.date(2026, 4, 1)),
        (dt.date(2022, 1, 1), dt.date(2026, 4, 1)),
    ]


def test_another_suppliers_claims_are_left_alone(world: World) -> None:
    other = decided(world, line("G0068", 7), supplier=SupplierFactory())
    before = status(other), other.decisions.count()
    look_at_arrivals()
    Revocation.objects.create(supplier=world.supplier, in_force=days(dt.date(2025, 1, 1)))
    assert not looked_at()
    assert (status(other), other.decisions.count()) == before


# ---------- who comes on file late ----------


def nobody(world: World, mbi: str = "9AA9AA9AA99") -> Claim:
    claim = decided(world, line("G0088", 5), beneficiary=None, mbi=mbi, patient_last_name="Nobody")
    assert (status(claim), claim.edits) == (ClaimStatus.DENIED, ["HIT-301"])
    return claim


def test_a_patient_who_is_loaded_late_is_found_and_the_claim_decided_anew(world: World) -> None:
    claim = nobody(world)
    person = BeneficiaryFactory(
        last_name="Nobody", birth_date=dt.date(1950, 1, 1), mbi__mbi=claim.mbi, long_known=False
    )
    assert moved() == 1
    assert status(claim) != ClaimStatus.DENIED
    assert claim.beneficiary_id == person.pk
    told = Event.objects.get(verb="patient_identified", about_id=str(claim.pk))
    assert told.actor_label == THE_WATCH
    assert "The patient is on file now" in Event.objects.get(verb="decided_anew").sentence


def test_an_mbi_that_is_added_late_is_found_too(world: World) -> None:
    claim = nobody(world)
    Claim.objects.filter(pk=claim.pk).update(patient_last_name=world.beneficiary.last_name)
    old = world.beneficiary.mbis.get()
    old.in_force = days(dt.date(2013, 2, 1), dt.date(2025, 12, 31))
    old.save()
    MbiFactory(beneficiary=world.beneficiary, mbi=claim.mbi, in_force=days(dt.date(2026, 1, 1)))
    assert moved() == 1
    assert (status(claim), claim.beneficiary_id) == (ClaimStatus.PAYABLE, world.beneficiary.pk)


def test_an_mbi_alone_is_nobody(world: World) -> None:
    """HIT-301: the birth date or the surname must agree, too."""
    claim = nobody(world)
    BeneficiaryFactory(last_name="Else", birth_date=dt.date(1950, 1, 1), mbi__mbi=claim.mbi, long_known=False)
    assert moved() == 0
    assert claim.beneficiary_id is None


def test_a_corrected_surname_is_found_when_its_file_is_loaded(world: World) -> None:
    claim = nobody(world)
    person = BeneficiaryFactory(last_name="Nobodie", birth_date=dt.date(1950, 1, 1), mbi__mbi=claim.mbi)
    Beneficiary.objects.filter(pk=person.pk).update(last_name="Nobody")
    announce_history([person.pk], HistoryKind.PEOPLE)
    assert moved() == 1
    status(claim)
    assert claim.beneficiary_id == person.pk


def test_a_denial_of_nobody_that_was_told_is_proposed(world: World) -> None:
    claim = nobody(world)
    move_business_date(PAYMENT_DAY)
    BeneficiaryFactory(last_name="Nobody", mbi__mbi=claim.mbi, long_known=False)
    assert moved() == 1
    assert status(claim) == ClaimStatus.DENIED
    assert proposal(claim).cause == f"beneficiary:->{claim.beneficiary_id}"


def test_a_test_claim_of_nobody_stays_of_nobody(world: World) -> None:
    claim = ClaimFactory(for_nobody=True, test_claim=True, denied=True, supplier=world.supplier)
    BeneficiaryFactory(last_name="Nobody", mbi__mbi=claim.mbi, long_known=False)
    assert moved() == 0
    claim.refresh_from_db()
    assert claim.beneficiary_id is None


def test_a_supplier_that_is_loaded_late_is_found(tables: None) -> None:
    world = base_world()
    stranger = {"billing_npi": "1993999998", "billing_tin": "529999999", "billing_name": "Late"}
    claim = decided(world, line("G0088", 5), supplier=None, **stranger)
    assert "HIT-201" in claim.edits
    late = SupplierFactory(npi="1993999998", tin="529999999")
    PlanOfCareFactory(beneficiary=world.beneficiary, supplier=late)
    assert moved() == 1
    assert (status(claim), claim.supplier_id) == (ClaimStatus.PAYABLE, late.pk)
    assert claim.payment_day is not None
    assert Event.objects.filter(verb="supplier_identified", about_id=str(claim.pk)).exists()


# ---------- what is still in the queue, and how far a look reaches back ----------


def test_what_arrives_while_a_claim_waits_in_the_queue_is_looked_at_after_its_decision(world: World) -> None:
    """The decision sees what arrived before it was asked for; the look came before the decision and saw no decision."""
    claim = world.claim(lines=[line("G0088", 5)])
    StayFactory(beneficiary=world.beneficiary)
    announce_history([world.beneficiary.pk], HistoryKind.STAYS)
    assert moved() == 0
    assert status(claim) == ClaimStatus.PAYABLE, "decided on what was known when it was asked for"
    assert moved() == 1
    assert (status(claim), claim.edits) == (ClaimStatus.DENIED, ["HIT-306"])
    assert moved() == 0
    assert not HistoryArrival.objects.exists()


def test_an_earlier_visit_is_found_however_long_nobody_looked(world: World) -> None:
    later = decided(world, line("G0088", 12))
    decided(world, line("G0088", 5))
    clock.set_today(dt.date(2026, 6, 1))
    assert look_at_overtaken().asked == 1
    adjudicate_all()
    assert (status(later), later.edits) == (ClaimStatus.DENIED, ["HIT-601"])
    assert LookedThrough.objects.get().day == dt.date(2026, 6, 1)


def test_what_is_decided_after_the_look_of_the_day_is_looked_at_the_next_day(world: World) -> None:
    later = decided(world, line("G0088", 12))
    assert look_at_overtaken().moved == 0
    decided(world, line("G0088", 5))
    clock.set_today(clock.today() + dt.timedelta(days=1))
    assert look_at_overtaken().asked == 1
    assert status(later) == ClaimStatus.QUEUED


def test_the_queries_do_not_depend_on_how_many_move(world: World) -> None:
    """Two patients of a supplier cost as many statements as ten, up to the events of the claims that move."""
    few, many = (queries_of_a_revocation(patients) for patients in (2, 10))
    assert many == few <= 60


def queries_of_a_revocation(patients: int) -> int:
    supplier = SupplierFactory()
    for _ in range(patients):
        patient = BeneficiaryFactory()
        PlanOfCareFactory(beneficiary=patient, supplier=supplier)
        ClaimFactory(beneficiary=patient, supplier=supplier)
    adjudicate_all()
    look_at_arrivals()
    Revocation.objects.create(supplier=supplier, in_force=days(dt.date(2025, 1, 1)))
    with CaptureQueriesContext(connection) as queries:
        look_at_arrivals()
    return len(queries)
