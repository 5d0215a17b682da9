"""Acts on many claims at once, in a number of queries that does not depend on how many there are."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from accounts.models import User
from claims.authority import check_role
from claims.bulk.preview import RELEASE, preview
from claims.determinations.checks import WORKS_CLAIMS
from claims.determinations.holds import ask_anew
from claims.mass import actions as mass_actions
from claims.mass.checks import check_maker
from claims.models import Claim, MassAdjustment
from policy.refusals import Refused


@transaction.atomic
def release_all(claim_ids: Sequence[int], *, reason: str, by: User) -> int:
    """Decide those of the claims anew that wait, as `holds.release` does with one; how many. The others stay."""
    check_role(WORKS_CLAIMS, by)
    locked = Claim.objects.filter(pk__in=claim_ids).select_for_update(no_key=True).order_by("pk")
    found = preview(RELEASE, list(locked.defer("billed", "gateway_findings")))
    released = sorted((row.claim for row in found.changed), key=lambda claim: claim.arrival)
    ask_anew(released, reason, by)
    return len(released)


@transaction.atomic
def decide_anew(claim_ids: Sequence[int], *, title: str, reason: str, by: User) -> MassAdjustment:
    """Put decided claims into a mass adjustment, whose preview begins in the background; a second person approves it.

    What is no longer fit for it by then is left out there, with its reason.
    """
    check_maker(by)
    numbers = (
        Claim.objects.filter(pk__in=claim_ids, icn__isnull=False).order_by("arrival").values_list("icn", flat=True)
    )
    if not numbers:
        raise Refused("None of the claims was accepted, so there is nothing to decide.", "no_claims")
    return mass_actions.preview(mass_actions.make(title, reason, ",".join(map(str, numbers)), by=by), by=by)
