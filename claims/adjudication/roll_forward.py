"""Rolling the outcome of one claim forward to the next of the same patient, without going through the database."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from claims.adjudication.decision import Decision, LineDecision
from claims.adjudication.facts import ClaimFacts, LineFacts, Visit, VisitStatus, visit_key
from claims.edits.history import visit_order
from claims.pricing import ZERO


def roll_forward(
    later: ClaimFacts,
    earlier: ClaimFacts,
    decision: Decision,
    used_before: tuple[tuple[int, Decimal], ...] = (),
) -> ClaimFacts:
    """The facts of a later claim with the outcome of an earlier one, in place of what was known of it before.

    `used_before` is the deductible in dollars by year of the decision that this one replaces, when the later claim's
    facts count it already. Claims of different patients leave each other alone, and so do two facts of one claim. A
    claim is no history of the one that replaces it; until a replacement was decided once, the claim it replaces counts.
    """
    patient = later.beneficiary
    if patient is None or earlier.beneficiary is None or patient.key != earlier.beneficiary.key:
        return later
    if earlier.control_number in (later.control_number, later.replaces):
        return later
    if earlier.replaces and not decision.is_final and not _stands(patient.visits, earlier):
        return later
    return replace(
        later,
        beneficiary=replace(
            patient,
            visits=_with_visits(patient.visits, earlier, decision),
            deductible_remaining=_after(
                patient.deductible_remaining, dict(decision.deductible_used), dict(used_before)
            ),
        ),
    )


def _stands(known: tuple[Visit, ...] | None, replacement: ClaimFacts) -> bool:
    """Whether a replacement was decided before, so that its visits are history already."""
    return any(visit.claim == replacement.control_number for visit in known or ())


def _with_visits(known: tuple[Visit, ...] | None, earlier: ClaimFacts, decision: Decision) -> tuple[Visit, ...] | None:
    """The history with the earlier claim's lines as they stand now; a history that nobody knows stays unknown."""
    if known is None:
        return None
    gone = (earlier.control_number, earlier.replaces) if earlier.replaces else (earlier.control_number,)
    others = (visit for visit in known if visit.claim not in gone)
    return tuple(sorted((*others, *visits_of(earlier, decision)), key=visit_order))


def _after(
    remaining: tuple[tuple[int, Decimal], ...], used: dict[int, Decimal], used_before: dict[int, Decimal]
) -> tuple[tuple[int, Decimal], ...]:
    return tuple(
        (year, max(left + used_before.get(year, ZERO) - used.get(year, ZERO), ZERO)) for year, left in remaining
    )


def visits_of(claim: ClaimFacts, decision: Decision) -> tuple[Visit, ...]:
    """The lines of a decided claim as visits of the patient's history."""
    by_number = {line.number: line for line in decision.lines}
    return tuple(_visit(claim, line, visit_status(by_number[line.number], decision)) for line in claim.lines)


def visit_status(line: LineDecision, decision: Decision) -> VisitStatus:
    """A line that pays has taken its day only when its claim is decided (fine point e)."""
    if line.outcome == "deny":
        return "denied"
    return "paid" if line.outcome == "pay" and decision.is_final else "pending"


def _visit(claim: ClaimFacts, line: LineFacts, status: VisitStatus) -> Visit:
    return Visit(
        key=visit_key(claim.control_number, line.number),
        date=line.date,
        hcpcs=line.hcpcs,
        status=status,
        supplier=claim.supplier_key,
        supplier_name=claim.supplier.name if claim.supplier else "",
        claim=claim.control_number,
    )
