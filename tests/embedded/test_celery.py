"""Tasks reach a worker of its own process over the broker."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from claims.schedule import SCHEDULE as CLAIMS
from hit_project.celery import app
from medical_review.schedule import SCHEDULE as REVIEW
from tests.embedded.conftest import ROOT, wait_for

SCHEDULE = {**CLAIMS, **REVIEW}


@pytest.fixture
def worker(child_environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "celery", "--app", "hit_project.celery:app", "worker", "--concurrency", "1"]
    process = subprocess.Popen(
        [*command, "--queues", "adjudicate,intake", "--without-mingle", "--without-gossip"],
        cwd=ROOT,
        env=child_environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    yield process
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=120) == 0


def test_a_worker_knows_every_scheduled_task(worker: subprocess.Popen[bytes]) -> None:
    wait_for(lambda: bool(app.control.ping(timeout=1)), seconds=120)
    [known] = app.control.inspect(timeout=10).registered().values()
    assert {entry["task"] for entry in SCHEDULE.values()} <= set(known)


def test_the_scheduler_is_given_the_schedule() -> None:
    assert app.conf.beat_schedule == SCHEDULE


def test_tasks_can_wait_for_the_commit() -> None:
    app.loader.import_default_modules()
    for entry in SCHEDULE.values():
        assert hasattr(app.tasks[entry["task"]], "delay_on_commit")
