"""Reads over suppliers: who bills under an NPI and tax id, and what runs out when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Q, QuerySet

from suppliers.models import Accreditation, Supplier


class BillingKey(NamedTuple):
    """What tells suppliers apart: one NPI and one tax id."""

    npi: str
    tin: str


def match_suppliers(keys: Iterable[BillingKey]) -> dict[BillingKey, int]:
    """The ids of the suppliers that bill under these keys, in one query; who is not on file is left out."""
    wanted = set(keys)
    rows = Supplier.objects.filter(npi__in={key.npi for key in wanted}).values_list("npi", "tin", "pk")
    found = {BillingKey(npi, tin): number for npi, tin, number in rows}
    return {key: found[key] for key in wanted if key in found}


def accreditations_ending(first: dt.date, last: dt.date) -> QuerySet[Accreditation]:
    """Accreditations whose last day lies from `first` through `last`, unless the supplier has one on the day after."""
    day = dt.timedelta(days=1)
    ending = Accreditation.objects.filter(in_force__endswith__range=(first + day, last + day))
    followed = Q(supplier__accreditations__in_force__contains=last + day)
    return ending.exclude(followed).select_related("supplier").order_by("in_force", "supplier__name")
