"""Which claims are due on a payment day, and the claims of a remittance as the plain values that an 835 is made of."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, cast

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import CharField, Exists, ExpressionWrapper, OuterRef, QuerySet

from claims.adjudication.canonical import facts_from_json
from claims.adjudication.decision import Adjustment, Price
from claims.adjudication.outcome import payment_adjustments
from claims.adjudication.reading.sql import array, rows
from claims.models import (
    Claim,
    ClaimStatus,
    ClockStop,
    Decision,
    Determination,
    LineOutcome,
    RemittedDecision,
)
from claims.models.determination import held_by_hand
from claims.payment.interest import days_late
from claims.payment.remittance import ZERO, RemittedClaim, RemittedLine, reversal_of
from policy.models import EditDisposition, InterestRate

#: The remedy of a denial that is an initial determination (42 CFR 405.924); the others say what to do instead.
APPEAL = "appeal"


def claims_due(day: dt.date) -> QuerySet[Claim]:
    """Claims to be paid, denied or taken back on `day`: not told yet, their payment day has come, no one holds them.

    A voided claim has a payment day only until its reversal was told.
    """
    # One condition for all three, and not one for the decided ones beside another, is looked up claim by claim.
    status = ExpressionWrapper(OuterRef("status"), output_field=CharField())
    told = RemittedDecision.objects.alias(status=status).exclude(status=ClaimStatus.VOIDED)
    return Claim.objects.filter(
        ~Exists(told.filter(decision=OuterRef("current_decision"))),
        ~held_by_hand(),
        status__in=(ClaimStatus.PAYABLE, ClaimStatus.DENIED, ClaimStatus.VOIDED),
        payment_day__lte=day,
        is_test=False,
        supplier__isnull=False,
    )


def by_supplier(due: QuerySet[Claim]) -> dict[int, list[int]]:
    """The ids of due claims by supplier, suppliers in the order of their ids."""
    found = due.order_by().values("supplier").annotate(claims=ArrayAgg("pk", order_by="pk"))
    return dict(found.order_by("supplier").values_list("supplier", "claims"))


@dataclass(frozen=True, slots=True)
class Told:
    """A claim with the decision on it that a remittance tells, or takes back, and the interest that is paid on top."""

    claim: Claim
    decision_id: int
    interest: Decimal = ZERO
    is_reversal: bool = False


#: The lines of some decisions with what they were billed as, in their order.
LINES = """
SELECT d.decision_id, d.number, l.date_of_service, l.through, l.hcpcs, l.modifiers, l.units, l.control_number,
       l.charge, d.outcome, d.edits, d."group", d.carc, d.rarcs, d.allowed, d.deductible, d.coinsurance,
       d.sequestration, d.paid, decided.decided_at
  FROM claims_linedecision d
  JOIN claims_claimline l ON l.id = d.line_id
  JOIN claims_decision decided ON decided.id = d.decision_id
 WHERE d.decision_id = ANY(%s::bigint[])
 ORDER BY d.decision_id, d.number
"""


class DecidedLine(NamedTuple):
    """A line as billed, and as a decision left it; dollars."""

    decision_id: int
    number: int
    date_of_service: dt.date
    through: dt.date | None
    hcpcs: str
    modifiers: list[str]
    units: Decimal | None
    control_number: str
    charge: Decimal
    outcome: str
    edits: list[str]
    group: str
    carc: str
    rarcs: list[str]
    allowed: Decimal
    deductible: Decimal
    coinsurance: Decimal
    sequestration: Decimal
    paid: Decimal
    decided_at: dt.datetime

    @property
    def pays(self) -> bool:
        return self.outcome == LineOutcome.PAY


def remitted_claims(told: Sequence[Told]) -> tuple[RemittedClaim, ...]:
    """The claims with the lines of the decisions that are told, in the order given; three queries."""
    lines: dict[int, list[DecidedLine]] = defaultdict(list)
    denied_by: set[str] = set()
    for row in rows(LINES, [array(each.decision_id for each in told)]):
        line = DecidedLine(*row)
        lines[line.decision_id].append(line)
        if not line.pays:
            denied_by.update(line.edits)
    remedies = Remedies(denied_by)
    reviewed = reviewed_codes(told)
    return tuple(_remitted_claim(each, lines[each.decision_id], remedies, reviewed) for each in told)


def reviewed_codes(told: Sequence[Told]) -> dict[tuple[int, int], str]:
    """The codes that medical review gave to lines, by decision and number of the line, as the decisions knew them.

    One query; the facts are read of only those decisions whose claim was ever given another code.
    """
    given = Determination.objects.filter(claim=OuterRef("claim"), kind=Determination.Kind.REVIEW_CODE)
    found = Decision.objects.filter(Exists(given), pk__in=[each.decision_id for each in told])
    return {
        (pk, each.line): each.value
        for pk, facts in found.values_list("pk", "facts")
        for each in facts_from_json(facts).determinations
        if each.kind == "review_code" and each.line is not None
    }


def _remitted_claim(
    told: Told, lines: Iterable[DecidedLine], remedies: Remedies, reviewed: Mapping[tuple[int, int], str]
) -> RemittedClaim:
    claim = told.claim
    remitted = RemittedClaim(
        patient_control_number=claim.patient_control_number,
        icn=claim.icn or "",
        mbi=claim.mbi,
        last_name=claim.patient_last_name,
        first_name=claim.patient_first_name,
        received=claim.received_on,
        place_of_service=claim.place_of_service,
        frequency=claim.frequency,
        charge=claim.total_charge,
        lines=tuple(
            _remitted_line(
                line, remedies.may_appeal(line, claim.received_on), reviewed.get((line.decision_id, line.number), "")
            )
            for line in lines
        ),
        interest=told.interest,
    )
    return reversal_of(remitted) if told.is_reversal else remitted


def _remitted_line(line: DecidedLine, may_appeal: bool, reviewed: str) -> RemittedLine:
    return RemittedLine(
        number=line.number,
        date=line.date_of_service,
        through=line.through,
        hcpcs=reviewed or line.hcpcs,
        billed=line.hcpcs if reviewed and reviewed != line.hcpcs else "",
        modifiers=tuple(line.modifiers),
        units=line.units,
        control_number=line.control_number,
        charge=line.charge,
        allowed=line.allowed,
        paid=line.paid,
        pays=line.pays,
        adjustments=_adjustments(line),
        remarks=tuple(line.rarcs),
        may_appeal=may_appeal,
    )


def _adjustments(line: DecidedLine) -> tuple[Adjustment, ...]:
    """Why the charge is not paid: by the amounts of a line that pays, whole under the reason of one that is denied."""
    if line.pays:
        return payment_adjustments(line.charge, cast(Price, line))  # the line has the amounts of a price
    return (Adjustment(line.group, line.carc, line.charge),)


class Remedies:
    """What a supplier may do about a denial: the remedy of its edit, as known when the claim was decided.

    One query, none for no edits.
    """

    def __init__(self, edits: Collection[str]) -> None:
        self._rows: dict[str, list[EditDisposition]] = defaultdict(list)
        if edits:
            for row in EditDisposition.objects.filter(edit__in=edits, disposition=EditDisposition.Disposition.DENY):
                self._rows[row.edit].append(row)

    def may_appeal(self, line: DecidedLine, received: dt.date) -> bool:
        """Whether the line's outcome is an initial determination; one that no table row names (a reviewer's) is."""
        if line.pays:
            return True
        found = (self._row(edit, received, line.decided_at) for edit in line.edits)
        reason = next(filter(None, found), None)
        return reason is None or reason.remedy == APPEAL

    def _row(self, edit: str, received: dt.date, decided_at: dt.datetime) -> EditDisposition | None:
        return next((row for row in self._rows[edit] if received in row.in_force and decided_at in row.known), None)


def clean_claim_rate(day: dt.date) -> Decimal | None:
    """The annual rate of interest on clean claims in force on a day of payment, when one is loaded."""
    rates = InterestRate.objects.filter(
        kind=InterestRate.Kind.CLEAN_CLAIM, in_force__contains=day, known__upper_inf=True
    )
    return rates.values_list("rate", flat=True).first()


def late_days(claims: Sequence[Claim], day: dt.date) -> dict[int, int]:
    """The days that earn interest, by claim id, for the claims that pay more than 30 days after receipt; one query."""
    late = [claim for claim in claims if claim.paid_amount and days_late(claim.received_on, day)]
    if not late:
        return {}
    stopped: dict[int, int] = defaultdict(int)
    for stop in ClockStop.objects.filter(claim__in=late):
        stopped[stop.claim_id] += ((stop.resumed_on or day) - stop.stopped_on).days
    days = {claim.pk: days_late(claim.received_on, day, stopped[claim.pk]) for claim in late}
    return {pk: count for pk, count in days.items() if count}
