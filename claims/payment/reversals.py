"""What was told and is to be taken back: the decisions that remittances told and others have taken the place of."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from claims.models import RemittedDecision

#: Each claim with the claims whose place it has taken, its own replaced ones and theirs.
LINEAGE = """
WITH RECURSIVE lineage(standing, claim) AS (
    SELECT id, id FROM claims_claim WHERE id = ANY(%s)
     UNION ALL
    SELECT l.standing, old.id FROM lineage l
      JOIN claims_claim c ON c.id = l.claim
      JOIN claims_claim old ON old.id = c.replaces_id AND old.status = 'adjusted'
)
SELECT claim, standing FROM lineage
"""


def lineage(claim_ids: Collection[int]) -> dict[int, int]:
    """The claims and those whose place they have taken, each with the one of the given that stands there; one query."""
    with connection.cursor() as cursor:
        cursor.execute(LINEAGE, [list(claim_ids)])
        return dict(cursor.fetchall())


def not_reversed() -> QuerySet[RemittedDecision]:
    """Decisions that were told and whose reversal was not."""
    reversal = RemittedDecision.objects.filter(decision=OuterRef("decision"), is_reversal=True)
    return RemittedDecision.objects.filter(~Exists(reversal), is_reversal=False)


def with_something_to_reverse(claim_ids: Collection[int]) -> set[int]:
    """Those of the claims on which, or on a claim they replaced, a decision was told and not reversed; two queries."""
    standing_of = lineage(claim_ids)
    told = not_reversed().filter(claim__in=standing_of).order_by().values_list("claim", flat=True)
    return {standing_of[claim] for claim in told}
