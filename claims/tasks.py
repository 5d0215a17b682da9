"""Celery tasks. The queue is the claims' rows: a message is only a nudge, may come twice, late or never."""

from __future__ import annotations

from celery import shared_task

from claims.actions import look_at_arrivals
from claims.adjudication.queue import adjudicate_all_overlapping
from claims.attachments.matching import match_waiting
from claims.daily import work_day
from claims.impact.following import ask_for_proposed, ask_waiting_claims
from claims.impact.working import work_impacts_awhile
from claims.inbox.mail import mail_notices
from claims.inbox.news import find_news
from claims.intake.receive import finish_broken_off
from claims.inventory.counting import count_inventory
from claims.mass.working import work_all
from claims.sweep import sweep
from claims.verification.sealing import seal_records
from claims.webhooks.delivering import deliver_due, pass_on
from policy import clock


@shared_task
def work_queue() -> int:
    """Decide what is queued and what new history frees, whatever became of the messages about it."""
    look_at_arrivals()
    return adjudicate_all_overlapping()


@shared_task
def receive_broken_off() -> int:
    """Take up the files whose receipt was broken off."""
    return finish_broken_off()


@shared_task
def match_attachments() -> int:
    """Give papers to claims that were received at the same moment, so that neither saw the other; how many."""
    return match_waiting()


@shared_task
def work_today() -> None:
    """Do what is due on the business date: looks, decisions, payments."""
    work_day(clock.today())
    count_inventory()


@shared_task
def work_mass_adjustments() -> int:
    """Go on with the mass adjustments that are previewed or run; how many."""
    return work_all()


@shared_task
def work_impacts() -> int:
    """Go on with the impacts of change sets that are worked out, for a while; the number of steps."""
    ask_for_proposed()
    ask_waiting_claims()
    return work_impacts_awhile()


@shared_task
def sweep_up() -> None:
    """Find what is stuck by its state and age, take it up again, and say so."""
    sweep()


@shared_task
def run_again(kind: str) -> None:
    """The same for one kind, because a person asked for it; then count what is left."""
    sweep((kind,))
    count_inventory()


@shared_task
def count() -> None:
    """Count the inventory that the home page shows."""
    count_inventory()


@shared_task
def seal() -> int:
    """Seal what was added to the append-only tables; the number of rows."""
    return seal_records().rows


@shared_task
def tell_news() -> int:
    """Find what suppliers are to be told, and mail those who want it; the number of notices."""
    found = find_news()
    mail_notices()
    return found


@shared_task
def deliver_webhooks() -> int:
    """Send notices to the webhooks of suppliers; the number of requests."""
    pass_on()
    return deliver_due()
