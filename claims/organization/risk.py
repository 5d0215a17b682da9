"""What a supplier stands to lose when something that it must have ends: the money at risk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum

from claims.models import Claim, ClaimStatus
from claims.pages.counting import LIMIT
from claims.pages.supplier.standing import Lapse, Standing, lapses, standings_of
from policy.tables import PolicyTables
from suppliers.models import Supplier

ZERO = Decimal("0.00")

#: Claims received in so many days, the business date the last of them, say what is at risk.
DAYS = 90

PAYS = (ClaimStatus.PAID, ClaimStatus.PAYABLE)
UNDECIDED = (ClaimStatus.RECEIVED, ClaimStatus.QUEUED, ClaimStatus.ON_HOLD, ClaimStatus.SUSPENDED)

#: The relations that `standings_of` reads, for suppliers that are read together.
SPANS = ("enrollments", "licenses", "accreditations", "revocations", "prepaymentreviews")

#: What the pages say of it.
DEFINITION = (
    f"The money at risk is what claims received in the last {DAYS} days were paid or will be paid, and the charges of "
    "those not decided yet, for visits on the days that it covers. Of a license, only visits in its State count."
)


@dataclass(frozen=True, slots=True)
class Risk:
    """Dollars that claims of the last 90 days pay, and that those charge which are not decided; how many they are."""

    pays: Decimal = ZERO
    undecided: Decimal = ZERO
    claims: int = 0


@dataclass(frozen=True, slots=True)
class AtRisk:
    """Something that ends soon, and the money at risk."""

    supplier: Supplier
    lapse: Lapse
    risk: Risk


def at_risk(suppliers: Sequence[Supplier], tables: PolicyTables, today: dt.date) -> list[AtRisk]:
    """What ends within 60 days, the first to end in front; one query beyond the suppliers' spans, none if nothing ends.

    The spans may have been read with the suppliers, by `prefetch_related(*SPANS)`.
    """
    ending = [
        (supplier, lapse) for supplier in suppliers for lapse in lapses(standings_of(supplier, tables, today), today)
    ]
    money = _money({supplier.pk for supplier, _ in ending}, today) if ending else []
    found = [AtRisk(supplier, lapse, _risk(money, supplier, lapse.standing)) for supplier, lapse in ending]
    return sorted(found, key=lambda each: (each.lapse.last, each.supplier.name, each.lapse.words))


def _money(suppliers: Iterable[int], today: dt.date) -> list[Mapping[str, Any]]:
    """What claims pay and charge by supplier, State and last visit; at most the newest 10,000 claims are read."""
    since = today - dt.timedelta(days=DAYS - 1)
    # The first arrival of the span is found by the index on receipt, the claims behind it by that on the supplier.
    first = Claim.objects.filter(received_on__gte=since).order_by("received_on", "arrival").values("arrival")[:1]
    recent = Claim.objects.filter(supplier__in=suppliers, arrival__gte=first, received_on__gte=since, is_test=False)
    newest = recent.order_by("-arrival").values("pk")[:LIMIT]
    rows = Claim.objects.filter(pk__in=newest, status__in=(*PAYS, *UNDECIDED)).order_by()
    grouped = rows.values("supplier", "service_state", "patient_state", "last_day").annotate(
        pays=Sum("paid_amount", filter=Q(status__in=PAYS), default=ZERO),
        undecided=Sum("total_charge", filter=Q(status__in=UNDECIDED), default=ZERO),
        claims=Count("pk"),
    )
    return [dict(row) for row in grouped]


def _risk(money: Iterable[Mapping[str, Any]], supplier: Supplier, standing: Standing) -> Risk:
    covered = [row for row in money if row["supplier"] == supplier.pk and _covers(standing, row)]
    return Risk(
        sum((row["pays"] for row in covered), ZERO),
        sum((row["undecided"] for row in covered), ZERO),
        sum(row["claims"] for row in covered),
    )


def _covers(standing: Standing, row: Mapping[str, Any]) -> bool:
    """Whether the visits of a row are under something that the supplier has; `key` is the State of a license."""
    day, state = row["last_day"], row["service_state"] or row["patient_state"]
    in_force = day is not None and standing.first <= day and (standing.last is None or day <= standing.last)
    return in_force and standing.key in ("", state)
