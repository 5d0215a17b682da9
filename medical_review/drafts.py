"""A desk whose words lie in a draft of one person alone: that of a blind review, that of a training case.

A draft has the values of each thing on the page (a point, a line, the rationale) that was touched, by its name there,
and beside a point the document that its page is one of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from accounts.models import User
from beneficiaries.models import Document
from medical_review.actions.writing import check_codes
from medical_review.desk import Desk, LineState, PointState
from medical_review.models import Answer, Finding, LineAnswer, LineVerdict, Rationale
from medical_review.pages.written import (
    LINE,
    POINT,
    Kept,
    Thing,
    keep_things,
    line_values,
    point_values,
    rationale_values,
)
from policy.refusals import Refused

#: By the name of a thing: "p9" has answer, page, note; "l1" verdict, code, point, codes, reason; "rationale" a text.
Draft: TypeAlias = Mapping[str, Sequence[str]]

#: What a claim under review may be said of, line by line.
VERDICTS = (LineVerdict.AFFIRM, LineVerdict.ADJUST, LineVerdict.DENY)


def with_draft(desk: Desk, draft: Draft, by: User) -> Desk:
    """The desk with the words of a draft in place of those kept with the case; what is on file stays."""
    points = tuple(replace(state, finding=_finding(draft, state, by, desk)) for state in desk.points)
    lines = tuple(LineState(each.line, _answer(draft.get(f"l{each.line.number}")), None) for each in desk.lines)
    text = "".join(draft.get("rationale", ()))
    rationale = Rationale(number=1, text=text, made_by=by, made_on=desk.today) if text else None
    return replace(desk, points=points, lines=lines, rationale=rationale, reviewer=by.email)


def _finding(draft: Draft, state: PointState, by: User, desk: Desk) -> Finding | None:
    name = f"p{state.point.number}"
    answer, page, note = draft.get(name, ("", "", ""))
    if not answer:
        return None
    document = next(iter(draft.get(f"{name}-document", ())), "")
    return Finding(
        number=1,
        point=state.point.number,
        answer=answer,
        page=page,
        note=note,
        document_id=int(document) if document else None,
        made_by=by,
        made_on=desk.today,
    )


def _answer(values: Sequence[str] | None) -> LineAnswer | None:
    if not values or not values[0]:
        return None
    verdict, code, point, codes, reason = values
    points = [int(point)] if point.isdecimal() else []
    return LineAnswer(number=1, verdict=verdict, code=code, points=points, codes=codes, reason=reason)


# ---------- what was sent ----------


def take_in(
    desk: Desk, draft: Draft, posted: Mapping[str, str], by: User, lies_there: Document | None = None
) -> tuple[dict[str, list[str]], Kept]:
    """The draft with what was touched on a sent page, and what became of it.

    The desk is the one that the page was made of: it has the draft's words on it. `lies_there` is the document in the
    viewer, in which a page that was written now was found.
    """
    kept = {name: list(values) for name, values in draft.items()}
    result = keep_things(drafted_things(desk, kept), posted, by)
    for name in [f"p{state.point.number}" for state in desk.points]:
        page = kept.get(name, ["", "", ""])[1]
        if lies_there and page and page != draft.get(name, ("", "", ""))[1]:
            kept[f"{name}-document"] = [str(lies_there.pk)]
    return kept, result


def drafted_things(desk: Desk, draft: dict[str, list[str]]) -> Iterator[Thing]:
    """What is written to on such a desk, in the order of the page; writing puts it into `draft`."""
    for point in desk.points:
        name = f"p{point.point.number}"
        yield Thing(name, point.point.name, POINT, point_values(point), None, _puts(draft, name, check_point))
    for line in desk.lines:
        name, words = f"l{line.line.number}", f"Line {line.line.number}"
        yield Thing(name, words, LINE, line_values(line), None, _puts(draft, name, check_line))
    yield Thing("rationale", "Rationale", ("",), rationale_values(desk), None, _puts(draft, "rationale", as_written))


Checks: TypeAlias = Callable[[tuple[str, ...]], list[str]]


def _puts(draft: dict[str, list[str]], name: str, checked: Checks) -> Callable[[tuple[str, ...]], object]:
    def put(values: tuple[str, ...]) -> None:
        draft[name] = checked(values)

    return put


def as_written(values: tuple[str, ...]) -> list[str]:
    return list(values)


def check_point(values: tuple[str, ...]) -> list[str]:
    """Answer, page and note at the lengths that are kept; refuses an answer that is none."""
    answer, page, note = values
    if answer and answer not in Answer.values:
        raise Refused(f"“{answer}” is no answer. Choose met, not met or not documented.", "no_answer", "answer")
    return [answer, page[:20], " ".join(note.split())[:1000]]


def check_line(values: tuple[str, ...]) -> list[str]:
    """Verdict, code, point, codes and reason; refuses a verdict that is none and codes that no table knows."""
    verdict, code, point, codes, reason = values
    if verdict and verdict not in VERDICTS:
        raise Refused(f"“{verdict}” is no decision. Affirm, adjust or deny.", "no_verdict", "verdict")
    codes = " ".join(codes.upper().split())
    if codes:
        check_codes(codes)
    return [verdict, code.upper()[:5], point[:2], codes[:40], " ".join(reason.split())[:400]]
