"""What is done about overpayments: demand them, book refunds, record the two appeals and their outcomes.

The payment run takes what may be recouped from the supplier's payments by itself (`claims.payment.settlement`). Each
act locks the supplier as the run does, so that no dollar is paid back twice. Refusals are `Refused`, with a sentence.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

from django.db import transaction

from accounts.actions import Actor, record_event
from accounts.models import Role, User
from claims.authority import check_limit, check_role
from claims.edits.wording import dollars, in_words
from claims.models import Demand, Overpayment, OverpaymentAppeal, Reconsideration, Redetermination, Refund
from claims.payment.booking import Transfer, write_transfers
from claims.payment.gathering import debt_of
from claims.payment.ledger import Account
from claims.payment.overpayment_interest import bring_up_to_date, interest_due_on
from policy import clock
from policy.refusals import Refused
from suppliers.models import Supplier

#: Who acts when the demands are sent by a job.
THE_DEMANDS = "the sending of demands"

Appeal = TypeVar("Appeal", bound=OverpaymentAppeal)

#: What a room above says of the redetermination of an overpayment that it decides itself; "" when it does not.
Elsewhere = Callable[[Overpayment], str]
_DECIDED_ELSEWHERE: list[Elsewhere] = []


def register_elsewhere(says: Elsewhere) -> None:
    """Have a room above asked before a person decides the redetermination of an overpayment on its own page."""
    if says not in _DECIDED_ELSEWHERE:
        _DECIDED_ELSEWHERE.append(says)


@transaction.atomic
def send_demand(overpayment: Overpayment, *, by: Actor) -> Demand:
    """Send the demand: from its day run the days to appeal and those before recoupment. Once for an overpayment."""
    overpayment = lock(overpayment, by)
    if Demand.objects.filter(overpayment=overpayment).exists():
        raise Refused("The demand was already sent. Its day does not change.", "already_demanded")
    if not (owed := debt_of(overpayment).amount):
        raise Refused("Nothing is owed any more, so there is nothing to demand.", "nothing_owed")
    demand = Demand.objects.create(overpayment=overpayment, sent_on=clock.today())
    tell("demand_sent", overpayment, by, f"The demand for {owed} was sent; recoupment from {demand.recoups_from}.")
    return demand


def send_demands(*, by: Actor = THE_DEMANDS) -> int:
    """Send the demand of every overpayment that is owed and was not demanded, each by itself; how many."""
    found = Overpayment.objects.filter(demand__isnull=True)
    if not found.exists():
        return 0
    waiting = found.owing().order_by("pk")
    return sum(send_demand_if_waiting(overpayment, by) for overpayment in waiting)


def send_demand_if_waiting(overpayment: Overpayment, by: Actor) -> bool:
    """Send one; not when somebody else was faster."""
    try:
        send_demand(overpayment, by=by)
    except Refused:
        return False
    return True


@transaction.atomic
def record_refund(
    overpayment: Overpayment, *, amount: Decimal, received_on: dt.date, reference: str, by: Actor
) -> Refund:
    """Book dollars that the supplier sent back, voluntarily or after the demand: for interest first, then for the debt.

    The interest is that of the day on which it came in; what was charged for later days is lessened. Refuses more than
    is owed, a day to come, and a reference that was booked on the overpayment before.
    """
    overpayment = lock(overpayment, by)
    now = clock.now()
    bring_up_to_date([overpayment.pk], now.date())
    owed, interest = debt_of(overpayment).amount, interest_due_on(overpayment, received_on)
    check_refund(overpayment, amount, owed + interest, received_on, reference)
    refund = Refund.objects.create(
        overpayment=overpayment, amount=amount, received_on=received_on, reference=reference, recorded_on=now.date()
    )
    write_transfers(back_from_the_bank(overpayment, refund, min(amount, interest)), now)
    tell("refund_recorded", overpayment, by, f"A refund of {amount} was recorded (reference {reference}).")
    bring_up_to_date([overpayment.pk], now.date())
    return refund


def check_refund(
    overpayment: Overpayment, amount: Decimal, owed: Decimal, received_on: dt.date, reference: str
) -> None:
    if amount <= 0 or amount != round(amount, 2):
        raise Refused("The amount of a refund is more than zero, in dollars and cents.", "bad_amount", "amount")
    if amount > owed:
        raise Refused(
            f"The refund of {dollars(amount)} is more than is owed, which is {dollars(owed)}. Record what is owed "
            "and send the rest back to the supplier.",
            "more_than_owed",
            "amount",
        )
    if received_on > clock.today():
        raise Refused("A refund cannot be received on a day that has not come.", "day_to_come", "received_on")
    if overpayment.refunds.filter(reference=reference).exists():
        raise Refused(
            f"A refund with the reference {reference} was recorded on this overpayment before.",
            "recorded_before",
            "reference",
        )


def back_from_the_bank(overpayment: Overpayment, refund: Refund, interest: Decimal) -> list[Transfer]:
    """The transfers of a refund, of which so much is for interest."""
    parts = ((Account.INTEREST_DUE, interest), (Account.OVERPAYMENT, refund.amount - interest))
    return [
        Transfer(
            overpayment.supplier_id,
            overpayment.claim_id,
            overpayment.decision_id,
            Account.BANK,
            account,
            amount,
            settles_id=overpayment.decision_id,
            refund_id=refund.pk,
        )
        for account, amount in parts
        if amount
    ]


@transaction.atomic
def record_redetermination(
    overpayment: Overpayment, *, received_on: dt.date, by: Actor, for_good_cause: bool = False
) -> Redetermination:
    """Record that a redetermination was asked for: nothing is recouped from then on (42 CFR 405.379).

    Refuses one before the demand or after its last day, unless a good cause was found for it, and a second one.
    """
    overpayment = lock(overpayment, by)
    demand = Demand.objects.filter(overpayment=overpayment).first()
    if demand is None:
        raise Refused("The demand was not sent yet; only what was demanded can be appealed.", "not_demanded")
    if Redetermination.objects.filter(overpayment=overpayment).exists():
        raise Refused("A redetermination was recorded before. There is one for each overpayment.", "recorded_before")
    last_day = dt.date.max if for_good_cause else demand.appeal_by
    check_received(received_on, "demand", demand.sent_on, "redetermination", last_day)
    found = Redetermination.objects.create(overpayment=overpayment, received_on=received_on)
    tell(
        "redetermination_recorded",
        overpayment,
        by,
        f"A redetermination was asked for on {received_on}; recoupment stands.",
    )
    return found


def check_received(received_on: dt.date, after: str, sent_on: dt.date, appeal: str, last_day: dt.date) -> None:
    """A request between the notice that it is `after` and its last day, not on a day to come."""
    if received_on > clock.today():
        raise Refused("A request cannot be received on a day that has not come.", "day_to_come", "received_on")
    if received_on < sent_on:
        raise Refused(
            f"The {after} was sent on {in_words(sent_on)}; a request against it comes later.",
            f"before_the_{after}",
            "received_on",
        )
    if received_on > last_day:
        raise Refused(
            f"The last day to ask for a {appeal} was {in_words(last_day)}. A later request is dismissed "
            "and does not stop recoupment.",
            "too_late",
            "received_on",
        )


def decide_redetermination(overpayment: Overpayment, *, outcome: str, by: Actor) -> Redetermination:
    """Record the outcome: what is upheld is recouped after 60 days, what is reversed ends by adjusting the claim.

    Refuses a person where a room above decides it.
    """
    if isinstance(by, User) and (words := next(filter(None, (says(overpayment) for says in _DECIDED_ELSEWHERE)), "")):
        raise Refused(words, "decided_elsewhere")
    return decide_appeal(Redetermination, overpayment, outcome, by)


@transaction.atomic
def record_reconsideration(overpayment: Overpayment, *, received_on: dt.date, by: Actor) -> Reconsideration:
    """Record that a reconsideration was asked for: nothing is recouped until it is decided (42 USC 1395ddd(f)(2)(A)).

    `received_on` is the day on which the qualified independent contractor received it. Refuses one before the
    redetermination was decided or after the last day, and a second one.
    """
    overpayment = lock(overpayment, by)
    first = Redetermination.objects.filter(overpayment=overpayment).first()
    if first is None or first.decided_on is None or first.reconsideration_by is None:
        raise Refused(
            "A reconsideration follows a redetermination that was decided. Record that one first.", "not_redetermined"
        )
    if Reconsideration.objects.filter(overpayment=overpayment).exists():
        raise Refused("A reconsideration was recorded before. There is one for each overpayment.", "recorded_before")
    check_received(received_on, "redetermination", first.decided_on, "reconsideration", first.reconsideration_by)
    found = Reconsideration.objects.create(overpayment=overpayment, received_on=received_on)
    tell(
        "reconsideration_recorded",
        overpayment,
        by,
        f"A reconsideration was asked for on {received_on}; recoupment stands.",
    )
    return found


def decide_reconsideration(overpayment: Overpayment, *, outcome: str, by: Actor) -> Reconsideration:
    """Record the outcome: what is upheld is recouped from now on, what is reversed ends by adjusting the claim."""
    return decide_appeal(Reconsideration, overpayment, outcome, by)


@transaction.atomic
def decide_appeal(kind: type[Appeal], overpayment: Overpayment, outcome: str, by: Actor) -> Appeal:
    """Record the outcome of the open appeal of a kind."""
    overpayment, name = lock(overpayment, by), str(kind._meta.verbose_name)
    found = kind._default_manager.filter(overpayment=overpayment, outcome="").first()
    if found is None:
        raise Refused(f"No {name} of this overpayment is open.", "none_open")
    settle_appeal(found, outcome)
    tell(f"{name}_decided", overpayment, by, f"{name.capitalize()}: {found.get_outcome_display()}.")
    return found


def settle_appeal(appeal: OverpaymentAppeal, outcome: str) -> None:
    if outcome not in OverpaymentAppeal.Outcome.values:
        raise Refused("Choose whether the overpayment is upheld or reversed.", "bad_outcome", "outcome")
    appeal.outcome, appeal.decided_on = outcome, clock.today()
    appeal.save(update_fields=["outcome", "decided_on"])


def lock(overpayment: Overpayment, by: Actor) -> Overpayment:
    """The overpayment as it is now, its supplier locked as the payment run does; refuses who may not act on it."""
    Supplier.objects.select_for_update(no_key=True).get(pk=overpayment.supplier_id)
    found = Overpayment.objects.with_owed().select_related("claim", "supplier").get(pk=overpayment.pk)
    if isinstance(by, User):
        check_person(found, by)
    return found


def check_person(overpayment: Overpayment, by: User) -> None:
    check_role((Role.EXAMINER,), by, "Working an overpayment")
    check_limit(overpayment.amount, by)


def tell(verb: str, overpayment: Overpayment, by: Actor, sentence: str) -> None:
    """The event on the overpayment; the claim's own record names it too."""
    for about in (overpayment, overpayment.claim):
        record_event(
            verb,
            by=by,
            on=clock.today(),
            about=about,
            sentence=sentence,
            data={"overpayment": overpayment.pk},
        )
