"""The cast, and a database that may be emptied although some of its tables refuse to be."""

from __future__ import annotations

from collections.abc import Iterator

import pgtrigger
import pytest
from django.test import TransactionTestCase

from tests.accounts.cast import *  # noqa: F403


@pytest.fixture(scope="session", autouse=True)
def emptying_between_tests() -> Iterator[None]:
    """Tests with a live server empty all tables when they end, which append-only tables refuse otherwise."""
    empty = TransactionTestCase._fixture_teardown

    def empty_without_triggers(case: TransactionTestCase) -> None:
        with pgtrigger.ignore():
            empty(case)

    TransactionTestCase._fixture_teardown = empty_without_triggers  # type: ignore[method-assign]
    yield
    TransactionTestCase._fixture_teardown = empty  # type: ignore[method-assign]
