"""The catalogue: every edit of this package, in catalogue order, and for each line which of them can be judged."""

from __future__ import annotations

import datetime as dt
import importlib
import pkgutil
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from claims import edits
from claims.adjudication.decision import NotEvaluated
from claims.edits.base import Edit, Need, Stage

WHY_NOT_EVALUATED = {
    Need.SUPPLIER: "The supplier is not on file (HIT-201).",
    Need.BENEFICIARY: "The patient cannot be identified (HIT-301).",
    Need.CODE: "The code is not a home infusion therapy visit code (HIT-103).",
    Need.PLAN: "No plan of care was in force (HIT-401).",
}


def _discover() -> Iterator[Edit]:
    """The edits of every module named hit_NNN_…, by name; a module may hold several with disjoint dates."""
    for module in sorted(found.name for found in pkgutil.iter_modules(edits.__path__)):
        if module.startswith("hit_"):
            loaded = importlib.import_module(f"{edits.__name__}.{module}")
            yield from (value for value in vars(loaded).values() if isinstance(value, Edit))


def in_catalogue_order(found: Iterator[Edit] | tuple[Edit, ...]) -> tuple[Edit, ...]:
    """The edits by id, then by start; raises ValueError when two of one id are in force on one day."""
    ordered = tuple(sorted(found, key=lambda edit: (edit.id, edit.start)))
    for first, second in pairwise(ordered):
        if first.id == second.id and first.covers(second.start):
            raise ValueError(f"{first.id}: two functions are in force on {second.start.isoformat()}")
    return ordered


CATALOGUE: tuple[Edit, ...] = in_catalogue_order(_discover())

EDIT_IDS: tuple[str, ...] = tuple(dict.fromkeys(edit.id for edit in CATALOGUE))


def edit_on(identifier: str, day: dt.date) -> Edit | None:
    """The function of an edit that judges visits of a day: the first never changes, a later one stands beside it."""
    return next((edit for edit in CATALOGUE if edit.id == identifier and edit.covers(day)), None)


@dataclass(frozen=True, slots=True)
class Agenda:
    """The edits to judge on a line, by turn, and those that cannot be for want of what they need.

    `alone` look at the line alone (HIT-901 first); `history` at earlier visits; the others come last, in this order.
    """

    alone: tuple[Edit, ...]
    history: tuple[Edit, ...]
    duplicate: tuple[Edit, ...]
    day: tuple[Edit, ...]
    week: tuple[Edit, ...]
    not_evaluated: tuple[NotEvaluated, ...]


def agenda_for(day: dt.date, known: int) -> Agenda:
    """The agenda of a line by its date of service and by what is known (a sum of `Need` values)."""
    return _agenda(bisect_right(_CHANGES, day), known)


_CHANGES = sorted(
    {edit.start for edit in CATALOGUE} | {edit.end + dt.timedelta(days=1) for edit in CATALOGUE if edit.end is not None}
)


@cache
def _agenda(period: int, known: int) -> Agenda:
    first_day = _CHANGES[max(period - 1, 0)]
    in_force = [edit for edit in CATALOGUE if edit.covers(first_day)]
    judged = sorted((edit for edit in in_force if not _unmet(edit, known)), key=lambda edit: (edit.stage, edit.id))

    def of(*stages: Stage) -> tuple[Edit, ...]:
        return tuple(edit for edit in judged if edit.stage in stages)

    return Agenda(
        alone=of(Stage.AMOUNT, Stage.LINE),
        history=of(Stage.HISTORY, Stage.GAP),
        duplicate=of(Stage.DUPLICATE),
        day=of(Stage.DAY),
        week=of(Stage.WEEK),
        not_evaluated=tuple(
            NotEvaluated(edit.id, WHY_NOT_EVALUATED[_unmet(edit, known)[0]]) for edit in in_force if _unmet(edit, known)
        ),
    )


def _unmet(edit: Edit, known: int) -> list[Need]:
    return [need for need in WHY_NOT_EVALUATED if need & edit.needs and not need & known]
