"""Whether each claim stands where its decisions put it. Each question is one statement: work meanwhile is no fault."""

from __future__ import annotations

from collections.abc import Iterator

from claims.adjudication.reading.sql import rows
from claims.models.status import STATUS_OF_DECISION, ClaimStatus
from claims.payment.ledger import discrepancies
from claims.verification.findings import Finding, Scope

CLAIMS = "claims_claim"

#: Where a claim may stand after a decision: where the decision put it, or on from there.
MOVED_ON = (ClaimStatus.QUEUED, ClaimStatus.ADJUSTED, ClaimStatus.VOIDED)
STANDS = {
    decision: (status, *MOVED_ON, *((ClaimStatus.PAID,) if status == ClaimStatus.PAYABLE else ()))
    for decision, status in STATUS_OF_DECISION.items()
}

#: The columns of a claim that are not what the decision that stands says.
STANDING = """
WITH told AS (
  SELECT c.id, c.icn, d.id AS decision, c.current_decision_id AS current, array_remove(ARRAY[
         CASE WHEN c.current_decision_id IS DISTINCT FROM d.id THEN 'current_decision' END,
         CASE WHEN c.status || ':' || d.status <> ALL(%(stands)s) THEN 'status' END,
         CASE WHEN c.allowed_amount IS DISTINCT FROM d.allowed_amount THEN 'allowed_amount' END,
         CASE WHEN c.paid_amount IS DISTINCT FROM d.paid_amount THEN 'paid_amount' END,
         CASE WHEN c.decided_on IS DISTINCT FROM d.decided_on THEN 'decided_on' END,
         CASE WHEN NOT (c.edits::text[] <@ l.edits AND l.edits <@ c.edits::text[]) THEN 'edits' END,
         CASE WHEN NOT (c.informs::text[] <@ l.informs AND l.informs <@ c.informs::text[]) THEN 'informs' END], NULL)
         AS columns
    FROM claims_claim c
   CROSS JOIN LATERAL (SELECT * FROM claims_decision d WHERE d.claim_id = c.id ORDER BY d.number DESC LIMIT 1) d
   CROSS JOIN LATERAL (
         SELECT coalesce(array_agg(e.code::text) FILTER (WHERE NOT e.informs), '{}') AS edits,
                coalesce(array_agg(e.code::text) FILTER (WHERE e.informs), '{}') AS informs
           FROM claims_linedecision l
          CROSS JOIN LATERAL (SELECT unnest(l.edits), false UNION ALL SELECT unnest(l.informs), true) e(code, informs)
          WHERE l.decision_id = d.id) l
   WHERE (%(claim)s = '' OR c.icn = %(claim)s) AND (%(since)s::date IS NULL OR d.decided_on >= %(since)s))
SELECT id, icn, decision, columns FROM told WHERE columns <> '{}' ORDER BY id
"""

#: Claims that name a decision where none of theirs is.
WITHOUT_DECISION = """
SELECT c.id, c.icn, c.current_decision_id FROM claims_claim c
 WHERE c.current_decision_id IS NOT NULL AND (%(claim)s = '' OR c.icn = %(claim)s)
   AND (%(since)s::date IS NULL OR c.decided_on >= %(since)s)
   AND NOT EXISTS (SELECT FROM claims_decision d WHERE d.claim_id = c.id) ORDER BY c.id
"""

#: Claims whose decisions are not numbered from one on, or do not each follow the one before.
NUMBERED = """
SELECT c.id, c.icn, count(*), max(d.number), bool_or(d.follows_another) FROM claims_claim c
 CROSS JOIN LATERAL (
       SELECT d.number, lag(d.id) OVER (ORDER BY d.number) IS DISTINCT FROM d.previous_id AND d.number > 1
              AS follows_another
         FROM claims_decision d WHERE d.claim_id = c.id) d
 WHERE (%(claim)s = '' OR c.icn = %(claim)s) AND (%(since)s::date IS NULL OR c.decided_on >= %(since)s)
 GROUP BY c.id, c.icn HAVING count(*) <> max(d.number) OR bool_or(d.follows_another) ORDER BY c.id
"""


def standings(scope: Scope) -> Iterator[Finding]:
    """Each claim that does not stand where its last decision puts it, and what is amiss in its row of decisions."""
    asked = {
        "claim": scope.claim,
        "since": scope.since,
        "stands": [f"{status}:{decision}" for decision, statuses in STANDS.items() for status in statuses],
    }
    for claim, icn, decision, columns in rows(STANDING, asked):
        sentence = f"The claim does not stand where decision {decision} puts it: {', '.join(columns)}."
        yield Finding("claim_differs", sentence, CLAIMS, claim, icn, tuple(columns))
    for claim, icn, decision in rows(WITHOUT_DECISION, asked):
        sentence = f"The claim stands on decision {decision}, and no decision of it is there."
        yield Finding("claim_differs", sentence, CLAIMS, claim, icn, ("current_decision",))
    for claim, icn, count, last, follows_another in rows(NUMBERED, asked):
        what = "a decision follows another than the one before it" if follows_another else "one is gone"
        sentence = f"The claim has {count} decisions and the last is number {last}: {what}."
        yield Finding("claim_differs", sentence, CLAIMS, claim, icn)


def ledger() -> Iterator[Finding]:
    """Where the ledger and the records it mirrors differ."""
    for sentence in discrepancies():
        yield Finding("ledger_differs", sentence, "claims_ledgertransfer")
