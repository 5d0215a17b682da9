"""The two forms of the drawing: a wide one with a column of names, a narrow one with the names above their lanes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from claims.calendar.marks import LaneKind
from claims.calendar.window import Window


@dataclass(frozen=True, slots=True)
class Form:
    """Lengths in pixels of the drawing, which is scaled to the page."""

    width: int
    #: The column of names, and what is left at the right for arrows.
    names: int
    right: int
    axis: int
    #: Rows of each kind of lane, and what lies above and below them.
    rows: dict[LaneKind, int]
    padding: int
    #: A lane's own heading above it.
    heading: int
    outcome: float
    dot: float
    pin: float
    bar: int
    text: float
    week_room: int

    @property
    def is_narrow(self) -> bool:
        return self.names == 0


WIDE = Form(
    width=1232,
    names=150,
    right=10,
    axis=38,
    rows={"claim": 42, "visits": 26, "gap": 28, "drugs": 24, "bars": 24, "thin": 18},
    padding=4,
    heading=0,
    outcome=17,
    dot=5,
    pin=9,
    bar=18,
    text=12,
    week_room=20,
)

NARROW = Form(
    width=358,
    names=0,
    right=2,
    axis=34,
    rows={"claim": 20, "visits": 16, "gap": 17, "drugs": 22, "bars": 20, "thin": 12},
    padding=1,
    heading=17,
    outcome=11,
    dot=3.6,
    pin=7,
    bar=18,
    text=11.5,
    week_room=40,
)


@dataclass(frozen=True, slots=True)
class Scale:
    """Where days stand: `left` is a day's left edge, `middle` its middle. Days outside stand at the edge."""

    form: Form
    window: Window

    @property
    def per_day(self) -> float:
        return (self.form.width - self.form.names - self.form.right) / self.window.days

    @property
    def end(self) -> float:
        return self.form.width - self.form.right

    def left(self, day: dt.date) -> float:
        days = min(max((day - self.window.first).days, 0), self.window.days)
        return self.form.names + days * self.per_day

    def middle(self, day: dt.date, half: float = 0) -> float:
        """The middle of a day, moved inside for something that reaches `half` as far to both sides."""
        days = min(max((day - self.window.first).days, 0), self.window.days - 1)
        middle = self.form.names + (days + 0.5) * self.per_day
        return min(max(middle, half), self.form.width - half)
