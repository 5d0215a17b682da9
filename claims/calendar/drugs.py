"""Drug bills on a calendar: each with the 30 days for which it counts, and the bills that are still needed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from claims.adjudication.facts import DrugBill, LineFacts
from claims.calendar.known import Known, known
from claims.calendar.marks import Bar, Lane, Look, Mark, Point, Said
from claims.calendar.scene import NO_DRUG, ClaimScene, Patient, bearing_of_bill, on_each_line
from claims.calendar.window import Window
from claims.calendar.words import day_in
from claims.edits.drugs import WINDOW
from claims.edits.wording import listed
from policy.tables import DrugRow, PolicyTables

#: So many bills have a row of their own; earlier ones share one.
MOST_ROWS = 8

STATUSES = {"paid": "paid", "pending": "undecided", "denied": "denied"}
LOOKS: dict[str, Look] = {"paid": "paid", "pending": "pending", "denied": "denied"}


def drugs_lane(patient: Patient, tables: PolicyTables, window: Window, scene: ClaimScene | None = None) -> Lane:
    """A row for each bill, newest last, then one for each bill that lines still need."""
    marks = [_bill(each, patient, tables, window, scene) for each in bills_of(patient, window)]
    earlier, latest = marks[:-MOST_ROWS], marks[-MOST_ROWS:]
    rows: list[tuple[Mark, ...]] = [tuple(map(as_point, earlier))] if earlier else []
    rows += [(mark,) for mark in latest]
    rows += [(bar,) for bar in needed(scene, window)] if scene else []
    nothing = "Not known" if patient.then.drug_bills is None else "No drug bill counts in these weeks"
    return Lane(
        "Drug bills",
        "drugs",
        tuple(rows),
        sub=f"each counts for {WINDOW.days} days",
        words="" if rows else nothing,
        is_new_subject=True,
    )


def bills_of(patient: Patient, window: Window) -> list[Known[DrugBill]]:
    """The bills that count on a day of the window, or are of a day in it, by day."""
    now = (patient.now.drug_bills or ()) if patient.now else None
    found = known(patient.then.drug_bills or (), now, lambda bill: (bill.hcpcs, bill.modifier, bill.date))
    inside = [each for each in found if window.touches(each.fact.date, each.fact.date + WINDOW)]
    return sorted(inside, key=lambda each: (each.fact.date, each.fact.hcpcs, each.fact.modifier))


def _bill(
    each: Known[DrugBill], patient: Patient, tables: PolicyTables, window: Window, scene: ClaimScene | None
) -> Bar | Point:
    bill = each.fact
    row = tables.drug_on(bill.hcpcs, bill.modifier, bill.date)
    through = bill.date + WINDOW
    words = Said(
        f"{_name(bill, row)}, {STATUSES[bill.status]}" if row else f"{_code(bill)}, on no list of home infusion drugs",
        patient.names.drug_suppliers.get(bill.key, ""),
        through=through if row and bill.status == "paid" else None,
        since=each.since(lambda one: STATUSES[one.status]),
        bearing=bearing_of_bill(scene, bill, row),
    )
    if row is None:
        return Point(
            bill.date, "unlisted", words, f"{_code(bill)} of {day_in(bill.date, window)}: no home infusion drug"
        )
    return Bar(
        bill.date,
        through,
        LOOKS[bill.status],
        words,
        labels=(
            _label(each, _name(bill, row), window),
            _label(each, _code(bill), window),
            f"{_code(bill)} {day_in(bill.date, window)} – {day_in(through, window)}",
        ),
        is_later=each.is_later,
    )


def as_point(mark: Bar | Point) -> Point:
    """A bill of a row that many share: its day alone."""
    return mark if isinstance(mark, Point) else Point(mark.first, "unlisted", mark.said, is_later=mark.is_later)


def _label(each: Known[DrugBill], name: str, window: Window) -> str:
    """ "J2260 milrinone lactate of Jan 3, paid, counts through Feb 2"."""
    bill = each.fact
    counts = f", counts through {day_in(bill.date + WINDOW, window)}" if bill.status == "paid" else ""
    since = each.since(lambda one: STATUSES[one.status])
    later = f"; {since}" if since else ""
    return f"{name} of {day_in(bill.date, window)}, {STATUSES[bill.status]}{counts}{later}"


def _code(bill: DrugBill) -> str:
    return f"{bill.hcpcs} {bill.modifier}".strip()


def _name(bill: DrugBill, row: DrugRow | None) -> str:
    """The code with the substance that the table's descriptor names: "Injection, milrinone lactate, 5 mg"."""
    parts = row.descriptor.split(",") if row else []
    substance = parts[1].strip() if len(parts) > 1 and parts[0].casefold() == "injection" else ""
    return f"{_code(bill)} {substance}".strip()


# ---------- bills that are still needed ----------


def needed(scene: ClaimScene, window: Window) -> Iterator[Bar]:
    """The fewest bills that would serve all lines that wait for one: each bar holds the days that serve its lines."""
    waiting: dict[int, list[LineFacts]] = defaultdict(list)
    for line, finding in scene.findings(NO_DRUG):
        category = dict(finding.evidence).get("category")
        if finding.decides and isinstance(category, int):
            waiting[category].append(line)
    for category, lines in sorted(waiting.items()):
        for group in _served_by_one_bill(sorted(lines, key=lambda line: line.date)):
            bar = _needed(scene, category, group, window)
            if window.touches(bar.first, bar.last):
                yield bar


def _served_by_one_bill(lines: list[LineFacts]) -> Iterator[list[LineFacts]]:
    """Lines by date, parted where one bill serves no more: a bill serves visits that lie within 30 days."""
    group = lines[:1]
    for _, line in pairwise(lines):
        if line.date - group[0].date > WINDOW:
            yield group
            group = []
        group.append(line)
    yield group


def _needed(scene: ClaimScene, category: int, lines: list[LineFacts], window: Window) -> Bar:
    first, last = lines[-1].date - WINDOW, lines[0].date
    numbers = [line.number for line in lines]
    who = f"Line{'s' if len(lines) > 1 else ''} {listed([str(number) for number in sorted(numbers)])}"
    verb = "need" if len(lines) > 1 else "needs"
    days = f"{day_in(first, window)} to {day_in(last, window)}" if first < last else day_in(first, window)
    return Bar(
        first,
        last,
        "needed",
        Said(
            f"{who} {verb} a category {category} drug bill of one of these days",
            bearing=on_each_line(scene, lambda line: "needed" if line.number in numbers else ""),
        ),
        labels=(f"{who} {verb} a bill of {days}", f"needed, {who.lower()}"),
    )
