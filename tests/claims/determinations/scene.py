"""Claims that a person may decide about, and people with limits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

from accounts.models import Role, User
from claims.adjudication.queue import adjudicate_all
from claims.models import Claim
from tests.accounts.cast import make_person
from tests.claims.pages.scene import line

Decide = Callable[..., Claim]

#: What the base claim's line would pay: its place of service is no home, so HIT-105 denies it.
WOULD_PAY = Decimal("198.76")


def not_at_home(decided: Decide, **given: object) -> Claim:
    """A claim of one line that HIT-105 denies and that would pay `WOULD_PAY`."""
    return decided(place_of_service="11", **given)


def late(decided: Decide) -> Claim:
    """A claim of a visit of January 5 2026 that came a year and some weeks later: HIT-102 denies it."""
    return decided(received_on=dt.date(2027, 1, 29))


def person_with_limit(limit: Decimal, role: Role = Role.EXAMINER, name: str = "Lena Limited") -> User:
    person = make_person(name, role)
    person.amount_limit = limit
    person.save(update_fields=["amount_limit"])
    return person


def decide_again(claim: Claim) -> Claim:
    """The claim after the queue was worked."""
    adjudicate_all()
    return Claim.objects.get(pk=claim.pk)


__all__ = ["WOULD_PAY", "Decide", "decide_again", "late", "line", "not_at_home", "person_with_limit"]
