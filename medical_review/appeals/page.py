"""What the pages of a redetermination show: the request, and what was decided then beside what is said now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from claims.adjudication.canonical import decision_from_json
from claims.adjudication.decision import LineDecision
from claims.models import ClaimLine, Decision, LineOutcome
from medical_review.models import (
    AppealPaper,
    Case,
    Letter,
    LineVerdict,
    RedeterminationEnd,
    RedeterminationRequest,
    ReviewDecision,
)
from medical_review.models.finding import LineWords


@dataclass(frozen=True, slots=True)
class LineThen:
    """A line as it was decided when it was appealed: outcome, codes and reason, what it paid; and the words now."""

    line: ClaimLine
    is_appealed: bool
    outcome: LineOutcome
    codes: str
    reason: str
    paid: Decimal
    now: LineWords | None = None

    @property
    def verdict(self) -> LineVerdict | None:
        return LineVerdict(self.now.verdict) if self.now and self.now.verdict else None


@dataclass(frozen=True, slots=True)
class AppealShown:
    """A request with its lines, papers, letters, how it ended, and the earlier decision of a reviewer."""

    request: RedeterminationRequest
    lines: tuple[LineThen, ...]
    papers: tuple[AppealPaper, ...]
    letters: tuple[Letter, ...]
    review: ReviewDecision | None
    end: RedeterminationEnd | None

    @property
    def case(self) -> Case:
        return self.request.case

    @property
    def appealed(self) -> tuple[LineThen, ...]:
        return tuple(each for each in self.lines if each.is_appealed)


def appeal_of(case: Case, now: Mapping[int, LineWords]) -> AppealShown | None:
    """The request of a case, with what is said of its lines now, by number; None of a case that is no appeal."""
    if not case.is_redetermination:
        return None
    rows = RedeterminationRequest.objects.select_related(*WITH)
    request = rows.filter(case=case).first()
    return appeal_shown(request, now) if request else None


#: What the pages of a request read with it.
WITH = ("case", "claim", "supplier", "made_by", "end__decision", "cause_found__made_by", "review__signed_by")


def appeal_shown(request: RedeterminationRequest, now: Mapping[int, LineWords] | None = None) -> AppealShown:
    """A request that was read `WITH` its rows; six queries."""
    end: RedeterminationEnd | None = getattr(request, "end", None)
    if end and end.decision:
        now = {each.line.number: each for each in end.decision.lines.select_related("line")}
    return AppealShown(
        request=request,
        lines=tuple(_lines(request, now or {})),
        papers=tuple(request.papers.select_related("document")),
        letters=tuple(Letter.objects.filter(case=request.case_id).defer("text").order_by("arrival")),
        review=request.review,
        end=end,
    )


def _lines(request: RedeterminationRequest, now: Mapping[int, LineWords]) -> Iterator[LineThen]:
    appealed = set(request.lines.values_list("line_id", flat=True))
    decided = decision_from_json(Decision.objects.values_list("trace", flat=True).get(pk=request.decision_id))
    by_number = {each.number: each for each in decided.lines}
    for line in request.claim.lines.order_by("number"):
        then = by_number[line.number]
        is_appealed = line.pk in appealed
        yield LineThen(
            line,
            is_appealed,
            LineOutcome(then.outcome),
            codes_of(then),
            reason_of(then),
            then.paid,
            now.get(line.number),
        )


def codes_of(line: LineDecision) -> str:
    """ "CO-50 N706"; "" of a line that pays."""
    code = f"{line.group}-{line.carc}" if line.carc else ""
    return " ".join(part for part in (code, *line.rarcs) if part)


def reason_of(line: LineDecision) -> str:
    """The edit that gave the reason, with its evidence in words."""
    found = next((each for each in line.findings if each.edit == line.reason_edit), None)
    if found is None:
        return ""
    return found.sentence if found.edit == "REVIEW" else f"{found.edit}: {found.sentence}"
