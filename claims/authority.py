"""Who may decide: the roles, the amount limit of the account, the second person."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from accounts.models import Role, User
from claims.edits.wording import dollars
from policy.refusals import Refused


def check_role(roles: Collection[Role], by: User, what: str = "This") -> None:
    """Refuses a person of none of these roles; `what` begins the sentence."""
    if by.role not in roles:
        named = " or ".join(role.label.lower() for role in roles)
        raise Refused(f"{what} is for the role {named}.", "wrong_role")


def check_second_person(
    first: int | None,
    by: User,
    done: str,
    *,
    remedy: str = "A second person must approve it",
    code: str = "own_request",
) -> None:
    """Refuses who did the first step: nobody is their own second person. `done` says what that was."""
    if first == by.pk:
        raise Refused(f"You {done}. {remedy}.", code)


def check_limit(at_stake: Decimal, by: User) -> None:
    """Refuses a person whose amount limit does not cover what is at stake, in dollars."""
    if by.amount_limit is not None and not by.may_decide(at_stake):
        raise Refused(
            f"{dollars(at_stake)} are at stake, more than your limit of {dollars(by.amount_limit)}. "
            "A person whose limit covers it must approve.",
            "above_limit",
        )
