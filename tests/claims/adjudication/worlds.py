"""Claims for the tests of the core: the payable base claim, and any claim at all for the properties."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

from hypothesis import strategies as st

from claims.adjudication.facts import (
    BeneficiaryFacts,
    ClaimFacts,
    Determination,
    DrugBill,
    DrugStatus,
    LineFacts,
    Span,
    Stay,
    Visit,
    visit_key,
)
from claims.edits.registry import EDIT_IDS
from claims.scenarios.format import read_case
from claims.scenarios.tables_from_csv import policy_tables_from_csv
from claims.scenarios.world import OTHER_SUPPLIER_KEY, OTHER_SUPPLIER_NAME, claims_of, tables_of
from policy.tables import Dated, PolicyTables

CASE: dict[str, Any] = {"case": "test", "then": {"claims": []}}

VISIT_CODES = ("G0068", "G0069", "G0070", "G0088", "G0089", "G0090")
FIRST_DAY, LAST_DAY = dt.date(2025, 12, 20), dt.date(2026, 2, 10)


@cache
def _base_claim() -> ClaimFacts:
    (claim,) = claims_of(read_case(CASE, "test"))
    return claim


def base_claim(**changes: Any) -> ClaimFacts:
    """The base claim: one payable initial visit of January 5 2026, received on January 16."""
    return replace(_base_claim(), **changes)


def base_tables(**policy: Any) -> PolicyTables:
    """The project's tables with the amounts of the base world, a factor of one and the settings of the base world."""
    return tables_of(read_case({**CASE, "given": {"policy": policy}}, "test"), policy_tables_from_csv())


def line(number: int, day: dt.date, hcpcs: str = "G0088", charge: str = "400.00", **changes: Any) -> LineFacts:
    """A line in good order."""
    return replace(base_claim().lines[0], number=number, date=day, hcpcs=hcpcs, charge=Decimal(charge), **changes)


def patient_of(claim: ClaimFacts) -> BeneficiaryFacts:
    assert claim.beneficiary is not None
    return claim.beneficiary


def with_patient(claim: ClaimFacts, **changes: Any) -> ClaimFacts:
    return replace(claim, beneficiary=replace(patient_of(claim), **changes))


days = st.dates(FIRST_DAY, LAST_DAY)
money = st.decimals(Decimal("0.00"), Decimal("500.00"), places=2)
spans = st.builds(Span, days, st.none() | days)
stays = st.builds(Stay, days, st.none() | days)


def mostly(good: Any, *others: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Nine times in ten the good value, so that claims that pay and claims with one thing wrong are both common."""
    return st.integers(0, 9).flatmap(lambda chance: st.one_of(*others) if chance == 9 else st.just(good))


@st.composite
def lines(draw: st.DrawFn, number: int) -> LineFacts:
    day = draw(st.dates(dt.date(2026, 1, 3), dt.date(2026, 2, 2)))
    odd_units = st.none() | st.sampled_from([Decimal(units) for units in ("0", "1.5", "20", "21", "96", "97")])
    return LineFacts(
        number=number,
        date=draw(mostly(day, days)),
        through=draw(mostly(None, st.sampled_from((day, day + dt.timedelta(days=1))))),
        hcpcs=draw(mostly("G0068", st.sampled_from((*VISIT_CODES, "99601")))),
        modifiers=draw(mostly((), st.sampled_from((("GW",), ("GV",))))),
        units=draw(mostly(Decimal(6), odd_units)),
        charge=draw(money),
        place_of_service=draw(mostly("12", st.just("11"))),
    )


@st.composite
def visits(draw: st.DrawFn, supplier: str) -> tuple[Visit, ...]:
    found = draw(st.lists(st.tuples(days, st.sampled_from(VISIT_CODES), st.booleans()), max_size=4))
    return tuple(
        Visit(
            key=visit_key(f"EARLIER{number}", 1),
            date=day,
            hcpcs=hcpcs,
            status=draw(st.sampled_from(("paid", "pending", "denied"))),
            supplier=supplier if is_same else OTHER_SUPPLIER_KEY,
            supplier_name=OTHER_SUPPLIER_NAME,
            claim=f"EARLIER{number}",
        )
        for number, (day, hcpcs, is_same) in enumerate(found)
    )


DRUGS = (("J2260", ""), ("J1559", "JB"), ("J1559", ""), ("J9190", ""), ("J7799", ""), ("J3490", ""))
STATUSES: tuple[DrugStatus, ...] = ("paid", "pending", "denied")


@st.composite
def drug_bills(draw: st.DrawFn) -> tuple[DrugBill, ...]:
    found = draw(st.lists(st.tuples(st.sampled_from(DRUGS), days, st.sampled_from(STATUSES)), max_size=5))
    return tuple(
        DrugBill(f"bill{number}", hcpcs, modifier, day, status)
        for number, ((hcpcs, modifier), day, status) in enumerate(found)
    )


determinations = st.builds(
    Determination,
    kind=st.sampled_from(("override", "waiver", "drug_category", "timely_filing")),
    by=st.just("the examiner"),
    at=days,
    reason=st.text(max_size=10),
    edit=st.sampled_from(EDIT_IDS),
    line=st.none() | st.integers(1, 4),
    value=st.sampled_from(("1", "2", "3")),
    until=st.none() | days,
)

NOBODY_KNOWS = st.none()


@st.composite
def patients(draw: st.DrawFn) -> BeneficiaryFacts:
    base = base_claim()
    patient = patient_of(base)
    plans = patient.plans_of_care or ()
    return replace(
        patient,
        part_b=draw(mostly(patient.part_b, NOBODY_KNOWS, st.just(()), st.tuples(spans))),
        medicare_advantage=draw(mostly((), NOBODY_KNOWS, st.tuples(spans))),
        inpatient_stays=draw(mostly((), NOBODY_KNOWS, st.tuples(stays))),
        homes=draw(mostly(patient.homes, st.just(()))),
        visits=draw(mostly((), NOBODY_KNOWS)) if draw(st.booleans()) else draw(visits(base.supplier_key)),
        drug_bills=draw(mostly(patient.drug_bills, NOBODY_KNOWS, drug_bills(), drug_bills())),
        plans_of_care=tuple(replace(plan, signed=draw(mostly(plan.signed, NOBODY_KNOWS, days))) for plan in plans),
        deductible_remaining=((2025, draw(money)), (2026, draw(money))),
    )


@st.composite
def claims(draw: st.DrawFn) -> ClaimFacts:
    """Any claim: lines in any state, any history, sometimes nobody known, people's determinations among the facts."""
    base = base_claim()
    count = draw(st.integers(1, 4))
    return replace(
        base,
        received=draw(mostly(LAST_DAY, days)),
        supplier=draw(mostly(base.supplier, NOBODY_KNOWS)),
        beneficiary=draw(mostly(draw(patients()), NOBODY_KNOWS)),
        lines=tuple(draw(lines(number)) for number in range(1, count + 1)),
        looks_done=draw(st.integers(0, 3)),
        accepts_assignment=draw(st.booleans()),
        determinations=tuple(draw(mostly([], st.lists(determinations, min_size=1, max_size=3)))),
    )


@st.composite
def tables(draw: st.DrawFn) -> PolicyTables:
    """The tables of the base world with some dispositions changed, a setting changed, or an amount gone."""
    found = base_tables(
        dispositions=draw(
            st.dictionaries(
                st.sampled_from(EDIT_IDS), st.sampled_from(("deny", "suspend", "hold", "inform", "ignore")), max_size=4
            )
        ),
        settings={"one_payment_per_day": draw(st.sampled_from(("per_beneficiary", "per_category")))},
    )
    if draw(st.booleans()):
        return found
    gone = draw(st.sampled_from(VISIT_CODES))
    return replace(
        found,
        amounts=Dated((code, row) for code in VISIT_CODES if code != gone for row in found.amounts.of(code)),
    )
