"""What a determination would do to a claim, asked of the function that decides."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal

from claims.adjudication.decision import Decision, Finding
from claims.adjudication.engine import decide
from claims.adjudication.facts import ClaimFacts, Determination
from claims.adjustments.readers import would_pay
from policy.tables import PolicyTables

ZERO = Decimal("0.00")


def stopped_by(decision: Decision, edit: str, line: int | None = None) -> dict[int, Finding]:
    """The lines (all, or the one named) on which the edit keeps a line from being paid, with what was found."""
    return {
        decided.number: finding
        for decided in decision.lines
        if line in (None, decided.number)
        for finding in decided.findings
        if finding.edit == edit and finding.decides
    }


def still_stopped(facts: ClaimFacts, determination: Determination, tables: PolicyTables) -> dict[int, Finding]:
    """The lines that the edit would stop in spite of the determination: what it found there is absolute."""
    after = decide(with_determinations(facts, [determination]), tables)
    return stopped_by(after, determination.edit, determination.line)


def money_at_stake(facts: ClaimFacts, lines: Collection[int], tables: PolicyTables) -> Decimal:
    """Dollars that these lines would pay with nothing in their way; of a line that cannot be priced, its charge.

    They are priced together, so that two lines do not both use up the same deductible.
    """
    found = [(line.number, finding.edit) for line in decide(facts, tables).lines for finding in line.findings]
    through = [
        Determination("override", "", facts.today, "", edit, number) for number, edit in found if number in lines
    ]
    after = decide(with_determinations(facts, through), tables)
    charges = {line.number: line.charge for line in facts.lines}
    return sum((would_pay(line, charges[line.number]) for line in after.lines if line.number in lines), ZERO)


def with_determinations(facts: ClaimFacts, more: Collection[Determination]) -> ClaimFacts:
    return replace(facts, determinations=(*facts.determinations, *more))
