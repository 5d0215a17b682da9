"""Webhooks: signed, delivered once or tried for a day, never to a network inside."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import json
import socket
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Event, User
from claims.inbox.news import find_news
from claims.models import Claim, SupplierNotice, WebhookDelivery, WebhookEndpoint
from claims.webhooks import addresses
from claims.webhooks.actions import make_webhook, send_again, send_test, stop_webhook
from claims.webhooks.delivering import WAITS, deliver_due, pass_on
from policy.refusals import Refused
from tests.claims.webhooks.conftest import Receiver
from tests.factories.world import World

KINDS = ["claim.decided", "claim.paid"]
STATE = WebhookDelivery.State
Decide = Callable[..., Claim]


@pytest.fixture
def made(world: World, receiver: Receiver, billing: Client, supplier_person: User) -> tuple[WebhookEndpoint, str]:
    return make_webhook(world.supplier, receiver.url, KINDS, by=supplier_person)


def news_delivered() -> int:
    find_news()
    pass_on()
    return deliver_due()


def test_a_decided_claim_arrives_signed_as_standard_webhooks_are(
    made: tuple[WebhookEndpoint, str], receiver: Receiver, decided: Decide
) -> None:
    claim = decided()
    assert news_delivered() == 1
    ((headers, body),) = receiver.arrived
    told = json.loads(body)
    assert told["type"] == "claim.decided"
    assert told["data"] == {"claim": claim.icn, "outcome": "pay", "on": "2026-01-16"}
    assert claim.mbi not in body.decode()
    assert claim.patient_last_name not in body.decode()
    key = base64.b64decode(made[1].removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    wanted = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == wanted
    assert abs(int(headers["webhook-timestamp"]) - timezone.now().timestamp()) < 60
    assert WebhookDelivery.objects.get().state == STATE.DELIVERED
    assert news_delivered() == 0, "nothing is told twice"


def test_the_secret_is_kept_encrypted(made: tuple[WebhookEndpoint, str]) -> None:
    webhook, secret = made
    assert secret.removeprefix("whsec_") not in webhook.secret
    assert not Event.objects.filter(sentence__contains=secret).exists()


def test_what_does_not_arrive_is_tried_for_a_day_and_then_given_up(
    made: tuple[WebhookEndpoint, str], receiver: Receiver, supplier_person: User
) -> None:
    receiver.answers = [500]
    delivery = send_test(made[0], by=supplier_person)
    waits = []
    for _ in range(len(WAITS) + 1):
        began = timezone.now()
        assert deliver_due() == 1
        assert deliver_due() == 0, "not before its time"
        delivery.refresh_from_db()
        waits.append(delivery.next_try - began)
        WebhookDelivery.objects.update(next_try=began)
    assert [round(wait.total_seconds(), -1) for wait in waits[:3]] == [10, 60, 300]
    assert sum(WAITS, dt.timedelta()) == dt.timedelta(days=1)
    assert (delivery.state, delivery.attempts.count()) == (STATE.DEAD, len(WAITS) + 1)
    assert {attempt.status for attempt in delivery.attempts.all()} == {500}
    assert deliver_due() == 0
    receiver.answers = [200]
    send_again(delivery, by=supplier_person)
    assert deliver_due() == 1
    delivery.refresh_from_db()
    assert delivery.state == STATE.DELIVERED
    assert len({headers["webhook-id"] for headers, _ in receiver.arrived}) == 1


def test_a_redirect_is_not_followed(
    made: tuple[WebhookEndpoint, str], receiver: Receiver, supplier_person: User
) -> None:
    receiver.answers = [302]
    delivery = send_test(made[0], by=supplier_person)
    deliver_due()
    assert [attempt.status for attempt in delivery.attempts.all()] == [302]
    assert len(receiver.arrived) == 1


def test_nobody_is_told_of_what_another_supplier_has(
    made: tuple[WebhookEndpoint, str], receiver: Receiver, outsider: Client, other_supplier: Any, decided: Decide
) -> None:
    decided(supplier=other_supplier)
    assert news_delivered() == 0
    assert SupplierNotice.objects.get().supplier == other_supplier


def test_a_stopped_webhook_is_told_nothing(
    made: tuple[WebhookEndpoint, str], receiver: Receiver, decided: Decide, supplier_person: User
) -> None:
    send_test(made[0], by=supplier_person)
    stop_webhook(made[0], by=supplier_person)
    decided()
    assert news_delivered() == 0
    assert WebhookDelivery.objects.get().state == STATE.DEAD
    with pytest.raises(Refused, match="stopped"):
        send_test(WebhookEndpoint.objects.get(), by=supplier_person)


def test_an_endpoint_that_fails_keeps_no_other_waiting(
    made: tuple[WebhookEndpoint, str], receiver: Receiver, decided: Decide, world: World, supplier_person: User
) -> None:
    dead_port = socket.socket()
    dead_port.bind(("127.0.0.1", 0))
    url = f"https://127.0.0.1:{dead_port.getsockname()[1]}/"
    failing, _ = make_webhook(world.supplier, url, KINDS, by=supplier_person)
    for _ in range(3):
        decided()
    assert news_delivered() == 4, "one request to the endpoint that fails, three to the other"
    assert failing.deliveries.get(tries=1).attempts.get().error.startswith("No connection")
    dead_port.close()


def test_passing_on_takes_one_query_however_much_is_new(made: tuple[WebhookEndpoint, str], decided: Decide) -> None:
    for _ in range(4):
        decided()
    find_news()
    with CaptureQueriesContext(connection) as queries:
        assert pass_on() == 4
    assert len(queries) == 1


# ---------- where a webhook may go ----------


@pytest.mark.parametrize(
    "address",
    """127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255 ::1 ::
    fe80::1%eth0 fc00::1 ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1 64:ff9b::a00:1 2002:7f00:1::
    2001:db8::1""".split(),
)
def test_addresses_inside_are_refused(address: str) -> None:
    assert not addresses.is_allowed(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888", "64:ff9b::808:808", "::ffff:8.8.8.8"])
def test_public_addresses_are_allowed(address: str) -> None:
    assert addresses.is_allowed(address)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://8.8.8.8/", "https"),
        ("ftp://8.8.8.8/", "https"),
        ("https:///x", "https"),
        ("https://user:secret@8.8.8.8/", "user name"),
        ("https://8.8.8.8/#x", "user name"),
        ("https://8.8.8.8:99999/", "no address"),
        ("https://8.8.8.8/a b", "spaces"),
        ("https://8.8.8.8/a\r\nHost: x", "spaces"),
        ("https://127.0.0.1/", "network"),
        ("https://[::1]/", "network"),
        ("https://2130706433/", "network"),
        ("https://localhost/", "network"),
        ("https://nobody.invalid/", "nowhere"),
    ],
)
def test_an_address_that_must_not_be_reached_is_refused_in_words(
    world: World, billing: Client, supplier_person: User, url: str, words: str
) -> None:
    with pytest.raises(Refused, match=words) as refused:
        make_webhook(world.supplier, url, KINDS, by=supplier_person)
    assert refused.value.field == "url"


def test_a_name_that_leads_inside_only_at_the_connection_is_not_reached(
    made: tuple[WebhookEndpoint, str], receiver: Receiver, supplier_person: User, settings: Any
) -> None:
    send_test(made[0], by=supplier_person)
    settings.WEBHOOK_NETWORKS = []
    deliver_due()
    assert receiver.arrived == []
    assert "must not reach" in WebhookDelivery.objects.get().attempts.get().error


def test_the_connection_goes_to_the_address_that_was_judged(
    made: tuple[WebhookEndpoint, str], receiver: Receiver, supplier_person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    resolve = socket.getaddrinfo

    def once(host: Any, *given: Any, **named: Any) -> Any:
        asked.append(str(host))
        return resolve(host, *given, **named)

    monkeypatch.setattr(socket, "getaddrinfo", once)
    WebhookEndpoint.objects.update(url=receiver.url.replace("127.0.0.1", "localhost"))
    send_test(WebhookEndpoint.objects.get(), by=supplier_person)
    deliver_due()
    assert len(receiver.arrived) == 1
    assert asked.count("localhost") == 1, "the name is not asked for a second time"


# ---------- pages ----------


def test_people_make_try_and_stop_a_webhook_on_the_pages(world: World, billing: Client, receiver: Receiver) -> None:
    page = reverse("organization:webhooks", args=[world.supplier.pk])
    answer = billing.post(page, {"url": receiver.url, "kinds": KINDS})
    assert "whsec_" in answer.content.decode()
    assert "whsec_" not in billing.get(page).content.decode()
    webhook = WebhookEndpoint.objects.get()
    own = [world.supplier.pk, webhook.pk]
    billing.post(reverse("organization:try_webhook", args=own))
    deliver_due()
    shown = billing.get(reverse("organization:webhook", args=own)).content.decode()
    assert "HTTP 204" in shown
    billing.post(reverse("organization:send_again", args=[*own, WebhookDelivery.objects.get().pk]))
    assert deliver_due() == 1
    billing.post(reverse("organization:stop_webhook", args=own))
    assert WebhookEndpoint.objects.get().stopped_at
    again = billing.post(page, {"url": "https://10.0.0.1/", "kinds": KINDS}).content.decode()
    assert "must not reach" in again


def test_an_outsider_finds_no_webhook(made: tuple[WebhookEndpoint, str], world: World, outsider: Client) -> None:
    own = [world.supplier.pk, made[0].pk]
    assert outsider.get(reverse("organization:webhooks", args=own[:1])).status_code == 404
    assert outsider.get(reverse("organization:webhook", args=own)).status_code == 404
    assert outsider.post(reverse("organization:try_webhook", args=own)).status_code == 404


def test_the_page_of_a_webhook_takes_a_fixed_number_of_queries(
    made: tuple[WebhookEndpoint, str], world: World, billing: Client, supplier_person: User
) -> None:
    page = reverse("organization:webhook", args=[world.supplier.pk, made[0].pk])
    counts = []
    for rows in (1, 5):
        for _ in range(rows):
            send_test(made[0], by=supplier_person)
        with CaptureQueriesContext(connection) as queries:
            billing.get(page)
        counts.append(len(queries))
    assert counts[0] == counts[1]
