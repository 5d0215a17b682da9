"""The home page of suppliers: what needs an answer and by when, where the claims stand, what ends soon."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import AccessLog, User
from beneficiaries.plans.actions import begin_plan
from claims.intake.receive import Receipt
from claims.models import Claim, ClaimStatus, Demand
from claims.pages.supplier_home import answers
from claims.pages.supplier_home.answers import MOST_READ, MOST_SHOWN, Answers, Asked, Thing, register
from claims.pages.supplier_home.page import SupplierHome
from claims.precheck.drafts import begin_draft
from policy import clock
from suppliers.models import Supplier
from suppliers.rights import Duty
from suppliers.spans import days
from tests.claims.intake.files import file_of
from tests.claims.pages.scene import TODAY, act_for, line
from tests.claims.payment.test_overpayments import overpaid
from tests.factories.beneficiaries import BeneficiaryFactory, PlanOfCareFactory
from tests.factories.claims import ClaimFactory
from tests.factories.suppliers import AccreditationFactory, SupplierFactory
from tests.factories.world import World

SignIn = Callable[[User], Client]


def home(client: Client, supplier: Supplier | None = None) -> SupplierHome:
    response = client.get("/", {"supplier": supplier.pk} if supplier else {})
    assert response.status_code == 200
    shown: SupplierHome = response.context["home"]
    return shown


def said(client: Client, kind: str, supplier: Supplier | None = None) -> list[tuple[str, str, dt.date | None]]:
    rows = home(client, supplier).rows
    return [(row.thing.what, row.thing.words, row.thing.due) for row in rows if row.kind.kind == kind]


@pytest.fixture
def quiet(world: World, supplier_person: User, signed_in_as: SignIn) -> tuple[Supplier, Client]:
    """A supplier without anything on file, and the browser of its administrator."""
    supplier = SupplierFactory(name="Quiet Infusion")
    act_for(supplier_person, supplier)
    return supplier, signed_in_as(supplier_person)


def test_a_supplier_with_nothing_to_do_is_told_so(quiet: tuple[Supplier, Client]) -> None:
    _, client = quiet
    page = client.get("/").content.decode()
    for words in ("Nothing needs an answer", "No claim has come in yet", "Nothing ends within 60 days"):
        assert words in page


# ---------- what needs an answer ----------


def test_a_held_claim_says_what_it_waits_for_and_until_when(billing: Client, decided: Callable[..., Claim]) -> None:
    claim = decided(lines=[line("G0068", dt.date(2026, 2, 10), 500)], received_on=dt.date(2026, 2, 14))
    assert claim.status == ClaimStatus.ON_HOLD
    ((what, words, due),) = said(billing, "On hold")
    assert what == "Evans, Dora, Feb 10"
    assert words.startswith("No drug bill")
    assert "ext look" in words
    assert due is not None
    assert claim.next_look
    assert due >= claim.next_look


def test_a_refused_claim_is_told_until_it_comes_again(
    billing: Client, sent: Callable[..., Receipt], world: World
) -> None:
    sent(file_of().replace(b"1EG4TE5MK73", b"1EG4TE5MKXX"))
    rejected = Claim.objects.get(status=ClaimStatus.REJECTED)
    ((what, words, _),) = said(billing, "Refused")
    assert what.startswith("EVANS, DORA")
    assert words.endswith("It was never decided: correct it and send it again.")
    assert home(billing).rows[0].thing.address == f"/claims/rejected/{rejected.pk}/"
    world.claim(patient_control_number=rejected.patient_control_number)
    assert said(billing, "Refused") == []


def test_a_demand_says_what_is_owed_and_when_it_is_taken(quiet: tuple[Supplier, Client]) -> None:
    supplier, client = quiet
    overpayment = overpaid(supplier)
    clock.set_today(TODAY)
    assert said(client, "Demand") == []
    Demand.objects.create(overpayment=overpayment, sent_on=TODAY - dt.timedelta(days=30))
    ((_, words, due),) = said(client, "Demand")
    assert words.startswith("$152.88 is owed. Sent back by January 16, 2026, it bears no interest.")
    assert "After January 26, 2026 it is taken from payments, unless you appeal." in words
    assert due == TODAY
    clock.set_today(TODAY + dt.timedelta(days=1))
    ((_, words, due),) = said(client, "Demand")
    assert "no interest" not in words
    assert due == dt.date(2026, 1, 26)


@pytest.mark.parametrize(
    ("ends", "is_told"), [(-1, False), (0, True), (30, True), (31, False)], ids=["over", "today", "soon", "later"]
)
def test_a_plan_that_lapses_is_told(quiet: tuple[Supplier, Client], ends: int, is_told: bool) -> None:
    supplier, client = quiet
    day = TODAY + dt.timedelta(days=ends)
    PlanOfCareFactory(supplier=supplier, ends=day, review_every_days=None)
    found = said(client, "Plan of care")
    assert bool(found) is is_told
    if found:
        assert found[0][1].startswith("Lapses after")
        assert found[0][2] == day


def test_drafts_are_offered_to_who_may_go_on_with_them(
    world: World, supplier_person: User, other_supplier_person: User, signed_in_as: SignIn
) -> None:
    act_for(supplier_person, world.supplier, Duty.BILLER)
    act_for(other_supplier_person, world.supplier, Duty.CLINICIAN)
    begin_draft(world.supplier, by=supplier_person)
    begin_plan(world.supplier, world.beneficiary.pk, by=other_supplier_person)
    kinds = [
        {row.kind.kind for row in home(signed_in_as(person)).rows if "Draft" in row.kind.kind}
        for person in (supplier_person, other_supplier_person)
    ]
    assert kinds == [{"Draft of a claim"}, {"Draft of a plan"}]


def test_the_most_urgent_stands_first_and_each_kind_shows_its_first_few(
    quiet: tuple[Supplier, Client], supplier_person: User
) -> None:
    supplier, client = quiet
    for ends in (20, 3, 12):
        PlanOfCareFactory(supplier=supplier, ends=TODAY + dt.timedelta(days=ends), review_every_days=None)
    for _ in range(MOST_READ + 1):
        begin_draft(supplier, by=supplier_person)
    page = home(client)
    assert [row.left for row in page.rows] == [3, 12, 20, *[None] * MOST_SHOWN]
    drafts = next(kind for kind in page.answers if kind.kind == "Draft of a claim")
    assert (len(drafts.things), drafts.has_more) == (MOST_READ, True)
    assert "25+" in client.get("/").content.decode()


def test_another_room_adds_what_it_asks(quiet: tuple[Supplier, Client], monkeypatch: pytest.MonkeyPatch) -> None:
    supplier, client = quiet

    def records(asked: Asked) -> Answers:
        due = asked.today + dt.timedelta(days=5)
        thing = Thing("Records for claim 1", "/records/1/", supplier.pk, "Send the notes.", due)
        return Answers("Records", "page", "waits", "records due", "/records/", (thing,))

    monkeypatch.setattr(answers, "_SOURCES", [*answers._SOURCES])
    register(register(records))
    assert [(row.kind.kind, row.left) for row in home(client).rows] == [("Records", 5)]


def test_patients_named_on_the_page_are_logged(
    billing: Client, world: World, supplier_person: User, decided: Callable[..., Claim]
) -> None:
    claim = decided(lines=[line("G0068", dt.date(2026, 2, 10), 500)], received_on=dt.date(2026, 2, 14))
    home(billing)
    logged = AccessLog.objects.filter(person=supplier_person, page="Home").values_list("about_type", "about_id")
    assert ("claims.claim", str(claim.pk)) in list(logged)


# ---------- claims by status, what ends ----------


def test_each_status_says_what_happens_next_and_leads_to_its_claims(quiet: tuple[Supplier, Client]) -> None:
    supplier, client = quiet
    pays = {"paid_amount": Decimal("150.00"), "payment_day": dt.date(2026, 1, 30)}
    for status in (ClaimStatus.SUSPENDED, ClaimStatus.DENIED, ClaimStatus.QUEUED):
        ClaimFactory(supplier=supplier, status=status)
    for _ in range(2):
        ClaimFactory(supplier=supplier, status=ClaimStatus.PAYABLE, **pays)
    ClaimFactory(supplier=supplier, status=ClaimStatus.PAYABLE, test_claim=True, **pays)
    rows = home(client).claims
    assert [(row.status, row.count) for row in rows] == [
        (ClaimStatus.QUEUED, 1),
        (ClaimStatus.SUSPENDED, 1),
        (ClaimStatus.PAYABLE, 2),
        (ClaimStatus.DENIED, 1),
    ]
    assert rows[2].next == "$300.00 goes out, the first of it on Jan 30."
    for row in rows:
        assert client.get(row.address).context["list"].total.count == row.count


def test_what_ends_soon_stands_with_the_money_at_risk(
    world: World, supplier_person: User, signed_in_as: SignIn
) -> None:
    supplier = SupplierFactory(accreditation=None)
    AccreditationFactory(supplier=supplier, in_force=days(dt.date(2025, 1, 1), TODAY + dt.timedelta(days=9)))
    act_for(supplier_person, supplier)
    ClaimFactory(supplier=supplier, status=ClaimStatus.PAID, paid_amount=Decimal("150.00"))
    (ends,) = home(signed_in_as(supplier_person)).ending
    assert (ends.lapse.days_left, ends.risk.pays) == (9, Decimal("150.00"))


# ---------- one supplier or all ----------


def test_agents_choose_between_all_and_one(
    world: World, supplier_person: User, other_supplier: Supplier, signed_in_as: SignIn
) -> None:
    for supplier, count in ((world.supplier, 1), (other_supplier, 2)):
        act_for(supplier_person, supplier, Duty.BILLING_AGENT)
        for _ in range(count):
            ClaimFactory(supplier=supplier, status=ClaimStatus.DENIED)
            begin_draft(supplier, by=supplier_person)
    client = signed_in_as(supplier_person)
    page = home(client)
    assert (page.claims[0].count, len(page.rows), page.names_suppliers) == (3, 3, True)
    assert "all 2 suppliers that you act for" in client.get("/").content.decode()
    one = home(client, other_supplier)
    assert (one.claims[0].count, len(one.rows), one.names_suppliers) == (2, 2, False)
    stranger = SupplierFactory()
    for named in (stranger.pk, "x", 10**30):
        assert client.get("/", {"supplier": named}).status_code == 404


def test_the_number_of_queries_depends_neither_on_rows_nor_on_suppliers(
    quiet: tuple[Supplier, Client], world: World, supplier_person: User, decided: Callable[..., Claim]
) -> None:
    _, client = quiet

    def queries() -> int:
        with CaptureQueriesContext(connection) as made:
            home(client)
        return len(made)

    def fill(supplier: Supplier) -> None:
        act_for(supplier_person, supplier)
        for number in range(3):
            ClaimFactory(supplier=supplier, on_hold=True)
            begin_draft(supplier, by=supplier_person)
            begin_plan(supplier, BeneficiaryFactory().pk, by=supplier_person)
            PlanOfCareFactory(supplier=supplier, ends=TODAY + dt.timedelta(days=number), review_every_days=None)

    def ending() -> Any:
        return SupplierFactory(accreditation__in_force=days(dt.date(2025, 1, 1), TODAY))

    fill(ending())
    queries()
    before = queries()
    for _ in range(3):
        fill(ending())
    assert queries() == before <= 24
