"""The sweep: messages come twice, late or never, so what is stuck is found by its state and age, and taken up again.

Each check counts what is stuck; where the remedy is the system's own it is applied, and what is left is counted again.
What was found and done is said in an event; nothing is said where nothing was found. The ages from which something
counts as stuck are `settings.SWEEP`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accounts.actions import Actor, record_event
from accounts.models import Event, IdempotencyKey
from beneficiaries.models import HistoryArrival
from claims.actions import look_at_arrivals, look_at_claims_due
from claims.adjudication.queue import adjudicate_all, decide_now, requeue
from claims.intake.receive import finish_broken_off
from claims.models import Adjustment, Claim, ClaimStatus, Decision, ReceivedFile
from claims.payment.actions import run_payment_day
from claims.payment.due import claims_due
from policy import clock
from suppliers.models import RecordArrival

THE_SWEEP = "the sweep"
VERB = "swept"


def age(name: str) -> int:
    """Minutes or days, as the name says, from which something counts as stuck."""
    return int(settings.SWEEP[name])


def minutes_ago(name: str) -> dt.datetime:
    """The moment on the business clock, which gives the times of files and decisions."""
    return clock.now() - dt.timedelta(minutes=age(name))


def days_ago(name: str) -> dt.date:
    return clock.today() - dt.timedelta(days=age(name))


# ---------- what may be stuck ----------


def claims_in_the_queue() -> QuerySet[Claim]:
    """Passed over by a decision that is old enough, or received long enough ago and never decided."""
    then = minutes_ago("queued_minutes")
    passed = Decision.objects.filter(decided_at__lte=then).order_by("-pk").values_list("asked_by", flat=True).first()
    never = Q(current_decision=None) & (Q(file__received_at__lte=then) | Q(received_on__lt=clock.today()))
    return Claim.objects.filter(Q(queue_number__lt=passed or 0) | never, status=ClaimStatus.QUEUED)


def files_being_received() -> QuerySet[ReceivedFile]:
    then = minutes_ago("receiving_minutes")
    return ReceivedFile.objects.filter(state=ReceivedFile.State.RECEIVING, received_at__lte=then)


def looks_overdue() -> QuerySet[Claim]:
    waiting = (ClaimStatus.ON_HOLD, ClaimStatus.SUSPENDED)
    return Claim.objects.filter(status__in=waiting, next_look__lte=days_ago("look_days"))


def payments_overdue() -> QuerySet[Claim]:
    """Claims that pay, or are denied, whose payment day passed and that no remittance tells."""
    return claims_due(days_ago("payment_days"))


def history_not_looked_at() -> QuerySet[HistoryArrival]:
    then = timezone.now() - dt.timedelta(minutes=age("outbox_minutes"))
    return HistoryArrival.objects.filter(at__lte=then)


def records_not_looked_at() -> QuerySet[RecordArrival]:
    then = timezone.now() - dt.timedelta(minutes=age("outbox_minutes"))
    return RecordArrival.objects.filter(at__lte=then)


def adjustments_not_decided() -> QuerySet[Adjustment]:
    """Approved, but the claim is in no queue and the decision is the one that stood before."""
    return Adjustment.objects.filter(
        ~Q(claim__status__in=(ClaimStatus.QUEUED, ClaimStatus.ADJUSTED, ClaimStatus.VOIDED)),
        state=Adjustment.State.APPROVED,
        replacement=None,
        from_decision=F("claim__current_decision"),
        settled_on__lte=days_ago("approved_days"),
    )


def proposals_open() -> QuerySet[Adjustment]:
    return Adjustment.objects.filter(state=Adjustment.State.PROPOSED, asked_on__lte=days_ago("proposal_days"))


def requests_not_answered() -> QuerySet[IdempotencyKey]:
    then = timezone.now() - dt.timedelta(minutes=age("request_minutes"))
    return IdempotencyKey.objects.filter(response_status=None, created_at__lte=then)


# ---------- what the system does about it ----------


def work_the_queue() -> None:
    adjudicate_all()
    tests = Claim.objects.filter(status=ClaimStatus.QUEUED, is_test=True)
    decide_now(list(tests.values_list("pk", flat=True)))


def ask_for_adjustments() -> None:
    for adjustment in adjustments_not_decided().select_related("mass"):
        reason = adjustment.mass.decision_reason if adjustment.mass else adjustment.kind_words
        requeue([adjustment.claim_id], reason, is_adjustment=True)


@dataclass(frozen=True, slots=True)
class Check:
    """One kind of thing that may be stuck: its rows, the system's own remedy, and what a person does about the rest."""

    kind: str
    title: str
    rows: Callable[[], QuerySet[Any]]
    remedy: Callable[[], object] | None
    did: str
    advice: str


CHECKS = (
    Check(
        "files",
        "Files whose receipt broke off",
        files_being_received,
        finish_broken_off,
        "taken up",
        "See what the page of the file says.",
    ),
    Check(
        "history",
        "Patients whose new history nobody looked at",
        history_not_looked_at,
        look_at_arrivals,
        "looked at",
        "See whether the worker and the scheduler run.",
    ),
    Check(
        "records",
        "Changed records of suppliers that nobody looked at",
        records_not_looked_at,
        look_at_arrivals,
        "looked at",
        "See whether the worker and the scheduler run.",
    ),
    Check(
        "looks",
        "Waiting claims whose look is overdue",
        looks_overdue,
        lambda: look_at_claims_due(clock.today()),
        "put into the queue",
        "See whether the worker and the scheduler run.",
    ),
    Check(
        "adjustments",
        "Approved adjustments that nobody decided",
        adjustments_not_decided,
        ask_for_adjustments,
        "put into the queue",
        "See the claim: another may be about to replace it.",
    ),
    Check(
        "queue",
        "Claims that stayed in the queue",
        claims_in_the_queue,
        work_the_queue,
        "decided",
        "See whether another worker has them, and the log of the worker.",
    ),
    Check(
        "payments",
        "Claims whose payment day passed",
        payments_overdue,
        lambda: run_payment_day(clock.today()),
        "paid or told",
        "Nothing goes out on a day that is no banking day; see the events of the payment run.",
    ),
    Check(
        "requests",
        "Requests with a key that were never answered",
        requests_not_answered,
        lambda: requests_not_answered().delete(),
        "given up, so that their keys are free",
        "",
    ),
    Check(
        "proposals",
        "Proposed adjustments that wait for approval for long",
        proposals_open,
        None,
        "",
        "A person must approve or refuse them.",
    ),
)

KINDS = tuple(check.kind for check in CHECKS)


@dataclass(frozen=True, slots=True)
class Swept:
    """What one check found, and how much of it is left after the remedy."""

    check: Check
    found: int
    left: int

    @property
    def sentence(self) -> str:
        done = self.found - self.left
        parts = [f"{self.check.title}: {self.found} found"]
        if done:
            parts.append(f"{done} {self.check.did}")
        if self.left:
            return f"{', '.join([*parts, f'{self.left} left'])}. {self.check.advice}".rstrip()
        return f"{', '.join(parts)}."


def sweep(kinds: Collection[str] = KINDS, *, by: Actor = THE_SWEEP) -> list[Swept]:
    """Find and take up what is stuck, at any time; what was found, by kind, and nothing when there was nothing.

    A remedy that fails keeps no other from being tried; all failures are raised together at the end.
    """
    swept, failures = [], []
    for check in (check for check in CHECKS if check.kind in kinds):
        if found := check.rows().count():
            try:
                if check.remedy:
                    check.remedy()
            except Exception as failure:  # noqa: BLE001 - raised below
                failures.append(failure)
            swept.append(Swept(check, found, check.rows().count()))
            tell(swept[-1], by)
    if failures:
        raise ExceptionGroup("Remedies of the sweep failed", failures)
    return swept


def tell(swept: Swept, by: Actor) -> None:
    """An event for what was found; the same of what is only left over is said once a business day."""
    today, sentence = clock.today(), swept.sentence
    if swept.found == swept.left and Event.objects.filter(verb=VERB, on=today, sentence=sentence).exists():
        return
    data = {"kind": swept.check.kind, "found": swept.found, "left": swept.left}
    record_event(VERB, by=by, on=today, sentence=sentence, data=data)
