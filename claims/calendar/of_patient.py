"""The calendars of a patient: the same lanes over weeks of one's choice, and coverage over the years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from claims.adjudication.facts import BeneficiaryFacts, Span, Visit
from claims.calendar.drugs import drugs_lane
from claims.calendar.known import Known
from claims.calendar.marks import Bar, Calendar, Lane, Said
from claims.calendar.of_claim import title_of
from claims.calendar.plans import plans_lane
from claims.calendar.scene import Names, Patient
from claims.calendar.spans import coverage_lane, in_rows, stays_lane
from claims.calendar.visits import counted_visits, gap_after, visit_point
from claims.calendar.window import Window, years
from claims.calendar.words import day_in, none_in, span
from claims.edits.wording import how_many, in_words
from policy.tables import PolicyTables

UNNAMED = "Supplier not named"
#: So many years are shown before this one, unless something began later.
YEARS_BEFORE = 5


def patient_calendar(
    facts: BeneficiaryFacts, names: Names, tables: PolicyTables, window: Window, today: dt.date, whose: str
) -> Calendar:
    """All that is known of a patient now, over some weeks."""
    patient = Patient(facts, None, names)
    lanes = (
        *_visit_lanes(facts, window),
        _gap_lane(facts, window),
        drugs_lane(patient, tables, window),
        plans_lane(patient, window),
        stays_lane(patient, window),
        coverage_lane(patient, window),
    )
    words = " ".join(_described(facts, today))
    return Calendar(title_of(whose, window), words, window, window, today, (), lanes)


def _described(facts: BeneficiaryFacts, today: dt.date) -> Iterator[str]:
    """The facts one asks for first, as sentences."""
    last = _last_how_many(facts)
    if last is None:
        yield "No visit is in the history."
    else:
        eligible = in_words(gap_after(last).eligible, today.year)
        yield f"The last visit that counts was on {in_words(last, today.year)}; "
        yield f"an initial visit is possible from {eligible}."
    if facts.died:
        yield f"The patient died on {in_words(facts.died, today.year)}."
    yield "The table below gives the same facts."


def _last_how_many(facts: BeneficiaryFacts) -> dt.date | None:
    return max((visit.date for visit in counted_visits(facts.visits or ())), default=None)


def _visit_lanes(facts: BeneficiaryFacts, window: Window) -> Iterator[Lane]:
    """A lane for each supplier that visited, the one with the latest visit first."""
    by_supplier: dict[str, list[Visit]] = {}
    for visit in facts.visits or ():
        if window.holds(visit.date):
            by_supplier.setdefault(visit.supplier, []).append(visit)
    found = sorted(by_supplier.values(), key=lambda visits: visits[-1].date, reverse=True)
    for at, visits in enumerate(found):
        counts = list(counted_visits(visits))
        points = tuple(visit_point(Known(visit, visit)) for visit in counts)
        denied = len(visits) - len(counts)
        words = (
            f"{how_many(len(counts), 'visit')}, last on {day_in(counts[-1].date, window)}"
            if counts
            else "None that counts"
        )
        words += f"; {denied} denied, not shown" if denied else ""
        name = visits[-1].supplier_name or UNNAMED
        yield Lane("Visits" if at == 0 else "", "visits", (points,), sub=name, words=words, is_new_subject=at == 0)
    if not found:
        yield Lane("Visits", "visits", (), words=none_in(window), is_new_subject=True)


def _gap_lane(facts: BeneficiaryFacts, window: Window) -> Lane:
    """The gap after the last visit of all, or after the last one in the window when that lies later."""
    days = [visit.date for visit in counted_visits(facts.visits or ()) if visit.date <= window.last]
    gap = gap_after(max(days)) if days else None
    rows = ((gap,),) if gap and window.touches(gap.first, gap.eligible) else ()
    return Lane("60-day gap", "gap", rows, sub="initial visits only", words="" if rows else none_in(window))


# ---------- coverage over the years ----------


def coverage_calendar(
    facts: BeneficiaryFacts, names: Names, mbis: list[tuple[str, Span]], today: dt.date, whose: str
) -> Calendar:
    """Medicare numbers, entitlement, other payers, stays and death as bars over the years."""
    patient = Patient(facts, None, names)
    window = years(today.year - YEARS_BEFORE, today.year)
    lanes = (_mbi_lane(mbis, window), coverage_lane(patient, window), stays_lane(patient, window))
    title = f"Coverage of {whose}, {window.first.year} to {window.last.year}"
    return Calendar(title, "The table below gives the same spans.", window, window, today, (), lanes)


def _mbi_lane(mbis: list[tuple[str, Span]], window: Window) -> Lane:
    bars = [
        Bar(
            found.start,
            found.end,
            "plan",
            Said(f"Medicare number {mbi}"),
            (f"{mbi}, {span(found.start, found.end, window)}", mbi),
        )
        for mbi, found in mbis
        if window.touches(found.start, found.end)
    ]
    return Lane("Medicare number", "bars", in_rows(bars), words="" if bars else none_in(window), is_new_subject=True)
