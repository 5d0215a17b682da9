"""The installation that is hurt, and the day that it works."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from beneficiaries.models import HistoryArrival
from claims.adjudication.queue import adjudicate_all, adjudicate_queued
from claims.tasks import work_queue
from hit_project.embedded.commands import running
from hit_project.embedded.places import places_of
from policy import readers
from tests.embedded.conftest import new_folder
from tests.faults.account import Account, account, assert_nothing_lost_and_nothing_twice
from tests.faults.busy_day import make_busy_day
from tests.faults.copies import copied, using
from tests.faults.installation import Installation

#: `make faults` runs every fault at every place; in CI each fault comes once.
IS_FULL = bool(os.environ.get("HIT_PROOF"))
PATIENTS = 40 if IS_FULL else 12
#: Claims that are decided before the fault.
DECIDED_BEFORE = 20
#: Decisions move history, which may ask for other decisions: after so many rounds nothing moves any more.
ROUNDS = 5


@pytest.fixture(scope="session")
def installation(django_db_setup: None, django_db_blocker: Any) -> Iterator[Installation]:
    """Servers of their own, in whose database a busy day has begun."""
    with new_folder() as folder:
        made = Installation(places_of(folder / "var"))
        with running([made.postgres, made.valkey]):
            with django_db_blocker.unblock(), copied(connection.settings_dict["NAME"]) as copy:
                with using(copy):
                    make_busy_day(1, patients=PATIENTS)
                    adjudicate_queued(DECIDED_BEFORE)
                    readers.forget()
                made.take_over(copy)
            yield made


@pytest.fixture
def day(installation: Installation, transactional_db: None) -> Iterator[None]:
    """The present database is the installation's, as the day began; servers that a test left dead run again."""
    installation.postgres.ensure_running()
    installation.valkey.ensure_running()
    with installation.day():
        readers.forget()
        yield
    readers.forget()


@pytest.fixture(scope="session")
def undisturbed(installation: Installation, django_db_blocker: Any) -> Account:
    """What the day brings when nothing happens."""
    with django_db_blocker.unblock(), installation.day():
        readers.forget()
        adjudicate_all()
        assert_nothing_lost_and_nothing_twice()
        return account()


@pytest.fixture(scope="session")
def settled(installation: Installation, django_db_blocker: Any) -> Account:
    """Where the claims of an undisturbed day stand once all that their decisions moved was looked at too."""
    with django_db_blocker.unblock(), installation.day():
        readers.forget()
        for _ in range(ROUNDS):
            work_queue()
        assert_settled()
        return account()


def assert_settled() -> None:
    """Nothing is left to be looked at, and nothing was lost or done twice on the way."""
    assert not HistoryArrival.objects.exists()
    assert_nothing_lost_and_nothing_twice()
