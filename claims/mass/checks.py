"""What must be true before a mass adjustment is made, approved, or goes on; each refusal says the remedy."""

from __future__ import annotations

import datetime as dt
import re

from django.db.models import QuerySet

from accounts.models import User
from claims import authority
from claims.adjudication.version import ENGINE_VERSION
from claims.adjustments.checks import ROLES
from claims.models import Adjustment, Claim, MassAdjustment
from claims.replay.choosing import NotUnderstood, claims_named
from policy.readers import current_publication
from policy.refusals import Refused

#: Days for which a preview may be approved.
GOOD_FOR = dt.timedelta(days=7)

#: Who makes, approves, pauses, resumes and cancels.
MAKERS = ROLES[Adjustment.Kind.MASS]

BETWEEN_NUMBERS = re.compile(r"[\s,;]+")
CLAIM_NUMBER = re.compile(r"[0-9]{13}")


def as_chosen(text: str) -> str:
    """What was typed, as it is kept: claim numbers with commas, or filters as in the worklist's address."""
    words = BETWEEN_NUMBERS.split(text.strip().strip(",;"))
    if all(map(CLAIM_NUMBER.fullmatch, words)):
        return ",".join(dict.fromkeys(words))
    return text.strip().lstrip("?")


def claims_named_by(text: str) -> QuerySet[Claim]:
    """The claims of a text; raises Refused, at the field `claims`, for one that names none or is not understood."""
    if not text:
        raise Refused("Say which claims: “all”, claim numbers, or filters of the worklist.", "no_claims", "claims")
    try:
        return claims_named(text)
    except NotUnderstood as fault:
        raise Refused(str(fault), "not_understood", "claims") from fault


def check_maker(by: User) -> None:
    authority.check_role(MAKERS, by, "A mass adjustment")


def check_second_person(mass: MassAdjustment, by: User) -> None:
    """Refuses who made it, and whose amount limit does not cover what is at stake."""
    authority.check_second_person(mass.made_by_id, by, "made this mass adjustment")
    authority.check_limit(mass.at_stake, by)


def check_something_changes(mass: MassAdjustment) -> None:
    if not mass.claims_changed:
        raise Refused("No claim would change, so there is nothing to approve. Cancel it.", "nothing_changes")


def check_recent(mass: MassAdjustment, today: dt.date) -> None:
    """Refuses a preview that is too old to be believed."""
    if mass.previewed_on is None or today > mass.previewed_on + GOOD_FOR:
        raise Refused(
            f"The preview is older than {GOOD_FOR.days} days; claims have moved on since. Preview it again.", "stale"
        )


def has_same_rules(mass: MassAdjustment) -> bool:
    """Whether the claims would be decided by the tables and the program of the preview."""
    try:
        check_same_rules(mass)
    except Refused:
        return False
    return True


def check_same_rules(mass: MassAdjustment) -> None:
    """Refuses when the claims would be decided by other tables or another program than in the preview.

    A reversal decides with the tables of the decisions that it makes again, whatever was published since.
    """
    if mass.engine_version != ENGINE_VERSION:
        raise Refused("The program that decides was renewed since the preview.", "other_engine")
    latest = current_publication()
    if not mass.reverses_id and mass.publication != latest:
        raise Refused(f"Policy tables were published since the preview (publication {latest}).", "other_tables")
