"""Two strips for the two questions asked most: from which day the initial code is possible, how long the drug counts.

A strip is a time line as wide as it is asked for. Positions are pixels; what it shows is said in words, too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from claims.adjudication.decision import Decision, LineDecision
from claims.adjudication.facts import ClaimFacts, DrugBill, LineFacts, Visit
from claims.calendar.canvas import width_of
from claims.edits.drugs import WINDOW
from claims.edits.hit_601_initial_visit_gap import DAYS_NEEDED
from claims.edits.wording import days, in_words, listed
from claims.pages.wording import short_day
from policy.tables import PolicyTables

WIDE, NARROW = 640, 300
EDGE, SIZE, APART = 8, 13, 10
#: Days shown behind the day from which an initial visit is possible.
BEHIND = 6

Kind = Literal["start", "visit", "refused", "possible", "today"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark at a place; `kind` says how it is drawn."""

    x: float
    kind: Kind


@dataclass(frozen=True, slots=True)
class Label:
    """Words above or below the line, where they do not lie on others."""

    x: float
    anchor: str
    words: str
    kind: Kind
    is_above: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """A strip drawn for one width: the bar from `start` to `end`, its first part filled up to `filled`."""

    width: int
    start: float
    filled: float
    end: float
    open_end: float
    marks: tuple[Mark, ...]
    labels: tuple[Label, ...]

    @property
    def length(self) -> float:
        return round(self.end - self.start, 1)

    @property
    def length_filled(self) -> float:
        return round(self.filled - self.start, 1)

    @property
    def length_open(self) -> float:
        return round(self.open_end - self.end, 1)


@dataclass(frozen=True, slots=True)
class Strip:
    """What a strip tells, with a drawing for each width."""

    words: str
    wide: Drawing
    narrow: Drawing


@dataclass(frozen=True, slots=True)
class GapShown:
    """The time from the last visit to the day on which an initial visit is possible, for one line."""

    line: int
    strip: Strip


@dataclass(frozen=True, slots=True)
class DrugShown:
    """A drug bill in the history with the visits it counts for; `left` are its days from today on, 0 when past."""

    name: str
    descriptor: str
    status: str
    counts_for: tuple[int, ...]
    counts: str
    last_day: dt.date
    left: int
    needs: str
    strip: Strip


@dataclass(frozen=True, slots=True)
class _Scale:
    first: dt.date
    last: dt.date
    width: int
    right: float

    def x(self, day: dt.date) -> float:
        span = (self.last - self.first).days or 1
        return round(EDGE + (self.right - EDGE) * (day - self.first).days / span, 1)


# ---------- the initial visit ----------


def gaps(facts: ClaimFacts, decision: Decision) -> Iterator[GapShown]:
    """A strip for each line that bills an initial visit too early."""
    lines = {line.number: line for line in facts.lines}
    for decided in decision.lines:
        last = _last_visit(decided)
        if last:
            yield GapShown(decided.number, _gap(last, lines[decided.number], facts))


def _last_visit(decided: LineDecision) -> dt.date | None:
    for finding in decided.findings:
        earlier = dict(finding.evidence).get("earlier visit")
        if finding.edit == "HIT-601" and isinstance(earlier, dt.date):
            return earlier
    return None


def _gap(last: dt.date, line: LineFacts, facts: ClaimFacts) -> Strip:
    possible = last + dt.timedelta(days=DAYS_NEEDED)
    day = (line.date - last).days
    whose = "last visit" if _is_own(last, facts) else "last visit, another supplier"
    words = (
        f"Last visit {in_words(last, line.date.year)}. Visit {line.number}, {in_words(line.date, line.date.year)}, is "
        f"day {day}. An initial visit is possible from day {DAYS_NEEDED}, {in_words(possible, line.date.year)}."
    )

    def draw(width: int) -> Drawing:
        scale = _Scale(last, possible + dt.timedelta(days=BEHIND), width, width - EDGE)
        labels = (
            (last, short_day(last), "start", True),
            (line.date, f"{short_day(line.date)}, day {day}", "refused", True),
            (possible, short_day(possible), "possible", True),
            (last, whose, "start", False),
            (scale.last, f"day {DAYS_NEEDED}: initial visit possible", "today", False),
        )
        return Drawing(
            width=width,
            start=scale.x(last),
            filled=scale.x(line.date),
            end=scale.x(possible),
            open_end=scale.x(scale.last),
            marks=(
                Mark(scale.x(last), "start"),
                Mark(scale.x(line.date), "refused"),
                Mark(scale.x(possible), "possible"),
            ),
            labels=tuple(_placed(labels, scale)),
        )

    return Strip(words, draw(WIDE), draw(NARROW))


def _is_own(day: dt.date, facts: ClaimFacts) -> bool:
    """Whether the visit of that day is this supplier's, in the history or in the claim."""
    visits: Sequence[Visit] = (facts.beneficiary.visits if facts.beneficiary else None) or ()
    others = [visit for visit in visits if visit.date == day and visit.status != "denied"]
    return not others or any(visit.supplier == facts.supplier_key for visit in others)


# ---------- the drug ----------


def drugs(facts: ClaimFacts, tables: PolicyTables) -> list[DrugShown]:
    """The home infusion drugs in the history that count for a line, else the latest one that would; newest first."""
    patient = facts.beneficiary
    if patient is None or not facts.lines:
        return []
    bills = [
        bill for bill in patient.drug_bills or () if tables.drug_on(bill.hcpcs, bill.modifier, bill.date) is not None
    ]
    latest: dict[tuple[str, str], DrugBill] = {}
    for bill in sorted(bills, key=lambda each: (each.date, each.status == "paid")):
        latest[bill.hcpcs, bill.modifier] = bill
    counting = [bill for bill in latest.values() if counted_for(bill, facts)]
    newest = sorted(latest.values(), key=lambda bill: bill.date, reverse=True)
    return [_drug(bill, facts, tables) for bill in (counting or newest[:1])]


def counted_for(bill: DrugBill, facts: ClaimFacts) -> list[LineFacts]:
    """The lines in whose window of 30 days the bill lies."""
    return [line for line in facts.lines if dt.timedelta(0) <= line.date - bill.date <= WINDOW]


def _drug(bill: DrugBill, facts: ClaimFacts, tables: PolicyTables) -> DrugShown:
    row = tables.drug_on(bill.hcpcs, bill.modifier, bill.date)
    last_day, lines = bill.date + WINDOW, counted_for(bill, facts)
    numbers = tuple(line.number for line in lines)
    left = max((last_day - facts.today).days, 0)
    year = facts.today.year
    name = f"{bill.hcpcs} {bill.modifier}".strip()
    return DrugShown(
        name=name,
        descriptor=row.descriptor if row else "",
        status=bill.status,
        counts_for=numbers,
        counts=_counts(numbers, len(facts.lines), bill.status),
        last_day=last_day,
        left=left,
        needs=f"A visit after {in_words(last_day, year)} needs a new drug bill.",
        strip=_window(bill, name, last_day, left, lines, facts.today),
    )


def _counts(numbers: Sequence[int], lines: int, status: str) -> str:
    if not numbers:
        return "Counts for no visit of this claim"
    if status != "paid":
        return "Undecided" if status == "pending" else "Denied, does not count"
    if len(numbers) == lines:
        return {1: "Counts for the visit", 2: "Counts for both visits"}.get(lines, "Counts for all visits")
    return f"Counts for visit{'s' if len(numbers) > 1 else ''} {listed([str(number) for number in numbers])}"


def _window(
    bill: DrugBill, name: str, last_day: dt.date, left: int, lines: Sequence[LineFacts], today: dt.date
) -> Strip:
    visits = [line.date for line in lines]
    is_inside = bill.date <= today <= last_day
    words = f"{name} billed {in_words(bill.date, today.year)} counts through {in_words(last_day, today.year)}. " + (
        f"{days(left).capitalize()} {'is' if left == 1 else 'are'} left from today."
        if is_inside
        else "No day is left from today."
    )

    def draw(width: int) -> Drawing:
        scale = _Scale(bill.date, last_day, width, width - EDGE)
        labels = [
            (bill.date, short_day(bill.date), "start", True),
            (last_day, short_day(last_day), "start", True),
            (bill.date, f"{name} billed, {bill.status}", "start", False),
            (last_day, f"{days(left)} left" if is_inside else "past", "start", False),
        ]
        if is_inside:
            labels.append((today, "today", "today", True))
        if visits:
            labels.append((visits[0], "your visits" if len(visits) > 1 else "your visit", "visit", False))
        marks = [Mark(scale.x(bill.date), "start"), *(Mark(scale.x(day), "visit") for day in visits)]
        if is_inside:
            marks.append(Mark(scale.x(today), "today"))
        end = scale.x(last_day)
        filled = scale.x(min(max(today, bill.date), last_day))
        return Drawing(width, scale.x(bill.date), filled, end, end, tuple(marks), tuple(_placed(labels, scale)))

    return Strip(words, draw(WIDE), draw(NARROW))


# ---------- words beside each other ----------


def _placed(labels: Sequence[tuple[dt.date, str, str, bool]], scale: _Scale) -> Iterator[Label]:
    """The labels in the order of their importance; one for which there is no room in its row is left out."""
    taken: dict[bool, list[tuple[float, float]]] = {True: [], False: []}
    for day, words, kind, is_above in sorted(labels, key=lambda label: label[2] not in ("start", "refused")):
        width = width_of(words, SIZE, 600)
        left = min(max(scale.x(day) - width / 2, 0), scale.width - width)
        right = left + width
        if all(right + APART <= start or end + APART <= left for start, end in taken[is_above]):
            taken[is_above].append((left, right))
            yield Label(round(left, 1), "start", words, kind, is_above)  # type: ignore[arg-type]
