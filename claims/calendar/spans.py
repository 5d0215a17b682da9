"""What covers a patient and where the patient was, on a calendar: stays, Part B, other payers, death."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from claims.adjudication.facts import BeneficiaryFacts, Span, Stay
from claims.calendar.known import Known, known
from claims.calendar.marks import Bar, Lane, Mark, Point, Said
from claims.calendar.scene import ClaimScene, Patient, bearing_of_days
from claims.calendar.window import Window
from claims.calendar.words import day_in, none_in, span

STAYS = {"inpatient": "Hospital", "snf": "Nursing facility"}
#: What is a bar of its own beside Part B, with the words for having none.
PAYERS = {
    "medicare_advantage": "Medicare Advantage",
    "hospice": "Hospice",
    "other_primary": "Another insurer first",
}
NONE_OF_THESE = {"medicare_advantage": "Medicare Advantage", "hospice": "hospice", "other_primary": "other insurer"}


# ---------- stays ----------


def stays_lane(patient: Patient, window: Window, scene: ClaimScene | None = None) -> Lane:
    """The stays that touch the window, all in one row when none lies over another."""
    bars: list[Mark] = []
    for kind in STAYS:
        now = stays_of(patient.now, kind) if patient.now else None
        found = known(stays_of(patient.then, kind), now, lambda stay: stay.admitted)
        inside = (each for each in found if window.touches(each.fact.admitted, each.fact.discharged))
        bars += [_stay(each, kind, patient, window, scene) for each in inside]
    is_unknown = patient.then.inpatient_stays is None or patient.then.snf_stays is None
    nothing = "Not known" if is_unknown else none_in(window)
    return Lane("Stays", "bars", in_rows(bars), words="" if bars else nothing)


def stays_of(patient: BeneficiaryFacts, kind: str) -> tuple[Stay, ...]:
    return (patient.inpatient_stays if kind == "inpatient" else patient.snf_stays) or ()


def _stay(each: Known[Stay], kind: str, patient: Patient, window: Window, scene: ClaimScene | None) -> Bar:
    stay = each.fact
    facility = patient.names.facilities.get((kind, stay.admitted), "")
    days = span(stay.admitted, stay.discharged, window)
    since = each.since(
        lambda one: f"discharged {day_in(one.discharged, window)}" if one.discharged else "not discharged"
    )
    words = ", ".join(part for part in (STAYS[kind], facility, days) if part)
    return Bar(
        stay.admitted,
        stay.discharged,
        "stay",
        Said(
            f"{STAYS[kind]} stay" + ("" if stay.discharged else ", not discharged"),
            facility,
            since=since,
            bearing=bearing_of_days(scene, stay.is_inside, "inside the stay"),
        ),
        labels=(f"{words}; {since}" if since else words, words, days),
        is_later=each.is_later,
    )


def in_rows(marks: Iterable[Mark]) -> tuple[tuple[Mark, ...], ...]:
    """Marks in as few rows as keep them apart, each in the first row with room."""
    rows: list[list[Mark]] = []
    for mark in sorted(marks, key=lambda each: (each.first, each.last or dt.date.max)):
        for row in rows:
            if (last := row[-1].last) is not None and last < mark.first:
                row.append(mark)
                break
        else:
            rows.append([mark])
    return tuple(map(tuple, rows))


# ---------- coverage ----------


def coverage_lane(patient: Patient, window: Window, scene: ClaimScene | None = None) -> Lane:
    """Part B as a line, for nothing happens in it; another payer, and death, as marks of their own."""
    part_b = tuple(_coverage("part_b", patient, window, scene))
    others = [bar for kind in PAYERS for bar in _coverage(kind, patient, window, scene)]
    rows: list[tuple[Mark, ...]] = [part_b, *in_rows(others), tuple(_death(patient.then, window))]
    words = "" if part_b else "No Part B in these weeks"
    if patient.then.part_b is None:
        words = "Part B is not known"
    return Lane("Part B", "thin", tuple(row for row in rows if row), words=words, is_new_subject=True)


def spans_of(patient: BeneficiaryFacts, kind: str) -> tuple[Span, ...]:
    """The spans of one kind of coverage; none when they are not known."""
    found = {
        "part_b": patient.part_b,
        "medicare_advantage": patient.medicare_advantage,
        "hospice": patient.hospice,
        "other_primary": patient.other_primary_insurance,
    }[kind]
    return found or ()


def _coverage(kind: str, patient: Patient, window: Window, scene: ClaimScene | None) -> Iterator[Bar]:
    now = spans_of(patient.now, kind) if patient.now else None
    for each in known(spans_of(patient.then, kind), now, lambda found: found.start):
        if window.touches(each.fact.start, each.fact.end):
            yield _coverage_bar(each, kind, patient, window, scene)


def _coverage_bar(each: Known[Span], kind: str, patient: Patient, window: Window, scene: ClaimScene | None) -> Bar:
    found = each.fact
    days = span(found.start, found.end, window)
    name = PAYERS.get(kind, "Part B")
    insurer = patient.names.insurers.get((kind, found.start), "")
    since = each.since(lambda one: f"ends {day_in(one.end, window)}" if one.end else "has no end")
    label = f"{name}, {insurer}, {days}" if insurer else f"{name} {days}"
    if kind == "part_b":
        label = f"{days[:1].upper()}{days[1:]}.{_no_other_payer(patient.then, window)}"
    return Bar(
        found.start,
        found.end,
        "thin" if kind == "part_b" else "other",
        Said(name, insurer, since=since, bearing=bearing_of_days(scene, found.covers, "covers the day")),
        labels=(f"{label}; {since}" if since else label, days),
        is_later=each.is_later,
    )


def _no_other_payer(patient: BeneficiaryFacts, window: Window) -> str:
    """ " No Medicare Advantage, hospice or other insurer in these months": of the payers that have no bar."""
    none = [
        words
        for kind, words in NONE_OF_THESE.items()
        if not any(window.touches(found.start, found.end) for found in spans_of(patient, kind))
    ]
    if not none:
        return ""
    listed = " or ".join(filter(None, [", ".join(none[:-1]), none[-1]]))
    return f" No {listed} in these {'years' if window.is_in_years else 'months'}"


def _death(patient: BeneficiaryFacts, window: Window) -> Iterator[Point]:
    if patient.died and window.holds(patient.died):
        yield Point(patient.died, "died", Said("Death"), label=f"Died {day_in(patient.died, window)}")
