"""What a page shows of a desk that is no case's own: the checklist, the lines with their price, the rationale."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from medical_review.desk import Desk, Todo, rationale_text, todos
from medical_review.drafts import drafted_things
from medical_review.judging import Judged
from medical_review.pages.case import GroundShown, LineRow, OnDesk, Turns, grounds_shown, line_rows


@dataclass(frozen=True, slots=True)
class DeskPage(OnDesk):
    """The parts that the templates of the checklist, the lines and the rationale draw; they are those of a case."""

    desk: Desk
    money: Judged
    grounds: tuple[GroundShown, ...]
    lines: tuple[LineRow, ...]
    todos: tuple[Todo, ...]
    rationale: str
    is_drafted: bool
    rationale_digest: str
    may_write: bool


def desk_page(desk: Desk, turns: Turns, *, may_write: bool) -> DeskPage:
    """The page of a desk with a draft on it; `turns` gives the links to the pages that were written."""
    money = desk.judge()
    digests = defaultdict(str, {thing.name: thing.digest for thing in drafted_things(desk, {})})
    return DeskPage(
        desk=desk,
        money=money,
        grounds=tuple(grounds_shown(desk, digests, turns)),
        lines=tuple(line_rows(desk, money, digests, turns)),
        todos=tuple(todos(desk, money)),
        rationale=rationale_text(desk),
        is_drafted=not (desk.rationale and desk.rationale.text),
        rationale_digest=digests["rationale"],
        may_write=may_write,
    )
