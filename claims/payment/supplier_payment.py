"""One supplier's payment on one day: lock, gather, settle, write the 835, store it, move the money and the claims."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet

from accounts.actions import Actor, build_event, record_events
from accounts.models import Event
from claims.adjudication.reading.sql import array
from claims.models import Claim, Overpayment, Remittance, RemittedDecision
from claims.payment.booking import Transfer, write_transfers
from claims.payment.due import Told, late_days, remitted_claims
from claims.payment.gathering import DueClaim, gather
from claims.payment.interest import interest_on
from claims.payment.ledger import ZERO, Account
from claims.payment.overpayment_interest import debts_for_payment
from claims.payment.remittance import BankAccount, Payee, Payer, RemittanceAdvice
from claims.payment.remittance_835 import write_835
from claims.payment.settlement import Overpaid, Settlement, settle
from claims.sequences import Sequence as Numbers
from claims.sequences import take
from policy import clock
from suppliers.models import Supplier

#: Payable claims are paid, denied ones stay so; both show the day on which they really went out. Voids are over.
MOVE_CLAIMS = """
UPDATE claims_claim
   SET status = CASE status WHEN 'payable' THEN 'paid' ELSE status END,
       payment_day = CASE status WHEN 'voided' THEN NULL ELSE %s::date END
 WHERE id = ANY(%s::bigint[])
"""


@dataclass(frozen=True, slots=True)
class Run:
    """What holds for a whole payment run: the day, who runs it, the interest rate in force (None: none is loaded).

    `due` are all claims due on the day, as they are whenever it is read.
    """

    day: dt.date
    by: Actor
    interest_rate: Decimal | None
    due: QuerySet[Claim]


@dataclass(frozen=True, slots=True)
class SupplierPaid:
    """A remittance that was made; `without_interest` counts late claims for which no rate is loaded."""

    remittance: Remittance
    claims_paid: int
    denials_told: int
    voids_told: int
    kept: Decimal
    overpaid: Decimal
    without_interest: int


@transaction.atomic
def pay_supplier(supplier_id: int, claim_ids: Sequence[int], run: Run) -> SupplierPaid | None:
    """Pay a supplier's due claims on the run's day and tell what was denied or taken back; None when nothing is due.

    The lock on the supplier makes two runs take turns; a day that has its remittance is left alone, and what is due
    beside it waits for the next banking day. Raises `NotBalanced` before anything is written. 21 queries at most.
    """
    supplier = Supplier.objects.select_for_update(no_key=True).get(pk=supplier_id)
    if Remittance.objects.filter(supplier=supplier, payment_day=run.day).exists():
        return None
    rows = run.due.filter(pk__in=claim_ids, supplier=supplier).defer("billed", "gateway_findings")
    claims = list(rows.select_for_update(no_key=True, of=("self",)).order_by("pk"))
    if not claims:
        return None
    due = gather(claims)
    late = late_days([each.claim for each in due if each.earns_interest], run.day)
    told = [told for each in due for told in each.told(_interest(each, late, run))]
    settlement = settle([each.money for each in due], debts_for_payment(supplier, run.day))
    advice = _advice(supplier, told, settlement, run.day)
    remittance = _store(supplier, advice, len(due), write_835(advice))
    RemittedDecision.objects.bulk_create(_decisions(remittance, told))
    write_transfers(_transfers(remittance, told, settlement), remittance.created_at, run.day)
    overpayments = Overpayment.objects.bulk_create(_overpayments(remittance, due, settlement.overpaid))
    _move_claims(claims, run.day)
    record_events(_events(remittance, due, overpayments, run.by))
    return _summary(remittance, due, settlement, len(late) if run.interest_rate is None else 0)


def _interest(due: DueClaim, late: dict[int, int], run: Run) -> Decimal:
    """Dollars for the days that a claim is late, where a rate is loaded."""
    return interest_on(due.money.payable, late.get(due.claim.pk, 0), run.interest_rate or ZERO, run.day)


def _advice(supplier: Supplier, told: Sequence[Told], settlement: Settlement, day: dt.date) -> RemittanceAdvice:
    return RemittanceAdvice(
        payer=contractor(),
        payee=Payee(
            name=supplier.name,
            npi=supplier.npi,
            tin=supplier.tin,
            receiver=supplier.submitter_id or supplier.npi,
        ),
        day=day,
        written_at=clock.now(),
        control_number=take(Numbers.INTERCHANGE),
        trace_number=f"{take(Numbers.PAYMENT):010d}",
        claims=remitted_claims(told),
        debts=settlement.provider_adjustments,
    )


def contractor() -> Payer:
    """The contractor that this installation is, from its settings."""
    given = settings.CONTRACTOR
    return Payer(
        name=given["name"],
        number=given["number"],
        tax_id=given["tax_id"],
        address=given["address"],
        city=given["city"],
        state=given["state"],
        zip=given["zip"],
        telephone=given["telephone"],
        bank=BankAccount(given["bank_routing"], given["bank_account"]),
        interchange_qualifier=given["interchange_qualifier"],
        interchange_id=given["interchange_id"],
    )


def _store(supplier: Supplier, advice: RemittanceAdvice, claim_count: int, content: bytes) -> Remittance:
    return Remittance.objects.create(
        supplier=supplier,
        payment_day=advice.day,
        trace_number=advice.trace_number,
        control_number=advice.control_number,
        claim_count=claim_count,
        charge_amount=advice.charge,
        paid_amount=advice.paid,
        interest_amount=sum((claim.interest for claim in advice.claims), ZERO),
        content=content.decode("ascii"),
        created_at=advice.written_at,
    )


def _decisions(remittance: Remittance, told: Sequence[Told]) -> Iterator[RemittedDecision]:
    for each in told:
        yield RemittedDecision(
            remittance=remittance,
            decision_id=each.decision_id,
            claim=each.claim,
            is_reversal=each.is_reversal,
            interest_amount=each.interest,
        )


def _transfers(remittance: Remittance, told: Sequence[Told], settlement: Settlement) -> Iterator[Transfer]:
    """What is kept for debts, then what goes out, with the interest on it."""
    supplier = remittance.supplier_id

    def remitted(
        claim: int, decision: int, source: Account, target: Account, amount: Decimal, settles: int | None = None
    ) -> Transfer:
        return Transfer(supplier, claim, decision, source, target, amount, settles, remittance.pk)

    for kept in settlement.kept:
        claim, decision = kept.payment.claim_id, kept.payment.decision_id
        assert decision is not None, "a voided claim pays nothing"
        owed = Account.INTEREST_DUE if kept.is_interest else Account.OVERPAYMENT
        yield remitted(claim, decision, Account.PAYABLE, owed, kept.amount, kept.debt.decision_id)
    for debt in settlement.given_back:
        yield remitted(debt.claim_id, debt.decision_id, Account.INTEREST_DUE, Account.BANK, -debt.interest)
    for each in told:
        if not each.is_reversal and (amount := settlement.paid_out[each.claim.pk]):
            yield remitted(each.claim.pk, each.decision_id, Account.PAYABLE, Account.BANK, amount)
        if each.interest:
            yield remitted(each.claim.pk, each.decision_id, Account.INTEREST, Account.BANK, each.interest)


def _overpayments(
    remittance: Remittance, due: Sequence[DueClaim], overpaid: Sequence[Overpaid]
) -> Iterator[Overpayment]:
    """What the reversals leave to owe; each waits for its demand."""
    claims = {each.claim.pk: each for each in due}
    for each in overpaid:
        yield Overpayment(
            supplier_id=remittance.supplier_id,
            claim_id=each.debt.claim_id,
            decision_id=each.debt.decision_id,
            correction_id=each.payment.decision_id,
            remittance=remittance,
            amount=each.amount,
            found_on=remittance.payment_day,
            reason=_why(claims[each.payment.claim_id], each),
        )


def _why(due: DueClaim, overpaid: Overpaid) -> str:
    if due.is_void:
        return "The claim was voided."
    if due.claim.pk != overpaid.debt.claim_id:
        return f"Claim {due.claim} took its place and pays {due.money.payable}."
    return f"The claim was decided anew and pays {due.money.payable}."


def _move_claims(claims: Sequence[Claim], day: dt.date) -> None:
    with connection.cursor() as cursor:
        cursor.execute(MOVE_CLAIMS, [day, array(claim.pk for claim in claims)])


def _summary(
    remittance: Remittance, due: Sequence[DueClaim], settlement: Settlement, without_interest: int
) -> SupplierPaid:
    paid, voids = sum(each.is_paid for each in due), sum(each.is_void for each in due)
    return SupplierPaid(
        remittance=remittance,
        claims_paid=paid,
        denials_told=len(due) - paid - voids,
        voids_told=voids,
        kept=sum((kept.amount for kept in settlement.kept if not kept.is_correction), ZERO),
        overpaid=sum((each.amount for each in settlement.overpaid), ZERO),
        without_interest=without_interest,
    )


def _events(
    remittance: Remittance, due: Sequence[DueClaim], overpayments: Sequence[Overpayment], by: Actor
) -> Iterator[Event]:
    day = remittance.payment_day
    yield build_event(
        "remittance_sent",
        by=by,
        on=day,
        about=remittance,
        sentence=f"{remittance} over {remittance.paid_amount} for {len(due)} claims, to {remittance.supplier}.",
    )
    for each in due:
        verb, said = _said(each)
        yield build_event(
            verb,
            by=by,
            on=day,
            about=each.claim,
            sentence=f"{said} on {remittance}.",
            data={"remittance": remittance.pk},
        )
    for overpayment in overpayments:
        yield build_event(
            "overpayment_found",
            by=by,
            on=day,
            about=overpayment,
            sentence=f"{overpayment} was found: {overpayment.reason}",
            data={"remittance": remittance.pk},
        )


def _said(due: DueClaim) -> tuple[str, str]:
    """The verb of a claim's event and the words for it."""
    if due.is_void:
        return "void_told", "The void was told"
    if due.reverses:
        return "correction_told", f"What was told before was reversed, and {due.money.payable} paid instead,"
    if due.is_paid:
        return "claim_paid", f"Paid {due.claim.paid_amount}"
    return "denial_told", "Denial told"
