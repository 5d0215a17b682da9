"""A supervisor is told whether the process lives, a proxy whether it can serve."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import RequestFactory
from kombu import Connection

from hit_project import celery, health


def answer(view: Any) -> tuple[int, dict[str, Any]]:
    response = view(RequestFactory().get("/"))
    return response.status_code, json.loads(response.content)


def test_a_process_that_answers_lives() -> None:
    assert answer(health.live) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_it_is_ready_when_database_and_broker_answer() -> None:
    assert answer(health.ready) == (200, {"status": "ok", "checks": {"database": "ok", "broker": "ok"}})


@pytest.mark.django_db
def test_it_is_not_ready_without_the_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(celery.app, "connection_for_write", lambda: Connection("redis+socket:///nowhere/valkey.sock"))
    status, body = answer(health.ready)
    assert status == 503
    assert body == {"status": "unavailable", "checks": {"database": "ok", "broker": "unavailable"}}


@pytest.mark.django_db
def test_it_is_not_ready_without_the_database() -> None:
    def refuse(*_: object) -> None:
        raise OperationalError("the server is gone")

    with connection.execute_wrapper(refuse):
        status, body = answer(health.ready)
    assert status == 503
    assert body["checks"] == {"database": "unavailable", "broker": "ok"}
