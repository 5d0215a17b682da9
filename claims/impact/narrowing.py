"""Which claims two states of the policy tables can decide otherwise: a net that leaves none out that would change.

Each table says which claims ask it: by the code of a visit, the place, the drug bills, the day of service or receipt.
What a decision says also counts for the patient's other claims (visits, the deductible), so the net takes all of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence

from claims.adjudication.reading.sql import array, rows
from claims.edits.drugs import WINDOW
from claims.impact.touched import Touch
from policy.tables import EVERYWHERE, PolicyTables

#: A claim whose decision stands or that waits, and its patient. One that is about to be replaced keeps its decision.
#: `zip` is empty where the claim does not say its place, which is then looked up on file.
STANDING = """
standing AS (
  SELECT c.id, c.beneficiary_id, c.current_decision_id, c.received_on, c.supplier_id, c.place_of_service,
         CASE WHEN c.service_state <> '' AND c.service_zip <> '' THEN left(c.service_zip, 5)
              WHEN c.patient_state <> '' AND c.patient_zip <> '' THEN left(c.patient_zip, 5) ELSE '' END AS zip
    FROM claims_claim c
   WHERE NOT c.is_test AND c.status IN ('payable', 'paid', 'denied', 'on_hold', 'suspended')
     AND c.current_decision_id IS NOT NULL
     AND NOT EXISTS (SELECT FROM claims_claim r WHERE r.replaces_id = c.id AND r.status NOT IN ('voided', 'adjusted')))
"""

#: Its lines, with the code as billed and with each code that medical review gave the line.
VISIT = """
visit AS (
  SELECT c.*, l.date_of_service AS day, l.hcpcs, coalesce(nullif(l.place_of_service, ''), c.place_of_service) AS place
    FROM standing c JOIN claims_claimline l ON l.claim_id = c.id
  UNION ALL
  SELECT c.*, l.date_of_service, d.value, coalesce(nullif(l.place_of_service, ''), c.place_of_service)
    FROM standing c JOIN claims_claimline l ON l.claim_id = c.id
    JOIN claims_determination d ON d.claim_id = c.id AND d.line_number = l.number AND d.kind = 'review_code')
"""

TOUCH = "unnest(%s::text[], %s::date[], %s::date[]) AS t(key, first, last)"

BY_CODE = f"""
SELECT v.id FROM visit v JOIN {TOUCH}
    ON v.hcpcs = t.key AND v.day BETWEEN t.first AND t.last
"""  # noqa: S608 - made of this module's own text

#: A visit that another contractor paid for takes the day of its own category only, under one of the settings.
BY_CODE_ELSEWHERE = f"""
SELECT v.id FROM visit v
  JOIN beneficiaries_outsidevisit o ON o.beneficiary_id = v.beneficiary_id AND o.date_of_service = v.day
  JOIN {TOUCH} ON o.hcpcs = t.key AND o.date_of_service BETWEEN t.first AND t.last
"""  # noqa: S608 - made of this module's own text

BY_ZIP = f"""
SELECT v.id FROM visit v JOIN {TOUCH}
    ON v.zip = t.key AND v.day BETWEEN t.first AND t.last
"""  # noqa: S608 - made of this module's own text

BY_CODE_AND_ZIP = """
SELECT v.id FROM visit v
  JOIN unnest(%s::text[], %s::text[], %s::date[], %s::date[]) AS t(code, key, first, last)
    ON v.hcpcs = t.code AND v.zip = t.key AND v.day BETWEEN t.first AND t.last
"""

BY_DAY = f"""
SELECT v.id FROM visit v JOIN {TOUCH}
    ON v.day BETWEEN t.first AND t.last
"""  # noqa: S608 - made of this module's own text

BY_PLACE = f"""
SELECT v.id FROM visit v JOIN {TOUCH}
    ON v.place = t.key AND v.day BETWEEN t.first AND t.last
"""  # noqa: S608 - made of this module's own text

#: An accreditation counts by its organization's approval on the day of the visit or on its own first day (HIT-202).
BY_ORGANIZATION = f"""
SELECT v.id FROM visit v
  JOIN suppliers_accreditation a ON a.supplier_id = v.supplier_id
  JOIN {TOUCH} ON a.organization = t.key
   AND (v.day BETWEEN t.first AND t.last OR lower(a.in_force) BETWEEN t.first AND t.last)
"""  # noqa: S608 - made of this module's own text

#: The window of a visit holds the drug bills of its day and of the 30 days before (reading 5).
BY_DRUG = f"""
SELECT v.id FROM {TOUCH}
  JOIN beneficiaries_dmedrugclaim b ON b.hcpcs = t.key AND b.date_of_service BETWEEN t.first AND t.last
  JOIN visit v ON v.beneficiary_id = b.beneficiary_id
   AND v.day BETWEEN b.date_of_service AND b.date_of_service + {WINDOW.days}
"""  # noqa: S608 - made of this module's own text

BY_RECEIPT = f"""
SELECT v.id FROM standing v JOIN {TOUCH}
    ON v.received_on BETWEEN t.first AND t.last
"""  # noqa: S608 - made of this module's own text

Part = tuple[str, tuple[str, ...]]


def _plain(query: str) -> Callable[[Sequence[Touch], PolicyTables, PolicyTables], list[Part]]:
    return lambda touches, before, after: [(query, _columns(touches))]


def _columns(touches: Sequence[Touch]) -> tuple[str, ...]:
    return (
        array(_quoted(touch.key) for touch in touches),
        array(touch.start for touch in touches),
        array(touch.end for touch in touches),
    )


def _quoted(key: str) -> str:
    return f'"{key}"'


def _visit_codes(touches: Sequence[Touch], before: PolicyTables, after: PolicyTables) -> list[Part]:
    return [(BY_CODE, _columns(touches)), (BY_CODE_ELSEWHERE, _columns(touches))]


def _amounts(touches: Sequence[Touch], before: PolicyTables, after: PolicyTables) -> list[Part]:
    """National amounts go by the code, those of a locality by the code and the ZIPs of the locality."""
    national = [touch for touch in touches if "@" not in touch.key]
    local = [(code, locality, t) for t in touches for code, at, locality in (t.key.partition("@"),) if at]
    zips = zips_of({locality for _, locality, _ in local}, before, after)
    found = [(code, Touch(place, t.start, t.end)) for code, locality, t in local for place in zips[locality]]
    columns = (array(code for code, _ in found), *_columns([touch for _, touch in found]))
    return [(BY_CODE, _columns(national)), (BY_CODE_AND_ZIP, columns)]


def _factors(touches: Sequence[Touch], before: PolicyTables, after: PolicyTables) -> list[Part]:
    """By the ZIPs of the locality; a factor that holds everywhere by the day alone."""
    everywhere = [touch for touch in touches if touch.key == EVERYWHERE]
    local = [touch for touch in touches if touch.key != EVERYWHERE]
    zips = zips_of({touch.key for touch in local}, before, after)
    found = [Touch(place, t.start, t.end) for t in local for place in zips[t.key]]
    return [(BY_DAY, _columns(everywhere)), (BY_ZIP, _columns(found))]


#: The ZIP of a claim whose place is looked up on file: it may belong to any locality.
ON_FILE = ""


def zips_of(localities: Iterable[str], before: PolicyTables, after: PolicyTables) -> dict[str, set[str]]:
    """The ZIPs that belong to these localities on any day, before or after; a place on file may belong to each."""
    found: dict[str, set[str]] = {locality: {ON_FILE} for locality in localities}
    for tables in (before, after) if found else ():
        for zip5 in tables.localities.keys():  # noqa: SIM118 - no mapping
            for row in tables.localities.of(zip5):
                if row.locality in found:
                    found[row.locality].add(zip5)
    return found


def _localities(touches: Sequence[Touch], before: PolicyTables, after: PolicyTables) -> list[Part]:
    on_file = {Touch(ON_FILE, touch.start, touch.end) for touch in touches}
    return [(BY_ZIP, _columns([*touches, *on_file]))]


def _deductibles(touches: Sequence[Touch], before: PolicyTables, after: PolicyTables) -> list[Part]:
    """The row of January 1 holds for the whole year."""
    years = [Touch(t.key, dt.date(t.start.year, 1, 1), dt.date(t.end.year, 12, 31)) for t in touches]
    return [(BY_DAY, _columns(years))]


#: Every table of `PolicyTables` says by what claims ask it.
NETS: dict[str, Callable[[Sequence[Touch], PolicyTables, PolicyTables], list[Part]]] = {
    "drugs": _plain(BY_DRUG),
    "visit_codes": _visit_codes,
    "amounts": _amounts,
    "factors": _factors,
    "localities": _localities,
    "deductibles": _deductibles,
    "coinsurance": _plain(BY_DAY),
    "sequestration": _plain(BY_DAY),
    "places": _plain(BY_PLACE),
    "organizations": _plain(BY_ORGANIZATION),
    "dispositions": _plain(BY_RECEIPT),
    "settings": _plain(BY_RECEIPT),
}

CLOSED = """
SELECT c.id, c.beneficiary_id FROM standing c
 WHERE c.id IN (SELECT id FROM touched)
    OR c.beneficiary_id IN (SELECT s.beneficiary_id FROM standing s JOIN touched USING (id))
 ORDER BY c.beneficiary_id NULLS FIRST, c.current_decision_id, c.id
"""

ALL = f"""
WITH {STANDING} SELECT id, beneficiary_id FROM standing ORDER BY beneficiary_id NULLS FIRST, current_decision_id, id
"""  # noqa: S608 - made of this module's own text

#: A claim and its patient, None for one who is not on file.
Found = tuple[int, int | None]


def claims_in_reach(touched: dict[str, list[Touch]], before: PolicyTables, after: PolicyTables) -> list[Found]:
    """The claims that the difference can decide otherwise, a patient's in the order they were decided; one query."""
    parts = [part for name, touches in touched.items() for part in NETS[name](touches, before, after)]
    if not parts:
        return []
    union = "\nUNION ALL\n".join(query for query, _ in parts)
    values = [column for _, columns in parts for column in columns]
    return [(row[0], row[1]) for row in rows(f"WITH {STANDING}, {VISIT}, touched AS ({union}) {CLOSED}", values)]


def all_claims() -> list[Found]:
    """Every claim whose decision stands or that waits, in the same order: the net without narrowing; one query."""
    return [(row[0], row[1]) for row in rows(ALL, [])]
