"""Counting the inventory: at any time, twice or late, always with the same result for the same rows."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict

from django.db import connection, transaction
from django.db.models import Count, Max, Q
from django.utils import timezone

from claims.inventory.claim_days import add_claim_days
from claims.inventory.courses import follow_courses
from claims.inventory.days import TABLES, count_days, days_touched
from claims.inventory.denials import By, Denials, denials_by, follow_denials
from claims.inventory.figures import DENIAL_DAYS, OpenClaims
from claims.inventory.on_the_clock import OPEN, clock_start
from claims.inventory.paid import count_paid, payment_days_touched
from claims.inventory.recurring import add_recurring
from claims.inventory.stuck import stuck_claims, stuck_work
from claims.models import Claim, CountedUpTo, Decision, Inventory
from claims.verification.settled import settled
from policy import clock

#: Seconds to wait for transactions under way; what they add is otherwise counted the next time.
PATIENCE = 2.0

#: Whoever holds this lock counts; the number means nothing.
LOCK = 7_402_113


def count_inventory(*, anew: bool = False) -> Inventory | None:
    """Count what is open, denied and stuck, and the days that may have changed since the last count; all with `anew`.

    Bounded in its queries, whatever the number of claims, but for one statement for each 20,000 new decisions. Does
    nothing while another process counts; what stands then is given back.
    """
    began = time.monotonic()
    settled_ids = settled(TABLES, PATIENCE)
    with transaction.atomic():
        if not _may_count():
            return Inventory.objects.first()
        today = clock.today()
        _follow(today, settled_ids, {} if anew else dict(CountedUpTo.objects.values_list("table", "last_id")))
        stuck = list(stuck_work(today))
        counted = {
            "counted_for": today,
            "open_claims": [asdict(row) for row in open_claims(today)],
            "denials": {by.name: [asdict(row) for row in recent_denials(by, today)] for by in (By.EDIT, By.REASON)},
            "stuck": [asdict(row) for row in stuck],
            "stuck_claims": dict(stuck_claims(stuck)),
            "counted_at": timezone.now(),
            "seconds": time.monotonic() - began,
        }
        Inventory.objects.update_or_create(pk=1, defaults=counted)
        return Inventory.objects.get()


def _may_count() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


def _follow(today: dt.date, settled_ids: Mapping[str, int], counted_up_to: Mapping[str, int]) -> None:
    """Bring what is counted row by row and day by day up to what is there, then note up to where nothing can come in
    between any more.
    """
    after = {table: counted_up_to.get(table, 0) for table in TABLES}
    last = Decision.objects.aggregate(last=Max("pk"))["last"] or 0
    follow_denials(after["claims_decision"], last)
    follow_courses(after["claims_decision"], last)
    add_claim_days(after["claims_decision"], after["claims_remittance"])
    count_days(days_touched(after) | {today})
    count_paid(payment_days_touched(after["claims_remittance"], after["policy_publication"]))
    if "claims_decision" in settled_ids:
        add_recurring(after["claims_decision"], settled_ids["claims_decision"])
    CountedUpTo.objects.bulk_create(
        [CountedUpTo(table=table, last_id=last) for table, last in settled_ids.items()],
        update_conflicts=True,
        unique_fields=["table"],
        update_fields=["last_id"],
    )


def open_claims(today: dt.date) -> list[OpenClaims]:
    """The open claims by status, day of receipt and start of the clock; one query."""
    claims = Claim.objects.filter(status__in=OPEN, is_test=False).order_by()
    counted = claims.values("status", "received_on", clock_start=clock_start(today)).annotate(
        claims=Count("pk"), unassigned=Count("pk", filter=Q(assigned_to=None))
    )
    return [OpenClaims(**row) for row in counted.order_by("status", "received_on", "clock_start")]


def recent_denials(by: By, today: dt.date) -> Iterator[Denials]:
    """What was denied in the last days; one query."""
    return denials_by(by, today - dt.timedelta(days=DENIAL_DAYS - 1), today)
