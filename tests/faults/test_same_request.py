"""The same request comes five times at once: it is done once, and each sender is told the same or to wait."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from django.urls import reverse

from accounts.models import IdempotencyKey, User
from claims.models import Acknowledgement, Claim, ReceivedFile
from policy import readers
from tests.accounts.cast import *  # noqa: F403
from tests.claims.intake.files import file_of
from tests.claims.pages.scene import *  # noqa: F403
from tests.claims.pages.scene import act_for
from tests.factories.world import World
from tests.faults.room import LARGE_FILE, no_room

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

TIMES = 5
DONE, DONE_BEFORE, WAIT, NO_ROOM = 201, 200, 409, 507


@pytest.fixture
def senders(
    transactional_db: None, world: World, supplier_person: User, signed_in_as: Callable[[User], Client]
) -> Iterator[list[Client]]:
    """The same person in five browsers."""
    act_for(supplier_person, world.supplier)
    yield [signed_in_as(supplier_person) for _ in range(TIMES)]
    readers.forget()


def send_all_at_once(senders: list[Client], content: bytes, key: str = "") -> list[Any]:
    together = Barrier(TIMES)

    def send(client: Client) -> Any:
        together.wait(timeout=30)
        try:
            headers = {"Idempotency-Key": key} if key else {}
            return client.post(
                reverse("api:files"), {"file": SimpleUploadedFile("claims.x12", content)}, headers=headers
            )
        finally:
            connections.close_all()

    with ThreadPoolExecutor(TIMES) as pool:
        return list(pool.map(send, senders))


def test_a_request_with_a_key_that_comes_five_times_at_once_is_done_once(senders: list[Client]) -> None:
    responses = send_all_at_once(senders, file_of(claims=2), key="upload-1")
    assert [response.status_code for response in responses if "Idempotent-Replay" not in response].count(DONE) == 1
    assert {response.status_code for response in responses} <= {DONE, WAIT}
    assert {response.json()["code"] for response in responses if response.status_code == WAIT} <= {"conflict"}
    again = send_all_at_once(senders, file_of(claims=2), key="upload-1")
    assert [response.status_code for response in again] == [DONE] * TIMES
    assert all(response["Idempotent-Replay"] == "true" for response in again)
    (told,) = {response.content for response in (*responses, *again) if response.status_code == DONE}
    assert b'"accepted":2' in told
    assert_received_once(answers=2)


def test_a_request_that_fails_five_times_at_once_leaves_its_key_free(senders: list[Client]) -> None:
    with no_room():
        responses = send_all_at_once(senders, LARGE_FILE, key="upload-1")
    assert {response.status_code for response in responses} <= {NO_ROOM, WAIT}
    assert not IdempotencyKey.objects.exists()
    assert senders[0].post(reverse("api:files"), {"file": SimpleUploadedFile("a", LARGE_FILE)}).status_code == DONE


def test_a_file_without_a_key_that_comes_five_times_at_once_is_received_once(senders: list[Client]) -> None:
    responses = send_all_at_once(senders, file_of(claims=2))
    assert sorted(response.status_code for response in responses) == [*[DONE_BEFORE] * (TIMES - 1), DONE]
    assert_received_once(answers=2 + TIMES - 1)
    assert not IdempotencyKey.objects.exists()


def assert_received_once(answers: int) -> None:
    assert (ReceivedFile.objects.count(), Claim.objects.count()) == (1, 2)
    assert Acknowledgement.objects.count() == answers, "one TA1 for each time that a file came again without a key"
