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

#: Patients of whom a claim that pays was first decided after another one with later visits was: one with an initial
#: visit that is not denied (HIT-601), or with a visit that lacked an earlier one (HIT-604).
OVERTAKEN = """
SELECT DISTINCT y.beneficiary_id
  FROM claims_claim y
  JOIN claims_decision d ON d.id = y.current_decision_id AND d.number = 1
  JOIN claims_claim x ON x.beneficiary_id = y.beneficiary_id AND x.current_decision_id < d.id
       AND x.last_day > y.first_day AND x.status IN ('payable', 'paid', 'denied', 'on_hold', 'suspended')
  JOIN claims_linedecision o ON o.decision_id = x.current_decision_id
  JOIN claims_claimline l ON l.id = o.line_id AND l.date_of_service > y.first_day
 WHERE y.received_on > %(received_after)s AND y.decided_on > %(decided_after)s AND y.status IN ('payable', 'paid')
   AND NOT y.is_test AND NOT x.is_test
   AND (l.hcpcs = ANY(%(initial_codes)s) AND o.outcome <> 'deny' OR 'HIT-604' = ANY(o.edits))
"""

#: First decisions of these last days are looked at: the look is part of each day's work, so that most come up often.
DECIDED_WITHIN = dt.timedelta(days=14)

#: Of claims received in these last days, for which there is an index: a paper claim may be keyed weeks after it came.
RECEIVED_WITHIN = dt.timedelta(days=90)


def claims_touched(patients: Collection[int], kind: str) -> list[int]:
    """The decided claims of these patients that history of a kind may concern."""
    return [row[0] for row in rows(NETS.get(kind, OF_PATIENTS), [array(patients)])] if patients else []


def patients_overtaken(day: dt.date) -> list[int]:
    """Patients whose decided claims an earlier visit may concern that was first decided after them, by `day`."""
    found = rows(
        OVERTAKEN,
        {
            "received_after": day - RECEIVED_WITHIN,
            "decided_after": day - DECIDED_WITHIN,
            "initial_codes": initial_codes(),
        },
    )
    return [row[0] for row in found]


def initial_codes() -> list[str]:
    codes = tables_as_known().visit_codes
    return [code for code in codes.keys() if any(row.is_initial for row in codes.of(code))]  # noqa: SIM118 - no mapping
