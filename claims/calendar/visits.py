"""Visits on a calendar: the claim's own, those of its supplier, those of others, and the 60 days after the last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from claims.adjudication.facts import LineFacts, Visit
from claims.calendar.known import Known, known
from claims.calendar.marks import Gap, GapDay, Lane, Point, Said, Shape
from claims.calendar.scene import (
    INITIAL_TOO_EARLY,
    ClaimScene,
    Patient,
    bearing_of_visit,
    on_each_line,
)
from claims.calendar.window import Window
from claims.calendar.words import day_in, none_in, short
from claims.edits.hit_601_initial_visit_gap import DAYS_NEEDED
from claims.edits.wording import how_many

OUTCOMES = {"pay": "pays", "deny": "denied", "hold": "on hold", "suspend": "waits for a person"}
STATUSES = {"paid": "paid", "pending": "undecided", "denied": "denied"}
ANOTHER_SUPPLIER = "another supplier"


# ---------- the claim's supplier ----------


def own_lane(scene: ClaimScene, window: Window) -> Lane:
    """The claim's lines with their outcome, and the other visits of its supplier."""
    lines = [_line(scene, line) for line in scene.lines]
    others = [_visit(scene, each) for each in visits_of(scene.patient, window) if _is_own(scene, each.fact)]
    name = scene.facts.supplier.name if scene.facts.supplier else "not on file"
    return Lane("This supplier", "claim", ((*lines, *others),), sub=name, is_new_subject=True)


def _line(scene: ClaimScene, line: LineFacts) -> Point:
    decided = scene.decided(line)
    shape: Shape = decided.outcome if decided else "pending"
    outcome = OUTCOMES[decided.outcome] if decided else "not decided"
    code = f"{line.hcpcs} initial" if scene.is_initial(line) else line.hcpcs
    bearing = on_each_line(scene, lambda each: outcome if each.number == line.number else "")
    said = Said(f"Line {line.number}: {code}, {outcome}", _supplier_name(scene), bearing=bearing)
    return Point(line.date, shape, said, label=code)


def _supplier_name(scene: ClaimScene) -> str:
    return scene.facts.supplier.name if scene.facts.supplier else ""


def _is_own(scene: ClaimScene, visit: Visit) -> bool:
    return visit.supplier == scene.facts.supplier_key


# ---------- visits of the history ----------


def visits_of(patient: Patient | None, window: Window) -> list[Known[Visit]]:
    """The visits inside the window that count or may count; denied ones are no history (fine point i)."""
    if patient is None:
        return []
    now = (patient.now.visits or ()) if patient.now else None
    found = known(patient.then.visits or (), now, _natural_key)
    return [each for each in found if window.holds(each.fact.date) and each.fact.status != "denied"]


def _natural_key(visit: Visit) -> tuple[object, ...]:
    """A later record of another contractor has another row; it is the same visit all the same."""
    return (visit.key,) if visit.claim else (visit.supplier, visit.hcpcs, visit.date)


def _visit(scene: ClaimScene, each: Known[Visit]) -> Point:
    """A visit of another claim, seen from this one."""
    visit = each.fact
    bearing = bearing_of_visit(scene, visit)
    if not _is_own(scene, visit) and scene.is_for_supplier:
        return Point(visit.date, "paid", Said("Visit", ANOTHER_SUPPLIER, bearing=bearing), is_later=each.is_later)
    label = ""
    if _is_own(scene, visit) and visit.status == "pending":
        label = f"{short(visit.date)}, another claim, undecided"
    return visit_point(each, bearing, label)


def visit_point(each: Known[Visit], bearing: tuple[str, ...] = (), label: str = "") -> Point:
    visit = each.fact
    words = Said(
        f"{visit.hcpcs} visit, {STATUSES[visit.status]}",
        visit.supplier_name or ANOTHER_SUPPLIER,
        since=each.since(lambda one: STATUSES[one.status]),
        claim=visit.claim,
        bearing=bearing,
    )
    return Point(visit.date, "paid" if visit.status == "paid" else "pending", words, label, each.is_later)


def others_lane(scene: ClaimScene, window: Window) -> Lane:
    """The visits of other suppliers; how many, and when the last was."""
    found = [each for each in visits_of(scene.patient, window) if not _is_own(scene, each.fact)]
    names = {each.fact.supplier_name or ANOTHER_SUPPLIER for each in found}
    who = ANOTHER_SUPPLIER if scene.is_for_supplier else ", ".join(sorted(names))
    points = tuple(_visit(scene, each) for each in found)
    unknown = scene.patient is not None and scene.patient.then.visits is None
    words = "Not known" if unknown else none_in(window)
    if points:
        words = f"{who[:1].upper()}{who[1:]}: {_summed(scene, [each.fact for each in found], window)}"
    return Lane("Other suppliers", "visits", (points,) if points else (), words=words)


def _summed(scene: ClaimScene, visits: list[Visit], window: Window) -> str:
    """ "4 visits, last on Jan 14, all paid"."""
    words = f"{how_many(len(visits), 'visit')}, last on {day_in(max(visit.date for visit in visits), window)}"
    undecided = sum(visit.status == "pending" for visit in visits)
    if scene.is_for_supplier:
        return words
    return f"{words}, {f'{undecided} undecided' if undecided else 'all paid' if len(visits) > 1 else 'paid'}"


# ---------- the 60 days ----------


def gap_lane(scene: ClaimScene, window: Window) -> Lane:
    """The gaps that the claim's initial visits met; without one, the gap after the patient's last visit."""
    early = _too_early(scene)
    gaps = early or _passed(scene) or [*filter(None, [gap_after_last(scene)])]
    rows = tuple((gap,) for gap in gaps if window.touches(gap.first, gap.eligible))
    nothing = none_in(window) if gaps else "No visit is in the history"
    if scene.patient and scene.patient.then.visits is None:
        nothing = "Not known"
    return Lane("60-day gap", "gap", rows, sub="initial visits only", words="" if rows else nothing)


def _too_early(scene: ClaimScene) -> list[Gap]:
    """One gap for each earlier visit that HIT-601 names, with the days of all lines that it stopped."""
    found: dict[dt.date, list[LineFacts]] = {}
    for line, finding in scene.findings(INITIAL_TOO_EARLY):
        earlier = dict(finding.evidence).get("earlier visit")
        if isinstance(earlier, dt.date):
            found.setdefault(earlier, []).append(line)
    return [_gap(scene, earlier, lines, is_too_early=True) for earlier, lines in sorted(found.items())]


def _passed(scene: ClaimScene) -> list[Gap]:
    """The gap before an initial visit that came late enough."""
    for line in filter(scene.is_initial, scene.lines):
        before = [visit.date for visit in _how_many(scene) if visit.date < line.date]
        if before:
            return [_gap(scene, max(before), [line], is_too_early=False)]
    return []


def _gap(scene: ClaimScene, earlier: dt.date, lines: list[LineFacts], *, is_too_early: bool) -> Gap:
    days = {line.date: GapDay(line.date, (line.date - earlier).days, is_too_early) for line in lines}
    verdict = "too early" if is_too_early else "late enough"
    numbers = {line.number: f"day {(line.date - earlier).days}: {verdict}" for line in lines}
    bearing = on_each_line(scene, lambda line: numbers.get(line.number, ""))
    return gap_after(earlier, tuple(days.values()), bearing)


def gap_after(last: dt.date, days: tuple[GapDay, ...] = (), bearing: tuple[str, ...] = ()) -> Gap:
    """The gap after a visit: an initial visit needs 61 days (reading 7)."""
    eligible = last + dt.timedelta(days=DAYS_NEEDED)
    what = f"No initial visit; possible again from {short(eligible)}, {eligible.year}"
    return Gap(last, eligible, Said(what, bearing=bearing), days)


def gap_after_last(scene: ClaimScene) -> Gap | None:
    """The gap after the last visit that counts, the claim's own lines included."""
    days = [visit.date for visit in _how_many(scene)]
    days += [line.date for line in scene.lines if (found := scene.decided(line)) and found.outcome != "deny"]
    if not days:
        return None
    return gap_after(max(days), bearing=on_each_line(scene, lambda line: ""))


def _how_many(scene: ClaimScene) -> Iterator[Visit]:
    return counted_visits(scene.patient.then.visits or ()) if scene.patient else iter(())


def counted_visits(visits: Iterable[Visit]) -> Iterator[Visit]:
    """Paid and undecided visits: those that HIT-601 counts."""
    return (visit for visit in visits if visit.status != "denied")
