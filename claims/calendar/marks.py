"""What stands on a calendar: marks on the rows of lanes, each with the words that its row of the table says."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, TypeAlias

from claims.calendar.window import Window

#: How a point is drawn: the four outcomes of a line, a visit that is paid or undecided, a drug on no list, death.
Shape = Literal["pay", "deny", "hold", "suspend", "paid", "pending", "unlisted", "died"]

#: How a bar is drawn. A dashed bar is not certain or not there yet; a thin one is a line, since nothing happens in it.
Look = Literal["paid", "pending", "denied", "needed", "plan", "change", "stay", "other", "thin"]

LaneKind = Literal["claim", "visits", "gap", "drugs", "bars", "thin"]


@dataclass(frozen=True, slots=True)
class Said:
    """What a mark says: to the pointer, and as a row of the table.

    `through` is the last day for which it counts, `since` what came or changed after the decision, `claim` the number
    of another claim, `bearing` one text a line of the claim.
    """

    what: str
    who: str = ""
    through: dt.date | None = None
    since: str = ""
    claim: str = ""
    bearing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """Something of one day. `label` is drawn where there is room."""

    first: dt.date
    shape: Shape
    said: Said
    label: str = ""
    is_later: bool = False

    @property
    def last(self) -> dt.date:
        return self.first


@dataclass(frozen=True, slots=True)
class Bar:
    """Something from a day through a day, open without a last one; `signed` are the days on which it was signed.

    `labels` say the same at less and less length; the last is for small screens.
    """

    first: dt.date
    last: dt.date | None
    look: Look
    said: Said
    labels: tuple[str, ...]
    is_later: bool = False
    signed: tuple[dt.date, ...] = ()


@dataclass(frozen=True, slots=True)
class GapDay:
    """An initial visit inside or after a gap: how many days after the last visit it was."""

    day: dt.date
    count: int
    is_too_early: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """The 60 days after the visit of `first`; an initial visit is possible again from `eligible` on."""

    first: dt.date
    eligible: dt.date
    said: Said
    days: tuple[GapDay, ...] = ()

    @property
    def last(self) -> dt.date:
        """The last day on which no initial visit is possible."""
        return self.eligible - dt.timedelta(days=1)


Mark: TypeAlias = Point | Bar | Gap


@dataclass(frozen=True, slots=True)
class Lane:
    """What answers one question for every day. `words` say what is not to be seen in the rows."""

    name: str
    kind: LaneKind
    rows: tuple[tuple[Mark, ...], ...]
    sub: str = ""
    words: str = ""
    is_new_subject: bool = False

    @property
    def marks(self) -> tuple[Mark, ...]:
        return tuple(mark for row in self.rows for mark in row)


@dataclass(frozen=True, slots=True)
class ClaimDay:
    """A line of the claim, drawn as a tinted column through all lanes."""

    number: int
    day: dt.date


@dataclass(frozen=True, slots=True)
class Calendar:
    """A whole calendar. `days` are the claim's lines; `narrow` is the window of the drawing for small screens."""

    title: str
    description: str
    window: Window
    narrow: Window
    today: dt.date
    days: tuple[ClaimDay, ...]
    lanes: tuple[Lane, ...]

    @property
    def marks(self) -> tuple[Mark, ...]:
        return tuple(mark for lane in self.lanes for mark in lane.marks)
