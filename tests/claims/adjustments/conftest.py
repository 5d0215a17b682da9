from __future__ import annotations

from decimal import Decimal

import pytest

from accounts.models import Role, User
from claims.models import Claim
from tests.accounts.cast import *  # noqa: F403
from tests.accounts.cast import make_person
from tests.claims.pages.scene import *  # noqa: F403


@pytest.fixture
def second_examiner(db: None) -> User:
    """An examiner without a limit, who did not ask."""
    person = make_person("Sela Second", Role.EXAMINER)
    assert person.may_decide(Decimal(10**9))
    return person


def limit(person: User, amount: str) -> User:
    """The person with an amount limit in dollars."""
    person.amount_limit = Decimal(amount)
    person.save(update_fields=["amount_limit"])
    return person


def again(claim: Claim) -> Claim:
    """The claim as it is now."""
    return Claim.objects.get(pk=claim.pk)
