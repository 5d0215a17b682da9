"""Working mass adjustments in the background, a portion a transaction, so that they may break off and go on anywhere.

What is to be done is in the rows. A worker that ends in the middle of a portion leaves nothing of it, and whoever comes
next goes on. Two workers on the same one are one after another.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Exists, OuterRef, Q

from accounts.actions import record_event
from claims.adjudication.queue import adjudicate_all
from claims.mass import previewing, running
from claims.mass.checks import check_same_rules
from claims.mass.listing import Item
from claims.mass.previewing import THE_WORKER
from claims.mass.reversing import take_back_portion
from claims.models import MassAdjustment, MassState
from claims.models.mass import LONGEST_SENTENCE
from policy import clock
from policy.refusals import Refused

#: What a person does about one that stopped, by whether it was approved.
REMEDIES = {
    True: "Resume it: what has changed is previewed again, and the rest goes on.",
    False: "Preview it again.",
}


class Did(Enum):
    """What a step did: something, nothing because the queue has yet to decide, nothing because nothing is left."""

    WORKED = "worked"
    WAITS = "waits"
    RESTS = "rests"


def work_all() -> int:
    """Work every mass adjustment that has something to do, as far as it goes; how many."""
    asked = Item.objects.filter(mass=OuterRef("pk"), state=Item.State.ASKED)
    found = MassAdjustment.objects.filter(Q(state__in=MassAdjustment.AT_WORK) | Exists(asked)).order_by("pk")
    numbers = list(found.values_list("pk", flat=True))
    for number in numbers:
        work(number)
    return len(numbers)


def work(number: int) -> None:
    """Work one until it is done, paused, or waits for claims that another worker decides."""
    while (did := step(number)) != Did.RESTS:
        if did == Did.WAITS and not adjudicate_all():
            return


def step(number: int) -> Did:
    """The next portion. What cannot go on is stopped, with the sentence why; a fault of the program is raised, too."""
    try:
        return _step(number)
    except Refused as refusal:
        stop(number, str(refusal), has_remedy=True)
        return Did.RESTS
    except (OperationalError, InterfaceError):
        raise  # the database went away: whoever comes next goes on
    except Exception as fault:
        stop(number, f"A fault of the program: {type(fault).__name__}: {fault}")
        raise


@transaction.atomic
def _step(number: int) -> Did:
    rows = MassAdjustment.objects.select_for_update(of=("self",), skip_locked=True)
    mass = rows.select_related("made_by", "approved_by").filter(pk=number).first()
    if mass is None:
        return Did.RESTS
    if running.settle_decided(mass):
        return Did.WORKED
    do = STEPS.get(MassState(mass.state))
    return do(mass) if do else Did.RESTS


def _preview(mass: MassAdjustment) -> Did:
    if mass.publication is None:
        previewing.begin(mass)
    elif not previewing.preview_portion(mass):
        previewing.finish(mass)
        return Did.WORKED if mass.state == MassState.RUNNING else Did.RESTS
    return Did.WORKED


def _start(mass: MassAdjustment) -> Did:
    mass.state = MassState.RUNNING
    mass.save(update_fields=["state"])
    return Did.WORKED


def _run(mass: MassAdjustment) -> Did:
    if Item.objects.filter(mass=mass, state=Item.State.ASKED).exists():
        return Did.WAITS
    items = running.next_to_run(mass)
    if not items:
        running.finish(mass)
        return Did.RESTS
    check_same_rules(mass)
    (take_back_portion if mass.reverses_id else running.ask_portion)(mass, items)
    return Did.WORKED


STEPS: dict[MassState, Callable[[MassAdjustment], Did]] = {
    MassState.PREVIEWING: _preview,
    MassState.APPROVED: _start,
    MassState.RUNNING: _run,
}


@transaction.atomic
def stop(number: int, sentence: str, *, has_remedy: bool = False) -> None:
    """It cannot go on: say why, on its page and in an event; one that was stopped by a person stays so."""
    mass = MassAdjustment.objects.select_for_update(of=("self",)).get(pk=number)
    if not mass.is_at_work:
        return
    remedy = f" {REMEDIES[mass.approved_by_id is not None]}" if has_remedy else ""
    mass.state, mass.note = MassState.FAILED, f"{sentence}{remedy}"[:LONGEST_SENTENCE]
    mass.save(update_fields=["state", "note"])
    record_event("mass_failed", by=THE_WORKER, on=clock.today(), about=mass, sentence=f"{mass} stopped. {mass.note}")
