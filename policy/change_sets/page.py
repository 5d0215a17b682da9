"""What the page of a change set shows: its rows in words, their lives as bars, what is wrong, who may do what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, QuerySet

from accounts.models import Role, User
from policy.change_sets.reading import plan_of
from policy.changes import Plan, TablePlan
from policy.checks import name_of
from policy.differences import Difference, differences
from policy.drafts import Draft, Key, Known
from policy.life_bars import NARROW, Axis, Bar, bars_of
from policy.models import ChangeSet, ChangeSetEditor, ChangeSetState, PolicyRow, ProposedAct, ProposedRow
from policy.publishing import days_of
from policy.refusals import Refused
from policy.registry import BY_NAME, PolicyTable

State = ChangeSetState
#: More rows of a table than these are told by their number.
SHOWN_ROWS = 200
#: Publications are looked at some years back and one ahead.
YEARS_AHEAD = 1


@dataclass(frozen=True, slots=True)
class Life:
    """One subject: its rows as known now and as they would be."""

    name: str
    now: list[Bar]
    then: list[Bar]


@dataclass(frozen=True, slots=True)
class Part:
    """What a set does in one table; nothing but the numbers where there are too many rows."""

    table: PolicyTable
    added: int
    superseded: int
    unchanged: int
    differences: list[Difference]
    lives: list[Life]


@dataclass(frozen=True, slots=True)
class RowShown:
    """A row as it was put into the set, with what refuses it."""

    row: ProposedRow
    table: PolicyTable
    name: str
    faults: list[Refused]

    @property
    def act(self) -> str:
        return ProposedAct(self.row.act).label


@dataclass(frozen=True, slots=True)
class Shown:
    """An open set as planned now."""

    parts: list[Part] = field(default_factory=list)
    rows: list[RowShown] = field(default_factory=list)
    more_rows: int = 0
    refusals: list[Refused] = field(default_factory=list)

    @property
    def has_rows(self) -> bool:
        return bool(self.rows)


def change_sets(state: str = "") -> QuerySet[ChangeSet]:
    """The sets, the latest first, each with its number of rows."""
    sized = ChangeSet.objects.annotate(size=Count("rows")).order_by("-pk")
    found = sized.select_related("made_by", "decided_by", "publication")
    return found.filter(state=state) if state else found


def drafts_of(person: User) -> QuerySet[ChangeSet]:
    """The drafts that a person made and may go on with."""
    return ChangeSet.objects.filter(state=State.DRAFT, made_by=person)


def waiting_for(person: User) -> QuerySet[ChangeSet]:
    """The proposed sets that this person may decide."""
    if person.role != Role.ADMINISTRATOR:
        return ChangeSet.objects.none()
    wrote = ChangeSetEditor.objects.filter(person=person).values("change_set")
    return ChangeSet.objects.filter(state=State.PROPOSED).exclude(pk__in=wrote).exclude(proposed_by=person)


#: In which states each act is offered.
OFFERED = {
    "edit": (State.DRAFT,),
    "propose": (State.DRAFT,),
    "discard": (State.DRAFT,),
    "take-back": (State.PROPOSED, State.SCHEDULED, State.REFUSED),
    "approve": (State.PROPOSED,),
    "roll-back": (State.PUBLISHED,),
}


def offered_to(person: User, change_set: ChangeSet, *, wrote: bool) -> set[str]:
    """The acts that the page offers; the acts themselves decide."""
    if person.role != Role.ADMINISTRATOR:
        return set()
    names = {name for name, states in OFFERED.items() if change_set.state in states}
    return names - {"approve"} if wrote else names


def shown(change_set: ChangeSet, today: dt.date) -> Shown:
    """An open set in full: three queries and one for each table that it touches."""
    rows = list(change_set.rows.all())
    planned = plan_of(change_set)
    return Shown(
        [_part(part, today) for part in planned.tables],
        [_row_shown(row, planned) for row in rows[:SHOWN_ROWS]],
        max(len(rows) - SHOWN_ROWS, 0),
        planned.refusals,
    )


def _part(part: TablePlan, today: dt.date) -> Part:
    revision = part.revision
    added, superseded = (revision.added, revision.superseded) if revision else (part.drafts, [])
    is_shown = revision is not None and len(added) + len(superseded) <= SHOWN_ROWS
    return Part(
        part.table,
        len(added),
        len(superseded),
        revision.unchanged if revision else 0,
        differences(part.table, superseded, added) if is_shown else [],
        lives_of(part, today) if len(part.drafts) <= SHOWN_ROWS else [],
    )


def lives_of(part: TablePlan, today: dt.date) -> list[Life]:
    """Each subject with its bars now and then; rows that overlap or leave days free are drawn as they are."""
    then = _rows_then(part)
    rows = [row for key in then for row in (*then[key], *part.known.get(key, ()))]
    axis = axis_of(today, rows)
    return [
        Life(
            name_of(part.table, (then[key] or list(part.known[key]))[0]),
            _bars(axis, part.table, part.known.get(key, ())),
            _bars(axis, part.table, then[key]),
        )
        for key in then
    ]


def axis_of(today: dt.date, rows: Sequence[Draft] = ()) -> Axis:
    """The years to draw: to this one, or to the next if a row begins or ends after it."""
    last = max([today.year, *(day.year for row in rows for day in (row.start, row.end) if day is not None)])
    return Axis(2021, min(last, today.year + YEARS_AHEAD), today, NARROW)


def _rows_then(part: TablePlan) -> dict[Key, list[Draft]]:
    """The rows of each subject that the set touches, as they would be; even where they cannot be."""
    gone = {row.pk for row in part.revision.superseded} if part.revision else set()
    added = part.revision.added if part.revision else part.drafts
    keys = dict.fromkeys(row.key(part.table) for row in (*added, *_superseded(part)))
    return {
        key: sorted(
            [
                *(row for row in part.known.get(key, ()) if row.pk not in gone),
                *(row for row in added if row.key(part.table) == key),
            ],
            key=lambda row: row.start,
        )
        for key in keys
    }


def _superseded(part: TablePlan) -> Sequence[Known]:
    return part.revision.superseded if part.revision else ()


def _bars(axis: Axis, table: PolicyTable, rows: Sequence[Draft]) -> list[Bar]:
    return bars_of(axis, [_as_row(table, row) for row in rows], is_labelled=False)


def _as_row(table: PolicyTable, draft: Draft) -> PolicyRow:
    return table.model(in_force=days_of(draft), **draft.content)


def _row_shown(row: ProposedRow, planned: Plan) -> RowShown:
    table = BY_NAME[row.table]
    faults = [refused for refused in planned.refusals if refused.row == row.number]
    return RowShown(row, table, _name(row, table, planned), faults)


def _name(row: ProposedRow, table: PolicyTable, planned: Plan) -> str:
    """The subject of a row: its own, or that of the known row which it ends or takes back."""
    if row.content:
        return name_of(table, Draft(row.content, dt.date.min, None))
    known = next((part.known for part in planned.tables if part.table is table), {})
    for rows in known.values():
        for other in rows:
            if other.pk in row.replaces:
                return name_of(table, other)
    return table.title
