"""Interest on overpayments: charged for each full period of 30 days since the demand, collected before the principal.

What is charged is always the interest for the periods that have passed, on what is known now (42 CFR 405.378): a refund
that came in time, or a decision that leaves less to owe, lessens an earlier charge, and what was collected too much is
given back with the next payment. Without a rate in force on the day of the demand nothing is charged.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Sum
from django.db.models.functions import Coalesce

from accounts.actions import Actor, build_event, record_events
from accounts.models import Event
from claims.adjudication.reading.sql import array, rows
from claims.edits.wording import dollars
from claims.models import InterestCharge, LedgerTransfer, Overpayment, RemittedDecision
from claims.payment.interest import PERIOD_DAYS, Dated, Principal, full_periods, interest_on_overpayment
from claims.payment.ledger import ZERO, Account
from claims.payment.settlement import Debt
from policy import clock
from policy.models import InterestRate
from suppliers.models import Supplier

#: Who acts when interest is charged by a job.
THE_INTEREST = "the charging of interest"

#: What the decisions pay that were told and not taken back, on the claims of overpayments and those in their places.
STANDING_PAID = """
WITH RECURSIVE chain(overpayment, claim) AS (
    SELECT id, claim_id FROM claims_overpayment WHERE id = ANY(%s::bigint[])
     UNION
    SELECT chain.overpayment, c.id FROM chain JOIN claims_claim c ON c.replaces_id = chain.claim
)
SELECT chain.overpayment, array_agg(DISTINCT chain.claim),
       coalesce(sum(d.paid_amount) FILTER (WHERE b.id IS NULL), 0)
  FROM chain
  LEFT JOIN claims_remitteddecision r ON r.claim_id = chain.claim AND NOT r.is_reversal
  LEFT JOIN claims_remitteddecision b ON b.decision_id = r.decision_id AND b.is_reversal
  LEFT JOIN claims_decision d ON d.id = r.decision_id
 GROUP BY 1
"""


@dataclass(slots=True)
class Bearing:
    """A demanded overpayment with what its interest is worked out from; `paid_now` is what its claim pays by now.

    `charged` and `collected` are dollars of interest by now.
    """

    overpayment: Overpayment
    rate: Decimal
    own_claims: frozenset[int]
    paid_now: Decimal
    sent_back: list[Dated] = field(default_factory=list)
    paid_again: list[Dated] = field(default_factory=list)
    charged: Decimal = ZERO
    collected: Decimal = ZERO

    def periods_by(self, day: dt.date) -> int:
        return full_periods(self.overpayment.demand.sent_on, day)

    def interest_by(self, day: dt.date) -> Decimal:
        """Dollars for the periods that have passed by a day."""
        found = self.overpayment
        truly_owed = max(ZERO, found.decision.paid_amount - self.paid_now)
        principal = Principal(found.amount, truly_owed, tuple(self.sent_back), tuple(self.paid_again))
        return interest_on_overpayment(principal, found.demand.sent_on, day, self.rate)


@transaction.atomic
def charge_interest(day: dt.date, *, by: Actor = THE_INTEREST) -> int:
    """Bring the interest on all demanded overpayments up to date; how many charges were made or lessened.

    Thirteen queries at most, however many; suppliers are locked, as by the payment run, before anything is written.
    """
    moving = [bearing.overpayment for bearing in bearings(bearing_on(day)) if to_charge(bearing, day)]
    if not moving:
        return 0
    suppliers = {overpayment.supplier_id for overpayment in moving}
    list(Supplier.objects.select_for_update(no_key=True).filter(pk__in=suppliers).order_by("pk").values_list("pk"))
    return bring_up_to_date([overpayment.pk for overpayment in moving], day, by=by)


def bearing_on(day: dt.date) -> Iterable[int]:
    """Overpayments whose interest may have to be charged or lessened: owed, or told anew since the demand."""
    demanded = Overpayment.objects.filter(demand__sent_on__lt=day - dt.timedelta(days=PERIOD_DAYS))
    if not demanded.exists():
        return ()
    told = RemittedDecision.objects.filter(remittance__payment_day__gte=OuterRef("demand__sent_on"), is_reversal=False)
    claim = Coalesce(OuterRef("correction__claim"), OuterRef("claim"))
    told_anew = Q(Exists(told.filter(claim=claim))) | Q(Exists(told.filter(claim__replaces=claim)))
    charged = Exists(InterestCharge.objects.filter(overpayment=OuterRef("pk")))
    moving = demanded.with_owed().filter(Q(owed__gt=0) | Q(charged) & told_anew)
    return moving.order_by("pk").values_list("pk", flat=True)


def to_charge(bearing: Bearing, day: dt.date) -> Decimal:
    """Dollars still to be charged by a day; less than zero where a charge is to be lessened."""
    return bearing.interest_by(day) - bearing.charged


def bring_up_to_date(overpayments: Collection[int], day: dt.date, *, by: Actor = THE_INTEREST) -> int:
    """The same for some overpayments, whose suppliers are locked."""
    due = [(bearing, amount) for bearing in bearings(overpayments) if (amount := to_charge(bearing, day))]
    charges = InterestCharge.objects.bulk_create(charge(bearing, amount, day) for bearing, amount in due)
    now = clock.now()
    LedgerTransfer.objects.bulk_create(transfer_of(made, now) for made in charges)
    record_events(event for made in charges for event in told(made, by))
    return len(charges)


def charge(bearing: Bearing, amount: Decimal, day: dt.date) -> InterestCharge:
    return InterestCharge(
        overpayment=bearing.overpayment,
        charged_on=day,
        periods=bearing.periods_by(day),
        rate=bearing.rate,
        total=bearing.charged + amount,
        amount=amount,
    )


def transfer_of(made: InterestCharge, now: dt.datetime) -> LedgerTransfer:
    """interest_due → income for what is charged, the way back for what is lessened."""
    overpayment, is_more = made.overpayment, made.amount > 0
    return LedgerTransfer(
        supplier_id=overpayment.supplier_id,
        claim_id=overpayment.claim_id,
        decision_id=overpayment.decision_id,
        settles_id=None if is_more else overpayment.decision_id,
        charge=made,
        source=Account.INTEREST_DUE if is_more else Account.INCOME,
        target=Account.INCOME if is_more else Account.INTEREST_DUE,
        amount=abs(made.amount),
        on=made.charged_on,
        made_at=now,
    )


def told(made: InterestCharge, by: Actor) -> Iterator[Event]:
    """The event on the overpayment, and on its claim."""
    overpayment = made.overpayment
    sentence = said(made)
    for about in (overpayment, overpayment.claim):
        data = {"overpayment": overpayment.pk, "amount": made.amount}
        yield build_event("interest_charged", by=by, on=made.charged_on, about=about, sentence=sentence, data=data)


def said(made: InterestCharge) -> str:
    """A charge in one sentence."""
    periods = "1 full period" if made.periods == 1 else f"{made.periods} full periods"
    of = f"{dollars(made.total)} for {periods} of {PERIOD_DAYS} days at {percent(made.rate)} a year"
    if made.amount > 0:
        return f"Interest of {dollars(made.amount)} was charged: by now {of}."
    return f"Interest was lessened by {dollars(-made.amount)}: by now {of}."


def percent(rate: Decimal) -> str:
    """A rate in words: 0.10875 is "10.875 %"."""
    return f"{(rate * 100).normalize():f} %"


def bearings(overpayments: Iterable[int]) -> list[Bearing]:
    """What the interest on these is worked out from, of those with a rate in force on the day of the demand.

    Five queries.
    """
    ids = list(overpayments)
    if not ids:
        return []
    demanded = Overpayment.objects.filter(pk__in=ids, demand__isnull=False).order_by("pk")
    found = demanded.select_related("demand", "claim", "decision")
    chains = {number: (claims, paid) for number, claims, paid in rows(STANDING_PAID, [array(ids)])}
    known = rates()
    made = {}
    for overpayment in found.defer("decision__facts", "decision__trace", "claim__billed", "claim__gateway_findings"):
        if (rate := known.on(overpayment.demand.sent_on)) is not None:
            claims, paid_now = chains[overpayment.pk]
            made[overpayment.decision_id] = Bearing(overpayment, rate, frozenset(claims), paid_now)
    read_ledger(made)
    return list(made.values())


def read_ledger(made: dict[int, Bearing]) -> None:
    """What settled each overpayment from which day on, what interest was charged and collected; two queries."""
    lessening = LedgerTransfer.objects.filter(settles__in=made).select_related("refund").order_by("pk")
    for moved in lessening:
        bearing = made[moved.settles_id or 0]
        if moved.target == Account.INTEREST_DUE:
            if moved.source == Account.INCOME:
                bearing.charged -= moved.amount
            else:
                bearing.collected += moved.amount
        elif moved.remittance_id != bearing.overpayment.remittance_id or moved.refund:
            day = moved.refund.received_on if moved.refund else moved.on
            is_own = moved.refund is None and moved.claim_id in bearing.own_claims
            (bearing.paid_again if is_own else bearing.sent_back).append((day, moved.amount))
    charged = LedgerTransfer.objects.filter(decision__in=made, source=Account.INTEREST_DUE).order_by()
    for decision, target, amount in charged.values_list("decision", "target").annotate(Sum("amount")):
        if target == Account.INCOME:
            made[decision].charged += amount
        else:
            made[decision].collected -= amount


@dataclass(frozen=True, slots=True)
class Rates:
    """The annual rates on overpayments, as known now."""

    found: Sequence[InterestRate]

    def on(self, day: dt.date) -> Decimal | None:
        """The rate in force on the day of a demand: it holds as long as the debt is owed. None without a row."""
        return next((row.rate for row in self.found if day in row.in_force), None)


def rates() -> Rates:
    """One query."""
    return Rates(list(InterestRate.objects.filter(kind=InterestRate.Kind.OVERPAYMENT, known__upper_inf=True)))


def interest_due_on(overpayment: Overpayment, day: dt.date) -> Decimal:
    """Dollars of interest that were still to be paid for what came in on a day."""
    found = bearings([overpayment.pk])
    return max(ZERO, found[0].interest_by(day) - found[0].collected) if found else ZERO


def debts_for_payment(supplier: Supplier, day: dt.date) -> list[Debt]:
    """What a supplier's payment on a day settles, the oldest demand first; two queries, one when it never owed.

    Interest below zero is given back; nothing is kept for an overpayment that may not be recouped.
    """
    ever_owed = Overpayment.objects.filter(supplier=supplier)
    if not ever_owed.exists():
        return []
    return [debt(overpayment) for overpayment in ever_owed.for_payment_on(day).select_related("claim")]


def debt(overpayment: Overpayment) -> Debt:
    """An overpayment that was read by `for_payment_on`."""
    owed: Decimal = overpayment.owed if overpayment.is_recoupable else ZERO  # type: ignore[attr-defined]
    interest: Decimal = overpayment.interest_owed  # type: ignore[attr-defined]
    if not overpayment.is_recoupable:  # type: ignore[attr-defined]
        interest = min(interest, ZERO)
    return Debt(overpayment.decision_id, overpayment.claim_id, str(overpayment.claim), owed, interest)
