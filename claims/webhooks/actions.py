"""What people do with webhooks: make one, stop it, try it, send again by hand."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from accounts.actions import calendar_day, record_event
from accounts.models import User
from claims.models import NoticeKind, SupplierNotice, WebhookDelivery, WebhookEndpoint
from claims.webhooks.addresses import addresses_of, place_of
from claims.webhooks.signing import new_secret, sealed
from policy import clock
from policy.refusals import Refused
from suppliers.models import Supplier
from suppliers.rights import Right, require

#: Webhooks of one supplier that may work at a time; how long an address may be.
MOST_WORKING, LONGEST_URL = 5, 500

#: What a webhook may be told.
KINDS = tuple(kind for kind in NoticeKind if kind != NoticeKind.TEST)


@transaction.atomic
def make_webhook(supplier: Supplier, url: str, kinds: Collection[str], *, by: User) -> tuple[WebhookEndpoint, str]:
    """Make a webhook; returns it and its secret, which cannot be shown again. Raises `Refused`."""
    require(by, Right.KEYS, supplier.pk)
    _refuse_what_is_no_webhook(url, kinds)
    supplier = Supplier.objects.select_for_update(no_key=True).get(pk=supplier.pk)
    working = WebhookEndpoint.objects.filter(supplier=supplier, stopped_at=None)
    if working.filter(url=url).exists():
        raise Refused("A webhook with this address works already. Stop it first.", "taken", "url")
    if working.count() >= MOST_WORKING:
        raise Refused(f"{MOST_WORKING} webhooks work already. Stop one that nothing needs.", "too_many_webhooks")
    secret = new_secret()
    chosen = [kind.value for kind in KINDS if kind in kinds]
    webhook = WebhookEndpoint.objects.create(
        supplier=supplier, url=url, kinds=chosen, secret=sealed(secret), made_by=by
    )
    _record("webhook_made", webhook, by, f"{by} made a webhook of {supplier} to {url}: {', '.join(chosen)}.")
    return webhook, secret


def _refuse_what_is_no_webhook(url: str, kinds: Collection[str]) -> None:
    if not kinds or not set(kinds) <= set(KINDS):
        raise Refused("Choose what the webhook is told, at least one of the list.", "no_kinds", "kinds")
    if len(url) > LONGEST_URL:
        raise Refused(f"An address has at most {LONGEST_URL} characters.", "too_long", "url")
    addresses_of(place_of(url))


@transaction.atomic
def stop_webhook(webhook: WebhookEndpoint, *, by: User) -> None:
    """Nothing goes there any more; what waits is given up."""
    require(by, Right.KEYS, webhook.supplier_id)
    if not WebhookEndpoint.objects.filter(pk=webhook.pk, stopped_at=None).update(
        stopped_at=timezone.now(), stopped_by=by
    ):
        raise Refused("This webhook was stopped already.", "stopped")
    waiting = webhook.deliveries.filter(state=WebhookDelivery.State.WAITING)
    waiting.update(state=WebhookDelivery.State.DEAD)
    _record("webhook_stopped", webhook, by, f"{by} stopped the webhook to {webhook.url} of {webhook.supplier}.")


@transaction.atomic
def send_test(webhook: WebhookEndpoint, *, by: User) -> WebhookDelivery:
    """Send a test event, so that one sees what arrives and how it is answered."""
    _refuse_stopped(webhook, by)
    now = timezone.now()
    notice = SupplierNotice.objects.create(
        supplier=webhook.supplier,
        kind=NoticeKind.TEST,
        on=clock.today(),
        source=f"test/{webhook.pk}/{now.timestamp()}",
        is_passed_on=True,
    )
    delivery = WebhookDelivery.objects.create(endpoint=webhook, notice=notice, next_try=now)
    _record("webhook_tested", webhook, by, f"{by} sent a test event to {webhook.url}.")
    return delivery


@transaction.atomic
def send_again(delivery: WebhookDelivery, *, by: User) -> None:
    """Send an event once more, with the same id, and try for a day again."""
    webhook = delivery.endpoint
    _refuse_stopped(webhook, by)
    delivery = WebhookDelivery.objects.select_for_update().get(pk=delivery.pk)
    if delivery.state == WebhookDelivery.State.WAITING:
        raise Refused("This event is being sent already.", "waiting")
    delivery.state, delivery.tries, delivery.next_try = WebhookDelivery.State.WAITING, 0, timezone.now()
    delivery.save(update_fields=["state", "tries", "next_try"])
    _record("webhook_sent_again", webhook, by, f"{by} sent event {delivery.pk} to {webhook.url} again.")


def _refuse_stopped(webhook: WebhookEndpoint, by: User) -> None:
    require(by, Right.KEYS, webhook.supplier_id)
    if webhook.stopped_at:
        raise Refused("This webhook was stopped. Make another.", "stopped")


def _record(verb: str, webhook: WebhookEndpoint, by: User, sentence: str) -> None:
    data = {"webhook": webhook.pk}
    record_event(verb, by=by, on=calendar_day(), about=webhook.supplier, sentence=sentence, data=data)
