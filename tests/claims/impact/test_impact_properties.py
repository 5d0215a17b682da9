"""What holds of every impact: nothing that changes is left out, and what is told is what really comes of it."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Role, User
from claims.adjudication.queue import adjudicate_all
from claims.impact.actions import adjust
from claims.impact.anew import Anew
from claims.impact.following import ask_waiting_claims
from claims.impact.narrowing import all_claims, claims_in_reach
from claims.impact.portions import Compared, impact_of
from claims.impact.touched import TABLES, touched_tables
from claims.mass.actions import approve as approve_mass
from claims.mass.dark import tried_by_the_queue
from claims.models import Claim, ImpactLine, ImpactRun, MassState
from claims.replay.lines import stored_states
from policy import clock, readers
from policy.change_sets.actions import approve, propose
from policy.readers import tables_as_known
from policy.tables import Dated, PolicyTables
from tests.accounts.cast import make_person
from tests.claims.mass.conftest import worked, world_of
from tests.factories.beneficiaries import OutsideVisitFactory
from tests.factories.change_sets import a_drug, another_amount, change_set, worked_out
from tests.factories.policy import load_small_tables
from tests.factories.world import World

TODAY = dt.date(2026, 3, 10)
FEW = max(5, int(os.environ.get("HYPOTHESIS_EXAMPLES", "40")) // 4)
IN_DATABASE = settings(
    max_examples=FEW, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)

Lines = tuple[tuple[str, int], ...]


@pytest.fixture
def people(db: None) -> Iterator[tuple[User, User]]:
    load_small_tables()
    clock.set_today(TODAY)
    yield make_person("Ada Administrator", Role.ADMINISTRATOR), make_person("Avery Approver", Role.ADMINISTRATOR)
    readers.forget()


days = st.integers(3, 15)
lines: st.SearchStrategy[Lines] = st.lists(
    st.tuples(st.sampled_from(("G0068", "G0068", "G0088", "G0069")), days), min_size=1, max_size=3
).map(tuple)
#: Of a patient: the drug that was billed, and the claims in the order they came.
patients = st.tuples(st.sampled_from(("J2260", "J2260", "J9998", "J7799")), st.lists(lines, min_size=1, max_size=3))
worlds = st.lists(patients, min_size=1, max_size=3)


def make_worlds(drawn: Sequence[tuple[str, Sequence[Lines]]]) -> list[World]:
    """Patients with decided claims, each claim decided before the next one comes; one visit is another contractor's."""
    made = []
    for number, (drug, claims) in enumerate(drawn):
        world = world_of(number, drug_bill={"hcpcs": drug})
        made.append(world)
        if number == 1:
            OutsideVisitFactory(beneficiary=world.beneficiary, hcpcs="G0068", date_of_service=dt.date(2026, 1, 8))
        for billed in claims:
            world.claim(
                lines=[{"hcpcs": code, "date_of_service": dt.date(2026, 1, day)} for code, day in billed],
                patient_zip="21230" if number else "21201",
            )
            adjudicate_all()
    return made


# ---------- the tables that a set may change, each in some way that decisions can feel ----------

LOCALITY = "12302-01"

CHANGES: tuple[tuple[str, str, dict[str, Any] | None], ...] = (
    ("amounts", "G0068", {"amount": Decimal("12.34")}),
    ("amounts", "G0088", {"amount": Decimal("1234.00")}),
    ("amounts", "G0069", None),
    ("factors", LOCALITY, {"factor": Decimal("2.000")}),
    ("localities", "21201", {"locality": "99999-99"}),
    ("localities", "21230", None),
    ("drugs", "J2260", None),
    ("drugs", "J2260", {"category": 2}),
    ("drugs", "J2260", {"category": None}),
    ("drugs", "J7799", {"category": 1}),
    ("visit_codes", "G0068", None),
    ("visit_codes", "G0088", {"is_initial": False}),
    ("deductibles", "", {"value": Decimal("1000.00")}),
    ("coinsurance", "", {"value": Decimal("0.50")}),
    ("sequestration", "", {"value": Decimal("0.00")}),
    ("places", "12", {"is_home": False}),
    ("organizations", "TJC", None),
    ("dispositions", "HIT-501", {"disposition": "deny"}),
    ("dispositions", "HIT-601", {"disposition": "inform"}),
    ("dispositions", "HIT-602", {"disposition": "ignore"}),
    ("dispositions", "HIT-604", {"carc": "96", "rarcs": ("N130",)}),
    ("settings", "one_payment_per_day", {"value": "per_category"}),
    ("settings", "recycle_looks", {"value": "0"}),
)
#: Days from which a row says something else: before, within and after the visits, and the day of receipt.
FROM = (dt.date(2025, 12, 1), dt.date(2026, 1, 1), dt.date(2026, 1, 3), dt.date(2026, 1, 8), dt.date(2026, 1, 20))

modifications = st.lists(st.tuples(st.sampled_from(CHANGES), st.sampled_from(FROM)), min_size=1, max_size=2)


def modified(tables: PolicyTables, table: str, key: str, said: dict[str, Any] | None, start: dt.date) -> PolicyTables:
    """The tables with a row that says something else from a day on, or no row when nothing is said."""
    dated: Dated[Any] = getattr(tables, table)
    kept = [(other, row) for other in dated.keys() for row in dated.of(other) if other != key]  # noqa: SIM118
    for row in dated.of(key):
        if row.end is not None and row.end < start:
            kept.append((key, row))
            continue
        if row.start < start:
            kept.append((key, replace(row, end=start - dt.timedelta(days=1))))
        if said is not None:
            kept.append((key, replace(row, row=f"{row.row}-draft", start=max(row.start, start), **said)))
    return replace(tables, **{table: Dated(kept)})


def found(ids: Sequence[int], compared: Compared) -> set[tuple[Any, ...]]:
    return {as_told(line) for line in impact_of(0, ids, compared).lines}


def as_told(line: ImpactLine) -> tuple[Any, ...]:
    return line.claim_id, line.number, line.is_waiting, str(line.before), str(line.after)


@pytest.mark.django_db
@IN_DATABASE
@given(drawn=worlds, changes=modifications)
def test_no_claim_that_would_change_is_left_out(people: object, drawn: Any, changes: Any) -> None:
    with transaction.atomic():
        make_worlds(drawn)
        known = proposed = tables_as_known()
        for (table, key, said), start in changes:
            proposed = modified(proposed, table, key, said, start)
        compared = Compared(known, proposed, TODAY)
        everything = [claim for claim, _ in all_claims()]
        reach = [claim for claim, _ in claims_in_reach(touched_tables(known, proposed), known, proposed)]
        assert found(reach, compared) == found(everything, compared)
        assert set(reach) <= set(everything)
        transaction.set_rollback(True)


@pytest.mark.django_db
@IN_DATABASE
@given(drawn=worlds)
def test_what_is_read_is_decided_as_the_queue_decides_what_it_is_asked(people: object, drawn: Any) -> None:
    with transaction.atomic():
        make_worlds(drawn)
        ids, tables = [claim for claim, _ in all_claims()], tables_as_known()
        read = Anew().decided(ids, tables, TODAY)
        asked = tried_by_the_queue(ids, tables, TODAY)
        assert [(one.claim.id, one.facts, one.decision) for one in read] == [
            (one.claim.id, one.facts, one.decision) for one in asked
        ]
        transaction.set_rollback(True)


@pytest.mark.django_db
@IN_DATABASE
@given(
    drawn=worlds,
    amount=st.integers(1, 900_000).map(lambda cents: str(Decimal(cents) / 100)),
    code=st.sampled_from(("G0068", "G0088")),
    is_listed=st.booleans(),
)
def test_what_is_told_is_what_comes_of_it_to_the_cent(
    people: tuple[User, User], drawn: Any, amount: str, code: str, is_listed: bool
) -> None:
    """Published and adjusted in earnest: each line that was told comes out as told, and no other claim is adjusted."""
    administrator, approver = people
    with transaction.atomic():
        make_worlds(drawn)
        more = [a_drug("J9998", 1, dt.date(2025, 1, 1))] if is_listed else []
        rates = change_set(another_amount(code, amount, dt.date(2026, 1, 1)), *more, by=administrator)
        run = worked_out(rates, by=administrator)
        propose(rates, by=administrator)
        approve(rates, by=approver, reason="Seen")
        with transaction.atomic():
            check_waiting(run)
            transaction.set_rollback(True)
        if run.claims_changed:
            mass = worked(adjust(run, by=administrator))
            told_changes = list(run.lines.filter(is_waiting=False))
            if mass.claims_changed:
                mass = worked(approve_mass(mass, by=approver, reason="Seen"))
                assert mass.state == MassState.DONE
            assert (mass.before, mass.after) == (run.before, run.after)
            assert paid_of({line.claim_id for line in told_changes}) == run.after
            check_came_true(told_changes)
        transaction.set_rollback(True)


def check_waiting(run: ImpactRun) -> None:
    """The waiting claims that change, asked anew while the decided ones stand."""
    told = list(run.lines.filter(is_waiting=True))
    ask_waiting_claims()
    adjudicate_all()
    check_came_true(told)
    assert paid_of({line.claim_id for line in told}) == run.waiting_after


def paid_of(claims: set[int]) -> Decimal:
    return sum((claim.paid_amount or Decimal() for claim in Claim.objects.filter(pk__in=claims)), Decimal())


def check_came_true(told: Sequence[ImpactLine]) -> None:
    now = dict(Claim.objects.filter(pk__in={line.claim_id for line in told}).values_list("pk", "current_decision_id"))
    states = stored_states(list(now.values()))
    for line in told:
        state = states[now[line.claim_id]][line.number]
        assert (state.outcome, str(state.paid), state.carc) == tuple(
            line.after[name] for name in ("outcome", "paid", "carc")
        )


def test_every_table_is_compared() -> None:
    assert {table for table, *_ in CHANGES} == set(TABLES)
