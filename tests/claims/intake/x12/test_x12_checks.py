"""Every rule of the gateway fires where it should, and not one step before; and what the engine decides passes."""

import pytest

from claims.intake.x12 import rules
from claims.intake.x12.mbi import is_former_number, is_mbi, normalize_mbi
from claims.intake.x12.npi import is_npi
from claims.intake.x12.rules import RULES, Rule
from tests.claims.intake.x12.answering import only_claim
from tests.claims.intake.x12.samples import COORDINATED, edited, file_text

PLAIN = file_text()
BILLING_NPI = "*XX*1234567893~\nN3*100"
MBI = "MI*1EG4TE5MK73"
LINE = "SV1*HC:G0068*300*UN*6***1:2"
PATIENT = "HL*3*2*23*0~\nPAT*01~\nNM1*QC*1*EVANS*DORA~\nN3*12 ELM ST~\nN4*BALTIMORE*MD*21201~\nDMG*D8*19480215*F~\nCLM"
RENDERING = "NM1*82*1*NURSE*NORA****XX*1234567893"
OTHER_NURSE = "OTHER*NURSE****XX*1234567893"
LOCATION = "NM1*77*2*PATIENT HOME*****XX*1234567893"
AT_LINE = "~\nN3*X~\nN4*TOWSON*MD*21204~\nNM1*DK"
DAYS = "20260105-20260106"
TOWN = "N4*TOWSON*MD*21204"

Change = tuple[str, str]

#: Rule, the text that is changed, a change that breaks the rule, a change that does not.
CASES: list[tuple[Rule, str, Change, Change]] = [
    (rules.BILLING_NPI_MISSING, PLAIN, (BILLING_NPI, "~\nN3*100"), (BILLING_NPI, "*XX*2234567891~\nN3*100")),
    (rules.BILLING_NPI_WRONG, PLAIN, (BILLING_NPI, "*XX*1234567894~\nN3*100"), (BILLING_NPI, BILLING_NPI)),
    (rules.TAX_ID_WRONG, PLAIN, ("EI*521234567", "EI*52123456"), ("EI*521234567", "EI*52-1234567")),
    (rules.BILLING_STATE_MISSING, PLAIN, ("*MD*212011234", "**212011234"), ("*MD*212011234", "***CA")),
    (rules.BILLING_ZIP_WRONG, PLAIN, ("212011234", "21201123"), ("212011234", "21201")),
    (rules.DEPENDENT_SENT, PLAIN, ("CLM", PATIENT), ("HL*2*1*22*0", "HL*2*1*22*1")),
    (rules.FILING_INDICATOR_MISSING, PLAIN, ("SBR*P*18*******MB", "SBR*P*18"), ("SBR*P", "SBR*S")),
    (rules.NOT_PART_B, PLAIN, ("*MB~", "*CI~"), ("*MB~", "*MB*~")),
    (rules.FORMER_NUMBER, PLAIN, (MBI, "MI*123456789A"), (MBI, "MI*2AA1AA1AA11")),
    (rules.MBI_WRONG, PLAIN, (MBI, "MI*1SG4TE5MK73"), (MBI, "MI*1eg4-te5-mk73")),
    (rules.PATIENT_STREET_MISSING, PLAIN, ("N3*12 ELM ST~\n", ""), ("N3*12 ELM ST", "N3*X")),
    (rules.PATIENT_CITY_MISSING, PLAIN, ("N4*BALTIMORE*MD*21201~\n", ""), ("MD*21201~", "MD*212010000~")),
    (rules.BIRTH_DATE_MISSING, PLAIN, ("DMG*D8*19480215*F~\n", ""), ("19480215*F", "19000101*U")),
    (rules.PATIENT_STATE_MISSING, PLAIN, ("BALTIMORE*MD*21201~", "BALTIMORE**21201~"), ("*MD*21201~", "***CA~")),
    (rules.PATIENT_ZIP_WRONG, PLAIN, ("MD*21201~", "MD*2120~"), ("MD*21201~", "MD*212010000~")),
    (rules.TOTAL_NEGATIVE, PLAIN, ("*600***", "*-600***"), ("*600***", "*600.00***")),
    (rules.OUT_OF_BALANCE, PLAIN, ("*600***", "*600.01***"), ("*600***", "*600.0***")),
    (rules.FREQUENCY_NOT_TAKEN, PLAIN, ("12:B:1", "12:B:7"), ("12:B:1", "33:B:1")),
    (rules.ATTACHMENT_NUMBER_MISSING, PLAIN, ("FX***AC*ACNHIT26000001", "FX"), ("FX***AC*ACNHIT26000001", "AA")),
    (rules.LINE_ATTACHMENT_NUMBER_MISSING, PLAIN, (LINE, LINE + "~\nPWK*M1*EL"), (LINE, LINE + "~\nPWK*CT*AD")),
    (rules.RENDERING_NPI_WRONG, COORDINATED, (RENDERING, RENDERING[:-1] + "0"), (RENDERING, "NM1*82*1*NURSE")),
    (rules.LOCATION_NPI_WRONG, COORDINATED, (LOCATION, LOCATION[:-1] + "X"), (LOCATION, "NM1*77*2*HOME")),
    (rules.LOCATION_STATE_MISSING, COORDINATED, (TOWN, "N4*TOWSON**21204"), (TOWN, "N4*TOWSON***CA")),
    (rules.LOCATION_ZIP_WRONG, COORDINATED, (TOWN, "N4*TOWSON*MD*2120X"), (TOWN, "N4*TOWSON*MD*212040001")),
    (rules.LINE_NUMBER_REPEATED, PLAIN, ("LX*2", "LX*1"), ("LX*2", "LX*9")),
    (rules.CHARGE_NEGATIVE, PLAIN, (LINE, "SV1*HC:G0068*-300*UN*6***1:2"), (LINE, "SV1*HC:G0068*0300*UN*6***1:2")),
    (rules.UNIT_BASIS_WRONG, PLAIN, (LINE, "SV1*HC:G0068*300*MJ*6***1:2"), (LINE, LINE)),
    (rules.UNITS_NEGATIVE, PLAIN, (LINE, "SV1*HC:G0068*300*UN*-6***1:2"), (LINE, "SV1*HC:G0068*300*UN*0***1:2")),
    (rules.POINTER_MISSING, PLAIN, (LINE, "SV1*HC:G0068*300*UN*6"), (LINE, "SV1*HC:G0068*300*UN*6***2")),
    (rules.POINTER_WRONG, PLAIN, (LINE, "SV1*HC:G0068*300*UN*6***1:3"), (LINE, "SV1*HC:G0068*300*UN*6***2:1")),
    (rules.DAYS_REVERSED, COORDINATED, (DAYS, "20260106-20260105"), (DAYS, "20260106-20260106")),
    (rules.LINE_RENDERING_NPI_WRONG, COORDINATED, (OTHER_NURSE, OTHER_NURSE[:-1] + "0"), (OTHER_NURSE, "OTHER")),
    (
        rules.LINE_LOCATION_NPI_WRONG,
        COORDINATED,
        ("NM1*DK", f"NM1*77*2*X*****XX*123{AT_LINE}"),
        ("NM1*DK", f"NM1*77*2*X{AT_LINE}"),
    ),
]


@pytest.mark.parametrize(
    ("rule", "text", "breaking", "keeping"), CASES, ids=lambda value: getattr(value, "edit_id", "")
)
def test_a_rule_fires_where_it_should_and_not_before(rule: Rule, text: str, breaking: Change, keeping: Change) -> None:
    broken = only_claim(edited(breaking, text=text))
    assert rule.message in [finding.message for finding in broken.findings]
    assert rule.status in broken.statuses
    kept = only_claim(edited(keeping, text=text))
    assert rule.message not in [finding.message for finding in kept.findings]
    assert kept.is_accepted


def test_every_rule_has_its_case() -> None:
    assert {*RULES} - {case[0] for case in CASES} == {rules.ORIGINAL_MISSING}


def test_a_replacement_that_is_taken_must_name_the_original() -> None:
    taken = frozenset(("1", "7", "8"))
    without = edited(("12:B:1", "12:B:7"))
    assert only_claim(without).statuses == ("A7:535",)
    assert only_claim(without, taken).statuses == ("A6:464",)
    named = edited(("12:B:1", "12:B:8"), ("REF*D9", "REF*F8*1126015000001~\nREF*D9"))
    assert only_claim(named, taken).is_accepted
    assert only_claim(named, taken).submission.original_claim_number == "1126015000001"
    assert not only_claim(named).is_accepted


def test_a_filing_indicator_that_is_no_code_is_faulted_once() -> None:
    assert only_claim(edited(("*MB~", "*QQ~"))).statuses == ("A7:480:IL", "A3:684")


def test_the_other_payer_of_a_patient_need_not_be_part_b() -> None:
    assert "CI" in COORDINATED
    assert only_claim(COORDINATED.encode()).is_accepted


def test_a_finding_says_where_and_what() -> None:
    (finding,) = only_claim(edited((LINE, "SV1*HC:G0068*300*UN*-6***1:2"))).findings
    assert (finding.edit_id, finding.loop, finding.segment) == ("X222.351.2400.SV104.040", "2400", "SV1")
    assert (finding.element, finding.component, finding.line, finding.value) == (4, 0, 1, "-6")
    assert finding.position == 26
    assert not finding.is_syntax


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(("WELBY*MARCUS****XX*1987654328", "WELBY*MARCUS****XX*1987654320"), id="HIT-108 referring NPI"),
        pytest.param(("NM1*DN*1*WELBY*MARCUS****XX*1987654328~\n", ""), id="HIT-108 no referring provider"),
        pytest.param(("HI*ABK:I2720*ABF:J449~\n", ""), id="HIT-110 no diagnosis"),
        pytest.param(("D8*20260105", "RD8*20260105-20260108"), id="HIT-109 several days"),
        pytest.param((LINE, "SV1*HC:G0068*300*UN*0***1:2"), id="HIT-104 no units"),
        pytest.param((LINE, "SV1*HC:G0068*300*UN*97***1:2"), id="HIT-104 too many units"),
        pytest.param((LINE, "SV1*HC:G0068*300*UN*1.5***1:2"), id="HIT-104 broken units"),
        pytest.param((LINE, "SV1*HC:99999*300*UN*6***1:2"), id="HIT-103 unknown code"),
        pytest.param((LINE, "SV1*HC:G0068:ZZ:ZZ*300*UN*6***1:2"), id="unknown modifiers"),
        pytest.param(("12:B:1", "99:B:1"), id="HIT-105 unknown place"),
        pytest.param(("ABK:I2720", "ABK:QQQ"), id="unknown diagnosis"),
        pytest.param(("D8*20260105", "D8*20990105"), id="HIT-107 future service"),
        pytest.param(("D8*20260105", "D8*20010105"), id="HIT-101 before the benefit"),
        pytest.param(("*Y*A*Y*Y~", "*Y*C*Y*Y~"), id="not assigned"),
        pytest.param(("SBR*P*18*******MB", "SBR*S*18*******MB"), id="secondary"),
        pytest.param(("PRV*BI*PXC*251F00000X~\n", ""), id="no taxonomy"),
    ],
)
def test_what_the_engine_decides_passes_the_gateway(change: Change) -> None:
    assert only_claim(edited(change)).findings == ()


@pytest.mark.parametrize("npi", ["1234567893", "1987654328", "1111111112", "2234567891"])
def test_an_npi_with_the_right_check_digit_is_one(npi: str) -> None:
    assert is_npi(npi)


@pytest.mark.parametrize("npi", ["1234567890", "123456789", "12345678931", "3234567899", "123456789X", "", "１２３"])
def test_what_is_no_npi_is_told(npi: str) -> None:
    assert not is_npi(npi)


def test_each_wrong_last_digit_of_an_npi_is_told() -> None:
    assert [digit for digit in "0123456789" if is_npi("123456789" + digit)] == ["3"]


@pytest.mark.parametrize("mbi", ["1EG4-TE5-MK73", "1eg4te5mk73", "2AA1AA1AA11", "9YY9YY9YY99"])
def test_an_mbi_is_taken_with_dashes_and_in_small_letters(mbi: str) -> None:
    assert is_mbi(normalize_mbi(mbi))


@pytest.mark.parametrize(
    "mbi", ["0EG4TE5MK73", "1SG4TE5MK73", "1EG4TE5MK7", "1EG4TE5MK733", "1EGATE5MK73", "1EG4TE5M573", "1EG4TE5MK7A", ""]
)
def test_what_is_no_mbi_is_told(mbi: str) -> None:
    assert not is_mbi(mbi)


@pytest.mark.parametrize("number", ["123456789A", "123456789C1", "123456789AB", "A123456", "WCA123456789", "MA123456"])
def test_a_number_from_before_2020_is_recognized(number: str) -> None:
    assert is_former_number(number)
    assert not is_mbi(number)


@pytest.mark.parametrize("number", ["1EG4TE5MK73", "123456789", "ABCD123456", "A12345"])
def test_other_numbers_are_not_taken_for_former_ones(number: str) -> None:
    assert not is_former_number(number)
