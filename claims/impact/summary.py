"""The tables of an impact, worked out once at its end and kept with it: by supplier, edit and month, and a sample."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Max
from django.db.models.functions import TruncMonth

from claims.adjudication.reading.sql import rows
from claims.mass.readers import totals_by
from claims.models import ImpactRun
from claims.replay.report import Total

#: Claims of the sample, each for another way in which lines change.
SAMPLE = 6

#: Of each way in which lines change (edit, outcome before, outcome after) the line with the most dollars.
SAMPLED = """
SELECT DISTINCT ON (claim_id) claim_id, edit, was, becomes, difference FROM (
  SELECT DISTINCT ON (edit, before->>'outcome', after->>'outcome')
         claim_id, edit, before->>'outcome' AS was, after->>'outcome' AS becomes, difference
    FROM claims_impactline WHERE run_id = %s
   ORDER BY edit, before->>'outcome', after->>'outcome', abs(difference) DESC, claim_id) ways
 ORDER BY claim_id, abs(difference) DESC
"""


def summary_of(run: ImpactRun) -> dict[str, Any]:
    """What is kept as JSON; four queries."""
    lines = run.lines.filter(is_waiting=False)
    by_month = totals_by(lines.annotate(month=TruncMonth("date_of_service")), "month", Max("edit"))
    months = [Total(f"{total.key:%Y-%m}", "", total.lines, total.more, total.less) for total in by_month]
    return {
        "by_supplier": _as_json(totals_by(lines, "supplier", Max("supplier_name"))),
        "by_edit": _as_json(totals_by(lines, "edit", Max("edit"))),
        "by_month": _as_json(sorted(months, key=lambda total: total.key)),
        "sample": [row[0] for row in sorted(rows(SAMPLED, [run.pk]), key=lambda row: -abs(row[4]))[:SAMPLE]],
    }


def _as_json(totals: Sequence[Total]) -> list[list[Any]]:
    return [[total.key, total.name, total.lines, str(total.more), str(total.less)] for total in totals]


def totals_in(run: ImpactRun, name: str) -> list[Total]:
    """The kept totals "by_supplier", "by_edit" or "by_month"."""
    kept = run.summary.get(name, [])
    return [Total(key, label, lines, Decimal(more), Decimal(less)) for key, label, lines, more, less in kept]
