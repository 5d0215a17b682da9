"""From which day a line would pass: each edit that can know a day says it, none guesses one."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from claims.adjudication.engine import decide
from claims.adjudication.facts import ClaimFacts, DrugBill, Span, Stay
from claims.edits.registry import EDIT_IDS
from claims.pages.claim.first_days import SAYS, first_days
from tests.claims.adjudication.worlds import base_claim, base_tables, line, patient_of, with_patient

VISIT = dt.date(2026, 1, 5)


def day(month: int, number: int, year: int = 2026) -> dt.date:
    return dt.date(year, month, number)


def said(facts: ClaimFacts, edit: str) -> tuple[str, ...]:
    """What is said of an edit on the first line."""
    first = decide(facts, base_tables()).lines[0]
    (finding,) = [each for each in first.findings if each.edit == edit]
    return first_days(finding, facts.lines[0].date, facts)


def supplier(**changes: Any) -> ClaimFacts:
    base = base_claim()
    assert base.supplier is not None
    return replace(base, supplier=replace(base.supplier, **changes))


def plan(**changes: Any) -> ClaimFacts:
    base = base_claim()
    (found,) = patient_of(base).plans_of_care or ()
    return with_patient(base, plans_of_care=(replace(found, **changes),))


def bills(*found: tuple[dt.date, str, str]) -> ClaimFacts:
    made = tuple(DrugBill(f"{at}", hcpcs, "", on, status) for at, (on, hcpcs, status) in enumerate(found))  # type: ignore[arg-type]
    return with_patient(base_claim(), drug_bills=made)


@pytest.mark.parametrize(
    ("facts", "edit", "words"),
    [
        (
            supplier(enrolled=(Span(day(2, 1)),)),
            "HIT-201",
            "Visits from February 1 on: the enrollment on file begins then.",
        ),
        (supplier(revoked=(Span(day(1, 1), day(1, 31)),)), "HIT-205", "Visits from February 1 on."),
        (
            supplier(prepayment_review=(Span(day(1, 1), day(3, 31)),)),
            "HIT-206",
            "Claims received from April 1 on are not selected.",
        ),
        (with_patient(base_claim(), part_b=(Span(day(1, 6)),)), "HIT-302", "Visits from January 6 on."),
        (
            with_patient(base_claim(), part_b=(Span(day(1, 1, 2020), day(1, 4)), Span(day(6, 1)))),
            "HIT-303",
            "Visits from June 1 on: Part B begins again.",
        ),
        (
            with_patient(base_claim(), medicare_advantage=(Span(day(1, 1), day(12, 31)),)),
            "HIT-305",
            "Visits from January 1, 2027 on.",
        ),
        (
            with_patient(base_claim(), inpatient_stays=(Stay(day(1, 4), day(1, 6)),)),
            "HIT-306",
            "Visits from January 6 on: the day of discharge is outside the stay.",
        ),
        (plan(starts=day(1, 20)), "HIT-401", "Visits from January 20 on: a plan of care is in force then."),
        (plan(signed=day(2, 2)), "HIT-403", "A new claim from February 2 on."),
        (plan(signed=None), "HIT-403", "A new claim from the day of the signature on."),
        (
            bills((day(12, 1, 2025), "J2260", "paid")),
            "HIT-501",
            "J2260 of December 1, 2025 counted through December 31, 2025.",
        ),
        (
            bills((day(1, 3), "J2260", "pending")),
            "HIT-501",
            "Once it is paid, J2260 of January 3 counts through February 2.",
        ),
        (
            bills((day(1, 3), "J2260", "denied")),
            "HIT-502",
            "Paid on appeal, the bill of January 3 counts through February 2.",
        ),
        (
            bills((day(1, 3), "J9190", "paid")),
            "HIT-503",
            "For visits of its own category, the bill of January 3 counts through February 2.",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and value.startswith("HIT") else "",
)
def test_a_day_that_the_facts_know_is_said(facts: ClaimFacts, edit: str, words: str) -> None:
    assert said(facts, edit) == (words,)


def test_a_week_that_is_full_names_the_next() -> None:
    lines = tuple(line(number, day(1, 3 + number), "G0068") for number in range(1, 6))
    facts = base_claim(lines=lines)
    decided = decide(facts, base_tables())
    last = decided.lines[-1]
    (full,) = [finding for finding in last.findings if finding.edit == "HIT-406"]
    assert first_days(full, lines[-1].date, facts) == ("Visits from January 11 on: the next week begins.",)


def test_nothing_is_said_without_a_day_to_know() -> None:
    assert said(with_patient(base_claim(), inpatient_stays=(Stay(day(1, 4)),)), "HIT-306") == ()
    assert said(supplier(enrolled=()), "HIT-201") == ()
    assert said(supplier(enrolled=None), "HIT-201") == ()


def test_only_edits_of_the_catalogue_are_spoken_of() -> None:
    assert set(SAYS) <= set(EDIT_IDS)
