"""The visits of the patients of a batch, and the deductible that decided claims used: one query."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from claims.adjudication.facts import ClaimFacts, Visit, VisitStatus, visit_key
from claims.adjudication.reading.sql import Row, grouped
from claims.edits.history import visit_order

#: patient, line, day, code, outcome of the line, status of its claim, supplier's key and name, claim number, claim id,
#: deductible, arrival. Visits of other contractors have no claim id. A claim that is asked for anew has given its
#: deductible back until it is decided. A claim that was replaced or voided is gone, a replacement counts once decided.
VISITS = """
SELECT c.beneficiary_id, l.number, l.date_of_service, l.hcpcs, d.outcome, c.status,
       c.billing_npi || '-' || c.billing_tin, coalesce(s.name, ''), c.icn, c.id,
       CASE c.status WHEN 'queued' THEN 0 ELSE d.deductible END, 0
  FROM claims_claim c
  JOIN claims_linedecision d ON d.decision_id = c.current_decision_id
  JOIN claims_claimline l ON l.id = d.line_id
  LEFT JOIN suppliers_supplier s ON s.id = c.supplier_id
 WHERE c.beneficiary_id = ANY(%(ids)s) AND NOT c.is_test AND c.status NOT IN ('adjusted', 'voided')
   AND (c.replaces_id IS NULL OR c.status IN ('payable', 'paid', 'denied'))
UNION ALL
SELECT beneficiary_id, id, date_of_service, hcpcs, status, '', supplier_npi || '-' || supplier_tin, supplier_name,
       '', NULL, 0, arrival
  FROM beneficiaries_outsidevisit WHERE beneficiary_id = ANY(%(ids)s)
ORDER BY 1, 3, 12, 2
"""

#: The claim that is decided and the one it replaces: neither is history of itself.
Own = tuple[int, int | None]

#: How far around a claim visits are kept in its facts; of older ones only the last that counts.
DAYS_BEFORE = dt.timedelta(days=120)
DAYS_AFTER = dt.timedelta(days=7)


def read_visits(ids: Iterable[int]) -> dict[int, list[Row]]:
    return grouped(VISITS, {"ids": sorted(set(ids))})


def visit_status(outcome: str, claim_status: str) -> VisitStatus:
    """A line that pays has taken its day only when its claim is decided (fine point e)."""
    if outcome in ("deny", "denied"):
        return "denied"
    is_paid = outcome == "paid" or (outcome == "pay" and claim_status in ("payable", "paid"))
    return "paid" if is_paid else "pending"


def visit_history(found: list[Row], own: Own, before: int) -> tuple[Visit, ...]:
    """The patient's visits on other claims and with other contractors that are known then."""
    visits = (visit_of(row) for row in latest_records(found, before) if row[8] is None or row[8] not in own)
    return tuple(sorted(visits, key=visit_order))


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
    """The facts with only those visits that the claim may be judged by: near ones and the last one that counts."""
    patient = facts.beneficiary
    if patient is None or not patient.visits or not facts.lines:
        return facts
    first_day = min(line.date for line in facts.lines) - DAYS_BEFORE
    last_day = max(line.date for line in facts.lines) + DAYS_AFTER
    near = [visit for visit in patient.visits if first_day <= visit.date <= last_day]
    older = [visit for visit in patient.visits if visit.date < first_day and visit.status != "denied"]
    if len(near) == len(patient.visits):
        return facts
    return replace(facts, beneficiary=replace(patient, visits=(*older[-1:], *near)))


def deductible_used(found: list[Row], own: Own) -> dict[int, Decimal]:
    """Dollars of deductible by year that the standing decisions of the patient's other claims used."""
    used: dict[int, Decimal] = defaultdict(Decimal)
    for row in found:
        if row[8] is not None and row[8] not in own and row[9]:
            used[row[1].year] += row[9]
    return used
