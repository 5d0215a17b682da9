"""The policy tables with the ZIP codes of the demonstration's towns only."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.demo.towns import TOWNS
from tests.factories import policy
from tests.policy.conftest import baseline, today

__all__ = ["baseline", "small_tables", "today"]


@pytest.fixture(scope="session")
def small_tables() -> Path:
    return policy.small_tables(tuple(code for towns in TOWNS.values() for town in towns for code in town.zips))
