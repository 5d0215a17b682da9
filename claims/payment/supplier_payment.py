"""One supplier's payment on one day: lock, gather, write the 835, store it, move the money and the claims."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, Value, When

from accounts.actions import Actor, build_event, record_events
from accounts.models import Event
from claims.models import Claim, ClaimStatus, LedgerTransfer, Remittance, RemittedDecision
from claims.payment.balance import NotBalanced
from claims.payment.due import claims_due, late_days, remitted_claims
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
    interest = _interest(claims, late, run)
    advice = _advice(supplier, claims, interest, run.day)
    _check_against_the_ledger(claims)
    remittance = _store(supplier, advice, write_835(advice))
    RemittedDecision.objects.bulk_create(_told(remittance, claims, interest))
    LedgerTransfer.objects.bulk_create(_transfers(remittance, claims, interest))
    _move_claims(claims, run.day)
    record_events(_events(remittance, claims, run.by))
    paid = sum(claim.status == ClaimStatus.PAYABLE for claim in claims)
    return SupplierPaid(remittance, paid, len(claims) - paid, len(late) - len(interest))


def _interest(claims: Sequence[Claim], late: Mapping[int, int], run: Run) -> dict[int, Decimal]:
    """Interest by claim id for the late claims; none while no rate is loaded."""
    if run.interest_rate is None:
        return {}
    amounts = {claim.pk: claim.paid_amount or ZERO for claim in claims}
    return {pk: interest_on(amounts[pk], days, run.interest_rate, run.day) for pk, days in late.items()}


def _advice(
    supplier: Supplier, claims: Sequence[Claim], interest: Mapping[int, Decimal], day: dt.date
) -> RemittanceAdvice:
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
        claims=remitted_claims({decision_of(claim): claim for claim in claims}, interest),
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


def _check_against_the_ledger(claims: Sequence[Claim]) -> None:
    """A claim pays what its decision made payable, and that once: else `NotBalanced`."""
    accruals = still_payable().filter(decision__in=map(decision_of, claims))
    payable = dict(accruals.values_list("claim", "amount"))
    faults = [
        f"Claim {claim} pays {claim.paid_amount}, the ledger has {payable.get(claim.pk, ZERO)} payable."
        for claim in claims
        if payable.get(claim.pk, ZERO) != (claim.paid_amount or ZERO)
    ]
    if faults:
        raise NotBalanced(faults)


def decision_of(claim: Claim) -> int:
    """The decision that stands; a claim that is due has one."""
    assert claim.current_decision_id is not None
    return claim.current_decision_id


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


def _told(
    remittance: Remittance, claims: Sequence[Claim], interest: Mapping[int, Decimal]
) -> Iterator[RemittedDecision]:
    for claim in claims:
        yield RemittedDecision(
            remittance=remittance,
            decision_id=decision_of(claim),
            claim=claim,
            interest_amount=interest.get(claim.pk, ZERO),
        )


def _transfers(
    remittance: Remittance, claims: Sequence[Claim], interest: Mapping[int, Decimal]
) -> Iterator[LedgerTransfer]:
    for claim in claims:
        amounts = {Account.PAYABLE: claim.paid_amount or ZERO, Account.INTEREST: interest.get(claim.pk, ZERO)}
        for source, amount in amounts.items():
            if amount:
                yield LedgerTransfer(
                    supplier_id=remittance.supplier_id,
                    claim=claim,
                    decision_id=decision_of(claim),
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
