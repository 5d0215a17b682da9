"""The visits of the patients of a batch, and the deductible that decided claims used: one query."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from claims.adjudication.facts import ClaimFacts, LineFacts, Visit, VisitStatus, visit_key
from claims.adjudication.reading.patients import Days
from claims.adjudication.reading.sql import Row, array, grouped
from claims.edits.history import visit_order

#: patient, line, day, code, outcome of the line, status of its claim, supplier's key and name, claim number, claim id,
#: deductible, arrival. Visits of other contractors have no claim id. A claim that is asked for anew has given its
#: deductible back until it is decided. A claim that was replaced or voided is gone; a replacement counts once it was
#: decided for good, which is when the claim it replaces is adjusted.
VISITS = """
SELECT c.beneficiary_id, l.number, l.date_of_service, l.hcpcs, d.outcome, c.status,
       c.billing_npi || '-' || c.billing_tin, coalesce(s.name, ''), c.icn, c.id,
       CASE c.status WHEN 'queued' THEN 0 ELSE d.deductible END, 0
  FROM claims_claim c
  JOIN claims_linedecision d ON d.decision_id = c.current_decision_id
  JOIN claims_claimline l ON l.id = d.line_id
  LEFT JOIN suppliers_supplier s ON s.id = c.supplier_id
  LEFT JOIN claims_claim r ON r.id = c.replaces_id
 WHERE c.beneficiary_id = ANY(%(ids)s::bigint[]) AND NOT c.is_test AND c.status NOT IN ('adjusted', 'voided')
   AND (r.id IS NULL OR r.status = 'adjusted')
UNION ALL
SELECT beneficiary_id, id, date_of_service, hcpcs, status, '', supplier_npi || '-' || supplier_tin, supplier_name,
       '', NULL, 0, arrival
  FROM beneficiaries_outsidevisit WHERE beneficiary_id = ANY(%(ids)s::bigint[])
ORDER BY 1, 3, 12, 2
"""

#: The claim that is decided and the one it replaces: neither is history of itself.
Own = tuple[int, int | None]

#: How far around a claim visits are in its view and kept in its facts; of older ones only the last that counts.
DAYS_BEFORE = dt.timedelta(days=120)
DAYS_AFTER = dt.timedelta(days=7)


def read_visits(ids: Iterable[int]) -> dict[int, list[Row]]:
    return grouped(VISITS, {"ids": array(set(ids))})


def visit_status(outcome: str, claim_status: str) -> VisitStatus:
    """A line that pays has taken its day only when its claim is decided (fine point e)."""
    if outcome in ("deny", "denied"):
        return "denied"
    is_paid = outcome == "paid" or (outcome == "pay" and claim_status in ("payable", "paid"))
    return "paid" if is_paid else "pending"


def days_of(lines: Iterable[LineFacts]) -> Days:
    days = [line.date for line in lines]
    return min(days), max(days)


def visit_history(found: list[Row], own: Own, before: int, days: Days | None) -> tuple[Visit, ...]:
    """The patient's visits on other claims and with other contractors that are known then.

    With the days of the claim, only those in its view; all of them while the outcome of another claim may change what
    is in view (`with_visits_in_view`).
    """
    others = [row for row in latest_records(found, before) if row[8] is None or row[8] not in own]
    return tuple(sorted(map(visit_of, others), key=visit_order)) if days is None else visits_in_view(others, days)


def view(days: Days) -> Days:
    """The first and the last day on which a visit is in view."""
    return days[0] - DAYS_BEFORE, days[1] + DAYS_AFTER


def visits_in_view(found: list[Row], days: Days) -> tuple[Visit, ...]:
    first_day, last_day = view(days)
    near = [row for row in found if first_day <= row[1] <= last_day]
    older = [row for row in found if row[1] < first_day] if len(near) < len(found) else []
    visits = sorted(map(visit_of, near), key=visit_order)
    counting = [row for row in older if visit_status(row[3], row[4]) != "denied"]
    if counting:
        last = max(row[1] for row in counting)
        visits.insert(0, max((visit_of(row) for row in counting if row[1] == last), key=visit_order))
    return tuple(visits)


def latest_records(found: list[Row], before: int) -> Iterable[Row]:
    """Of another contractor's records of a visit only the latest that arrived before; a visit here counts once."""
    here = {(row[1], row[2], row[5]) for row in found if row[8] is not None}
    outside: dict[tuple[object, ...], Row] = {}
    for row in found:
        visit = (row[1], row[2], row[5])
        if row[8] is not None:
            yield row
        elif row[10] < before and visit not in here:
            outside[visit] = row
    yield from outside.values()


def visit_of(row: Row) -> Visit:
    number, day, hcpcs, outcome, claim_status, supplier, name, icn, _, _, _ = row
    return Visit(visit_key(icn, number), day, hcpcs, visit_status(outcome, claim_status), supplier, name, icn)


def with_visits_in_view(facts: ClaimFacts) -> ClaimFacts:
    """The facts, after others were rolled forward, with only those visits that the claim may be judged by."""
    patient = facts.beneficiary
    if patient is None or not patient.visits or not facts.lines:
        return facts
    first_day, last_day = view(days_of(facts.lines))
    near = [visit for visit in patient.visits if first_day <= visit.date <= last_day]
    older = [visit for visit in patient.visits if visit.date < first_day and visit.status != "denied"]
    return replace(facts, beneficiary=replace(patient, visits=(*older[-1:], *near)))


def deductible_used(found: list[Row], own: Own) -> dict[int, Decimal]:
    """Dollars of deductible by year that the standing decisions of the patient's other claims used."""
    used: dict[int, Decimal] = defaultdict(Decimal)
    for row in found:
        if row[8] is not None and row[8] not in own and row[9]:
            used[row[1].year] += row[9]
    return used
