"""Decisions for tests as the recorder leaves them, without an engine: the money and the reasons are given."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from zoneinfo import ZoneInfo

from claims.adjudication import decision as engine
from claims.adjudication.canonical import dump_decision
from claims.adjudication.queue import requeue
from claims.models import Claim, ClaimLine, Decision, LineDecision
from claims.models.status import STATUS_OF_DECISION
from claims.payment.actions import Accrual, RunSummary, accrue, run_payment_day, take_back
from claims.payment.floor import ONE_DAY
from policy import clock
from policy.calendar import business_day_on_or_after
from tests.claims.payment.advices import ZERO, price

RECEIVED = dt.date(2026, 1, 16)
DECIDED = dt.date(2026, 1, 20)
PAYMENT_DAY = dt.date(2026, 1, 30)

#: The accounts of interest on overpayments when there is none.
NO_INTEREST = {"interest_due": 0, "income": 0}


@dataclass(frozen=True)
class Pays:
    """A line that pays the lesser of its charge and this fee."""

    fee: str = "195.00"
    deductible_left: str = "0.00"
    is_estimated: bool = False


@dataclass(frozen=True)
class Denies:
    """A line that an edit denies."""

    edit: str = "HIT-105"
    group: str = "CO"
    carc: str = "58"
    rarcs: tuple[str, ...] = ("N428",)


@dataclass(frozen=True)
class Waits:
    """A line that waits for a person."""


Outcome = Pays | Denies | Waits


def noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), ZoneInfo("America/New_York"))


def decide(
    claim: Claim, *outcomes: Outcome, on: dt.date = DECIDED, payment_day: dt.date | None = PAYMENT_DAY
) -> Decision:
    """Record a decision on a queued claim, one outcome a line (one `Pays()` when none is given), and book it."""
    billed = list(claim.lines.order_by("number"))
    lines = [_line(line, outcome) for line, outcome in zip(billed, outcomes or (Pays(),) * len(billed), strict=True)]
    status = engine_status(line.outcome for line in lines)
    lines = [line if status == "pay" else replace(line, price=None) for line in lines]
    previous = claim.current_decision_id or _standing_on(claim.replaces)
    decision = _store(claim, billed, lines, status, on)
    claim.status = STATUS_OF_DECISION[status]
    claim.current_decision = decision
    claim.allowed_amount, claim.paid_amount = decision.allowed_amount, decision.paid_amount
    claim.payment_day = payment_day if status in ("pay", "deny") else None
    claim.queue_number = None
    claim.save()
    if claim.supplier_id and not claim.is_test:
        is_final = status in ("pay", "deny")
        if is_final and claim.replaces_id:
            Claim.objects.filter(pk=claim.replaces_id).update(status="adjusted", payment_day=None)
        booked = Accrual(
            claim.supplier_id, claim.pk, decision.pk, decision.paid_amount, previous, is_final, claim.replaces_id
        )
        accrue([booked], noon(on))
    return decision


def _standing_on(claim: Claim | None) -> int | None:
    return claim.current_decision_id if claim else None


def decide_anew(claim: Claim, *outcomes: Outcome, on: dt.date, payment_day: dt.date | None = None) -> Decision:
    """Ask for another decision on a claim, paid or not, and make it; it goes out on the next banking day by default."""
    requeue([claim.pk], "Clerical reopening", is_adjustment=True)
    claim.refresh_from_db()
    return decide(claim, *outcomes, on=on, payment_day=payment_day or business_day_on_or_after(on + ONE_DAY))


def void(claim: Claim, *, on: dt.date) -> None:
    """Void a claim as an approved void leaves it."""
    Claim.objects.filter(pk=claim.pk).update(status="voided", next_look=None, payment_day=None)
    take_back([claim.pk], noon(on))


def pay_on(day: dt.date) -> RunSummary:
    """The payment run of a day that has come."""
    clock.set_today(day)
    return run_payment_day(day)


def engine_status(outcomes: object) -> engine.Outcome:
    found = set(outcomes)  # type: ignore[call-overload]
    return next(status for status in ("suspend", "hold", "pay", "deny") if status in found)


def _line(line: ClaimLine, outcome: Outcome) -> engine.LineDecision:
    base = engine.LineDecision(line.number, "suspend", (), (), "", "", (), "", None, ())
    match outcome:
        case Pays():
            money = price(line.charge, Decimal(outcome.fee), Decimal(outcome.deductible_left))
            return replace(base, outcome="pay", price=replace(money, estimated=outcome.is_estimated))
        case Denies():
            finding = engine.Finding(outcome.edit, "deny", "It fired.")
            return replace(
                base,
                outcome="deny",
                findings=(finding,),
                group=outcome.group,
                carc=outcome.carc,
                rarcs=outcome.rarcs,
                reason_edit=outcome.edit,
            )
        case Waits():
            return base


def _store(
    claim: Claim, billed: list[ClaimLine], lines: list[engine.LineDecision], status: engine.Outcome, on: dt.date
) -> Decision:
    whole = engine.Decision(str(claim), status, tuple(lines), (), None, (), 1, "test")
    number = claim.decisions.count() + 1
    decision = Decision.objects.create(
        claim=claim,
        number=number,
        asked_by=number,
        reason="A test",
        decided_on=on,
        decided_at=noon(on),
        status=status,
        allowed_amount=sum((line.price.allowed for line in lines if line.price), ZERO),
        paid_amount=sum((line.paid for line in lines), ZERO),
        publication=1,
        engine_version="test",
        facts="{}",
        trace=dump_decision(whole).decode(),
    )
    LineDecision.objects.bulk_create(_row(decision, line, decided) for line, decided in zip(billed, lines, strict=True))
    return decision


def _row(decision: Decision, line: ClaimLine, decided: engine.LineDecision) -> LineDecision:
    money = decided.price
    return LineDecision(
        decision=decision,
        line=line,
        number=line.number,
        outcome=decided.outcome,
        edits=list(decided.edits),
        group=decided.group,
        carc=decided.carc,
        rarcs=list(decided.rarcs),
        allowed=money.allowed if money else ZERO,
        deductible=money.deductible if money else ZERO,
        coinsurance=money.coinsurance if money else ZERO,
        sequestration=money.sequestration if money else ZERO,
        paid=decided.paid,
    )
