"""Finding the claims that a supplier asks for: its own alone, by their number, its own number, or days of service."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet

from accounts.models import User
from claims.inquiries import status_codes as codes
from claims.inquiries.standing import Standing, standings
from claims.inquiries.status_codes import Status
from claims.models import Claim
from suppliers.models import Supplier
from suppliers.rights import Right

#: More claims than this are not told for one request.
MOST_CLAIMS = 100


@dataclass(frozen=True, slots=True)
class Sought:
    """What a claim is sought by. `suppliers` are the ids of those whose claims it may be; the rest narrows."""

    suppliers: frozenset[int]
    claim_number: str = ""
    mbi: str = ""
    patient_control_number: str = ""
    charge: Decimal | None = None
    days: tuple[dt.date, dt.date] | None = None

    @property
    def can_find(self) -> bool:
        """Whether there is enough to find a claim by."""
        by_patient = self.patient_control_number or self.days
        return bool(self.claim_number or (self.mbi and by_patient))

    def is_met_by(self, claim: Claim) -> bool:
        """The claim number alone, or the patient with all the rest that was sent."""
        if claim.supplier_id not in self.suppliers:
            return False
        if self.claim_number:
            return claim.icn == self.claim_number
        return (
            claim.mbi == self.mbi
            and self.patient_control_number in ("", claim.patient_control_number)
            and self.charge in (None, claim.total_charge)
            and (self.days is None or _overlaps(claim, self.days))
        )


@dataclass(frozen=True, slots=True)
class Found:
    """The claims that were found, the latest first; where there are none, the status that says why."""

    standings: tuple[Standing, ...]
    why_not: Status | None = None


def _overlaps(claim: Claim, days: tuple[dt.date, dt.date]) -> bool:
    first, last = claim.first_day, claim.last_day or claim.first_day
    return first is not None and last is not None and first <= days[1] and days[0] <= last


def suppliers_named(by: User | None, identifiers: Collection[str], right: Right) -> dict[str, list[Supplier]]:
    """The suppliers for which a person holds a right (all, for staff), by the NPI or tax number that names them.

    Two queries. Nobody holds any.
    """
    named: dict[str, list[Supplier]] = {identifier: [] for identifier in identifiers}
    if by is not None and named:
        for supplier in Supplier.objects.allowing(by, right).filter(Q(npi__in=named) | Q(tin__in=named)).order_by("pk"):
            for identifier in (supplier.npi, supplier.tin):
                if identifier in named:
                    named[identifier].append(supplier)
    return named


def find(sought: Sequence[Sought], *, is_test: bool) -> list[Found]:
    """The claims that each request is met by; five queries, however many requests."""
    able = [each for each in sought if each.can_find and each.suppliers]
    claims = list(_candidates(able, is_test)) if able else []
    by_number = {claim.icn: [claim] for claim in claims if claim.icn}
    by_patient: dict[str, list[Claim]] = {}
    for claim in claims:
        by_patient.setdefault(claim.mbi, []).append(claim)
    matched = [
        [
            claim
            for claim in (by_number.get(each.claim_number, []) if each.claim_number else by_patient.get(each.mbi, []))
            if each.can_find and each.is_met_by(claim)
        ]
        for each in sought
    ]
    wanted = {claim.pk: claim for found in matched if len(found) <= MOST_CLAIMS for claim in found}
    standing = standings(list(wanted.values())) if wanted else {}
    return [_found(each, found, standing) for each, found in zip(sought, matched, strict=True)]


def _found(sought: Sought, claims: list[Claim], standing: dict[int, Standing]) -> Found:
    if not sought.can_find:
        return Found((), codes.NOTHING_TO_FIND_BY)
    if len(claims) > MOST_CLAIMS:
        return Found((), codes.TOO_MANY_FOUND)
    return Found(tuple(standing[claim.pk] for claim in claims), None if claims else codes.NOT_FOUND)


def _candidates(sought: Sequence[Sought], is_test: bool) -> QuerySet[Claim]:
    suppliers = frozenset[int]().union(*(each.suppliers for each in sought))
    numbers = {each.claim_number for each in sought if each.claim_number}
    patients = {each.mbi for each in sought if not each.claim_number}
    named = Q(icn__in=numbers) | Q(mbi__in=patients)
    claims = Claim.objects.filter(named, supplier__in=suppliers, is_test=is_test)
    return claims.defer("billed").order_by("-arrival")
