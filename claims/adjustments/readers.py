"""Reads about adjustments: what is at stake, how long a claim may be reopened, the claims of one chain."""

from __future__ import annotations

from decimal import Decimal

from django.db import connection

from claims.adjudication.canonical import decision_from_json
from claims.adjudication.decision import LineDecision
from claims.adjustments.limits import ReopeningWindow, reopening_window
from claims.models import Adjustment, Claim, ClaimStatus, Decision, LineOutcome
from policy.readers import tables_as_known

Kind = Adjustment.Kind
ZERO = Decimal("0.00")

#: A decision that waits for no one and nothing.
FINAL = (LineOutcome.PAY, LineOutcome.DENY)


def open_adjustment(claim: Claim) -> Adjustment | None:
    """The adjustment of the claim that waits for approval or to be decided; there is one at most."""
    return claim.adjustments.filter(state__in=Adjustment.OPEN).first()


def standing_decision(claim: Claim) -> Decision | None:
    """The latest final decision on the claim: what was paid or told by it stands until another is final."""
    return claim.decisions.filter(status__in=FINAL).order_by("-number").first()


def money_at_stake(claim: Claim, kind: str) -> Decimal:
    """Dollars that an adjustment of this kind puts at stake.

    A void takes back what the claim pays. Deciding anew may bring that or what all its lines would pay were no edit in
    the way, whichever is more; of a line that cannot be priced, its charge.
    """
    standing = standing_decision(claim)
    if standing is None:
        return ZERO
    if kind == Kind.VOID:
        return standing.paid_amount
    charges = dict(claim.lines.values_list("number", "charge"))
    lines = decision_from_json(standing.trace).lines
    return max(standing.paid_amount, sum((would_pay(line, charges[line.number]) for line in lines), ZERO))


def would_pay(line: LineDecision, charge: Decimal) -> Decimal:
    """Dollars that a line pays, or would pay if no edit were in the way."""
    price = line.price or line.if_payable
    return price.paid if price else charge


def window_of(claim: Claim) -> ReopeningWindow | None:
    """Until when the claim may be reopened; none while no decision on it was final.

    The initial determination is the first final decision on the claim, or on the one that it replaces: taking the
    place of another claim gives no new time.
    """
    with connection.cursor() as cursor:
        cursor.execute(FIRST_FINAL_DAY, [claim.pk])
        (first,) = cursor.fetchone()
    return reopening_window(first, claim.received_on, tables_as_known()) if first else None


#: Of a claim, the one it replaces, and on: the day of the first final decision.
FIRST_FINAL_DAY = """
WITH RECURSIVE chain AS (
  SELECT id, replaces_id FROM claims_claim WHERE id = %s
  UNION SELECT c.id, c.replaces_id FROM claims_claim c JOIN chain ON c.id = chain.replaces_id
) SELECT min(d.decided_on) FROM chain JOIN claims_decision d ON d.claim_id = chain.id AND d.status IN ('pay', 'deny')
"""


def standing_replacement(claim: Claim) -> str:
    """The number of the claim that stands in this one's place now, at the end of its chain."""
    while after := claim.replaced_by.filter(frequency="7").exclude(status=ClaimStatus.VOIDED).first():
        claim = after
    return str(claim)


#: All claims that are linked to one by replacing or being replaced.
CHAIN = """
WITH RECURSIVE up AS (
  SELECT id, replaces_id FROM claims_claim WHERE id = %s
  UNION SELECT c.id, c.replaces_id FROM claims_claim c JOIN up ON c.id = up.replaces_id
), chain AS (
  SELECT id FROM up
  UNION SELECT c.id FROM claims_claim c JOIN chain ON c.replaces_id = chain.id
) SELECT id FROM chain ORDER BY id
"""


def chain_ids(claim: Claim) -> list[int]:
    """The claim, those that it replaces and those that replace any of them, in the order of their receipt."""
    with connection.cursor() as cursor:
        cursor.execute(CHAIN, [claim.pk])
        return [row[0] for row in cursor.fetchall()]
