"""What a supplier's due claims pay, what is reversed and owed beside them, all of it checked against the ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from claims.adjudication.reading.sql import array, rows
from claims.models import Claim, ClaimStatus, Overpayment, RemittedDecision
from claims.payment.balance import NotBalanced
from claims.payment.due import Told
from claims.payment.ledger import ZERO
from claims.payment.reversals import InLineage, lineage, not_reversed
from claims.payment.settlement import ClaimMoney, Debt

#: What the ledger has on each decision on some claims: still payable, reversed.
BOOKED = """
SELECT claim_id, decision_id,
       coalesce(sum(amount) FILTER (WHERE target = 'payable'), 0.00)
         - coalesce(sum(amount) FILTER (WHERE source = 'payable'), 0.00),
       coalesce(sum(amount) FILTER (WHERE source = 'overpayment'), 0.00)
  FROM claims_ledgertransfer WHERE claim_id = ANY(%s::bigint[]) GROUP BY claim_id, decision_id
"""


class Booked(NamedTuple):
    """The dollars that the ledger has on a decision."""

    claim_id: int
    decision_id: int
    payable: Decimal
    reversed: Decimal


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
    """The locked due claims of one supplier with all that concerns their money.

    Four queries; two where nothing was told before.

    Raises `NotBalanced` when a claim pays, or a reversal takes back, something else than the ledger has.
    """
    members = lineage([claim.pk for claim in claims])
    reverses, owed = _to_reverse(members), _owed_on(members)
    due = [
        DueClaim(claim, _money(claim, reverses[claim.pk], owed[claim.pk]), tuple(reverses[claim.pk]))
        for claim in claims
    ]
    booked = [Booked(*row) for row in rows(BOOKED, [array(member.claim for member in members)])]
    if faults := [*_payable_faults(due, booked), *_reversal_faults(due, booked)]:
        raise NotBalanced(faults)
    return due


def _to_reverse(members: Iterable[InLineage]) -> dict[int, list[RemittedDecision]]:
    """By the claim that stands, what was told and is taken back; one query, none where nothing was told."""
    found: dict[int, list[RemittedDecision]] = defaultdict(list)
    if standing_of := {member.claim: member.standing for member in members if member.is_told}:
        told = not_reversed().filter(claim__in=standing_of).select_related("claim", "decision").order_by("decision")
        for row in told.defer("decision__facts", "decision__trace"):
            found[standing_of[row.claim_id]].append(row)
    return found


def _owed_on(members: Iterable[InLineage]) -> dict[int, list[Debt]]:
    """By the claim that stands, what is still owed from before; one query, none where nothing was overpaid."""
    found: dict[int, list[Debt]] = defaultdict(list)
    if standing_of := {member.claim: member.standing for member in members if member.is_overpaid}:
        # The latest first: a decision that pays more undoes what was taken back last.
        owing = Overpayment.objects.owing().filter(claim__in=standing_of).select_related("claim").order_by("-pk")
        for overpayment in owing:
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


def _payable_faults(due: Iterable[DueClaim], booked: Iterable[Booked]) -> Iterator[str]:
    """A claim pays what the decision that stands made payable, and nothing is payable on any other."""
    payable: dict[int, dict[int | None, Decimal]] = defaultdict(dict)
    for row in booked:
        if row.payable:
            payable[row.claim_id][row.decision_id] = row.payable
    for each in due:
        pays = {each.money.decision_id: each.money.payable} if each.money.payable else {}
        if payable[each.claim.pk] != pays:
            total = sum(payable[each.claim.pk].values(), ZERO)
            yield f"Claim {each.claim} pays {each.money.payable}, the ledger has {total} payable."


def _reversal_faults(due: Iterable[DueClaim], booked: Iterable[Booked]) -> Iterator[str]:
    """What is told as taken back is what was reversed."""
    reversed_by = {row.decision_id: row.reversed for row in booked}
    for debt in (debt for each in due for debt in each.money.reverses):
        if debt.amount != (amount := reversed_by.get(debt.decision_id, ZERO)):
            yield f"The reversal of claim {debt.icn} takes back {debt.amount}, the ledger has {amount} reversed."
