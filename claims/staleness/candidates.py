"""Which decided claims may have been judged by something that has moved: a cheap net, the exact test comes after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from beneficiaries.models import HistoryKind
from claims.adjudication.reading.sql import array, rows
from policy.readers import tables_as_known

#: The decided claims of these patients.
OF_PATIENTS = """
SELECT c.id FROM claims_claim c
 WHERE c.beneficiary_id = ANY(%s::bigint[]) AND NOT c.is_test
   AND c.status IN ('payable', 'paid', 'denied', 'on_hold', 'suspended')
"""

#: Those that a drug bill may concern which came after they were decided: its window is 30 days (reading 5).
BY_DRUG_BILLS = f"""{OF_PATIENTS} AND EXISTS (
    SELECT FROM claims_decision d JOIN beneficiaries_dmedrugclaim b ON b.beneficiary_id = c.beneficiary_id
     WHERE d.id = c.current_decision_id AND b.arrival > d.asked_by
       AND b.date_of_service BETWEEN c.first_day - 30 AND c.last_day)
"""

#: Those with lines in a year of which deductible is known to be used elsewhere.
BY_DEDUCTIBLE = f"""{OF_PATIENTS} AND EXISTS (
    SELECT FROM beneficiaries_deductibleelsewhere e
     WHERE e.beneficiary_id = c.beneficiary_id
       AND e.year BETWEEN extract(year FROM c.first_day) AND extract(year FROM c.last_day))
"""  # noqa: S608 - made of this module's own text

NETS: dict[str, str] = {HistoryKind.DRUG_CLAIMS: BY_DRUG_BILLS, HistoryKind.DEDUCTIBLE: BY_DEDUCTIBLE}

#: Patients of whom a claim that pays or waits was first decided, since a day, after another one with later visits was:
#: one with an initial visit that is not denied (HIT-601), or with a visit that lacked an earlier one (HIT-604).
OVERTAKEN = """
SELECT DISTINCT y.beneficiary_id
  FROM claims_decision d
  JOIN claims_claim y ON y.id = d.claim_id AND y.current_decision_id = d.id
  JOIN claims_claim x ON x.beneficiary_id = y.beneficiary_id AND x.current_decision_id < d.id
       AND x.last_day > y.first_day AND x.status IN ('payable', 'paid', 'denied', 'on_hold', 'suspended')
  JOIN claims_linedecision o ON o.decision_id = x.current_decision_id
  JOIN claims_claimline l ON l.id = o.line_id AND l.date_of_service > y.first_day
 WHERE d.decided_on >= %(since)s AND d.number = 1 AND y.status IN ('payable', 'paid', 'on_hold', 'suspended')
   AND NOT y.is_test AND NOT x.is_test
   AND (l.hcpcs = ANY(%(initial_codes)s) AND o.outcome <> 'deny' OR 'HIT-604' = ANY(o.edits))
"""


def claims_touched(patients: Collection[int], kind: str) -> list[int]:
    """The decided claims of these patients that history of a kind may concern."""
    return [row[0] for row in rows(NETS.get(kind, OF_PATIENTS), [array(patients)])] if patients else []


def patients_overtaken(since: dt.date) -> list[int]:
    """Patients whose decided claims an earlier visit may concern that was first decided after them, `since` a day.

    How long before a decision or after a visit does not matter: each first decision is looked at once or twice, when it
    is new, and whatever moves later tells of itself.
    """
    found = rows(OVERTAKEN, {"since": since, "initial_codes": initial_codes()})
    return [row[0] for row in found]


def initial_codes() -> list[str]:
    codes = tables_as_known().visit_codes
    return [code for code in codes.keys() if any(row.is_initial for row in codes.of(code))]  # noqa: SIM118 - no mapping
