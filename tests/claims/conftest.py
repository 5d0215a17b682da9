"""The small policy tables on the day that claims of the tests are received, and a world in which they pay."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from policy import clock, readers
from tests.factories.policy import load_small_tables
from tests.factories.world import World, base_world

RECEIVED = dt.date(2026, 1, 16)


@pytest.fixture
def tables(db: None) -> Iterator[None]:
    """The policy tables, published and asked on the day the claims were received."""
    clock.set_today(RECEIVED)
    load_small_tables()
    yield
    readers.forget()


@pytest.fixture
def world(tables: None) -> World:
    return base_world()
