"""An answer to a training case beside the right one: what agrees, and why the right one is right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from medical_review.desk import Desk, LineState, PointState
from medical_review.models import Answer, LineVerdict
from medical_review.training.cases import LineKey, TrainingCase


@dataclass(frozen=True, slots=True)
class MarkedAnswer:
    """One point or line: what was answered, what is right, where it stands and why."""

    name: str
    title: str
    own: str
    right: str
    where: str
    why: str
    is_right: bool


@dataclass(frozen=True, slots=True)
class Marked:
    """A whole attempt; money in dollars, as the claim would pay by what was answered and by the key."""

    lines: tuple[MarkedAnswer, ...]
    points: tuple[MarkedAnswer, ...]
    pays: Decimal
    right_pays: Decimal

    @property
    def right(self) -> int:
        return sum(each.is_right for each in (*self.lines, *self.points))

    @property
    def asked(self) -> int:
        return len(self.lines) + len(self.points)

    @property
    def is_all_right(self) -> bool:
        return self.right == self.asked


def mark(case: TrainingCase, desk: Desk) -> Marked:
    """Compare what lies on the desk with the key; each point and each line counts one."""
    return Marked(
        lines=tuple(_line(state, case.lines[state.line.number]) for state in desk.lines),
        points=tuple(_points(case, desk)),
        pays=desk.judge().paid_after,
        right_pays=sum((each.pays for each in case.lines.values()), Decimal("0.00")),
    )


def _points(case: TrainingCase, desk: Desk) -> Iterator[MarkedAnswer]:
    for state in desk.points:
        answer, page, why = right_answer(case, state)
        yield MarkedAnswer(
            name=state.point.name,
            title=state.point.title,
            own=_label(state.answer),
            right=_label(answer),
            where="on file" if page == "file" else f"page {page}",
            why=why,
            is_right=state.answer == answer,
        )


def right_answer(case: TrainingCase, state: PointState) -> tuple[str, str, str]:
    """The right answer to a point, its page and why: that of the key, else what is on file.

    Raises KeyError where neither settles it: such a case is not shipped.
    """
    key = case.points.get(state.point.number)
    if key is not None:
        return key.answer, key.page, key.why
    if state.known is None or not state.known.answer:
        raise KeyError(f"{case.name}: nothing says what is right of {state.point.name}.")
    return state.known.answer, "file", state.known.said


def _label(answer: str) -> str:
    return str(Answer(answer).label) if answer else "Not answered"


def _line(state: LineState, key: LineKey) -> MarkedAnswer:
    """A line is right with its verdict, its code where it is adjusted, and a point of the key where it changes."""
    own = state.answer
    rests_right = not key.points or bool(set(state.points) & set(key.points))
    is_right = own is not None and (own.verdict, own.code if key.code else "") == (key.verdict, key.code)
    return MarkedAnswer(
        name=f"Line {state.line.number}",
        title=f"{state.line.hcpcs} of {state.line.date_of_service:%m/%d/%Y}",
        own=_decided(state.verdict, own.code if own else "", state.points),
        right=_decided(key.verdict, key.code, key.points),
        where="",
        why=key.why,
        is_right=is_right and rests_right,
    )


def _decided(verdict: str, code: str, points: tuple[int, ...] | list[int]) -> str:
    """ "Adjust to G0068, on P18"."""
    if not verdict:
        return "Not decided"
    words = str(LineVerdict(verdict).label)
    if verdict == LineVerdict.AFFIRM:
        return words
    to = f" to {code}" if verdict == LineVerdict.ADJUST and code else ""
    on = f", on {' or '.join(f'P{number}' for number in points)}" if points else ""
    return f"{words}{to}{on}"
