"""What needs an answer of a supplier, collected from every room that asks something of it.

A room adds its own by `register` in the `ready` of its app: a function from `Asked` to `Answers`, which costs the same
few queries whatever is on file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass

from accounts.actions import Subject
from accounts.models import User
from suppliers.rights import Held, Right

#: Things of one source that are read, and that the page shows.
MOST_READ, MOST_SHOWN = 25, 5


@dataclass(frozen=True, slots=True)
class Asked:
    """For whom it is asked: a person, what they hold of the suppliers that they chose to see, the business date."""

    person: User
    held: tuple[Held, ...]
    today: dt.date

    @property
    def suppliers(self) -> tuple[int, ...]:
        return tuple(each.supplier for each in self.held)

    @property
    def filters(self) -> dict[str, str]:
        """What narrows a list of claims to these suppliers: the one that was chosen, nothing for all."""
        return {"supplier": self.held[0].npi} if len(self.held) == 1 else {}

    def allowing(self, right: Right) -> tuple[int, ...]:
        """The suppliers for which the person holds a right: nobody is asked for what they may not do."""
        return tuple(each.supplier for each in self.held if right in each.rights)


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that needs an answer: what it is, its page, why and what to do; `due` is the last day to do it.

    `about` is the record whose health information is shown.
    """

    what: str
    address: str
    supplier: int
    words: str
    due: dt.date | None = None
    about: Subject = None


@dataclass(frozen=True, slots=True)
class Answers:
    """The things of one source, the most urgent first, at most 25; `address` is the list that has them all."""

    kind: str
    glyph: str
    tone: str
    counted: str
    address: str
    things: tuple[Thing, ...]
    has_more: bool = False


def answers(kind: str, sign: tuple[str, str], counted: str, address: str, found: Collection[Thing]) -> Answers:
    """The things that a source found among the first `MOST_READ + 1`; `sign` is the glyph and its tone."""
    glyph, tone = sign
    things = tuple(found)[:MOST_READ]
    return Answers(kind, glyph, tone, counted, address, things, len(found) > MOST_READ)


Source = Callable[[Asked], Answers]
_SOURCES: list[Source] = []


def register(source: Source) -> Source:
    """Add a source; also a decorator."""
    if source not in _SOURCES:
        _SOURCES.append(source)
    return source


def things_to_answer(asked: Asked) -> list[Answers]:
    """What every source found, those with nothing left out."""
    if not asked.held:
        return []
    return [found for found in (source(asked) for source in _SOURCES) if found.things]


@dataclass(frozen=True, slots=True)
class Row:
    """A thing as a row of the page; `left` is the number of days, less than none when the day has passed."""

    thing: Thing
    kind: Answers
    supplier: str
    left: int | None

    @property
    def late(self) -> int:
        """Days since the day that has passed."""
        return -(self.left or 0)


def most_urgent(found: list[Answers], asked: Asked) -> list[Row]:
    """The first things of each source, those due first in front, those without a day last."""
    names = {each.supplier: each.name for each in asked.held}
    rows = [
        Row(thing, source, names[thing.supplier], (thing.due - asked.today).days if thing.due else None)
        for source in found
        for thing in source.things[:MOST_SHOWN]
    ]
    return sorted(rows, key=lambda row: row.thing.due or dt.date.max)
