"""What was told and is to be taken back: the decisions that remittances told and others have taken the place of."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from claims.adjudication.reading.sql import array, rows
from claims.models import RemittedDecision

#: Each claim with the claims whose place it has taken, its own replaced ones and theirs.
LINEAGE = """
WITH RECURSIVE lineage(standing, claim) AS (
    SELECT id, id FROM claims_claim WHERE id = ANY(%s::bigint[])
     UNION ALL
    SELECT l.standing, old.id FROM lineage l
      JOIN claims_claim c ON c.id = l.claim
      JOIN claims_claim old ON old.id = c.replaces_id AND old.status = 'adjusted'
)
SELECT claim, standing,
       EXISTS (SELECT FROM claims_remitteddecision r WHERE r.claim_id = claim),
       EXISTS (SELECT FROM claims_overpayment o WHERE o.claim_id = claim)
  FROM lineage
"""


class InLineage(NamedTuple):
    """A claim, the one that stands in its place now, whether a remittance ever told of it, whether it was overpaid."""

    claim: int
    standing: int
    is_told: bool
    is_overpaid: bool


def lineage(claim_ids: Collection[int]) -> list[InLineage]:
    """The claims and those whose place they have taken, each with the one of the given that stands there; one query."""
    return [InLineage(*row) for row in rows(LINEAGE, [array(claim_ids)])]


def not_reversed() -> QuerySet[RemittedDecision]:
    """Decisions that were told and whose reversal was not."""
    reversal = RemittedDecision.objects.filter(decision=OuterRef("decision"), is_reversal=True)
    return RemittedDecision.objects.filter(~Exists(reversal), is_reversal=False)


def with_something_to_reverse(claim_ids: Collection[int]) -> set[int]:
    """Those of the claims on which, or on a claim they replaced, a decision was told and not reversed; two queries."""
    standing_of = {each.claim: each.standing for each in lineage(claim_ids) if each.is_told}
    told = not_reversed().filter(claim__in=standing_of).order_by().values_list("claim", flat=True)
    return {standing_of[claim] for claim in told}
