"""Delivering: write what new notices owe to webhooks, send what is due, note the answer, try again or give up."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Mapping
from typing import Any

import orjson
from django.db import connection, transaction
from django.utils import timezone

from claims.models import WebhookAttempt, WebhookDelivery
from claims.webhooks.addresses import NotReached, post
from claims.webhooks.signing import opened, signature

#: How long after each try that failed the next one is made: a day in all, then the event is given up.
WAITS = tuple(dt.timedelta(seconds=seconds) for seconds in (10, 60, 300, 1_800, 7_200, 14_400, 21_600, 41_030))

#: How long a try may take before another process takes the event up again.
LEASE = dt.timedelta(minutes=2)

#: Events sent in one run, and seconds after which none is begun any more.
MOST_AT_ONCE, RUN_SECONDS = 200, 30.0

STATE = WebhookDelivery.State

DELIVERIES_OF_NEW_NOTICES = """
WITH new AS (
    UPDATE claims_suppliernotice SET is_passed_on = true WHERE NOT is_passed_on RETURNING id, supplier_id, kind
)
INSERT INTO claims_webhookdelivery (endpoint_id, notice_id, state, tries, next_try)
SELECT e.id, new.id, 'waiting', 0, %(now)s
  FROM new JOIN claims_webhookendpoint e
    ON e.supplier_id = new.supplier_id AND e.stopped_at IS NULL AND new.kind = ANY(e.kinds)
 ORDER BY new.id
ON CONFLICT DO NOTHING
"""


def pass_on() -> int:
    """Write the deliveries of new notices to the webhooks that are told of their kind; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(DELIVERIES_OF_NEW_NOTICES, {"now": timezone.now()})
        return cursor.rowcount


def deliver_due() -> int:
    """Send what is due, oldest first; how many requests. An endpoint that fails is left alone until the next run."""
    until, failed, sent = time.monotonic() + RUN_SECONDS, set[int](), 0
    while sent < MOST_AT_ONCE and time.monotonic() < until:
        delivery = _taken(failed)
        if delivery is None:
            break
        if not deliver(delivery):
            failed.add(delivery.endpoint_id)
        sent += 1
    return sent


@transaction.atomic
def _taken(failed: set[int]) -> WebhookDelivery | None:
    """The next event that is due, taken for a while, so that no other process sends it too."""
    due = WebhookDelivery.objects.filter(state=STATE.WAITING, next_try__lte=timezone.now()).order_by("next_try", "pk")
    due = due.exclude(endpoint__in=failed).select_for_update(skip_locked=True, of=("self",))
    delivery = due.select_related("endpoint", "notice__claim").first()
    if delivery:
        WebhookDelivery.objects.filter(pk=delivery.pk).update(next_try=timezone.now() + LEASE)
    return delivery


def deliver(delivery: WebhookDelivery) -> bool:
    """Send one event and note what came of it; whether it arrived. Nothing is locked while the other side answers."""
    body, began = body_of(delivery), time.monotonic()
    status, error = None, ""
    try:
        status = post(delivery.endpoint.url, body, headers_of(delivery, body, int(time.time())))
    except NotReached as failure:
        error = str(failure)[:300]
    milliseconds = int((time.monotonic() - began) * 1000)
    arrived = status is not None and 200 <= status < 300
    _note(delivery, WebhookAttempt(delivery=delivery, status=status, error=error, milliseconds=milliseconds), arrived)
    return arrived


@transaction.atomic
def _note(delivery: WebhookDelivery, attempt: WebhookAttempt, arrived: bool) -> None:
    """Keep the attempt; a webhook that was stopped meanwhile stays given up."""
    attempt.save()
    tries = delivery.tries + 1
    state = STATE.DELIVERED if arrived else STATE.WAITING if tries <= len(WAITS) else STATE.DEAD
    wait = WAITS[min(tries, len(WAITS)) - 1]
    waiting = WebhookDelivery.objects.filter(pk=delivery.pk, state=STATE.WAITING)
    waiting.update(tries=tries, state=state, next_try=timezone.now() + wait)


def body_of(delivery: WebhookDelivery) -> bytes:
    """What is sent: the kind, the moment and the number of the claim. What it is about is asked for with a key."""
    notice = delivery.notice
    data = {
        "claim": notice.claim.icn if notice.claim else None,
        "outcome": notice.outcome or None,
        "file": notice.file_id,
        "on": notice.on,
        "due": notice.due,
    }
    told = {name: value for name, value in data.items() if value is not None}
    return orjson.dumps({"type": notice.kind, "timestamp": notice.at, "data": told})


def headers_of(delivery: WebhookDelivery, body: bytes, moment: int) -> Mapping[str, Any]:
    """The headers of Standard Webhooks; `webhook-id` stays the same however often an event is sent."""
    message = f"msg_{delivery.pk}"
    return {
        "Content-Type": "application/json",
        "User-Agent": "home-infusion-claims",
        "webhook-id": message,
        "webhook-timestamp": str(moment),
        "webhook-signature": signature(opened(delivery.endpoint.secret), message, moment, body),
    }
