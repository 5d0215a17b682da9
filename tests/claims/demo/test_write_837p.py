"""What the demonstration writes, the project's own reader reads back: every field, from any bill."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from claims.demo.bills import Bill, BilledLine, Biller, Doctor, Mailing, Patient, PostalAddress
from claims.demo.identifiers import mbi, npi, tax_id
from claims.demo.write_837p import write_837p
from claims.intake.x12.claim_837p import ClaimSubmission
from claims.intake.x12.npi import is_npi
from claims.intake.x12.reading import ClaimReading, read_claims, read_file

HOME = PostalAddress("12 Elm Street", "Baltimore", "MD", "21201")
BILLER = Biller("Test Infusion", npi(1), tax_id(1), "251F00000X", PostalAddress("1 Main", "Towson", "MD", "212041234"))
SENT = dt.datetime.combine(dt.date(2026, 3, 10), dt.time(8))

words = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ'-", min_size=1, max_size=20)
days = st.dates(dt.date(2021, 1, 1), dt.date(2026, 3, 1))
money = st.integers(1, 999_999).map(lambda cents: Decimal(cents) / 100)
lines = st.builds(
    BilledLine,
    day=days,
    hcpcs=st.sampled_from(["G0088", "G0068", "G0299"]),
    units=st.sampled_from(["1", "2.5", "120"]),
    charge=money,
    modifiers=st.lists(st.sampled_from(["GW", "GV", "76"]), max_size=2).map(tuple),
    through=st.just(None),
    note=st.sampled_from(["", "RN VISIT"]),
)
patients = st.builds(
    Patient,
    mbi=st.integers(0, 9999).map(mbi),
    last_name=words,
    first_name=words,
    birth_date=st.dates(dt.date(1920, 1, 1), dt.date(1960, 1, 1)),
    sex=st.sampled_from("FM"),
    address=st.just(HOME),
)
bills = st.builds(
    Bill,
    control_number=st.integers(0, 10**9).map(str),
    patient=patients,
    lines=st.lists(lines, min_size=1, max_size=5).map(tuple),
    diagnoses=st.sampled_from([(), ("I50.22",), ("G89.3", "C79.51")]),
    referring=st.one_of(st.none(), st.builds(Doctor, words, words, st.integers(0, 9999).map(npi))),
    place_of_service=st.sampled_from(["12", "13", "99"]),
    assignment=st.sampled_from("ABC"),
    service_location=st.sampled_from([None, PostalAddress("9 Oak Street", "Dover", "DE", "19901")]),
    note=st.sampled_from(["", "PLAN OF CARE SIGNED"]),
)


def mailing(*billed: Bill, is_test: bool = False) -> Mailing:
    return Mailing("TESTSENDER", "TEST INFUSION", 7, SENT, ((BILLER, billed),), is_test)


def read(content: bytes) -> Iterator[ClaimReading]:
    file = read_file(content)
    assert file.problems == ()
    for transaction in file.readable_sets():
        yield from read_claims(transaction)


def as_billed(claim: ClaimSubmission) -> Bill:
    """A claim as it was read, as a bill again."""
    patient, where, referring = claim.beneficiary, claim.service_location, claim.referring
    return Bill(
        control_number=claim.patient_control_number,
        patient=Patient(patient.mbi, patient.last_name, patient.first_name, patient.birth_date, patient.sex, HOME),
        lines=tuple(
            BilledLine(
                day=line.date_of_service,
                hcpcs=line.hcpcs,
                units=str(line.units),
                charge=line.charge,
                modifiers=line.modifiers,
                through=line.through if line.through != line.date_of_service else None,
                note=line.notes[0].text if line.notes else "",
            )
            for line in claim.lines
        ),
        diagnoses=tuple(f"{found.code[:3]}.{found.code[3:]}" for found in claim.diagnoses),
        referring=Doctor(referring.last_or_organization_name, referring.first_name, referring.npi)
        if referring
        else None,
        place_of_service=claim.place_of_service,
        assignment=claim.assignment,
        service_location=where
        and PostalAddress(
            where.address.street.title(), where.address.city.title(), where.address.state, where.address.zip_code
        ),
        note=claim.notes[0].text if claim.notes else "",
    )


@given(st.lists(bills, min_size=1, max_size=4))
def test_what_is_written_is_read_back(billed: list[Bill]) -> None:
    found = list(read(write_837p(mailing(*billed))))
    assert [finding.message for claim in found for finding in claim.findings] == []
    assert [as_billed(claim.submission) for claim in found] == billed
    assert {claim.submission.billing_provider.npi for claim in found} == {BILLER.npi}
    assert {claim.submission.billing_provider.tax_id for claim in found} == {BILLER.tin}


def test_accents_are_taken_off_and_a_span_of_days_is_written() -> None:
    line = BilledLine(dt.date(2026, 3, 2), "G0088", "6", Decimal("400.00"), through=dt.date(2026, 3, 3))
    person = Patient(mbi(1), "Juárez", "Renée", dt.date(1947, 3, 30), "F", HOME)
    [found] = read(write_837p(mailing(Bill("A1", person, (line,), ("I50.22",), None))))
    assert (found.submission.beneficiary.last_name, found.submission.beneficiary.first_name) == ("JUAREZ", "RENEE")
    assert found.submission.lines[0].through == dt.date(2026, 3, 3)


def test_a_test_file_says_so() -> None:
    assert b"*T*:~" in write_837p(mailing(is_test=True))
    assert b"*P*:~" in write_837p(mailing())


@given(st.integers(0, 9_999_999))
def test_synthetic_npis_have_their_check_digit_and_were_never_given_out(number: int) -> None:
    assert is_npi(npi(number))
    assert npi(number).startswith("2")
