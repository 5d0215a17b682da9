"""One supplier's payment on one day: lock, gather, write the 835, store it, move the money and the claims."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, Value, When

from accounts.actions import Actor, build_event, record_events
from accounts.models import Event
from claims.models import Claim, ClaimStatus, LedgerTransfer, Remittance, RemittedDecision
from claims.payment.balance import NotBalanced
from claims.payment.due import Told, claims_due, late_days, remitted_claims
from claims.payment.interest import interest_on
from claims.payment.ledger import ZERO, Account, still_payable
from claims.payment.remittance import BankAccount, Payee, Payer, RemittanceAdvice
from claims.payment.remittance_835 import write_835
from claims.payment.sequences import Sequence as Numbers
from claims.payment.sequences import take
from policy import clock
from suppliers.models import Supplier


@dataclass(frozen=True, slots=True)
class Run:
    """What holds for a whole payment run: the day, who runs it, the interest rate in force (None: none is loaded)."""

    day: dt.date
    by: Actor
    interest_rate: Decimal | None


@dataclass(frozen=True, slots=True)
class SupplierPaid:
    """A remittance that was made; `without_interest` counts late claims for which no rate is loaded."""

    remittance: Remittance
    claims_paid: int
    denials_told: int
    without_interest: int


@transaction.atomic
def pay_supplier(supplier_id: int, claim_ids: Sequence[int], run: Run) -> SupplierPaid | None:
    """Pay a supplier's due claims on the run's day and tell its denials; None when there is nothing to do (any more).

    The lock on the supplier makes two runs take turns; a day that has its remittance is left alone, and what is due
    beside it waits for the next banking day. Raises `NotBalanced` before anything is written. 15 queries at most.
    """
    supplier = Supplier.objects.select_for_update(no_key=True).get(pk=supplier_id)
    if Remittance.objects.filter(supplier=supplier, payment_day=run.day).exists():
        return None
    due = claims_due(run.day).filter(pk__in=claim_ids, supplier=supplier)
    claims = list(due.select_for_update(no_key=True).order_by("pk"))
    if not claims:
        return None
    late = late_days(claims, run.day)
    told = [_told(claim, late.get(claim.pk, 0), run) for claim in claims]
    advice = _advice(supplier, told, run.day)
    _check_against_the_ledger(told)
    remittance = _store(supplier, advice, write_835(advice))
    RemittedDecision.objects.bulk_create(_decisions(remittance, told))
    LedgerTransfer.objects.bulk_create(_transfers(remittance, told))
    _move_claims(claims, run.day)
    record_events(_events(remittance, claims, run.by))
    paid = sum(claim.status == ClaimStatus.PAYABLE for claim in claims)
    return SupplierPaid(remittance, paid, len(claims) - paid, len(late) if run.interest_rate is None else 0)


def _told(claim: Claim, days: int, run: Run) -> Told:
    """A due claim with the decision that stands and the interest for the days it is late, where a rate is loaded."""
    assert claim.current_decision_id is not None
    rate = run.interest_rate or ZERO
    return Told(claim, claim.current_decision_id, interest_on(amount_of(claim), days, rate, run.day))


def amount_of(claim: Claim) -> Decimal:
    """What the claim pays by the decision that stands."""
    return claim.paid_amount or ZERO


def _advice(supplier: Supplier, told: Sequence[Told], day: dt.date) -> RemittanceAdvice:
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


def _check_against_the_ledger(told: Sequence[Told]) -> None:
    """A claim pays what its decision made payable, and that once: else `NotBalanced`."""
    accruals = still_payable().filter(decision__in=[each.decision_id for each in told])
    payable = dict(accruals.values_list("claim", "amount"))
    faults = [
        f"Claim {claim} pays {amount_of(claim)}, the ledger has {payable.get(claim.pk, ZERO)} payable."
        for claim in (each.claim for each in told)
        if amount_of(claim) != payable.get(claim.pk, ZERO)
    ]
    if faults:
        raise NotBalanced(faults)


def _store(supplier: Supplier, advice: RemittanceAdvice, content: bytes) -> Remittance:
    return Remittance.objects.create(
        supplier=supplier,
        payment_day=advice.day,
        trace_number=advice.trace_number,
        control_number=advice.control_number,
        claim_count=len(advice.claims),
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
            interest_amount=each.interest,
        )


def _transfers(remittance: Remittance, told: Sequence[Told]) -> Iterator[LedgerTransfer]:
    for each in told:
        amounts = {Account.PAYABLE: amount_of(each.claim), Account.INTEREST: each.interest}
        for source, amount in amounts.items():
            if amount:
                yield LedgerTransfer(
                    supplier_id=remittance.supplier_id,
                    claim=each.claim,
                    decision_id=each.decision_id,
                    remittance=remittance,
                    source=source,
                    target=Account.BANK,
                    amount=amount,
                    on=remittance.payment_day,
                    made_at=remittance.created_at,
                )


def _move_claims(claims: Sequence[Claim], day: dt.date) -> None:
    """Payable claims are paid, denied ones stay so; both show the day on which they really went out."""
    paid = Case(When(status=ClaimStatus.PAYABLE, then=Value(ClaimStatus.PAID)), default=F("status"))
    Claim.objects.filter(pk__in=[claim.pk for claim in claims]).update(status=paid, payment_day=day)


def _events(remittance: Remittance, claims: Sequence[Claim], by: Actor) -> Iterator[Event]:
    day = remittance.payment_day
    yield build_event(
        "remittance_sent",
        by=by,
        on=day,
        about=remittance,
        sentence=f"{remittance} over {remittance.paid_amount} for {len(claims)} claims, to {remittance.supplier}.",
    )
    for claim in claims:
        is_paid = claim.status == ClaimStatus.PAYABLE
        said = f"Paid {claim.paid_amount}" if is_paid else "Denial told"
        yield build_event(
            "claim_paid" if is_paid else "denial_told",
            by=by,
            on=day,
            about=claim,
            sentence=f"{said} on {remittance}.",
            data={"remittance": remittance.pk},
        )
