"""What each business day brought; past days are counted anew only when something was added that may concern them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

from django.db import connection

#: The tables whose new rows say which days are to be counted anew.
TABLES = ("claims_claim", "claims_decision", "claims_remittance", "policy_publication")

TOUCHED = """
SELECT received_on FROM claims_claim WHERE id > %(claims_claim)s GROUP BY 1
 UNION SELECT decided_on FROM claims_decision WHERE id > %(claims_decision)s GROUP BY 1
 UNION SELECT payment_day FROM claims_remittance WHERE id > %(claims_remittance)s GROUP BY 1
"""

COUNT = """
INSERT INTO claims_dailycount (day, received, rejected, decided, paid, paid_amount)
SELECT day, coalesce(received, 0), coalesce(rejected, 0), coalesce(decided, 0), coalesce(paid, 0), coalesce(amount, 0)
  FROM unnest(%(days)s::date[]) day
  LEFT JOIN (
       SELECT received_on AS day, count(*) FILTER (WHERE status <> 'rejected') AS received,
              count(*) FILTER (WHERE status = 'rejected') AS rejected
         FROM claims_claim WHERE received_on = ANY(%(days)s) AND NOT is_test GROUP BY 1) came USING (day)
  LEFT JOIN (
       SELECT day, count(*) FILTER (WHERE what = 'D') AS decided, count(*) FILTER (WHERE what = 'P') AS paid
         FROM claims_claimday WHERE what IN ('D', 'P') AND month = ANY(%(months)s) AND day = ANY(%(days)s)
        GROUP BY 1) met USING (day)
  LEFT JOIN (
       SELECT payment_day AS day, sum(paid_amount) AS amount FROM claims_remittance
        WHERE payment_day = ANY(%(days)s) GROUP BY 1) money USING (day)
 WHERE coalesce(received, rejected, decided, paid) IS NOT NULL OR amount IS NOT NULL
    ON CONFLICT (day) DO UPDATE
   SET received = excluded.received, rejected = excluded.rejected, decided = excluded.decided, paid = excluded.paid,
       paid_amount = excluded.paid_amount
"""


def days_touched(counted_up_to: Mapping[str, int]) -> set[dt.date]:
    """The days that rows concern which were not counted yet, by table the last id that was; one query."""
    with connection.cursor() as cursor:
        cursor.execute(TOUCHED, {table: counted_up_to.get(table, 0) for table in TABLES})
        return {day for (day,) in cursor.fetchall()}


def count_days(days: Collection[dt.date]) -> None:
    """Count these days from the rows and write what was found, nothing for a day without any; one query.

    What was decided and paid is read from the days of claims, which must be up to date.
    """
    with connection.cursor() as cursor:
        months = sorted({day.replace(day=1) for day in days})
        cursor.execute(COUNT, {"days": sorted(days), "months": months})
