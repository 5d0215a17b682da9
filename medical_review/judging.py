"""What a claim would become by what a reviewer says of its lines: asked of the function that decides. Pure but for
its inputs, which the claim's standing decision gives.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from claims.adjudication.decision import Decision, Finding, LineDecision
from claims.adjudication.engine import decide
from claims.adjudication.facts import ClaimFacts, Determination, LineFacts
from claims.adjudication.rulings import DRUG_CATEGORY_EDIT
from claims.models import Determination as StoredDetermination
from medical_review.models import LineVerdict
from medical_review.models.finding import LineWords
from policy.tables import PolicyTables

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class LineMoney:
    """Dollars that a line pays: as billed with nothing of review on it, and as it would be decided."""

    before: Decimal
    after: Decimal
    outcome: str
    is_estimated: bool

    @property
    def change(self) -> Decimal:
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim under review: what stands, what would stand, and the money of each line by number."""

    before: Decision
    after: Decision
    lines: Mapping[int, LineMoney]

    @property
    def paid_before(self) -> Decimal:
        return sum((line.before for line in self.lines.values()), ZERO)

    @property
    def paid_after(self) -> Decimal:
        return sum((line.after for line in self.lines.values()), ZERO)


def without_review(facts: ClaimFacts) -> ClaimFacts:
    """The facts as they were before medical review: its next decision takes the place of the one before, whole."""
    return replace(
        facts,
        determinations=tuple(each for each in facts.determinations if each.kind not in StoredDetermination.OF_REVIEW),
    )


@dataclass(frozen=True, slots=True)
class Reach:
    """What a reviewer may set aside: findings of these edits that do one of these things to a line.

    In an appeal the money before is what stands, and a line of which nothing is said stays as it was decided.
    """

    edits: Collection[str]
    dispositions: Collection[str] = ("suspend",)
    is_appeal: bool = False

    def upheld(self, facts: ClaimFacts, words: Mapping[int, LineWords]) -> set[int]:
        """The numbers of the lines on which an earlier review goes on counting."""
        if not self.is_appeal:
            return set()
        numbers = {line.number for line in facts.lines}
        return {number for number in numbers if number not in words or words[number].verdict == LineVerdict.UPHOLD}


def of_earlier_review(facts: ClaimFacts, lines: Collection[int]) -> list[Determination]:
    """What an earlier review determined on these lines."""
    of_review = StoredDetermination.OF_REVIEW
    return [each for each in facts.determinations if each.kind in of_review and each.line in lines]


def judge(
    known: ClaimFacts, words: Mapping[int, LineWords], tables: PolicyTables, by: str, on: dt.date, reach: Reach
) -> Judged:
    """Decide the claim as it was billed, and once more with what the reviewer says of each line (by number).

    What lies beyond the reach goes on stopping a line.
    """
    plain = without_review(known)
    before = decide(plain, tables)
    told = [
        each
        for line in plain.lines
        if line.number in words
        for each in determinations_of(before, line, words[line.number], tables, by, on, reach)
    ]
    kept = of_earlier_review(known, reach.upheld(plain, words))
    after = decide(replace(plain, determinations=(*plain.determinations, *kept, *told)), tables)
    stands = decide(known, tables) if reach.is_appeal else before
    decided = {line.number: line for line in after.lines}
    return Judged(stands, after, {line.number: money_of(line, decided[line.number]) for line in stands.lines})


def money_of(before: LineDecision, after: LineDecision) -> LineMoney:
    prices = [price for price in (before.price, before.if_payable, after.price, after.if_payable) if price]
    return LineMoney(would_pay(before), would_pay(after), after.outcome, any(price.estimated for price in prices))


def would_pay(line: LineDecision) -> Decimal:
    """Dollars that a line pays, or would pay when what it waits for has come; nothing when it is denied."""
    if line.outcome == "deny":
        return ZERO
    price = line.price or line.if_payable
    return price.paid if price else ZERO


def determinations_of(
    before: Decision,
    line: LineFacts,
    words: LineWords,
    tables: PolicyTables,
    by: str,
    on: dt.date,
    reach: Reach,
) -> Iterator[Determination]:
    """What the words on a line come to, as the facts that `decide()` honours; nothing for one that is upheld."""
    if words.verdict == LineVerdict.UPHOLD:
        return
    if words.verdict == LineVerdict.DENY:
        yield Determination("review_deny", by, on, words.reason, line=line.number, value=words.codes)
        return
    hcpcs = words.code if words.verdict == LineVerdict.ADJUST else line.hcpcs
    if words.verdict == LineVerdict.ADJUST:
        yield Determination("review_code", by, on, words.reason, line=line.number, value=hcpcs)
    for finding in stopping(before, line.number, reach):
        if finding.edit == DRUG_CATEGORY_EDIT:
            if code := tables.visit_codes.on(hcpcs, line.date):
                yield Determination("drug_category", by, on, AFFIRMED, finding.edit, line.number, str(code.category))
        else:
            yield Determination("review_affirm", by, on, AFFIRMED, finding.edit, line.number)


AFFIRMED = "Looked at in medical review"


def stopping(decision: Decision, line: int, reach: Reach) -> list[Finding]:
    """The findings within a reviewer's reach that stop a line."""
    decided = next(each for each in decision.lines if each.number == line)
    return [
        finding
        for finding in decided.findings
        if finding.edit in reach.edits and finding.decides and finding.disposition in reach.dispositions
    ]
