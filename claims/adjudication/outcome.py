"""What follows from a line's findings: its outcome, its reason, and the adjustments that account for its charge."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from claims.adjudication.decision import Adjustment, Finding, Outcome, Price

#: The strongest disposition decides (reading 1).
STRONGEST_FIRST: tuple[Outcome, ...] = ("deny", "suspend", "hold")

#: A claim waits when any of its lines waits, else it pays when any of them pays.
STATUS_ORDER: tuple[Outcome, ...] = ("suspend", "hold", "pay", "deny")

CONTRACTUAL, PATIENT = "CO", "PR"
ABOVE_ALLOWED, DEDUCTIBLE, COINSURANCE, SEQUESTRATION = "45", "1", "2", "253"


def outcome_of(findings: Sequence[Finding]) -> Outcome:
    """The strongest disposition among the findings that decide; a line without any pays."""
    if not findings:
        return "pay"
    deciding = {finding.disposition for finding in findings if finding.decides}
    return next((outcome for outcome in STRONGEST_FIRST if outcome in deciding), "pay")


def reason_of(findings: Iterable[Finding], outcome: Outcome) -> Finding | None:
    """The first finding, in catalogue order, whose disposition is the outcome: it gives the reason codes."""
    return next((finding for finding in findings if finding.decides and finding.disposition == outcome), None)


def status_of(outcomes: Iterable[Outcome]) -> Outcome:
    """The claim's status from the outcomes of its lines."""
    found = set(outcomes)
    return next((status for status in STATUS_ORDER if status in found), "deny")


def payment_adjustments(charge: Decimal, price: Price) -> tuple[Adjustment, ...]:
    """What separates the charge from the payment of a line that pays: charge = paid + adjustments; none is zero."""
    adjustments = (
        Adjustment(CONTRACTUAL, ABOVE_ALLOWED, charge - price.allowed),
        Adjustment(PATIENT, DEDUCTIBLE, price.deductible),
        Adjustment(PATIENT, COINSURANCE, price.coinsurance),
        Adjustment(CONTRACTUAL, SEQUESTRATION, price.sequestration),
    )
    return tuple(adjustment for adjustment in adjustments if adjustment.amount)
