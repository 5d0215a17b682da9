"""Reads over several models: who a claim is for, and the outstanding record of each drug and visit."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import QuerySet

from beneficiaries.models import BeneficiaryMbi, DmeDrugClaim, OutsideVisit


class PatientAsBilled(NamedTuple):
    """What a claim says of its patient. Case, accents, spaces and punctuation of the surname do not matter."""

    mbi: str
    birth_date: dt.date | None
    surname: str


class _Holder(NamedTuple):
    beneficiary_id: int
    birth_date: dt.date
    surname: str

    def agreement(self, billed: PatientAsBilled) -> int:
        """How many of birth date and surname agree."""
        return (self.birth_date == billed.birth_date) + (self.surname == plain(billed.surname) != "")


def match_beneficiary(mbi: str, birth_date: dt.date | None, surname: str) -> int | None:
    """The id of the person with this MBI and (this birth date or this surname); None when nobody matches (HIT-301)."""
    billed = PatientAsBilled(mbi, birth_date, surname)
    return match_beneficiaries([billed]).get(billed)


def match_beneficiaries(billed: Iterable[PatientAsBilled]) -> dict[PatientAsBilled, int]:
    """The same for any number of patients in one query; who is not found is left out.

    An MBI counts on whatever day it was in force: it is still sent for a while after it was replaced. Should it have
    been two people's at different times, the one who agrees in more is meant, then the one who has it now.
    """
    wanted = set(billed)
    holders = _holders({patient.mbi for patient in wanted})
    found = {}
    for patient in wanted:
        matches = [holder for holder in holders[patient.mbi] if holder.agreement(patient)]
        if matches:
            found[patient] = max(matches, key=lambda holder: holder.agreement(patient)).beneficiary_id
    return found


def match_in_all(billed: Iterable[PatientAsBilled]) -> dict[PatientAsBilled, int]:
    """Those whom MBI, birth date and surname name together; one query. What a claim may leave open, a look may not."""
    wanted = set(billed)
    holders = _holders({patient.mbi for patient in wanted})
    found = {}
    for patient in wanted:
        agreeing = (each.beneficiary_id for each in holders[patient.mbi] if each.agreement(patient) == 2)
        if (number := next(agreeing, None)) is not None:
            found[patient] = number
    return found


def _holders(mbis: set[str]) -> dict[str, list[_Holder]]:
    """Who has or had each MBI, the latest first."""
    rows = (
        BeneficiaryMbi.objects.filter(mbi__in=mbis)
        .order_by("-in_force", "-pk")
        .values_list("mbi", "beneficiary_id", "beneficiary__birth_date", "beneficiary__last_name")
    )
    holders = defaultdict(list)
    for mbi, number, birth_date, surname in rows:
        holders[mbi].append(_Holder(number, birth_date, plain(surname)))
    return holders


def plain(name: str) -> str:
    """A name without case, accents, spaces and punctuation: "O'Brien-Juárez" and "OBRIEN JUAREZ" are the same."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in letters if letter.isalnum())


def standing_drug_claims(beneficiary_id: int) -> QuerySet[DmeDrugClaim]:
    """Of each drug, modifier and day the latest record, which replaces the earlier ones; by day of service."""
    latest = (
        DmeDrugClaim.objects.filter(beneficiary_id=beneficiary_id)
        .order_by("hcpcs", "modifier", "date_of_service", "-arrival")
        .distinct("hcpcs", "modifier", "date_of_service")
    )
    return DmeDrugClaim.objects.filter(pk__in=latest.values("pk")).order_by("date_of_service", "arrival")


def standing_outside_visits(beneficiary_id: int) -> QuerySet[OutsideVisit]:
    """Of each supplier, code and day the latest record of another contractor; by day of service."""
    latest = (
        OutsideVisit.objects.filter(beneficiary_id=beneficiary_id)
        .order_by("supplier_npi", "hcpcs", "date_of_service", "-arrival")
        .distinct("supplier_npi", "hcpcs", "date_of_service")
    )
    return OutsideVisit.objects.filter(pk__in=latest.values("pk")).order_by("date_of_service", "arrival")


def people_with_mbis(mbis: set[str]) -> dict[str, int]:
    """Whose each MBI is, or was last; for records of other systems that carry nothing else."""
    return {mbi: found[0].beneficiary_id for mbi, found in _holders(mbis).items()}
