"""The calendar of a claim: the facts that its decision rests on, with what came later marked as later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from claims.calendar.drugs import drugs_lane
from claims.calendar.marks import Calendar, ClaimDay, Lane
from claims.calendar.plans import plans_lane
from claims.calendar.scene import INITIAL_TOO_EARLY, NO_DRUG, ClaimScene
from claims.calendar.spans import coverage_lane, stays_lane
from claims.calendar.supplier import supplier_lane
from claims.calendar.visits import counted_visits, gap_after_last, gap_lane, others_lane, own_lane
from claims.calendar.window import WIDE_WEEKS, Window, around, narrowed
from claims.edits.drugs import WINDOW
from claims.edits.wording import in_words


def claim_window(scene: ClaimScene) -> Window:
    """The weeks with the claim's days and, as far as they reach, what decided them."""
    return around((line.date for line in scene.lines), _wanted(scene), WIDE_WEEKS)


def _wanted(scene: ClaimScene) -> Iterator[dt.date]:
    """Days that should be seen, the most telling first: what the edits name, the last visit, the drug, today."""
    for _, finding in scene.findings(INITIAL_TOO_EARLY):
        evidence = dict(finding.evidence)
        yield from (day for day in (evidence.get("earlier visit"), finding.next_eligible) if isinstance(day, dt.date))
    if scene.patient:
        first = min(line.date for line in scene.lines)
        yield from _latest_before(first, [visit.date for visit in counted_visits(scene.patient.then.visits or ())])
        yield from _latest_before(first, [bill.date for bill in scene.patient.then.drug_bills or ()])
    yield from (line.date - WINDOW for line, _ in scene.findings(NO_DRUG))
    yield scene.today
    if any(map(scene.is_initial, scene.lines)) and (gap := gap_after_last(scene)):
        yield gap.eligible


def _latest_before(day: dt.date, days: list[dt.date]) -> Iterator[dt.date]:
    before = [each for each in days if each <= day]
    if before:
        yield max(before)


def claim_calendar(scene: ClaimScene, whose: str, description: str) -> Calendar:
    """The calendar of a claim that has lines, lanes from the most to the least decisive. `whose` names the patient."""
    window = claim_window(scene)
    return Calendar(
        title=title_of(whose, window),
        description=f"{description} The table below gives the same facts.",
        window=window,
        narrow=narrowed(window, [line.date for line in scene.lines]),
        today=scene.today,
        days=tuple(ClaimDay(line.number, line.date) for line in scene.lines),
        lanes=tuple(_lanes(scene, window)),
    )


def title_of(whose: str, window: Window) -> str:
    """ "Visit calendar of Harold Whitcombe, December 28, 2025 to April 4, 2026"."""
    return f"Visit calendar of {whose}, {in_words(window.first)} to {in_words(window.last)}"


def _lanes(scene: ClaimScene, window: Window) -> Iterator[Lane]:
    """What needs the patient is left out when nobody on file matches (HIT-301 says so)."""
    yield own_lane(scene, window)
    if scene.patient:
        yield others_lane(scene, window)
        yield gap_lane(scene, window)
        yield drugs_lane(scene.patient, scene.tables, window, scene)
        yield plans_lane(scene.patient, window, scene)
        yield stays_lane(scene.patient, window, scene)
        yield coverage_lane(scene.patient, window, scene)
    yield supplier_lane(scene, window)
