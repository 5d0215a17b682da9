"""The inquiries of a file: read with its envelopes, answered by a 271 for its 270s and a 277 for its 276s.

Who sent the file is who asks: a person of a supplier for the suppliers that the person acts for, staff for any. A file
that nobody signed in sent is told of no patient and of no claim.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from accounts.actions import log_accesses
from accounts.models import Role, User
from beneficiaries.readers import PatientAsBilled
from claims.inquiries import answer_271, answer_277
from claims.inquiries import status_codes as codes
from claims.inquiries.asking import Asked, Told, WhyNot, ask, fault_of
from claims.inquiries.finding import Found, Sought, find, suppliers_named
from claims.intake.answering import Answering
from claims.intake.x12.inquiries import (
    EligibilityInquiry,
    Party,
    StatusInquiry,
    StatusPatient,
    read_eligibility,
    read_status,
)
from claims.intake.x12.outcomes import SetOutcome
from claims.intake.x12.readings import ELIGIBILITY, STATUS, InterchangeReading, SetReading
from claims.models import Acknowledgement, Interchange, ReceivedFile
from policy.readers import tables_as_known
from suppliers.models import Supplier
from suppliers.rights import Right

KINDS_OF_INQUIRIES = (Acknowledgement.Kind.ELIGIBILITY, Acknowledgement.Kind.STATUS)
ELIGIBILITY_PAGE, STATUS_PAGE = "270 eligibility inquiry", "276 claim status request"

#: How NM108 names a provider: by NPI or by tax number.
NAMED_BY = ("XX", "FI")
#: Requests of a 276 that are looked for at once.
CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Inquiries:
    """The sets of an interchange that ask for something, with what they ask."""

    eligibility: Sequence[tuple[SetReading, Sequence[EligibilityInquiry]]]
    status: Sequence[tuple[SetReading, Sequence[StatusPatient]]]

    @property
    def count(self) -> int:
        """How many patients' eligibility and how many claims are asked for."""
        patients = sum(inquiry.asks for _, found in self.eligibility for inquiry in found)
        return patients + sum(len(patient.inquiries) for _, found in self.status for patient in found)

    def outcomes(self) -> list[SetOutcome]:
        """The sets as the 999 speaks of them."""
        read: list[tuple[SetReading, Sequence[EligibilityInquiry | StatusPatient]]]
        read = [*self.eligibility, *self.status]
        return [
            SetOutcome(transaction, (), tuple(finding for each in found for finding in each.findings))
            for transaction, found in read
        ]


def read_inquiries(interchanges: Iterable[InterchangeReading]) -> Inquiries:
    """Read the sets of inquiries that are not refused."""
    read = tuple(interchanges)
    return Inquiries(
        [(found, read_eligibility(found)) for each in read for found in each.readable_sets(ELIGIBILITY)],
        [(found, read_status(found)) for each in read for found in each.readable_sets(STATUS)],
    )


def may_see_inquiries(file: ReceivedFile, person: User | None) -> bool:
    """Who sent inquiries reads their answers while acting for all the suppliers asked for, and staff do.

    Nobody else, also not a colleague of the same supplier.
    """
    if person is None or person.role != Role.SUPPLIER:
        return True
    left = file.asked_for.exclude(pk__in=Supplier.objects.visible_to(person))
    return file.submitted_by_id == person.pk and not left.exists()


def answer_inquiries(
    inquiries: Inquiries, reading: InterchangeReading, row: Interchange | None, answering: Answering
) -> None:
    """Answer all inquiries of an interchange; a number of queries that grows with the suppliers, not with them."""
    file = answering.file
    if inquiries.eligibility:
        named = _named(file, Right.ELIGIBILITY, (each.receiver for _, found in inquiries.eligibility for each in found))
        eligibility = answer_eligibility(inquiries.eligibility, named, file)
        answering.keep(
            Acknowledgement.Kind.ELIGIBILITY,
            row,
            lambda n: answer_271.write_271(reading, eligibility, answering.identity, n, answering.now),
        )
    if inquiries.status:
        named = _named(file, Right.CLAIMS_READ, (each.provider for _, found in inquiries.status for each in found))
        status = answer_status(inquiries.status, named, file.submitted_by, is_test=reading.is_test)
        answering.keep(
            Acknowledgement.Kind.STATUS,
            row,
            lambda n: answer_277.write_277(reading, status, answering.identity, n, answering.now),
        )


#: Suppliers by the NPI or the tax number that names them.
Named = Mapping[str, Sequence[Supplier]]


def _named(file: ReceivedFile, right: Right, parties: Iterable[Party]) -> Named:
    """The suppliers named for whom the sender may ask; the file remembers them."""
    named = suppliers_named(file.submitted_by, set(map(_identifier, parties)) - {""}, right)
    file.asked_for.add(*{supplier for found in named.values() for supplier in found})
    return named


# ---------- 270 ----------


def answer_eligibility(
    sets: Sequence[tuple[SetReading, Sequence[EligibilityInquiry]]], named: Named, file: ReceivedFile
) -> list[answer_271.AnsweredSet]:
    """The answers to 270s: the inquiries of each supplier are asked at once."""
    told: dict[int, Told] = {}
    by_supplier: dict[Supplier, list[tuple[EligibilityInquiry, Asked]]] = defaultdict(list)
    for inquiry in (each for _, found in sets for each in found):
        supplier = _supplier(inquiry.receiver, named)
        if supplier and inquiry.asks:
            asked = Asked(patient_of(inquiry), inquiry.days[0] if inquiry.days else file.received_on)
            if fault := fault_of_inquiry(inquiry, asked, file.received_on):
                told[id(inquiry)] = Told(None, fault)
            else:
                by_supplier[supplier].append((inquiry, asked))
    for supplier, theirs in by_supplier.items():
        answers = _ask(supplier, [asked for _, asked in theirs], file)
        told.update((id(inquiry), answer) for (inquiry, _), answer in zip(theirs, answers, strict=True))
    return [
        answer_271.AnsweredSet(
            transaction,
            [(inquiry, told.get(id(inquiry))) for inquiry in found],
            frozenset(inquiry.level for inquiry in found if _supplier(inquiry.receiver, named) is None),
        )
        for transaction, found in sets
    ]


def _ask(supplier: Supplier, asked: Sequence[Asked], file: ReceivedFile) -> list[Told]:
    person = file.submitted_by
    assert person is not None, "a supplier is named for a person alone"
    return ask(supplier, asked, by=person, today=file.received_on, tables=tables_as_known(), page=ELIGIBILITY_PAGE)


def fault_of_inquiry(inquiry: EligibilityInquiry, asked: Asked, today: dt.date) -> WhyNot | None:
    """Why an inquiry is not answered as it was sent; what it asks comes before how it was written."""
    if inquiry.is_dependent:
        return WhyNot.DEPENDENT
    if inquiry.has_bad_days:
        return WhyNot.NO_DAY
    return fault_of(asked, today) or (WhyNot.UNREADABLE if inquiry.findings else None)


def patient_of(inquiry: EligibilityInquiry) -> PatientAsBilled:
    patient = inquiry.patient
    return PatientAsBilled(patient.number, patient.birth_date, patient.last_name)


def _identifier(party: Party) -> str:
    """The NPI or the tax number that names a provider."""
    return party.identifier.replace("-", "") if party.qualifier in NAMED_BY else ""


def _supplier(party: Party, named: Named) -> Supplier | None:
    """The supplier that asks: of several with one NPI the one whose tax number was sent beside it, else the first."""
    found = named.get(_identifier(party), [])
    with_tax_id = [supplier for supplier in found if supplier.tin == party.tax_id]
    return next(iter(with_tax_id if party.tax_id else found), None)


# ---------- 276 ----------


def answer_status(
    sets: Sequence[tuple[SetReading, Sequence[StatusPatient]]], named: Named, by: User | None, *, is_test: bool
) -> list[answer_277.AnsweredSet]:
    """The answers to 276s; a test file (ISA15 T) is told of test claims alone."""
    found = _find([patient for _, theirs in sets for patient in theirs], named, is_test)
    _log(by, found)
    answers = iter(found)
    return [
        answer_277.AnsweredSet(
            transaction,
            [
                answer_277.AnsweredPatient(patient, [(inquiry, next(answers)) for inquiry in patient.inquiries])
                for patient in theirs
            ],
            frozenset(patient.level for patient in theirs if not named.get(_identifier(patient.provider))),
        )
        for transaction, theirs in sets
    ]


def _find(patients: Sequence[StatusPatient], named: Named, is_test: bool) -> list[Found]:
    sought = list(_sought(patients, named))
    found: list[Found] = []
    for start in range(0, len(sought), CHUNK):
        found += find(sought[start : start + CHUNK], is_test=is_test)
    unreadable = [bool(patient.findings) for patient in patients for _ in patient.inquiries]
    return [
        Found((), codes.FORMAT_INVALID) if is_unreadable else each
        for each, is_unreadable in zip(found, unreadable, strict=True)
    ]


def _sought(patients: Sequence[StatusPatient], named: Named) -> Iterator[Sought]:
    for patient in patients:
        suppliers = frozenset(supplier.pk for supplier in named.get(_identifier(patient.provider), ()))
        for inquiry in patient.inquiries:
            yield sought_by(inquiry, patient.patient.number, suppliers)


def sought_by(inquiry: StatusInquiry, mbi: str, suppliers: frozenset[int]) -> Sought:
    return Sought(
        suppliers,
        inquiry.claim_number,
        mbi,
        inquiry.patient_control_number,
        inquiry.charge,
        inquiry.days,
    )


def _log(by: User | None, found: Sequence[Found]) -> None:
    """Whose claims were told is noted."""
    claims = {standing.claim.pk: standing.claim for each in found for standing in each.standings}
    if by is not None and claims:
        log_accesses(by, claims.values(), page=STATUS_PAGE)
