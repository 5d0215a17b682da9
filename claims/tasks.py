"""Celery tasks. The queue is the claims' rows: a message is only a nudge, may come twice, late or never."""

from __future__ import annotations

from celery import shared_task

from claims.actions import look_at_arrivals
from claims.adjudication.queue import adjudicate_all_overlapping
from claims.daily import work_day
from claims.intake.receive import finish_broken_off
from policy import clock


@shared_task
def work_queue() -> int:
    """Decide what is queued or what new history frees; also the sweep that finds what a lost message left behind."""
    look_at_arrivals()
    return adjudicate_all_overlapping()


@shared_task
def receive_broken_off() -> int:
    """Take up the files whose receipt was broken off."""
    return finish_broken_off()


@shared_task
def work_today() -> None:
    """Do what is due on the business date: looks, decisions, payments."""
    work_day(clock.today())
