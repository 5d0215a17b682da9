"""What a supplier's due claims pay, what is reversed and owed beside them, all of it checked against the ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from claims.models import Claim, ClaimStatus, LedgerTransfer, Overpayment, RemittedDecision
from claims.payment.balance import NotBalanced
from claims.payment.booking import StandingMoney, standing_money
from claims.payment.due import Told
from claims.payment.ledger import REVERSED, ZERO
from claims.payment.reversals import lineage, not_reversed
from claims.payment.settlement import ClaimMoney, Debt


@dataclass(frozen=True, slots=True)
class DueClaim:
    """A due claim with its money and the told decisions that it takes back."""

    claim: Claim
    money: ClaimMoney
    reverses: tuple[RemittedDecision, ...]

    @property
    def is_void(self) -> bool:
        return self.claim.status == ClaimStatus.VOIDED

    @property
    def is_paid(self) -> bool:
        return self.claim.status == ClaimStatus.PAYABLE

    @property
    def earns_interest(self) -> bool:
        """A clean claim's first payment does, a correction never (42 USC 1395u(c)(2))."""
        return not self.reverses

    def told(self, interest: Decimal) -> Iterator[Told]:
        """What the 835 tells: what is taken back, then what stands now, unless nothing does."""
        for told in self.reverses:
            yield Told(told.claim, told.decision_id, is_reversal=True)
        if not self.is_void:
            assert self.claim.current_decision_id is not None
            yield Told(self.claim, self.claim.current_decision_id, interest)


def gather(claims: Sequence[Claim]) -> list[DueClaim]:
    """The locked due claims of one supplier with all that concerns their money; five queries.

    Raises `NotBalanced` when a claim pays, or a reversal takes back, something else than the ledger has.
    """
    standing_of = lineage([claim.pk for claim in claims])
    reverses, owed = _to_reverse(standing_of), _owed_on(standing_of)
    due = [
        DueClaim(claim, _money(claim, reverses[claim.pk], owed[claim.pk]), tuple(reverses[claim.pk]))
        for claim in claims
    ]
    if faults := [*_payable_faults(due, standing_money(standing_of)), *_reversal_faults(due)]:
        raise NotBalanced(faults)
    return due


def _to_reverse(standing_of: dict[int, int]) -> dict[int, list[RemittedDecision]]:
    found: dict[int, list[RemittedDecision]] = defaultdict(list)
    rows = not_reversed().filter(claim__in=standing_of).select_related("claim", "decision").order_by("decision")
    for told in rows.defer("decision__facts", "decision__trace"):
        found[standing_of[told.claim_id]].append(told)
    return found


def _owed_on(standing_of: dict[int, int]) -> dict[int, list[Debt]]:
    found: dict[int, list[Debt]] = defaultdict(list)
    for overpayment in Overpayment.objects.owing().filter(claim__in=standing_of).select_related("claim").order_by("pk"):
        found[standing_of[overpayment.claim_id]].append(debt_of(overpayment))
    return found


def debt_of(overpayment: Overpayment) -> Debt:
    """What is still owed on an overpayment that was read with `owed`."""
    owed: Decimal = overpayment.owed  # type: ignore[attr-defined]
    return Debt(overpayment.decision_id, overpayment.claim_id, str(overpayment.claim), owed)


def _money(claim: Claim, reverses: Iterable[RemittedDecision], owes: Iterable[Debt]) -> ClaimMoney:
    is_void = claim.status == ClaimStatus.VOIDED
    return ClaimMoney(
        claim_id=claim.pk,
        decision_id=None if is_void else claim.current_decision_id,
        payable=ZERO if is_void else claim.paid_amount or ZERO,
        reverses=tuple(
            Debt(told.decision_id, told.claim_id, str(told.claim), told.decision.paid_amount) for told in reverses
        ),
        owes=tuple(owes),
    )


def _payable_faults(due: Iterable[DueClaim], money: StandingMoney) -> Iterator[str]:
    """A claim pays what the decision that stands made payable, and nothing is payable on any other."""
    for each in due:
        standing = money.get(each.claim.pk, ())
        booked = {row.decision_id: row.payable for row in standing if row.payable}
        pays = {each.money.decision_id: each.money.payable} if each.money.payable else {}
        if booked != pays:
            total = sum(booked.values(), ZERO)
            yield f"Claim {each.claim} pays {each.money.payable}, the ledger has {total} payable."


def _reversal_faults(due: Iterable[DueClaim]) -> Iterator[str]:
    """What is told as taken back is what was reversed."""
    told = [debt for each in due for debt in each.money.reverses]
    rows = LedgerTransfer.objects.filter(REVERSED, decision__in=[debt.decision_id for debt in told])
    reversed_by = dict(rows.order_by().values_list("decision").annotate(Sum("amount")))
    for debt in told:
        if debt.amount != (booked := reversed_by.get(debt.decision_id, ZERO)):
            yield f"The reversal of claim {debt.icn} takes back {debt.amount}, the ledger has {booked} reversed."
