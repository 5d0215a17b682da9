"""One edit: what it does by date, how often it fires, how often it is overturned, and cases to look at."""

from __future__ import annotations

import datetime as dt
import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from django.db import connection
from django.db.models import Max, Q, QuerySet
from django.utils.safestring import SafeString

from accounts.models import User
from claims.edits.base import Edit
from claims.edits.registry import CATALOGUE
from claims.inventory.denials import By, Denials, denials_by
from claims.inventory.filters import DaySpan
from claims.models import Claim, RecurringCount
from claims.pages.charts import Column
from claims.pages.edits import DISPOSITION_WORDS, EditShown
from claims.reports.months import month_columns
from claims.reports.overturns import overrides
from claims.reports.tables import percent_of
from claims.scenarios.format import Case, read_cases
from policy.models import EditDisposition, PolicyRow
from policy.readers import history_of
from policy.registry import DISPOSITIONS
from policy.tables import PolicyTables

#: Months of firings that are shown, this one among them.
MONTHS = 12
#: Claims that are shown, and among how many of the latest they are sought where no index helps.
SHOWN_CLAIMS, LATEST_CLAIMS = 10, 50_000
#: Decisions whose traces are read for what an edit that is reported only would have touched.
READ_DECISIONS = 5_000

IGNORE = EditDisposition.Disposition.IGNORE.value
#: An edit that only reports is judged and written into each decision, but decides nothing and tells nobody.
REPORT_ONLY = "Reports only"


@dataclass(frozen=True, slots=True)
class DispositionSpan:
    """What the edit does for claims received over some days, as known now; `row` says on which source."""

    does: str
    row: PolicyRow


@dataclass(frozen=True, slots=True)
class ReportOnly:
    """What an edit that only reports met in the latest decisions: claims, lines, those that pay and their dollars."""

    decisions: int
    claims: int
    lines: int
    paying_lines: int
    paid: Decimal


@dataclass(frozen=True, slots=True)
class EditPage:
    """The page of an edit; counts are of `span`, by the summaries that the reports use, test claims left out."""

    edit: Edit
    today: EditShown
    dispositions: tuple[DispositionSpan, ...]
    superseded: int
    span: DaySpan
    months: tuple[tuple[dt.date, int], ...]
    drawings: tuple[SafeString, ...]
    fired: int
    set_aside: int
    denials: Denials | None
    report_only: ReportOnly | None
    claims: tuple[Claim, ...]
    cases: tuple[Case, ...]

    @property
    def set_aside_share(self) -> Decimal:
        return percent_of(self.set_aside, self.fired)


def edit_page(identifier: str, user: User, today: dt.date, tables: PolicyTables) -> EditPage | None:
    """The page of an edit; None where the catalogue has none of this id. Eight queries, one more for report-only."""
    edit = _latest(identifier)
    if edit is None:
        return None
    rows = list(history_of(DISPOSITIONS, identifier))
    current = sorted((row for row in rows if row.superseded_in_id is None), key=lambda row: row.effective_from)
    disposition = tables.dispositions.on(identifier, today)
    months = _months(today)
    span = DaySpan(months[0], today)
    fired = {edit_id: (claims, aside) for edit_id, claims, aside in overrides(span)}.get(identifier, (0, 0))
    by_month = _fired_by_month(identifier, months, today)
    return EditPage(
        edit=edit,
        today=EditShown(edit, disposition, 0),
        dispositions=tuple(DispositionSpan(does_in_words(row), row) for row in current),
        superseded=len(rows) - len(current),
        span=span,
        months=by_month,
        drawings=_drawn(identifier, by_month),
        fired=fired[0],
        set_aside=fired[1],
        denials=next((found for found in denials_by(By.EDIT, *span.days) if found.key == identifier), None),
        report_only=_report_only(identifier) if disposition and disposition.disposition == IGNORE else None,
        claims=tuple(_claims(identifier, user)),
        cases=boundary_cases(edit),
    )


def _latest(identifier: str) -> Edit | None:
    """The function of the latest dates, where an edit has several."""
    return max((edit for edit in CATALOGUE if edit.id == identifier), key=lambda edit: edit.start, default=None)


def does_in_words(row: PolicyRow) -> str:
    """What a row of dispositions has the edit do."""
    assert isinstance(row, EditDisposition)
    return REPORT_ONLY if row.disposition == IGNORE else DISPOSITION_WORDS[row.disposition]


# ---------- how often ----------


def _months(today: dt.date) -> list[dt.date]:
    """The first days of the latest months, the oldest first."""
    count = today.year * 12 + today.month - 1
    return [dt.date(month // 12, month % 12 + 1, 1) for month in range(count - MONTHS + 1, count + 1)]


def _fired_by_month(identifier: str, months: Sequence[dt.date], today: dt.date) -> tuple[tuple[dt.date, int], ...]:
    """On how many claims the edit fired with power to decide, each claim once a month; one query."""
    counts = dict.fromkeys(months, 0)
    what = RecurringCount.What.EDIT_FIRED
    rows = RecurringCount.objects.filter(what=what, key=identifier, day__range=(months[0], today)).order_by()
    for day, previous_on, number in rows.values_list("day", "previous_on", "number"):
        month = day.replace(day=1)
        if previous_on is None or previous_on < month:
            counts[month] += number
    return tuple(counts.items())


def _drawn(identifier: str, months: Sequence[tuple[dt.date, int]]) -> tuple[SafeString, ...]:
    if not any(number for _, number in months):
        return ()
    bars = [Column(f"{month:%b}", number, f"{number:,}") for month, number in months]
    return month_columns("fired", f"Claims on which {identifier} fired, by month", bars)


# ---------- report-only ----------

REPORTED = """
WITH latest AS (SELECT id, claim_id, trace FROM claims_decision ORDER BY id DESC LIMIT %(most)s),
     met AS (
  SELECT latest.id, latest.claim_id, (line ->> 'number')::int AS number
    FROM latest
   CROSS JOIN LATERAL jsonb_array_elements(latest.trace::jsonb -> 'lines') line
   WHERE latest.trace LIKE %(mark)s
     AND EXISTS (SELECT FROM jsonb_array_elements(line -> 'findings') finding
                  WHERE finding ->> 'edit' = %(edit)s AND finding ->> 'disposition' = 'ignore'))
SELECT (SELECT count(*) FROM latest), count(DISTINCT met.claim_id), count(*),
       count(*) FILTER (WHERE line.outcome = 'pay'), coalesce(sum(line.paid), 0)
  FROM met JOIN claims_linedecision line ON line.decision_id = met.id AND line.number = met.number
  JOIN claims_claim c ON c.id = met.claim_id AND NOT c.is_test
"""


def _report_only(identifier: str) -> ReportOnly:
    """What the edit met without deciding, in the latest decisions; one query."""
    with connection.cursor() as cursor:
        cursor.execute(REPORTED, {"most": READ_DECISIONS, "mark": f'%"{identifier}"%', "edit": identifier})
        return ReportOnly(*cursor.fetchone())


# ---------- cases ----------


def _claims(identifier: str, user: User) -> QuerySet[Claim]:
    """The latest claims in whose standing decision the edit fired, or informs among the latest."""
    seen = Claim.objects.visible_to(user).filter(is_test=False).only("icn", "status", "received_on", "total_charge")
    last = Claim.objects.aggregate(last=Max("pk"))["last"] or 0
    informing = Q(informs__contains=[identifier], pk__gt=last - LATEST_CLAIMS)
    deciding = seen.filter(edits__contains=[identifier]).exclude(edits=[]).order_by("-received_on", "-pk")
    return (deciding if deciding.exists() else seen.filter(informing).order_by("-pk"))[:SHOWN_CLAIMS]


def boundary_cases(edit: Edit) -> tuple[Case, ...]:
    """The cases that lie beside the edit's function."""
    found = importlib.util.find_spec(edit.module)
    file = Path(found.origin).with_suffix(".yaml") if found and found.origin else None
    return tuple(read_cases(file, file.name)) if file and file.exists() else ()
