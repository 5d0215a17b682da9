"""Patients with decided claims, two administrators, and change sets of the policy tables."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import Role, User
from policy.models import ChangeSet
from tests.accounts.cast import *  # noqa: F403
from tests.accounts.cast import make_person
from tests.claims.mass.conftest import world  # noqa: F401 (a fixture)
from tests.factories.change_sets import another_amount, change_set

NEW_YEAR = dt.date(2026, 1, 1)


@pytest.fixture
def approver(db: None) -> User:
    """Another administrator."""
    return make_person("Avery Approver", Role.ADMINISTRATOR)


def dearer(by: User, amount: str = "1000.00", code: str = "G0088") -> ChangeSet:
    """A draft: another national amount of a visit code, from the first day of the year on."""
    return change_set(another_amount(code, amount, NEW_YEAR), by=by)
