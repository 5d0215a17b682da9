"""A claim's values as they are read, and what the walk through the loops reports."""

from datetime import date
from decimal import Decimal

import pytest

from claims.intake.x12.claim_837p import Address, Attachment, Diagnosis, Note, Party, Practitioner
from claims.intake.x12.findings import MOST_FINDINGS
from claims.intake.x12.reading import read_claims, read_file
from tests.claims.intake.x12.answering import claims_of, only_claim
from tests.claims.intake.x12.samples import COORDINATED, HEADER, claim_text, edited, file_text


def test_every_value_of_a_plain_claim_is_read() -> None:
    claim = only_claim(file_text().encode()).submission
    assert claim.header.batch_id == "BATCH000001"
    assert claim.header.submitter == Party("EVERGREEN HOME INFUSION LLC", "HITSUP01")
    assert claim.header.receiver == Party("EXAMPLE MAC JL", "12302")
    provider = claim.billing_provider
    assert (provider.npi, provider.tax_id, provider.taxonomy) == ("1234567893", "521234567", "251F00000X")
    assert provider.address == Address("100 MAIN ST", "", "BALTIMORE", "MD", "212011234")
    assert (claim.coverage.payer_responsibility, claim.coverage.relationship) == ("P", "18")
    assert claim.coverage.filing_indicator == "MB"
    patient = claim.beneficiary
    assert (patient.mbi, patient.last_name, patient.first_name) == ("1EG4TE5MK73", "EVANS", "DORA")
    assert (patient.middle_name, patient.birth_date, patient.sex) == ("Q", date(1948, 2, 15), "F")
    assert claim.payer == Party("EXAMPLE MAC JL", "12302")
    assert (claim.patient_control_number, claim.total_charge) == ("HIT26000001", Decimal(600))
    assert (claim.place_of_service, claim.frequency, claim.assignment) == ("12", "1", "A")
    assert claim.attachments == (Attachment("08", "FX", "ACNHIT26000001"),)
    assert claim.clearinghouse_number == "CHHIT26000001"
    assert claim.notes == (Note("ADD", "PLAN OF CARE SIGNED 2026-01-02"),)
    assert claim.diagnoses == (Diagnosis("ABK", "I2720"), Diagnosis("ABF", "J449"))
    assert claim.referring == Practitioner("WELBY", "MARCUS", "1987654328")
    assert claim.service_location is None
    assert claim.level == "2"
    first, second = claim.lines
    assert (first.number, first.hcpcs, first.modifiers, first.charge) == (1, "G0068", (), Decimal(300))
    assert (first.unit_basis, first.units, first.diagnosis_pointers) == ("UN", Decimal(6), (1, 2))
    assert first.date_of_service == first.through == date(2026, 1, 5)
    assert (second.number, second.control_number) == (2, "HIT26000001L2")
    assert second.referring == claim.referring


def test_every_loop_of_a_coordinated_claim_is_read() -> None:
    claim = only_claim(COORDINATED.encode()).submission
    assert claim.beneficiary.mbi == "1EG4TE5MK73"
    assert claim.coverage.payer_responsibility == "S"
    assert [attachment.transmission for attachment in claim.attachments] == ["AA", "BM"]
    assert (claim.prior_authorization, claim.medical_record_number) == ("PRIOR1", "RECORD1")
    assert claim.referring is not None
    assert claim.referring.last_or_organization_name == "WELBY"
    assert claim.rendering == Practitioner("NURSE", "NORA", "1234567893", "163WI0500X")
    assert claim.supervising is not None
    assert claim.service_location is not None
    assert claim.service_location.address == Address("5 OAK AVE", "", "TOWSON", "MD", "21204")
    (payer,) = claim.other_payers
    assert (payer.name, payer.identifier, payer.paid) == ("OTHER HEALTH", "OTHER1", Decimal("200.25"))
    assert payer.decided_on == date(2026, 1, 10)
    assert claim.has_primary_payer_decision
    assert claim.other_payers_paid == Decimal("200.25")
    first, _ = claim.lines
    assert first.modifiers == ("GW", "JB")
    assert (first.place_of_service, first.diagnosis_pointers) == ("13", (1, 2, 3))
    assert (first.date_of_service, first.through) == (date(2026, 1, 5), date(2026, 1, 6))
    assert [note.kind for note in first.notes] == ["ADD", "TPO"]
    assert first.drug is not None
    assert (first.drug.code, first.drug.quantity, first.drug.unit) == ("00013264681", Decimal(7), "UN")
    assert first.drug.prescription_number == "RX1"
    assert [decision.paid for decision in first.other_payer_decisions] == [Decimal(150)]


def test_the_ordering_provider_of_the_line_comes_before_the_referring_ones() -> None:
    first, second = only_claim(COORDINATED.encode()).submission.lines
    assert first.referring is not None
    assert second.referring is not None
    assert first.referring.last_or_organization_name == "ORDERER"
    assert second.referring.last_or_organization_name == "REFERRER"


def test_a_referring_provider_comes_before_the_primary_care_provider() -> None:
    claim = only_claim(edited(("NM1*DN*1*WELBY", "NM1*P3*1*CARE~\nNM1*DN*1*WELBY"))).submission
    assert claim.referring is not None
    assert claim.referring.last_or_organization_name == "WELBY"


def test_a_claim_without_another_payer_has_no_primary_decision() -> None:
    claim = only_claim(file_text().encode()).submission
    assert not claim.has_primary_payer_decision
    assert claim.other_payers_paid == 0


def test_another_payer_that_has_not_decided_is_no_decision() -> None:
    parts = ("CAS*CO*45*100~\n", "AMT*D*200.25~\n", "SVD*OTHER1*150*HC:G0088**8~\nCAS*PR*2*50~\nDTP*573*D8*20260110~\n")
    claim = only_claim(edited(*((part, "") for part in parts), text=COORDINATED))
    assert claim.is_accepted
    assert not claim.submission.has_primary_payer_decision


def test_two_claims_of_one_subscriber_share_what_lies_above() -> None:
    again = "CLM*SECOND*300***12:B:1*Y*A*Y*Y~\nHI*ABK:I2720~\nLX*1~\nSV1*HC:G0068*300*UN*6***1~\nDTP*472*D8*20260109~\n"
    one, other = claims_of(edited(("SE*", again + "SE*")))
    assert one.is_accepted and other.is_accepted
    assert one.submission.beneficiary is other.submission.beneficiary
    assert other.submission.patient_control_number == "SECOND"
    assert one.submission.spans.subscriber == other.submission.spans.subscriber


def test_a_personal_value_is_in_no_representation() -> None:
    claim = only_claim(edited(("1EG4TE5MK73", "1EG4TE5MK7X")))
    assert claim.findings[0].value == "1EG4TE5MK7X"
    for thing in (claim, claim.submission, claim.submission.beneficiary, claim.findings[0]):
        assert "1EG4TE5MK7X" not in repr(thing)
        assert "EVANS" not in repr(thing)


def test_a_bad_claim_does_not_stop_its_neighbour() -> None:
    text = HEADER + claim_text(1, 1) + claim_text(2, 1) + claim_text(3, 1) + "SE*0*0001~\nGE*1*101~\nIEA*1*000000101~\n"
    content = edited(("SV1*HC:G0068*300*UN*6***1:2", "SV1*HC:G0068*3OO*UN"), text=text)
    assert [claim.is_accepted for claim in claims_of(content)] == [False, True, True]


def test_a_fault_of_the_billing_provider_refuses_all_claims_below_it() -> None:
    content = edited(("*XX*1234567893", "*XX*1234567890"), text=file_text(3))
    claims = claims_of(content)
    assert [claim.is_accepted for claim in claims] == [False] * 3
    assert claims[0].findings == claims[2].findings


def test_a_fault_of_one_subscriber_refuses_that_subscriber_alone() -> None:
    content = edited(("DMG*D8*19480215*F", "DMG*D8*19480215*Q"), text=file_text(2))
    assert [claim.is_accepted for claim in claims_of(content)] == [False, True]


@pytest.mark.parametrize(
    ("old", "new", "segment_error", "status"),
    [
        ("REF*D9", "ZZZ*1~\nREF*D9", "1", "A3:684"),
        ("REF*D9", "clm*1~\nREF*D9", "1", "A3:684"),
        ("REF*D9", "*1~\nREF*D9", "1", "A3:684"),
        ("REF*D9", "CLMX*1~\nREF*D9", "1", "A3:684"),
        ("REF*D9", "REF*QQ*1~\nREF*D9", "2", "A3:684"),
        ("REF*D9", "BHT*0019~\nREF*D9", "2", "A3:684"),
        ("DTP*472*D8*20260105~\n", "", "3", "A6:187"),
        ("SV1*HC:G0068*300*UN*6***1:2~\n", "", "3", "A6:454"),
        ("REF*EI*521234567~\n", "", "3", "A6:128:85"),
        ("NM1*PR*2*EXAMPLE MAC JL*****PI*12302~\n", "", "3", "A6:125:PR"),
        ("SBR*P*18*******MB~\n", "", "3", "A6:171"),
        ("HI*ABK", "NM1*82*1*A~\nNM1*82*1*B~\nHI*ABK", "4", "A3:684"),
        ("REF*D9", "REF*D9*1~\nREF*D9", "5", "A3:684"),
        ("N3*12 ELM ST~\nN4*BALTIMORE*MD*21201~", "N4*BALTIMORE*MD*21201~\nN3*12 ELM ST~", "7", "A7:503:IL"),
        ("HI*ABK:I2720", "HI*QQQ:I2720", "2", "A3:684"),
    ],
)
def test_a_segment_out_of_place_refuses_the_claim(old: str, new: str, segment_error: str, status: str) -> None:
    claim = only_claim(edited((old, new)))
    assert (segment_error, status) in [(finding.segment_error, finding.status) for finding in claim.findings]
    assert "A3:684" in claim.statuses


def test_more_than_fifty_lines_refuse_the_claim() -> None:
    def with_lines(count: int) -> bytes:
        return edited(text=HEADER + claim_text(1, count) + "SE*0*0001~\nGE*1*101~\nIEA*1*000000101~\n").replace(
            b"D8*20260132", b"D8*20260131"
        )

    assert {finding.segment_error for finding in only_claim(_sane(with_lines(50))).findings} == set()
    assert {finding.segment_error for finding in only_claim(_sane(with_lines(51))).findings} == {"4"}


def _sane(content: bytes) -> bytes:
    """Service dates that grew past the month's end, brought back into it."""
    return b"\n".join(b"DTP*472*D8*20260115~" if line.startswith(b"DTP*472") else line for line in content.split(b"\n"))


@pytest.mark.parametrize(
    ("old", "new", "element", "error", "status"),
    [
        ("CLM*HIT26000001", "CLM*", "1", "1", "A6:478"),
        ("CLM*HIT26000001", "CLM*" + "X" * 39, "1", "5", "A7:478"),
        ("*600***", "*600.123***", "2", "I12", "A7:178"),
        ("*600***", "*6E2***", "2", "6", "A7:178"),
        ("*600***", "*12345678901***", "2", "5", "A7:178"),
        ("12:B:1", "12:X:1", "5-2", "7", "A3:684"),
        ("12:B:1", "12:B", "5-3", "1", "A6:535"),
        ("12:B:1", "12:B:1:9", "5", "13", "A3:684"),
        ("*Y*A*Y*Y~", "*Y*Q*Y*Y~", "7", "7", "A7:589"),
        ("*Y*A*Y*Y~", "*Y*A*Y*Y*P********X~", "18", "I10", "A3:684"),
        ("*Y*A*Y*Y~", "*Y*A*Y*Y***********9*9~", "21", "3", "A3:684"),
    ],
)
def test_a_faulty_element_of_the_claim_is_named(old: str, new: str, element: str, error: str, status: str) -> None:
    findings = only_claim(edited((old, new))).findings
    place, _, part = element.partition("-")
    found = [(finding.element, finding.component, finding.element_error, finding.status) for finding in findings]
    assert (int(place), int(part or 0), error, status) in found


@pytest.mark.parametrize(
    ("old", "new", "error", "status"),
    [
        ("SV1*HC:G0068*300*UN*6", "SV1*HC:G0068*300*XX*6", "7", "A7:659"),
        ("SV1*HC:G0068*300*UN*6", "SV1*HC:G0068*300*UN*SIX", "6", "A7:476"),
        ("SV1*HC:G0068*300*UN*6", "SV1*HC:G0068*300*UN*", "1", "A6:476"),
        ("SV1*HC:G0068*300", "SV1*HC:G0068*300.001", "I12", "A7:583"),
        ("SV1*HC:G0068", "SV1*HC:", "1", "A6:507"),
        ("SV1*HC:G0068", "SV1*HC:G0068:X", "4", "A7:453"),
        ("DTP*472*D8*20260105", "DTP*472*D8*20260230", "8", "A7:187"),
        ("DTP*472*D8*20260105", "DTP*472*D8*20260105-20260106", "8", "A7:187"),
        ("DTP*472*D8*20260105", "DTP*472*RD8*20260105", "8", "A7:187"),
        ("DTP*472*D8*20260105", "DTP*472*D8", "1", "A6:187"),
        ("REF*6R*HIT26000001L1", "REF*6R*A^B", "12", "A7:584"),
        ("LX*1", "LX*A", "6", "A7:247"),
    ],
)
def test_a_faulty_element_of_a_line_names_the_line(old: str, new: str, error: str, status: str) -> None:
    findings = only_claim(edited((old, new))).findings
    assert (error, status, 1) in [(finding.element_error, finding.status, finding.line) for finding in findings]


@pytest.mark.parametrize("value", ["DO\x07RA", "DO\x7fRA", "DO\nRA"])
def test_a_control_character_is_refused(value: str) -> None:
    (finding,) = only_claim(edited(("DORA", value))).findings
    assert (finding.element_error, finding.status) == ("6", "A7:505:IL")


@pytest.mark.parametrize("change", [("*Y*Y~", "*Y*Y****~"), ("EVANS*DORA", " EVANS *DORA "), ("G0068*", "G0068::*")])
def test_what_harms_nobody_is_let_pass(change: tuple[str, str]) -> None:
    claim = only_claim(edited(change))
    assert claim.findings == ()
    assert claim.submission.beneficiary.last_name == "EVANS"


def test_a_flood_of_faults_is_cut_off() -> None:
    for flood in ("ZZZ*1~", "K3*X~", "LQ*AS*1~FRM*1~", "REF*D9*1~", "SBR*P*01~", "LX*1~"):
        findings = only_claim(edited(("REF*D9", flood * 5000 + "\nREF*D9"))).findings
        assert MOST_FINDINGS <= len(findings) <= 2 * MOST_FINDINGS


@pytest.mark.parametrize("flood", ["*", ":", "A", "*A:", " ", "* "])
def test_a_segment_of_any_length_is_borne(flood: str) -> None:
    claim = only_claim(edited(("NTE*ADD*", "NTE*ADD*" + flood * 100_000)))
    assert claim.findings[0].segment == "NTE" if flood.strip("* ") else claim.submission.notes
    assert len(claim.findings) <= MOST_FINDINGS + 20


def test_claims_may_be_read_more_than_once() -> None:
    (transaction,) = read_file(file_text(2).encode()).readable_sets()
    first = [claim.submission.patient_control_number for claim in read_claims(transaction)]
    assert first == [claim.submission.patient_control_number for claim in read_claims(transaction)]
