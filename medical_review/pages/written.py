"""What a sent desk says, compared with what lies on it: only what was touched is kept, and nobody's words are lost.

Each thing on the page (a point, a line, a visit, the rationale) carries a digest of the values that it was shown with.
A value that was not touched is left alone, whoever changed it meanwhile. One that was touched is kept as a new version
while nobody else changed it; else both are shown, the other's stands and nothing is written over.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from beneficiaries.models import Document
from claims.pages.meanwhile import Compared
from medical_review.actions.writing import answer_line, answer_point, note_visit, write_rationale
from medical_review.desk import Desk, LineState, PointState, draft_rationale
from medical_review.models import Case, Finding, VisitNote
from medical_review.models.finding import Answer, LineVerdict, Version
from medical_review.record import documents_of
from policy.refusals import Refused

#: The fields of each thing, as they are named behind its name: "p9-page". The first has no name of its own.
POINT = ("", "page", "note")
LINE = ("", "code", "point", "codes", "reason")
VISIT = ("note_of", "time_in", "time_out", "infused", "professional", "page")


def digest(values: Iterable[str]) -> str:
    """A few digits that stand for the values a thing was shown with."""
    return hashlib.sha256("\x1f".join(values).encode()).hexdigest()[:12]


def point_values(state: PointState) -> tuple[str, ...]:
    """What the page shows of a point; of one that the system answered only the answer is in a field."""
    finding = state.finding if state.finding and state.finding.answer else None
    return (state.answer, finding.page if finding else "", finding.note if finding else "")


def line_values(state: LineState) -> tuple[str, ...]:
    answer = state.answer
    if answer is None:
        return ("",) * len(LINE)
    point = str(answer.points[0]) if answer.points else ""
    return (answer.verdict, answer.code, point, answer.codes, answer.reason)


def visit_values(state: LineState) -> tuple[str, ...]:
    visit = state.visit
    if visit is None:
        return ("",) * len(VISIT)
    times = [f"{at:%H:%M}" if at else "" for at in (visit.time_in, visit.time_out)]
    day = f"{visit.note_of:%m/%d/%Y}" if visit.note_of else ""
    return (day, *times, visit.infused, visit.professional, visit.page)


def rationale_values(desk: Desk) -> tuple[str, ...]:
    """The reviewer's own words, or those of the draft as it is now."""
    own = desk.rationale.text if desk.rationale else ""
    return (normal(own or draft_rationale(desk)),)


def normal(text: str) -> str:
    """As a browser sends what stands in a text area, whatever its line ends."""
    return "\n".join(text.replace("\r\n", "\n").split("\n")).strip()


@dataclass(frozen=True, slots=True)
class Thing:
    """Something on the desk: its name in the form and for people, its values, who wrote them, how it is written."""

    name: str
    words: str
    fields: tuple[str, ...]
    values: tuple[str, ...]
    version: Version | None
    write: Callable[[tuple[str, ...]], object]

    @property
    def digest(self) -> str:
        return digest(self.values)

    def sent(self, posted: Mapping[str, str]) -> tuple[str, ...] | None:
        """The values that a sent form gives it; None where the form has it not."""
        if f"{self.name}-was" not in posted:
            return None
        names = [f"{self.name}-{field}" if field else self.name for field in self.fields]
        return tuple(normal(posted.get(name, "")) for name in names)


def things_on(desk: Desk, by: User, lies_there: Document | None = None) -> Iterator[Thing]:
    """Everything on the desk that is written to, in the order of the page.

    `lies_there` is the document in the viewer, in which a page that is written now was found.
    """
    case = desk.case
    for point in desk.points:
        yield Thing(
            f"p{point.point.number}",
            point.point.name,
            POINT,
            point_values(point),
            point.finding,
            _writes_point(case, point, by, lies_there),
        )
    for state in desk.lines:
        name = f"Line {state.line.number}"
        yield Thing(
            f"l{state.line.number}", name, LINE, line_values(state), state.answer, _writes_line(case, state, by)
        )
        yield Thing(
            f"v{state.line.number}",
            f"Visit of line {state.line.number}",
            VISIT,
            visit_values(state),
            state.visit,
            _writes_visit(case, state, by, lies_there),
        )
    yield Thing(
        "rationale",
        "Rationale",
        ("",),
        rationale_values(desk),
        desk.rationale,
        lambda values: write_rationale(case, values[0], by=by),
    )


def found_in(page: str, before: Finding | VisitNote | None, lies_there: Document | None) -> Document | None:
    """The document that a page is one of: the one it was first written by, until another page is written."""
    if before is not None and before.page == page:
        return before.document
    return lies_there if page else None


def _writes_point(
    case: Case, state: PointState, by: User, lies_there: Document | None
) -> Callable[[tuple[str, ...]], object]:
    def write(values: tuple[str, ...]) -> object:
        answer, page, note = values
        document = found_in(page[:20], state.finding, lies_there)
        return answer_point(case, state.point.number, answer, page=page, note=note, document=document, by=by)

    return write


def _writes_line(case: Case, state: LineState, by: User) -> Callable[[tuple[str, ...]], object]:
    def write(values: tuple[str, ...]) -> object:
        verdict, code, point, codes, reason = values
        points = (int(point),) if point.isdecimal() else ()
        return answer_line(case, state.line, verdict, code=code, points=points, codes=codes, reason=reason, by=by)

    return write


def _writes_visit(
    case: Case, state: LineState, by: User, lies_there: Document | None
) -> Callable[[tuple[str, ...]], object]:
    def write(values: tuple[str, ...]) -> object:
        day, time_in, time_out, infused, professional, page = values
        return note_visit(
            case,
            state.line,
            by=by,
            note_of=read_day(day),
            time_in=read_time(time_in),
            time_out=read_time(time_out),
            infused=infused[:80],
            professional=professional[:80],
            page=page[:20],
            document=found_in(page[:20], state.visit, lies_there),
        )

    return write


def read_day(text: str) -> dt.date | None:
    """A day as month/day/year, or in ISO form."""
    for form in ("%m/%d/%Y", "%Y-%m-%d"):
        try:
            return dt.datetime.strptime(text, form).date() if text else None  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise Refused(f"“{text}” is no day. Write it as 01/12/2026.", "no_day", "note_of")


def read_time(text: str) -> dt.time | None:
    """A time of day as 9:05 or 21:05."""
    try:
        return dt.datetime.strptime(text, "%H:%M").time() if text else None  # noqa: DTZ007 - the place's own time
    except ValueError as error:
        raise Refused(f"“{text}” is no time of day. Write it as 9:05 or 14:30.", "no_time", "time") from error


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a sent desk: how many things were kept, where both versions must be shown, what was refused."""

    written: int
    clashes: tuple[Compared, ...]
    refusals: tuple[str, ...]


def keep(desk: Desk, posted: Mapping[str, str], by: User) -> Kept:
    """Keep what was touched; inside a transaction with the case locked. Who does not have the case is refused."""
    return keep_things(things_on(desk, by, document_in(posted, desk.case)), posted, by)


def keep_things(things: Iterable[Thing], posted: Mapping[str, str], by: User) -> Kept:
    """Write those that were touched, where nobody else wrote meanwhile."""
    written, clashes, refusals = 0, [], []
    for thing in things:
        sent = thing.sent(posted)
        was = posted.get(f"{thing.name}-was", "")
        if sent is None or digest(sent) == was or sent == thing.values:
            continue
        if thing.digest != was and thing.version is not None and thing.version.made_by_id != by.pk:
            clashes.append(Compared(thing.words, said(sent), said(thing.values)))
            continue
        try:
            thing.write(sent)
            written += 1
        except Refused as refused:
            refusals.append(f"{thing.words}: {refused} You wrote: {said(sent)}.")
    return Kept(written, tuple(clashes), tuple(refusals))


def document_in(posted: Mapping[str, str], case: Case) -> Document | None:
    """The document that lay in the viewer when the page was sent, where it is one of the record."""
    sent = posted.get("document", "")
    return documents_of(case).filter(pk=int(sent)).first() if sent.isdecimal() and len(sent) < 18 else None


WORDS: Mapping[str, Any] = {**dict(Answer.choices), **dict(LineVerdict.choices)}


def said(values: Iterable[str]) -> str:
    """Values as people read them side by side."""
    return ", ".join(str(WORDS.get(value, value)) for value in values if value) or "nothing"


def written_by(desk: Desk, posted: Mapping[str, str], by: User) -> list[tuple[str, str]]:
    """What somebody wrote who may not keep it any more: it is shown to them, so that nothing is lost."""
    found = []
    for thing in things_on(desk, by):
        sent = thing.sent(posted)
        if sent is not None and digest(sent) != posted.get(f"{thing.name}-was", "") and sent != thing.values:
            found.append((thing.words, said(sent)))
    return found
