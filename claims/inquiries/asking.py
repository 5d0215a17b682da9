"""Asking about patients: the same gate, counts and limits as the check before billing, for one patient or thousands.

Nothing is told before Medicare number, surname and birth date all match one person (`claims.precheck.looks`). What is
wrong with an inquiry on its face is said without looking anybody up; all that does not match is answered alike.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum

from accounts.models import User
from beneficiaries.readers import PatientAsBilled
from claims.adjudication.facts import BeneficiaryFacts, supplier_key
from claims.adjudication.reading.batch import deductible_remaining
from claims.adjudication.reading.patients import (
    PatientRows,
    dated_facts,
    drug_bills,
    facts_of_patient,
    read_patients,
)
from claims.adjudication.reading.sql import Row
from claims.adjudication.reading.visits import deductible_used, read_visits, visit_history
from claims.edits.hit_101_before_the_benefit import FIRST_DAY
from claims.inquiries.eligibility import Eligibility, eligibility_of
from claims.intake.x12.mbi import is_mbi
from claims.pages.patient_facts import NEVER, NO_CLAIM
from claims.precheck.looks import NOT_MATCHED, TOO_MANY, look
from policy.tables import PolicyTables
from suppliers.models import Supplier

#: How far ahead of today one may ask, in days: twice the gap of an initial visit. A choice of this system.
DAYS_AHEAD = 120


class WhyNot(Enum):
    """Why nothing is told: the reject reason and follow-up of a 271 (AAA03, AAA04), and the sentence."""

    NO_NUMBER = ("72", "C", "The Medicare number is missing or is none. Copy it from the card.")
    NO_SURNAME = ("73", "C", "The surname is missing. Send it as on the Medicare card.")
    NO_BIRTH_DATE = ("58", "C", "The birth date is missing or is no date. Send it.")
    NO_DAY = ("57", "C", "The day asked about is no date, or ends before it begins. Send one day.")
    TOO_EARLY = ("62", "C", "The day asked about is before the benefit began, January 1, 2021. Ask about a later day.")
    TOO_LATE = ("63", "C", f"The day asked about is more than {DAYS_AHEAD} days ahead. Ask about an earlier day.")
    NOT_FOUND = ("75", "C", NOT_MATCHED)
    TOO_MANY = ("42", "R", TOO_MANY)
    NOT_YOURS = ("41", "N", "The provider is none that you may ask for. Send the NPI of a supplier that you act for.")
    DEPENDENT = ("67", "C", "In Medicare each patient is the subscriber: send the patient at the subscriber’s level.")
    UNREADABLE = ("15", "C", "The inquiry has faults of syntax, which the 999 names. Send it anew without them.")

    @property
    def reject_reason(self) -> str:
        return self.value[0]

    @property
    def follow_up(self) -> str:
        return self.value[1]

    @property
    def words(self) -> str:
        return self.value[2]


@dataclass(frozen=True, slots=True)
class Asked:
    """A patient as named by who asks, and the day."""

    patient: PatientAsBilled
    day: dt.date


@dataclass(frozen=True, slots=True)
class Told:
    """The answer: what holds, or why nothing is told."""

    eligibility: Eligibility | None
    why_not: WhyNot | None = None


def fault_of(asked: Asked, today: dt.date) -> WhyNot | None:
    """What is wrong with an inquiry on its face, before anybody is looked up."""
    checks = (
        (not is_mbi(asked.patient.mbi), WhyNot.NO_NUMBER),
        (not asked.patient.surname.strip(), WhyNot.NO_SURNAME),
        (asked.patient.birth_date is None, WhyNot.NO_BIRTH_DATE),
        (asked.day < FIRST_DAY, WhyNot.TOO_EARLY),
        (asked.day > today + dt.timedelta(days=DAYS_AHEAD), WhyNot.TOO_LATE),
    )
    return next((why for is_so, why in checks if is_so), None)


def ask(
    supplier: Supplier, asked: Sequence[Asked], *, by: User, today: dt.date, tables: PolicyTables, page: str
) -> list[Told]:
    """Answer a supplier's inquiries, in their order; at most eleven queries, however many there are.

    The persons are counted and whose record is shown is logged, as in every check before billing.
    """
    faults = [fault_of(each, today) for each in asked]
    sound = {each.patient: None for each, fault in zip(asked, faults, strict=True) if fault is None}
    looked = look(supplier, list(sound), by=by, on=today, tables=tables, page=page) if sound else None
    found = looked.found if looked else {}
    shown = {(found[each.patient], each.day) for each in asked if each.patient in found}
    known = eligibilities(shown, supplier, tables) if shown else {}
    told = []
    for each, fault in zip(asked, faults, strict=True):
        if fault is None and each.patient in found:
            told.append(Told(known[found[each.patient], each.day]))
        elif fault is None and looked and each.patient in looked.refused:
            told.append(Told(None, WhyNot.TOO_MANY))
        else:
            told.append(Told(None, fault or WhyNot.NOT_FOUND))
    return told


#: A patient on file and a day.
PatientDay = tuple[int, dt.date]


def eligibilities(
    asked: Collection[PatientDay], supplier: Supplier, tables: PolicyTables
) -> dict[PatientDay, Eligibility]:
    """What holds for each patient on each day, as one supplier may know it; five queries."""
    ids, days = {number for number, _ in asked}, [day for _, day in asked]
    patients, visits = read_patients(ids, min(days), max(days)), read_visits(ids)
    key = supplier_key(supplier.npi, supplier.tin)
    return {
        (number, day): eligibility_of(_facts(number, patients[number], visits[number], day, tables), day, key, tables)
        for number, day in asked
    }


def _facts(number: int, rows: PatientRows, visits: list[Row], day: dt.date, tables: PolicyTables) -> BeneficiaryFacts:
    """All that is on file about a patient, as of now: no claim is decided, so everything arrived before."""
    dated = dated_facts(rows, NEVER)
    used = deductible_used(visits, NO_CLAIM)
    return facts_of_patient(
        rows,
        dated,
        key=number,
        mbi="",
        plans_of_care=(),
        drug_bills=drug_bills(rows, NEVER, (day, day)),
        visits=visit_history(visits, NO_CLAIM, NEVER, None),
        deductible_remaining=deductible_remaining([day.year], used, dated.deductible_elsewhere, tables),
    )
