"""What a person may decide alone: the amount limit of the account."""

from __future__ import annotations

from decimal import Decimal

from accounts.models import User
from claims.edits.wording import dollars
from policy.refusals import Refused


def check_limit(at_stake: Decimal, by: User) -> None:
    """Refuses a person whose amount limit does not cover what is at stake, in dollars."""
    if by.amount_limit is not None and not by.may_decide(at_stake):
        raise Refused(
            f"{dollars(at_stake)} are at stake, more than your limit of {dollars(by.amount_limit)}. "
            "A person whose limit covers it must approve.",
            "above_limit",
        )
