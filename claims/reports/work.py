"""How the claims of a span of receipt went: at the first decision, without a hand, and after how many days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from django.db import connection
from django.utils.safestring import SafeString

from claims.filters import AGE_WORDS
from claims.inventory.filters import DaySpan
from claims.pages.charts import Column
from claims.pages.home.links import claims_where
from claims.reports.months import month_columns, month_words
from claims.reports.tables import Cell, Section, Table, number, percent, percent_of, text


@dataclass(frozen=True, slots=True)
class MonthOfReceipt:
    """Claims received in one month of the span, test claims and those that the gateway rejected left out.

    `decided` have a decision at all; `first_pass` were paid or denied by the first one; `final` by any; `untouched` are
    those of the final ones that no person had a hand in. The rest counts the final ones by days from receipt.
    """

    month: dt.date
    received: int
    decided: int
    first_pass: int
    final: int
    untouched: int
    to_15: int
    to_30: int
    to_45: int
    to_60: int
    later: int

    @property
    def ages(self) -> tuple[int, ...]:
        return self.to_15, self.to_30, self.to_45, self.to_60, self.later


COUNT = """
WITH by_hand AS MATERIALIZED (
  SELECT claim_id FROM claims_determination UNION SELECT claim_id FROM claims_claimhold
   UNION SELECT claim_id FROM claims_adjustment WHERE asked_by_id IS NOT NULL AND kind <> 'replacement'),
went AS (
  SELECT received_on AS day, count(*) AS decided, count(*) FILTER (WHERE is_first_pass) AS first_pass,
         count(final_on) AS final, count(final_on) FILTER (WHERE NOT was_suspended AND h.claim_id IS NULL) AS untouched,
         count(*) FILTER (WHERE final_on - received_on <= 15) AS to_15,
         count(*) FILTER (WHERE final_on - received_on BETWEEN 16 AND 30) AS to_30,
         count(*) FILTER (WHERE final_on - received_on BETWEEN 31 AND 45) AS to_45,
         count(*) FILTER (WHERE final_on - received_on BETWEEN 46 AND 60) AS to_60,
         count(*) FILTER (WHERE final_on - received_on > 60) AS later
    FROM claims_claimcourse c LEFT JOIN by_hand h USING (claim_id)
   WHERE received_on BETWEEN %(first)s AND %(last)s GROUP BY 1)
SELECT date_trunc('month', day::timestamp)::date, sum(received), coalesce(sum(went.decided), 0),
       coalesce(sum(first_pass), 0), coalesce(sum(final), 0), coalesce(sum(untouched), 0), coalesce(sum(to_15), 0),
       coalesce(sum(to_30), 0), coalesce(sum(to_45), 0), coalesce(sum(to_60), 0), coalesce(sum(later), 0)
  FROM claims_dailycount LEFT JOIN went USING (day)
 WHERE day BETWEEN %(first)s AND %(last)s AND received > 0
 GROUP BY 1 ORDER BY 1
"""


def months_of_receipt(span: DaySpan) -> list[MonthOfReceipt]:
    """The months of a span of receipt in order; one query."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"first": span.first, "last": span.last})
        return [MonthOfReceipt(month, *map(int, counts)) for month, *counts in cursor.fetchall()]


def summed(months: Sequence[MonthOfReceipt], span: DaySpan) -> MonthOfReceipt:
    """The whole span as one."""
    columns = zip(*(astuple(month)[1:] for month in months), strict=True)
    return MonthOfReceipt(span.first, *(map(sum, columns) if months else [0] * 10))


def work_report(span: DaySpan) -> tuple[Section, ...]:
    """First-pass yield, share decided without a hand, days from receipt to the final decision; one query."""
    months = months_of_receipt(span)
    total = summed(months, span)
    return (_first_pass(months, total, span), _untouched(months, total), _ages(months, total))


def _first_pass(months: Sequence[MonthOfReceipt], total: MonthOfReceipt, span: DaySpan) -> Section:
    def row(month: MonthOfReceipt, words: str, days: DaySpan) -> tuple[Cell, ...]:
        received = claims_where(received_from=days.first, received_to=days.last)
        numbers = (number(month.received, received), number(month.decided), number(month.first_pass))
        return (text(words), *numbers, percent(month.first_pass, month.decided))

    return Section(
        "first-pass",
        "First-pass yield",
        "Of the claims received in the span that were decided at least once, the share whose first decision was final: "
        "paid or denied, not held or suspended. Claims paid or denied at first ÷ claims decided.",
        Table(
            "First-pass yield by month of receipt",
            ("Received in", "Received", "Decided", "Final at first", "Yield"),
            tuple(row(month, month_words(month.month), _days_of(month.month, span)) for month in months),
            row(total, "All", span),
        ),
        _drawn("first-pass", "First-pass yield", [(m, m.first_pass, m.decided) for m in months]),
    )


def _days_of(month: dt.date, span: DaySpan) -> DaySpan:
    """The days of the span that lie in a month."""
    next_month = (month + dt.timedelta(days=31)).replace(day=1)
    return DaySpan(max(month, span.first), min(next_month - dt.timedelta(days=1), span.last))


def _untouched(months: Sequence[MonthOfReceipt], total: MonthOfReceipt) -> Section:
    def row(month: MonthOfReceipt, words: str) -> tuple[Cell, ...]:
        share = percent(month.untouched, month.final)
        return (text(words), number(month.final), number(month.untouched), share)

    return Section(
        "untouched",
        "Decided without a hand",
        "Of the claims received in the span that were paid or denied, the share that never was suspended, and on which "
        "no person made a determination, a hold or an adjustment. Claims without a hand ÷ claims paid or denied.",
        Table(
            "Claims decided without a hand by month of receipt",
            ("Received in", "Paid or denied", "Without a hand", "Share"),
            tuple(row(month, month_words(month.month)) for month in months),
            row(total, "All"),
        ),
        _drawn(
            "untouched", "Share decided without a hand by month of receipt", [(m, m.untouched, m.final) for m in months]
        ),
    )


def _ages(months: Sequence[MonthOfReceipt], total: MonthOfReceipt) -> Section:
    def row(month: MonthOfReceipt, words: str) -> tuple[Cell, ...]:
        ages = (number(count) for count in month.ages)
        share = percent(month.to_15 + month.to_30, month.final)
        return (text(words), *ages, number(month.final), share, number(month.received - month.final))

    bands = (f"{words} days" for _, words in AGE_WORDS)
    return Section(
        "ages",
        "Days from receipt to the final decision",
        "The claims received in the span by the days from receipt to their first final decision. Within 30 days: "
        "claims paid or denied by day 30 ÷ claims paid or denied. Those without a final decision are counted apart.",
        Table(
            "Days from receipt to the first final decision by month of receipt",
            ("Received in", *bands, "Paid or denied", "Within 30 days", "Not yet"),
            tuple(row(month, month_words(month.month)) for month in months),
            row(total, "All"),
        ),
    )


def _drawn(name: str, title: str, shares: Sequence[tuple[MonthOfReceipt, int, int]]) -> tuple[SafeString, ...]:
    bars = [
        Column(f"{month.month:%b}", float(percent_of(part, whole)), f"{percent_of(part, whole)} %")
        for month, part, whole in shares
    ]
    return month_columns(name, f"{title} by month of receipt, percent", bars, top=100)
