"""Where claims stand, as their own supplier may know it: the claim, its lines, the remittance that told it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from claims.inquiries import status_codes as codes
from claims.inquiries.status_codes import Status, status_of, status_of_denial
from claims.models import Claim, ClaimStatus, ClockStop, LineDecision, LineOutcome, RemittedDecision
from claims.models.determination import held_by_hand

#: How the reason of a stopped payment clock begins while records are out.
RECORDS = "records"
#: An STC has room for as many statuses.
MOST_STATUSES = 3
ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class LineStanding:
    """A line with its own status; `paid` in dollars."""

    number: int
    hcpcs: str
    modifiers: tuple[str, ...]
    charge: Decimal
    paid: Decimal
    units: Decimal | None
    first_day: dt.date
    last_day: dt.date
    control_number: str
    status: Status


@dataclass(frozen=True, slots=True)
class Standing:
    """A claim with its statuses since `since`; the last three are set once a remittance told it."""

    claim: Claim
    statuses: tuple[Status, ...]
    since: dt.date
    paid: Decimal
    decided_on: dt.date | None
    told_on: dt.date | None
    trace_number: str
    lines: tuple[LineStanding, ...]


#: A claim's lines are told once its decision can be: not while it is being decided or waits for a person.
DECIDED = (ClaimStatus.PAYABLE, ClaimStatus.DENIED, ClaimStatus.PAID)

STATUSES = {
    ClaimStatus.RECEIVED: codes.WAITS_TO_BE_DECIDED,
    ClaimStatus.QUEUED: codes.WAITS_TO_BE_DECIDED,
    ClaimStatus.ON_HOLD: codes.WAITS_FOR_DRUG,
    ClaimStatus.SUSPENDED: codes.IN_REVIEW,
    ClaimStatus.PAYABLE: codes.WAITS_FOR_PAYMENT,
    ClaimStatus.PAID: codes.PAID,
    ClaimStatus.ADJUSTED: codes.REPLACED,
    ClaimStatus.VOIDED: codes.VOIDED,
}


def standings(claims: Sequence[Claim]) -> dict[int, Standing]:
    """Where each claim stands, by its id; four queries, however many claims."""
    ids = [claim.pk for claim in claims]
    lines = _lines(claims)
    told = {each.decision_id: each for each in _told(claims)}
    records = set(
        ClockStop.objects.filter(claim__in=ids, resumed_on=None, reason__istartswith=RECORDS).values_list(
            "claim_id", flat=True
        )
    )
    held = set(Claim.objects.filter(held_by_hand(), pk__in=ids).values_list("pk", flat=True))
    return {
        claim.pk: _standing(
            claim,
            lines[claim.current_decision_id or 0],
            told.get(claim.current_decision_id or 0),
            asks_records=claim.pk in records,
            is_held=claim.pk in held,
        )
        for claim in claims
    }


def _lines(claims: Sequence[Claim]) -> Mapping[int, list[LineDecision]]:
    """The decided lines by decision."""
    wanted = [claim.current_decision_id for claim in claims if claim.status in DECIDED]
    found: dict[int, list[LineDecision]] = defaultdict(list)
    for line in LineDecision.objects.filter(decision__in=wanted).select_related("line").order_by("decision", "number"):
        found[line.decision_id].append(line)
    return found


def _told(claims: Sequence[Claim]) -> Iterable[RemittedDecision]:
    wanted = [claim.current_decision_id for claim in claims if claim.current_decision_id]
    return RemittedDecision.objects.filter(decision__in=wanted, is_reversal=False).select_related("remittance")


def _standing(
    claim: Claim, decided: list[LineDecision], told: RemittedDecision | None, *, asks_records: bool, is_held: bool
) -> Standing:
    status = ClaimStatus(claim.status)
    is_decided = status in DECIDED and not (is_held and told is None)
    lines = tuple(_line(line, status) for line in decided) if is_decided else ()
    remittance = told.remittance if told and is_decided else None
    return Standing(
        claim=claim,
        statuses=_statuses(claim, status, lines, asks_records=asks_records, is_decided=is_decided),
        since=(remittance.payment_day if remittance else None) or claim.decided_on or claim.received_on,
        paid=claim.paid_amount or ZERO if is_decided and status == ClaimStatus.PAID else ZERO,
        decided_on=claim.decided_on if is_decided else None,
        told_on=remittance.payment_day if remittance else None,
        trace_number=remittance.trace_number if remittance else "",
        lines=lines,
    )


def _statuses(
    claim: Claim, status: ClaimStatus, lines: Sequence[LineStanding], *, asks_records: bool, is_decided: bool
) -> tuple[Status, ...]:
    if status == ClaimStatus.REJECTED:
        found = dict.fromkeys(status_of(finding["status"]) for finding in claim.gateway_findings)
        return tuple(found)[:MOST_STATUSES] or (codes.RETURNED,)
    if asks_records and not is_decided:
        return (codes.RECORDS_REQUESTED,)
    if status in DECIDED and not is_decided:
        return (codes.IN_REVIEW,)
    if status == ClaimStatus.DENIED:
        return tuple(dict.fromkeys(line.status for line in lines))[:MOST_STATUSES] or (codes.DENIED,)
    return (STATUSES[status],)


def _line(decided: LineDecision, status: ClaimStatus) -> LineStanding:
    line = decided.line
    pays = decided.outcome == LineOutcome.PAY
    is_paid = pays and status == ClaimStatus.PAID
    own = codes.PAID if is_paid else codes.WAITS_FOR_PAYMENT if pays else status_of_denial(decided.edits)
    return LineStanding(
        number=line.number,
        hcpcs=line.hcpcs,
        modifiers=tuple(line.modifiers),
        charge=line.charge,
        paid=decided.paid if is_paid else ZERO,
        units=line.units,
        first_day=line.date_of_service,
        last_day=line.through or line.date_of_service,
        control_number=line.control_number,
        status=own,
    )
