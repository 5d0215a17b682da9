"""The completeness list of a plan of care: each point of §320.5 to §320.5.2, ticked by what the edits find.

Where an edit stands for a point it is asked; a point without an edit (needs of the patient, coordination) is in place
when it is stated.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from beneficiaries.plans.content import PlanContent
from claims.adjudication.decision import Finding
from claims.edits.registry import edit_on
from claims.edits.wording import in_words, listed
from claims.plans.judging import Judged, judge, plan_facts
from policy.tables import PolicyTables

A, B, C, D = (f"§320.5 {part}" for part in "ABCD")


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the list. `left_out` is its name in the evidence of HIT-404; `edits` fire when it is missing."""

    label: str
    field: str
    said: Callable[[PlanContent], str]
    edits: tuple[str, ...] = ()
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class PointShown:
    """`state` is done, todo or later; `said` what is stated, or why it is missing."""

    label: str
    field: str
    state: str
    said: str

    @property
    def anchor(self) -> str:
        """The id of the control in the form."""
        return f"id_{self.field}_0" if self.field in ("drugs", "professional_services") else f"id_{self.field}"


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    cites: str
    points: tuple[PointShown, ...]


@dataclass(frozen=True, slots=True)
class FindingShown:
    edit: str
    title: str
    sentence: str
    remedy: str
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Completeness:
    """The list, and what a claim would meet today."""

    sections: tuple[Section, ...]
    judged: Judged
    findings: tuple[FindingShown, ...]
    today: dt.date

    @property
    def points(self) -> tuple[PointShown, ...]:
        return tuple(point for section in self.sections for point in section.points if point.state != "later")

    @property
    def in_place(self) -> int:
        return sum(point.state == "done" for point in self.points)

    @property
    def missing(self) -> list[str]:
        return [point.label for point in self.points if point.state == "todo"]

    @property
    def bar(self) -> list[bool]:
        """One mark for each point: first those in place."""
        return [place < self.in_place for place in range(len(self.points))]

    @property
    def headline(self) -> str:
        """What would become of a claim, as far as the plan goes."""
        when = "sent today" if self.judged.day == self.today else f"for {in_words(self.judged.day)}"
        return f"A claim {when} {HEADLINES[self.judged.outcome]}"

    @property
    def announcement(self) -> str:
        count = f"{self.in_place} of {len(self.points)} points are in place."
        return f"{count} Missing: {listed(self.missing)}." if self.missing else count


HEADLINES = {
    "pay": "would not be kept back by its plan of care",
    "hold": "would be held",
    "suspend": "would be suspended",
    "deny": "would be denied",
}


def _day(day: dt.date | None) -> str:
    return in_words(day) if day else ""


def visits_in_words(content: PlanContent) -> str:
    if content.visits_per_week is None:
        return ""
    fewest, most = content.visits_per_week
    return f"{most} a week" if fewest == most else f"{fewest} to {most} a week"


def _physician(content: PlanContent) -> str:
    return ", ".join(part for part in (content.physician_name, content.credential) if part)


def _services(content: PlanContent) -> str:
    return f"{len(content.professional_services)} named" if content.professional_services else ""


def _dme(content: PlanContent) -> str:
    return ", ".join(part for part in (content.dme_supplier, _day(content.dme_consulted)) if part)


def _content(label: str, field: str, left_out: str, said: Callable[[PlanContent], str] | None = None) -> Point:
    """A point that HIT-404 asks for."""
    return Point(label, field, said or (lambda content: str(getattr(content, field))), ("HIT-404",), left_out)


SECTIONS: tuple[tuple[str, str, tuple[Point, ...]], ...] = (
    ("Established by", "§320.5", (Point("A physician, MD or DO", "credential", _physician, ("HIT-402",)),)),
    ("In force", "§320.5", (Point("First day", "starts", lambda content: _day(content.starts), ("HIT-401",)),)),
    (
        "Content",
        A,
        (
            _content("Type of therapy", "therapy_type", "therapy type"),
            _content("Amount", "amount", "amount"),
            _content("Duration", "duration", "duration"),
            _content("Drug", "drugs", "drug", lambda content: ", ".join(content.drugs)),
            _content("Dosage", "dosage", "dosage"),
            _content("Frequency", "frequency", "frequency"),
            _content("Professional services", "professional_services", "professional services", _services),
        ),
    ),
    (
        "Orders",
        B,
        (
            _content("Visits ordered", "fewest", "visits a week", visits_in_words),
            _content("Discipline", "discipline", "discipline"),
            Point("Needs of this patient", "needs", lambda content: "stated" if content.needs else ""),
        ),
    ),
    (
        "Signature",
        C,
        (Point("Signed and dated", "signed", lambda content: _day(content.signed), ("HIT-403", "HIT-405")),),
    ),
    (
        "Options",
        "§320.5.1",
        (
            Point(
                "Infusion options discussed",
                "options_notified",
                lambda content: _day(content.options_notified),
                ("HIT-407",),
            ),
        ),
    ),
    (
        "Coordination",
        "§320.5.2",
        (
            Point("With the DME supplier", "dme_consulted", _dme),
            Point(
                "With the prescriber of the drug",
                "prescriber_consulted",
                lambda content: _day(content.prescriber_consulted),
            ),
        ),
    ),
)

#: Said of a missing point: what it waits for.
WHEN_MISSING = {"signed": "before the first claim", "options_notified": "before therapy begins"}


def completeness_of(
    versions: Sequence[PlanContent],
    *,
    key: int = 0,
    reviewed: Sequence[dt.date] = (),
    today: dt.date,
    tables: PolicyTables,
) -> Completeness:
    """The list for the last of these versions. A claim is judged as if sent today, or on the day it would hold from."""
    content = versions[-1]
    starts = content.starts or today
    day = max(today, starts, content.changed_on or starts)
    plans = plan_facts(key, versions, reviewed, starts)
    judged = judge(plans if content.starts else (), day, day, tables)
    inside = day if content.ends is None else max(starts, min(day, content.ends))
    points = judge(plans, inside, day, tables)
    if content.starts is None:
        # Without its first day no plan is in force, and nothing else is asked; the list goes on all the same.
        judged = Judged(day, day, (*judged.findings, *points.findings))
    shown = tuple(_shown(finding, day) for finding in judged.findings)
    return Completeness(tuple(_sections(content, points, reviewed)), judged, shown, today)


def _sections(content: PlanContent, judged: Judged, reviewed: Sequence[dt.date]) -> Iterator[Section]:
    for title, cites, points in SECTIONS:
        yield Section(title, cites, tuple(_point(point, content, judged) for point in points))
    yield Section("Review", D, (_review(content, judged, reviewed),))


def _point(point: Point, content: PlanContent, judged: Judged) -> PointShown:
    said = point.said(content)
    found = [finding for edit in point.edits if (finding := judged.finding(edit))]
    if point.left_out:
        found = [finding for finding in found if point.left_out in left_out_in(finding)]
    is_missing = bool(found) or (not said and (not point.edits or point.field == "starts"))
    if not is_missing:
        return PointShown(point.label, point.field, "done", said)
    why = WHEN_MISSING.get(point.field, "missing") if not said else f"{said}: too late" if _is_late(point) else said
    return PointShown(point.label, point.field, "todo", why)


def _is_late(point: Point) -> bool:
    return point.field in WHEN_MISSING


def left_out_in(finding: Finding) -> set[str]:
    """The points that HIT-404 names in its evidence."""
    return set(re.split(", | and ", str(dict(finding.evidence)["left out"])))


def _review(content: PlanContent, judged: Judged, reviewed: Sequence[dt.date]) -> PointShown:
    """No interval is set by regulation; a plan that sets one is held to it (HIT-408)."""
    field = "review_every_days"
    if finding := judged.finding("HIT-408"):
        due = dict(finding.evidence)["review due"]
        return PointShown("Review", field, "todo", f"was due {in_words(due)}" if isinstance(due, dt.date) else "due")
    if reviewed:
        return PointShown("Review", field, "done", _day(max(reviewed)))
    if content.review_every_days and content.established:
        due = content.established + dt.timedelta(days=content.review_every_days)
        return PointShown("First review", field, "later", f"by {in_words(due)}")
    return PointShown("First review", field, "later", "after therapy has begun")


def _shown(finding: Finding, day: dt.date) -> FindingShown:
    edit = edit_on(finding.edit, day)
    assert edit is not None
    return FindingShown(edit.id, edit.title, finding.sentence, edit.remedy_for(finding), edit.cites)
