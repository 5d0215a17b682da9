"""Looking at a patient: only for who names the person by MBI, surname and birth date together, counted and logged.

Whatever does not match is answered alike, so that an answer tells nothing of what is on file. Every person that was
asked about counts, matched or not, by organization and business day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import transaction
from django.db.models import Count, Q, Value
from django.utils.crypto import salted_hmac

from accounts.actions import log_accesses
from accounts.models import User
from beneficiaries.readers import PatientAsBilled, match_in_all, people_with_mbis, plain
from claims.models import PatientLook
from policy.refusals import Refused
from policy.tables import PolicyTables
from suppliers.models import Supplier

#: Dated settings, by the business day, with what holds where none is published: how many persons an organization may
#: ask about on a day, and how many of them may match nobody.
MOST_PERSONS = ("precheck_persons_a_day", "500")
MOST_MISMATCHES = ("precheck_mismatches_a_day", "50")

NOT_MATCHED = (
    "The Medicare number, surname and birth date do not all match one person on file. Compare them with the Medicare "
    "card. Until they match, nothing is checked against a patient’s record."
)
TOO_MANY = (
    "Your organization has asked about as many patients today as it may in a day. Checks against a patient’s record go "
    "on tomorrow; claims can be submitted all the same."
)


@dataclass(frozen=True, slots=True)
class Looked:
    """Who was found, by what was given; `refused` were not looked up, for too many were before."""

    found: Mapping[PatientAsBilled, int]
    refused: frozenset[PatientAsBilled] = frozenset()

    def why_not(self, patient: PatientAsBilled) -> str:
        """Why nothing is said of a patient; "" for one that was found."""
        if patient in self.found:
            return ""
        return TOO_MANY if patient in self.refused else NOT_MATCHED


def look(
    supplier: Supplier,
    patients: Collection[PatientAsBilled],
    *,
    by: User,
    on: dt.date,
    tables: PolicyTables,
    page: str,
) -> Looked:
    """Find the patients for a supplier, count those it had not asked about that day, and log whose record is shown.

    Four queries, and one more when somebody is asked about for the first time that day.
    """
    digests = {patient: digest_of(patient) for patient in patients}
    found = match_in_all(patients)
    allowed = _count(supplier, digests, found, by=by, on=on, tables=tables)
    shown = {patient: number for patient, number in found.items() if patient in allowed}
    log_accesses(by, [("beneficiaries.beneficiary", str(number)) for number in sorted(set(shown.values()))], page=page)
    return Looked(shown, frozenset(patients).difference(allowed))


def look_by_number(supplier: Supplier, mbi: str, *, by: User, on: dt.date, tables: PolicyTables) -> int | None:
    """Whose a Medicare number is, for papers that may come before their claim. Raises `Refused` at "mbi".

    Only whether it is anybody's becomes known, and that is counted as every other look.
    """
    patient = PatientAsBilled(mbi, None, "")
    number = people_with_mbis({mbi}).get(mbi)
    found = {} if number is None else {patient: number}
    if patient not in _count(supplier, {patient: digest_of(patient)}, found, by=by, on=on, tables=tables):
        raise Refused(TOO_MANY, "too_many", "mbi")
    return number


def digest_of(patient: PatientAsBilled) -> str:
    given = "\0".join((patient.mbi, str(patient.birth_date), plain(patient.surname)))
    return salted_hmac("claims.precheck.looks", given, algorithm="sha256").hexdigest()


def _looks(supplier: Supplier, on: dt.date, digests: Iterable[str]) -> dict[str, Any]:
    """How many persons the supplier asked about that day, how many matched nobody, which of these it asked about."""
    asked = Q(digest__in=list(digests))
    return PatientLook.objects.filter(supplier=supplier, day=on).aggregate(
        persons=Count("pk"),
        mismatches=Count("pk", filter=Q(is_match=False)),
        known=ArrayAgg("digest", filter=asked, default=Value([])),
    )


@transaction.atomic
def _count(
    supplier: Supplier,
    digests: Mapping[PatientAsBilled, str],
    found: Mapping[PatientAsBilled, int],
    *,
    by: User,
    on: dt.date,
    tables: PolicyTables,
) -> set[PatientAsBilled]:
    """Write down the looks for which there is room, in their order; whom the supplier may look at then.

    The supplier's row is locked, so that two of its people do not share the last place.
    """
    Supplier.objects.select_for_update(no_key=True).get(pk=supplier.pk)
    persons, mismatches = (
        int(tables.setting_on(name, on, default)) for name, default in (MOST_PERSONS, MOST_MISMATCHES)
    )
    so_far = _looks(supplier, on, digests.values())
    looks: list[PatientLook] = []
    allowed = set()
    for patient, digest in digests.items():
        is_match = patient in found
        if digest not in so_far["known"]:
            if so_far["persons"] >= persons or so_far["mismatches"] >= mismatches:
                continue
            looks.append(PatientLook(supplier=supplier, day=on, digest=digest, is_match=is_match, person=by))
            so_far["persons"] += 1
            so_far["mismatches"] += not is_match
        allowed.add(patient)
    PatientLook.objects.bulk_create(looks, ignore_conflicts=True)
    return allowed
