"""What moves the history of claims from below: persons and suppliers that come on file late, records that change."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from django.db import connection, transaction

from accounts.actions import build_event, record_events
from beneficiaries.models import HistoryArrival, HistoryKind, MovedKind
from beneficiaries.readers import PatientAsBilled, match_beneficiaries
from claims.adjudication.reading.sql import array, rows
from policy import clock
from suppliers.actions import take_changed_records
from suppliers.announcing import RecordKind
from suppliers.models import RecordArrival

#: Who acts when history has moved.
THE_WATCH = "the watch over moved history"

#: Outbox rows about suppliers worked in one transaction.
RECORDS_AT_ONCE = 500

#: Claims that are, or will be, decided with the others of their patient.
ALIVE = "NOT c.is_test AND c.status NOT IN ('rejected', 'adjusted', 'voided')"

#: Claims of nobody that name an MBI of these patients.
OF_NOBODY = f"""
SELECT c.id, c.mbi, c.patient_birth_date, c.patient_last_name FROM claims_claim c
 WHERE c.mbi IN (SELECT mbi FROM beneficiaries_beneficiarymbi WHERE beneficiary_id = ANY(%s::bigint[]))
   AND c.beneficiary_id IS NULL AND {ALIVE}
"""  # noqa: S608 - made of this module's own text

IDENTIFY = """
UPDATE claims_claim c SET beneficiary_id = n.patient FROM unnest(%s::bigint[], %s::bigint[]) AS n(id, patient)
 WHERE c.id = n.id AND c.beneficiary_id IS NULL RETURNING c.id
"""

#: Claims whose supplier was not on file when they came, and now is.
OF_THE_SUPPLIERS = f"""
UPDATE claims_claim c SET supplier_id = s.id FROM suppliers_supplier s
 WHERE s.id = ANY(%s::bigint[]) AND c.billing_npi = s.npi AND c.billing_tin = s.tin
   AND c.supplier_id IS NULL AND {ALIVE}
RETURNING c.id
"""  # noqa: S608 - made of this module's own text

#: The patients with claims that the days of a changed record concern: by date of service, or by the day of receipt.
SPREAD = f"""
INSERT INTO beneficiaries_historyarrival (kind, beneficiary_id)
SELECT DISTINCT '{MovedKind.SUPPLIERS.value}', c.beneficiary_id
  FROM unnest(%s::bigint[], %s::text[], %s::daterange[]) AS r(supplier_id, kind, days)
  JOIN claims_claim c USING (supplier_id)
 WHERE {ALIVE} AND c.beneficiary_id IS NOT NULL
   AND CASE r.kind WHEN '{RecordKind.PREPAYMENT_REVIEW.value}' THEN r.days @> c.received_on
       ELSE r.days && daterange(c.first_day, c.last_day, '[]') END
"""  # noqa: S608 - made of this module's own text

#: Of what arrived for these patients, that after which one of their claims is still to be decided that was asked for
#: before: that decision does not see it.
PUT_BACK = """
INSERT INTO beneficiaries_historyarrival (kind, beneficiary_id)
SELECT DISTINCT n.kind, n.patient FROM unnest(%s::text[], %s::bigint[], %s::bigint[]) AS n(kind, patient, arrival)
  JOIN claims_claim c ON c.beneficiary_id = n.patient AND c.status = 'queued' AND c.queue_number < n.arrival
 WHERE NOT c.is_test
"""

#: Kinds whose rows count from their arrival on; the others count as soon as they are written.
BY_ARRIVAL = (*HistoryKind.values, MovedKind.PLANS.value)


def spread_changed_records() -> None:
    """Tell of the patients whose claims are judged by a supplier's record that changed."""
    while spread_some_records():
        pass


@transaction.atomic
def spread_some_records() -> int:
    """A portion of the outbox about suppliers; how many rows."""
    changed = take_changed_records(RECORDS_AT_ONCE)
    identify_suppliers(changed)
    if changed:
        columns = zip(*((row.supplier_id, row.kind, row.days) for row in changed), strict=True)
        with connection.cursor() as cursor:
            cursor.execute(SPREAD, [list(column) for column in columns])
    return len(changed)


def identify_suppliers(changed: Iterable[RecordArrival]) -> None:
    """Link claims to suppliers that came on file after them."""
    fresh = {row.supplier_id for row in changed if row.kind == RecordKind.SUPPLIER}
    if fresh:
        tell_of_identified(rows(OF_THE_SUPPLIERS, [array(fresh)]), "supplier_identified", "supplier")


def identify_patients(arrived: Collection[HistoryArrival]) -> None:
    """Link claims of nobody (HIT-301) to these patients, who came on file, got an MBI or another name after them."""
    patients = {row.beneficiary_id for row in arrived if row.kind == HistoryKind.PEOPLE}
    found = rows(OF_NOBODY, [array(patients)]) if patients else []
    if not found:
        return
    billed = {number: PatientAsBilled(mbi, born, surname) for number, mbi, born, surname in found}
    matched = match_beneficiaries(billed.values())
    pairs = [(number, matched[who]) for number, who in billed.items() if matched.get(who) in patients]
    if pairs:
        columns = [list(column) for column in zip(*pairs, strict=True)]
        tell_of_identified(rows(IDENTIFY, columns), "patient_identified", "patient")


def tell_of_identified(claims: Sequence[tuple[int, ...]], verb: str, who: str) -> None:
    record_events(
        build_event(
            verb,
            by=THE_WATCH,
            on=clock.today(),
            about=("claims.claim", str(number)),
            sentence=f"The {who} of the claim, who was not on file before, is now.",
        )
        for (number,) in claims
    )


def put_back(arrived: Iterable[HistoryArrival]) -> None:
    """Keep in the outbox what a decision that is still to be made will not see, to be looked at again after it."""
    kept = [(row.kind, row.beneficiary_id, row.arrival) for row in arrived if row.kind in BY_ARRIVAL]
    if kept:
        with connection.cursor() as cursor:
            cursor.execute(PUT_BACK, [list(column) for column in zip(*kept, strict=True)])


def kinds_that_end_waiting(arrived: Iterable[HistoryArrival]) -> Iterator[HistoryArrival]:
    """What has waiting claims decided anew whatever it changes; of the rest only what would change their decision."""
    return (row for row in arrived if row.kind in HistoryKind.values)
