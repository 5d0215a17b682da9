"""What remittances told as paid, by payment day, category and locality."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import connection

#: The ZIP is the one that the price goes by, as far as the claim says it (reading 12).
COUNT = """
WITH told AS (
  SELECT r.payment_day AS day, l.hcpcs, l.date_of_service,
         left(CASE WHEN '' IN (c.service_state, c.service_zip) THEN c.patient_zip ELSE c.service_zip END, 5) AS zip,
         sum(CASE WHEN t.is_reversal THEN -1 ELSE 1 END) AS lines,
         sum(CASE WHEN t.is_reversal THEN -line.allowed ELSE line.allowed END) AS allowed,
         sum(CASE WHEN t.is_reversal THEN -line.paid ELSE line.paid END) AS paid
    FROM claims_remittance r JOIN claims_remitteddecision t ON t.remittance_id = r.id
    JOIN claims_linedecision line ON line.decision_id = t.decision_id AND line.outcome = 'pay'
    JOIN claims_decision d ON d.id = t.decision_id AND d.status = 'pay'
    JOIN claims_claimline l ON l.id = line.line_id
    JOIN claims_claim c ON c.id = t.claim_id
   WHERE r.payment_day = ANY(%(days)s)
   GROUP BY 1, 2, 3, 4)
INSERT INTO claims_dailypaid (day, category, locality, place, lines, allowed, paid)
SELECT told.day, code.payment_category, coalesce(z.locality, ''), coalesce(min(factor.name), ''),
       sum(told.lines), sum(told.allowed), sum(told.paid)
  FROM told
  LEFT JOIN policy_visitcode code
         ON code.hcpcs = told.hcpcs AND code.in_force @> told.date_of_service AND upper_inf(code.known)
  LEFT JOIN policy_ziplocality z ON z.zip5 = told.zip AND z.in_force @> told.date_of_service AND upper_inf(z.known)
  LEFT JOIN policy_geographicfactor factor
         ON factor.locality = z.locality AND factor.in_force @> told.date_of_service AND upper_inf(factor.known)
 GROUP BY 1, 2, 3
"""

#: The payment days that remittances not counted yet have, and all of them once other policy tables were published.
TOUCHED = """
SELECT payment_day FROM claims_remittance
 WHERE id > %(claims_remittance)s OR EXISTS (SELECT FROM policy_publication WHERE id > %(policy_publication)s)
 GROUP BY 1
"""


def payment_days_touched(after_remittance: int, after_publication: int) -> set[dt.date]:
    """The payment days to count anew; one query."""
    with connection.cursor() as cursor:
        cursor.execute(TOUCHED, {"claims_remittance": after_remittance, "policy_publication": after_publication})
        return {day for (day,) in cursor.fetchall()}


def count_paid(days: Collection[dt.date]) -> None:
    """Count these payment days anew from the remittances; two queries."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM claims_dailypaid WHERE day = ANY(%(days)s)", {"days": sorted(days)})
        cursor.execute(COUNT, {"days": sorted(days)})
