"""Telling that decisions moved a patient's history: rows in the outbox that also tells of loaded history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection

from beneficiaries.models import MovedKind
from claims.adjudication.reading.sql import array

#: A decision moves history when a line begins or ceases to be denied, when deductible becomes free, when its claim
#: takes another's place, and when a claim that waited comes to pay after claims with later visits were decided.
TELL = """
INSERT INTO beneficiaries_historyarrival (kind, beneficiary_id)
SELECT DISTINCT %s, c.beneficiary_id
  FROM claims_decision n
  JOIN claims_decision p ON p.id = n.previous_id
  JOIN claims_claim c ON c.id = n.claim_id
 WHERE n.id = ANY(%s::bigint[]) AND NOT c.is_test
   AND EXISTS (SELECT FROM claims_claim x
                WHERE x.beneficiary_id = c.beneficiary_id AND x.id <> c.id AND x.current_decision_id IS NOT NULL
                  AND x.status NOT IN ('adjusted', 'voided'))
   AND (n.claim_id <> p.claim_id
        OR EXISTS (SELECT FROM claims_linedecision a JOIN claims_linedecision b ON b.number = a.number
                    WHERE a.decision_id = p.id AND b.decision_id = n.id
                      AND ((a.outcome = 'deny') <> (b.outcome = 'deny') OR a.deductible > b.deductible))
        OR (n.status = 'pay' AND p.status IN ('hold', 'suspend')
            AND EXISTS (SELECT FROM claims_claim x
                         WHERE x.beneficiary_id = c.beneficiary_id AND x.current_decision_id < p.id
                           AND x.last_day > c.first_day)))
"""

ANNOUNCE = "INSERT INTO beneficiaries_historyarrival (kind, beneficiary_id) SELECT %s, unnest(%s::bigint[])"


def tell_of_decisions(decision_ids: Sequence[int]) -> None:
    """Decisions that followed others were recorded: note whose history they moved. One statement, none for none."""
    if decision_ids:
        with connection.cursor() as cursor:
            cursor.execute(TELL, [MovedKind.DECISIONS, array(decision_ids)])


def tell_of_patients(beneficiary_ids: Iterable[int | None]) -> None:
    """Have the decided claims of these patients looked at: one was voided, or an adjustment of one refused."""
    patients = [number for number in beneficiary_ids if number is not None]
    with connection.cursor() as cursor:
        cursor.execute(ANNOUNCE, [MovedKind.DECISIONS, array(patients)])
