"""All that lies on a reviewer's desk for one case: the claim as it stands, the checklist, the lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from claims.adjudication.canonical import decision_from_json, facts_from_json
from claims.adjudication.decision import Decision
from claims.adjudication.facts import ClaimFacts
from claims.attachments.readers import Papers, papers_of
from claims.determinations.actions import stored
from claims.edits.registry import CATALOGUE
from claims.edits.wording import in_words
from claims.models import Claim, ClaimLine
from medical_review.actions.opening import REVIEWED_EDITS
from medical_review.checklist import checklist_on
from medical_review.judging import Judged, Reach, judge, of_earlier_review
from medical_review.known import Known, OnFile, known_points
from medical_review.latest import findings_of, line_answers_of, rationale_of, visit_notes_of
from medical_review.models import (
    Answer,
    Case,
    ChecklistPoint,
    Finding,
    Ground,
    LineAnswer,
    LineVerdict,
    Rationale,
    VisitNote,
)
from medical_review.models.finding import LineWords
from policy.tables import PolicyTables

#: What a reviewer may set aside: of their own edits what suspends, in a redetermination whatever stopped a line.
OF_REVIEW = Reach(REVIEWED_EDITS)
OF_APPEAL = Reach({edit.id for edit in CATALOGUE}, ("suspend", "hold", "deny"), is_appeal=True)

#: Words on a line that say nothing against it: they rest on no point.
PLAIN = (LineVerdict.AFFIRM, LineVerdict.PAY, LineVerdict.UPHOLD)


def reach_in(case: Case) -> Reach:
    return OF_APPEAL if case.is_redetermination else OF_REVIEW


def verdicts_on(case: Case) -> tuple[LineVerdict, ...]:
    """What may be said of a line of this case."""
    if case.is_redetermination:
        return (LineVerdict.PAY, LineVerdict.ADJUST, LineVerdict.DENY, LineVerdict.UPHOLD)
    return (LineVerdict.AFFIRM, LineVerdict.ADJUST, LineVerdict.DENY)


@dataclass(frozen=True, slots=True)
class PointState:
    """A point with the answer that counts: the reviewer's, else the one that is on file."""

    point: ChecklistPoint
    finding: Finding | None
    known: Known | None

    @property
    def is_from_file(self) -> bool:
        return not (self.finding and self.finding.answer) and bool(self.known and self.known.answer)

    @property
    def answer(self) -> str:
        if self.finding and self.finding.answer:
            return self.finding.answer
        return self.known.answer if self.known else ""

    @property
    def known_label(self) -> str:
        """The answer that is on file, in words."""
        return str(Answer(self.known.answer).label) if self.known and self.known.answer else ""

    @property
    def note(self) -> str:
        """Why: the reviewer's words, else what is on file."""
        if self.finding and self.finding.answer:
            return self.finding.note
        return self.known.said if self.known else ""

    @property
    def page(self) -> str:
        if self.finding and self.finding.answer:
            return self.finding.page
        return "file" if self.is_from_file else ""

    @property
    def version(self) -> int:
        return self.finding.number if self.finding else 0

    @property
    def is_open(self) -> bool:
        return not self.answer

    @property
    def lacks(self) -> bool:
        return self.answer in (Answer.NOT_MET, Answer.NOT_DOCUMENTED)


@dataclass(frozen=True, slots=True)
class LineState:
    """A line of the claim with what the reviewer says of it."""

    line: ClaimLine
    answer: LineAnswer | None
    visit: VisitNote | None

    @property
    def verdict(self) -> str:
        return self.answer.verdict if self.answer else ""

    @property
    def version(self) -> int:
        return self.answer.number if self.answer else 0

    @property
    def points(self) -> list[int]:
        return self.answer.points if self.answer else []


@dataclass(frozen=True, slots=True)
class Todo:
    """Something that must be done before the decision is signed (or is done), and where on the page."""

    words: str
    is_done: bool
    anchor: str = ""


@dataclass(slots=True, eq=False)
class Desk:
    """One case as it is read for its page and for its signature; `papers` are those sent apart from the claim."""

    case: Case
    claim: Claim
    facts: ClaimFacts
    decision: Decision
    tables: PolicyTables
    points: tuple[PointState, ...]
    lines: tuple[LineState, ...]
    rationale: Rationale | None
    reviewer: str
    today: dt.date
    papers: tuple[Papers, ...] = ()

    @property
    def by_ground(self) -> list[tuple[Ground, list[PointState]]]:
        return [(ground, [each for each in self.points if each.point.ground == ground]) for ground in Ground]

    @property
    def answered(self) -> int:
        return sum(not each.is_open for each in self.points)

    def point(self, number: int) -> PointState | None:
        return next((each for each in self.points if each.point.number == number), None)

    def words_of(self, state: LineState) -> LineWords | None:
        """What is said of a line with what goes without saying filled in; None while nothing is said.

        The ground and the codes are those of the first point it rests on, the reason what that point says is lacking.
        """
        answer = state.answer
        if answer is None or not answer.verdict:
            return None
        if answer.verdict in PLAIN:
            return LineAnswer(line=state.line, verdict=answer.verdict)
        rests_on = self.point(answer.points[0]) if answer.points else None
        is_denied = answer.verdict == LineVerdict.DENY
        return LineAnswer(
            line=state.line,
            verdict=answer.verdict,
            code="" if is_denied else answer.code,
            ground=answer.ground or (rests_on.point.ground if rests_on else None),
            points=answer.points,
            codes=(answer.codes or (rests_on.point.codes if rests_on else "")) if is_denied else "",
            reason=answer.reason or (reason_of(rests_on) if rests_on else ""),
        )

    @property
    def words(self) -> dict[int, LineWords]:
        """By the number of the line, for those of which something is said that can be priced."""
        said = {state.line.number: self.words_of(state) for state in self.lines}
        return {number: words for number, words in said.items() if words and can_be_priced(words)}

    def judge(self) -> Judged:
        """The claim as billed and as it would be decided by what is said so far."""
        return self.judge_by(self.words)

    def judge_by(self, words: Mapping[int, LineWords]) -> Judged:
        """The same by other words, by the number of the line."""
        return judge(self.facts, words, self.tables, self.reviewer, self.today, reach_in(self.case))

    def with_lines(self, answers: Mapping[int, LineAnswer]) -> Desk:
        """The desk of somebody who says something else of the lines, by their number."""
        lines = tuple(LineState(each.line, answers.get(each.line.number), each.visit) for each in self.lines)
        return replace(self, lines=lines)


def can_be_priced(words: LineWords) -> bool:
    """Whether enough is said of a line: its new code, or the reason codes of its denial."""
    if words.verdict == LineVerdict.ADJUST:
        return bool(words.code)
    return words.verdict != LineVerdict.DENY or bool(words.codes and words.reason)


def reason_of(state: PointState) -> str:
    """What a line that rests on a point is told: what is lacking, the page, the note, the citation."""
    point = state.point
    page = f", page {state.page}" if state.page and state.page != "file" else ""
    note = f" {state.note.rstrip('.')}." if state.note and not state.is_from_file else ""
    lacking = point.lacking[0].upper() + point.lacking[1:]
    return f"{lacking} ({point.name}{page}).{note}"[:400]


def read_desk(case: Case, tables: PolicyTables, today: dt.date) -> Desk:
    """The desk of a case whose claim has a decision; eleven queries. Raises Refused where it has none."""
    claim = case.claim
    facts, decision = facts_from_json(stored(claim, "facts")), decision_from_json(stored(claim, "trace"))
    checklist = checklist_on(max(line.date for line in facts.lines))
    known = known_points(checklist, OnFile(facts, decision, tables))
    findings, answers, visits = findings_of(case), line_answers_of(case), visit_notes_of(case)
    return Desk(
        case=case,
        claim=claim,
        facts=facts,
        decision=decision,
        tables=tables,
        points=tuple(PointState(each, findings.get(each.number), known.get(each.number)) for each in checklist),
        lines=tuple(LineState(line, answers.get(line.pk), visits.get(line.pk)) for line in claim.lines.all()),
        rationale=rationale_of(case),
        reviewer=case.assigned_to.email if case.assigned_to else "",
        today=today,
        papers=papers_of(claim, tables, today),
    )


# ---------- the words of a decision ----------


def draft_rationale(desk: Desk) -> str:
    """The rationale as the findings and the lines give it: lines that change first, each with what it rests on."""
    lines = sorted(desk.lines, key=lambda state: (state.verdict == LineVerdict.AFFIRM, state.line.number))
    paragraphs = [paragraph for state in lines if (paragraph := paragraph_of(desk, state))]
    return "\n\n".join([*paragraphs, *other_findings(desk)])


def paragraph_of(desk: Desk, state: LineState) -> str:
    words, line = desk.words_of(state), state.line
    if words is None:
        return ""
    name = f"Line {line.number}, {in_words(line.date_of_service)}, {line.hcpcs}"
    match words.verdict:
        case LineVerdict.AFFIRM:
            return f"{name}: affirmed as billed."
        case LineVerdict.PAY:
            return f"{name}: the denial is reversed, the line is paid as billed."
        case LineVerdict.UPHOLD:
            return f"{name}: stays as it was decided."
        case LineVerdict.ADJUST:
            return f"{name}: adjusted to {words.code or 'another code'}. {grounds_in_words(desk, words)}".rstrip()
    return f"{name}: denied. {grounds_in_words(desk, words)}".rstrip()


def grounds_in_words(desk: Desk, words: LineWords) -> str:
    """ "Plan of care. A change … was not signed (P10, page 3). Pub. 100-02 ch. 15 §320.5 C." """
    ground = f"{Ground(words.ground).label}." if words.ground else ""
    states = [found for number in words.points if (found := desk.point(number))]
    further = [reason_of(each) for each in states[1:]]
    cites = [f"{each.point.cites}." for each in states]
    return " ".join(part for part in (ground, words.reason, *further, *cites) if part)


def other_findings(desk: Desk) -> Iterator[str]:
    """Points that are not met or not documented and on which no line rests."""
    used = {number for state in desk.lines if state.verdict not in PLAIN for number in state.points}
    left = [each for each in desk.points if each.lacks and each.point.number not in used]
    if left:
        yield "Also found: " + " ".join(reason_of(each) for each in left)


def rationale_text(desk: Desk) -> str:
    """The words that stand: the reviewer's own, or the draft."""
    return desk.rationale.text if desk.rationale and desk.rationale.text else draft_rationale(desk)


# ---------- what is lacking for a signature ----------


def todos(desk: Desk, money: Judged) -> list[Todo]:
    """What a signature needs, each with whether it is there.

    A redetermination is about what was appealed: its points may stay open, its rationale is written by a person.
    """
    return [
        *([] if desk.case.is_redetermination else _points_answered(desk)),
        *_points_explained(desk),
        *_lines_decided(desk, money),
        *_papers_waited_for(desk),
        *_rationale_there(desk),
    ]


def _points_answered(desk: Desk) -> Iterator[Todo]:
    open_ones = [each.point for each in desk.points if each.is_open]
    for point in open_ones[:3]:
        yield Todo(f"{point.name} is not answered", False, f"p{point.number}")
    if len(open_ones) > 3:
        yield Todo(f"{len(open_ones) - 3} more points are not answered", False, f"p{open_ones[3].number}")
    if not open_ones:
        yield Todo("Each point is answered", True)


def _points_explained(desk: Desk) -> Iterator[Todo]:
    silent = [each.point for each in desk.points if each.lacks and not each.note]
    for point in silent:
        yield Todo(f"{point.name} says not why", False, f"p{point.number}")
    nowhere = [each.point for each in desk.points if each.answer == Answer.NOT_MET and not each.page]
    for point in nowhere:
        yield Todo(f"{point.name} names no page", False, f"p{point.number}")
    if not silent and not nowhere:
        yield Todo("Each finding says why, and where", True)


def _lines_decided(desk: Desk, money: Judged) -> Iterator[Todo]:
    wrong = [(state, words) for state in desk.lines for words in [what_lacks(desk, state, money)] if words]
    for state, words in wrong:
        yield Todo(f"Line {state.line.number} {words}", False, f"line-{state.line.number}")
    if not wrong:
        yield Todo("Each line has a decision, and a ground where it changes", True)


def _papers_waited_for(desk: Desk) -> Iterator[Todo]:
    """Nothing is taken from a claim while papers that it announces may still come (CMS MLN WBT 1450 lesson 5)."""
    if all(state.verdict in PLAIN for state in desk.lines if state.verdict):
        return
    for papers in desk.papers:
        if not papers.is_waited_for or papers.until is None:
            continue
        words = f"Papers announced under {papers.control_number} are waited for until {in_words(papers.until)}"
        yield Todo(words, False, "papers")


def what_lacks(desk: Desk, state: LineState, money: Judged) -> str:
    """What a line's decision lacks, as the end of a sentence; "" when nothing."""
    words = desk.words_of(state)
    if words is None:
        return "has no decision"
    if words.verdict == LineVerdict.ADJUST and not is_another_visit_code(desk, state, words.code):
        return "needs another visit code of that day"
    if words.verdict not in PLAIN and not (words.points and words.ground and words.reason):
        return "names no point on which it rests"
    if words.verdict not in PLAIN and not any(found.lacks for number in words.points if (found := desk.point(number))):
        return "rests on a point that is met"
    outcome = money.lines[state.line.number].outcome
    if words.verdict == LineVerdict.PAY and pays_as_billed(desk, state):
        return "is paid as billed already: uphold it"
    if words.verdict == LineVerdict.PAY and outcome == "deny":
        return "would be denied all the same, by an edit that nothing sets aside or that the others kept silent"
    if outcome in ("suspend", "hold"):
        return "would wait all the same: an edit that is no reviewer’s stops it"
    return ""


def pays_as_billed(desk: Desk, state: LineState) -> bool:
    """Whether the line pays as the claim stands, and no earlier review changed it."""
    number = state.line.number
    pays = any(line.outcome == "pay" for line in desk.decision.lines if line.number == number)
    return pays and not of_earlier_review(desk.facts, {number})


def is_another_visit_code(desk: Desk, state: LineState, code: str) -> bool:
    found = desk.tables.visit_codes.on(code, state.line.date_of_service)
    return found is not None and code != state.line.hcpcs


def _rationale_there(desk: Desk) -> Iterator[Todo]:
    if desk.case.is_redetermination and not (desk.rationale and desk.rationale.text):
        yield Todo("The rationale is not in your own words: say why", False, "rationale")
    elif not rationale_text(desk).strip():
        yield Todo("There is no rationale", False, "rationale")


def taken_from_the_claim(money: Judged) -> Decimal:
    """Dollars that the decision takes from the claim; nothing when it gives."""
    return max(money.paid_before - money.paid_after, Decimal("0.00"))
