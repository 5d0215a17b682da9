"""Finding what suppliers are to be told, behind the deciding path: what is new among decisions, remittances and files.

A scheduled task reads the rows behind the last that it saw, whose ids are settled, and writes notices in a number of
queries that does not depend on theirs. Whoever decides writes nothing for it. Running it twice tells nothing twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from claims.models import Claim, NoticeKind, SupplierNotice, ToldUpTo
from claims.verification.settled import settled
from policy import clock

#: Whoever holds this lock looks for news; the number means nothing.
LOCK = 7_402_117

#: Rows of a table looked at in one run, days after which nothing is news any more, days a key's end is told before.
MOST_ROWS, NEWS_DAYS, KEY_DAYS = 20_000, 30, 14

#: Seconds to wait for transactions under way; what they add is otherwise told the next time.
PATIENCE = 1.0

#: Only suppliers for whom somebody acts are told anything.
SOMEBODY_ACTS = "EXISTS (SELECT FROM suppliers_supplierperson p WHERE p.supplier_id = c.supplier_id AND p.user_id > 0)"

DECIDED = f"""
INSERT INTO claims_suppliernotice (supplier_id, kind, claim_id, outcome, "on", source)
SELECT c.supplier_id, CASE WHEN d.status IN ('pay', 'deny') THEN 'claim.decided' ELSE 'claim.held' END, c.id, d.status,
       d.decided_on, 'decision/' || d.id
  FROM claims_decision d JOIN claims_claim c ON c.id = d.claim_id
 WHERE d.id > %(after)s AND d.id <= %(last)s AND d.decided_on >= %(since)s AND NOT c.is_test AND {SOMEBODY_ACTS}
 ORDER BY d.id
ON CONFLICT DO NOTHING
"""  # noqa: S608 - constants

PAID = f"""
INSERT INTO claims_suppliernotice (supplier_id, kind, claim_id, outcome, "on", source)
SELECT c.supplier_id, 'claim.paid', c.id, d.status, r.payment_day, 'paid/' || t.id
  FROM claims_remitteddecision t
  JOIN claims_remittance r ON r.id = t.remittance_id
  JOIN claims_decision d ON d.id = t.decision_id AND d.status = 'pay'
  JOIN claims_claim c ON c.id = t.claim_id
 WHERE t.id > %(after)s AND t.id <= %(last)s AND r.payment_day >= %(since)s AND NOT t.is_reversal AND {SOMEBODY_ACTS}
 ORDER BY t.id
ON CONFLICT DO NOTHING
"""  # noqa: S608 - constants

#: Who sent a file is told of it; the organization where a program of its sent it.
REFUSED = """
INSERT INTO claims_suppliernotice (supplier_id, person_id, kind, file_id, "on", source, outcome)
SELECT k.supplier_id, CASE WHEN k.id IS NULL THEN u.id END, 'file.refused', f.id, f.received_on, 'file/' || f.id, ''
  FROM claims_receivedfile f
  JOIN accounts_user u ON u.id = f.submitted_by_id AND u.role = 'supplier'
  LEFT JOIN suppliers_apikey k ON k.account_id = u.id
 WHERE f.id > %(after)s AND f.id <= %(last)s AND f.received_on >= %(since)s AND (f.state = 'refused' OR f.rejected > 0)
 ORDER BY f.id
ON CONFLICT DO NOTHING
"""

KEYS = """
INSERT INTO claims_suppliernotice (supplier_id, kind, "on", due, source, outcome)
SELECT k.supplier_id, 'key.expiring', %(today)s, (k.expires_at AT TIME ZONE %(zone)s)::date, 'key/' || k.id, ''
  FROM suppliers_apikey k
 WHERE k.revoked_at IS NULL AND k.expires_at > %(now)s AND k.expires_at <= %(now)s + %(before)s
ON CONFLICT DO NOTHING
"""

#: A file that is still being received is looked at again: what it becomes is not known yet.
STILL_RECEIVING = "SELECT min(id) FROM claims_receivedfile WHERE id > %(after)s AND state = 'receiving'"

SOURCES = {"claims_decision": DECIDED, "claims_remitteddecision": PAID, "claims_receivedfile": REFUSED}


def find_news() -> int:
    """Write the notices for what is new; how many. Nothing while another process does. Bounded in its queries."""
    ids = settled(list(SOURCES), PATIENCE)
    with transaction.atomic():
        if not _is_alone():
            return 0
        seen = dict(ToldUpTo.objects.values_list("table", "last_id"))
        since = clock.today() - dt.timedelta(days=NEWS_DAYS)
        found = sum(_tell(table, seen.get(table, 0), last, since) for table, last in ids.items())
        return found + _write(KEYS, _about_keys())


def _is_alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


def _tell(table: str, after: int, last: int, since: dt.date) -> int:
    """Tell what is new in one table, and note how far that went."""
    last = min(last, after + MOST_ROWS)
    if last <= after:
        return 0
    found = _write(SOURCES[table], {"after": after, "last": last, "since": since})
    if table == "claims_receivedfile":
        last = min(last, _first_unfinished(after) - 1)
    ToldUpTo.objects.update_or_create(table=table, defaults={"last_id": last})
    return found


def _first_unfinished(after: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(STILL_RECEIVING, {"after": after})
        (first,) = cursor.fetchone()
    return first or after + MOST_ROWS + 1


def _about_keys() -> dict[str, Any]:
    before = dt.timedelta(days=KEY_DAYS)
    zone = str(timezone.get_default_timezone())
    return {"today": clock.today(), "now": timezone.now(), "before": before, "zone": zone}


def _write(statement: str, values: Mapping[str, Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def tell_records_requested(claims: Sequence[Claim], *, on: dt.date, due: dt.date, source: str) -> None:
    """Tell the suppliers of these claims that records are asked for, to be answered by `due`; one statement.

    For the room that asks: `source` names its request ("records_request/17"), so that it is told once. The claims of
    nobody on file are left out. Inside the caller's transaction.
    """
    notices = [
        SupplierNotice(
            supplier_id=claim.supplier_id,
            kind=NoticeKind.RECORDS_REQUESTED,
            claim=claim,
            on=on,
            due=due,
            source=f"{source}/{claim.pk}",
        )
        for claim in claims
        if claim.supplier_id and not claim.is_test
    ]
    SupplierNotice.objects.bulk_create(notices, ignore_conflicts=True)
