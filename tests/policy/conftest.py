"""The cast, the business date, and a baseline that loads in a moment: of the ZIP codes only those of Baltimore."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from policy import clock, readers
from policy.loaders import Act, Outcome, Source, load_baseline, load_file
from policy.models import Publication
from policy.registry import BY_NAME
from tests.accounts.cast import *  # noqa: F403
from tests.factories import policy

TODAY = dt.date(2026, 3, 10)
Load = Callable[..., Outcome]


@pytest.fixture
def today(db: None) -> dt.date:
    clock.set_today(TODAY)
    return TODAY


@pytest.fixture(scope="session")
def small_tables() -> Path:
    """A folder like `policy/data` with the 53 ZIP codes that begin with 212."""
    return policy.small_tables()


@pytest.fixture
def baseline(today: dt.date, small_tables: Path) -> Iterator[Publication]:
    """All tables, loaded as the baseline on the business date."""
    publication = load_baseline(folder=small_tables).publication
    assert publication is not None
    yield publication
    readers.forget()


@pytest.fixture
def told() -> list[str]:
    """What a load says to the person who started it."""
    return []


@pytest.fixture
def load(baseline: Publication, told: list[str]) -> Load:
    """Loads a text as a file: `load("payment_amounts", "hcpcs,…")`."""

    def load_text(table: str, text: str, layout: str = "ours", effective_from: dt.date | None = None) -> Outcome:
        file = Source(f"{table}.csv", text.encode(), BY_NAME[table], layout)
        act = Act("a test", "CMS file of the test", "A test", effective_from=effective_from, tell=told.append)
        return load_file(file, act)

    return load_text
