"""Why claims are left out of a mass adjustment, a sentence each, for many claims at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence

from claims.adjudication.reading.sql import array, rows
from claims.adjustments.checks import check_claim
from claims.adjustments.limits import reopening_window
from claims.models import Adjustment, Claim, ClaimStatus
from policy.readers import tables_as_known
from policy.refusals import Refused

REPLACED_SOON = "Another claim is about to take this one’s place. Adjust that one once it is decided."
DECIDED_SINCE = "It was decided anew since. Look at its present decision."

#: Of claims, with those that each replaces, and on: the day of the first final decision. How long the chains are the
#: database cannot know; asked row by row it looks each one up and never reads the tables whole.
FIRST_FINAL_DAYS = """
WITH RECURSIVE chain AS (
  SELECT id AS claim, id, replaces_id FROM claims_claim WHERE id = ANY(%s::bigint[])
  UNION SELECT chain.claim, before.id, before.replaces_id
    FROM chain CROSS JOIN LATERAL (
         SELECT c.id, c.replaces_id FROM claims_claim c WHERE c.id = chain.replaces_id OFFSET 0) before
), finals AS (
  SELECT claim, (SELECT min(d.decided_on) FROM claims_decision d
                  WHERE d.claim_id = chain.id AND d.status IN ('pay', 'deny')) AS day FROM chain)
SELECT claim, min(day) FROM finals WHERE day IS NOT NULL GROUP BY claim
"""


def obstacles(claims: Sequence[Claim], today: dt.date, good_cause: str) -> dict[int, str]:
    """The sentences by claim, of those that are left out; three queries and the policy tables."""
    ids = [claim.pk for claim in claims]
    found = dict(_too_late(claims, today, good_cause))
    found.update(_about_to_be_replaced(ids))
    found.update(_being_adjusted(ids))
    found.update(_not_adjustable(claims))
    return found


def _not_adjustable(claims: Sequence[Claim]) -> Iterator[tuple[int, str]]:
    for claim in claims:
        try:
            check_claim(claim, Adjustment.Kind.MASS)
        except Refused as refusal:
            yield claim.pk, str(refusal)


def _being_adjusted(ids: Collection[int]) -> Iterator[tuple[int, str]]:
    for adjustment in Adjustment.objects.filter(claim__in=ids, state__in=Adjustment.OPEN):
        state = adjustment.get_state_display().lower()
        yield adjustment.claim_id, f"Another adjustment of it is open ({adjustment.kind_words}: {state})."


def _about_to_be_replaced(ids: Collection[int]) -> Iterator[tuple[int, str]]:
    settled = (ClaimStatus.VOIDED, ClaimStatus.ADJUSTED)
    for claim_id in (
        Claim.objects.filter(replaces__in=ids).exclude(status__in=settled).values_list("replaces", flat=True)
    ):
        if claim_id is not None:
            yield claim_id, REPLACED_SOON


def _too_late(claims: Sequence[Claim], today: dt.date, good_cause: str) -> Iterator[tuple[int, str]]:
    """Claims that may no longer be reopened, or only for a good cause that is not given (42 CFR 405.980(b))."""
    tables = tables_as_known()
    received = {claim.pk: claim.received_on for claim in claims}
    for claim_id, first_decided in rows(FIRST_FINAL_DAYS, [array(received)]):
        try:
            reopening_window(first_decided, received[claim_id], tables).check(today, good_cause)
        except Refused as refusal:
            yield claim_id, str(refusal)
