"""The gateway's own rules: what the guide's syntax lets pass and Medicare cannot read.

Each is wrong on its face, without any dated table and without any record about a person or a supplier. All else is
decided by the engine, with a reason code and a remedy: codes, places, dates, the referring provider, a missing
diagnosis. A rule's number has the form of CMS's edit numbers; the statuses are those of the 277CA.
"""

import re
from dataclasses import dataclass

from claims.intake.x12.findings import GatewayFinding

_REFERENCE = re.compile(r"([A-Z][A-Z0-9]{1,2}?)(\d\d)?(?:-(\d))?")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its number, its status, what to say; `segment_error` (IK304) when the 999 reports it too."""

    edit_id: str
    status: str
    message: str
    segment_error: str = ""

    def finding(self, position: int, value: str = "", line: int = 0) -> GatewayFinding:
        """The finding that a claim breaks this rule at a segment."""
        _, _, loop, reference, _ = self.edit_id.split(".")
        match = _REFERENCE.fullmatch(reference)
        assert match is not None
        segment, element, component = match.groups()
        return GatewayFinding(
            edit_id=self.edit_id,
            message=self.message,
            status=self.status,
            loop=loop,
            segment=segment,
            position=position,
            element=int(element or 0),
            component=int(component or 0),
            segment_error=self.segment_error,
            line=line,
            value=value,
        )


#: Implementation dependent segment missing (IK304): required because of what else is there.
_DEPENDENT = "I6"

BILLING_NPI_MISSING = Rule(
    "X222.087.2010AA.NM109.010",
    "A6:562:85",
    "The billing provider's NPI is missing (loop 2010AA, NM109). Send the ten digits, with XX in NM108.",
)
BILLING_NPI_WRONG = Rule(
    "X222.087.2010AA.NM109.040",
    "A7:562:85",
    "The billing provider's NPI (loop 2010AA, NM109) is not ten digits with the right check digit. Correct it.",
)
TAX_ID_WRONG = Rule(
    "X222.094.2010AA.REF02.040",
    "A7:128:85",
    "The billing provider's tax number (loop 2010AA, REF02) is not nine digits. Correct it.",
)
BILLING_STATE_MISSING = Rule(
    "X222.092.2010AA.N402.010",
    "A6:501:85",
    "The billing provider's State is missing (loop 2010AA, N402). Send it.",
)
BILLING_ZIP_WRONG = Rule(
    "X222.092.2010AA.N403.040",
    "A7:500:85",
    "The billing provider's ZIP code (loop 2010AA, N403) is not five or nine digits. Correct it.",
)
DEPENDENT_SENT = Rule(
    "X222.142.2000C.HL03.040",
    "A7:156",
    "The claim names a patient other than the subscriber (loop 2000C). In Medicare each patient is the subscriber: "
    "send the patient in loop 2010BA and leave loop 2000C out.",
)
FILING_INDICATOR_MISSING = Rule(
    "X222.116.2000B.SBR09.010",
    "A6:480:IL",
    "The claim filing indicator is missing (loop 2000B, SBR09). Send MB, for Medicare Part B.",
)
NOT_PART_B = Rule(
    "X222.116.2000B.SBR09.040",
    "A7:116",
    "The claim filing indicator (loop 2000B, SBR09) is not MB, so the claim is not meant for Medicare Part B, the only "
    "payer here. Send MB, or send the claim to the payer that it is meant for.",
)
FORMER_NUMBER = Rule(
    "X222.121.2010BA.NM109.020",
    "A7:164:IL",
    "The patient's number (loop 2010BA, NM109) is a Health Insurance Claim Number or a railroad number, which are no "
    "longer taken. Send the Medicare Beneficiary Identifier (MBI) from the patient's present Medicare card.",
)
MBI_WRONG = Rule(
    "X222.121.2010BA.NM109.020",
    "A7:164:IL",
    "The patient's Medicare number (loop 2010BA, NM109) does not have the form of an MBI: eleven positions, no letter "
    "S, L, I, O, B or Z. Copy it again from the Medicare card.",
)
PATIENT_STREET_MISSING = Rule(
    "X222.124.2010BA.N3.010",
    "A6:503:IL",
    "The patient's street address is missing (loop 2010BA, N3). Send it.",
    _DEPENDENT,
)
PATIENT_CITY_MISSING = Rule(
    "X222.125.2010BA.N4.010",
    "A6:126:IL",
    "The patient's city, State and ZIP code are missing (loop 2010BA, N4). Send them.",
    _DEPENDENT,
)
BIRTH_DATE_MISSING = Rule(
    "X222.127.2010BA.DMG.010",
    "A6:158:IL",
    "The patient's birth date and sex are missing (loop 2010BA, DMG). Send them.",
    _DEPENDENT,
)
PATIENT_STATE_MISSING = Rule(
    "X222.125.2010BA.N402.010",
    "A6:501:IL",
    "The patient's State is missing (loop 2010BA, N402). Send it.",
)
PATIENT_ZIP_WRONG = Rule(
    "X222.125.2010BA.N403.040",
    "A7:500:IL",
    "The patient's ZIP code (loop 2010BA, N403) is not five or nine digits. Correct it.",
)
TOTAL_NEGATIVE = Rule(
    "X222.157.2300.CLM02.040",
    "A7:178",
    "The total charge (loop 2300, CLM02) is negative. Send the charge that is billed.",
)
OUT_OF_BALANCE = Rule(
    "X222.157.2300.CLM02.050",
    "A8:178",
    "The total charge (loop 2300, CLM02) is not the sum of the line charges (loop 2400, SV102). Make them agree.",
)
FREQUENCY_NOT_TAKEN = Rule(
    "X222.157.2300.CLM05-3.040",
    "A7:535",
    "The claim frequency code (loop 2300, CLM05-3) is not taken here: send 1, an original claim. "
    "To correct a claim that was decided, ask for a reopening or appeal.",
)
ORIGINAL_MISSING = Rule(
    "X222.196.2300.REF02.010",
    "A6:464",
    "A claim that replaces or voids another (loop 2300, CLM05-3 of 7 or 8) must name it: "
    "send its control number in REF*F8.",
)
ATTACHMENT_NUMBER_MISSING = Rule(
    "X222.182.2300.PWK06.040",
    "A6:489",
    "The attachment control number is missing (loop 2300, PWK06). It is needed when PWK02 is BM, EL, EM, FT or FX, "
    "so that the papers can be matched to the claim.",
)
LINE_ATTACHMENT_NUMBER_MISSING = Rule(
    "X222.362.2400.PWK06.040",
    "A6:489",
    "The attachment control number is missing (loop 2400, PWK06). It is needed when PWK02 is BM, EL, EM, FT or FX, "
    "so that the papers can be matched to the line.",
)
RENDERING_NPI_WRONG = Rule(
    "X222.262.2310B.NM109.040",
    "A7:562:82",
    "The rendering provider's NPI (loop 2310B, NM109) is not ten digits with the right check digit. Correct it.",
)
LOCATION_NPI_WRONG = Rule(
    "X222.269.2310C.NM109.040",
    "A7:562:77",
    "The service location's NPI (loop 2310C, NM109) is not ten digits with the right check digit. Correct it.",
)
LOCATION_STATE_MISSING = Rule(
    "X222.273.2310C.N402.010",
    "A6:501:77",
    "The service location's State is missing (loop 2310C, N402). Send it.",
)
LOCATION_ZIP_WRONG = Rule(
    "X222.273.2310C.N403.040",
    "A7:500:77",
    "The service location's ZIP code (loop 2310C, N403) is not five or nine digits. Correct it.",
)
LINE_NUMBER_REPEATED = Rule(
    "X222.350.2400.LX01.040",
    "A7:247",
    "The line number (loop 2400, LX01) stands on an earlier line too. Number the lines from 1.",
)
CHARGE_NEGATIVE = Rule(
    "X222.351.2400.SV102.040",
    "A7:583",
    "The line charge (loop 2400, SV102) is negative. Send the charge that is billed.",
)
UNIT_BASIS_WRONG = Rule(
    "X222.351.2400.SV103.040",
    "A7:659",
    "The unit of measure (loop 2400, SV103) is not UN. Visits are billed in units of 15 minutes: send UN.",
)
UNITS_NEGATIVE = Rule(
    "X222.351.2400.SV104.040",
    "A7:476",
    "The number of units (loop 2400, SV104) is negative. Send the units that were furnished.",
)
POINTER_MISSING = Rule(
    "X222.351.2400.SV107.010",
    "A6:477",
    "The diagnosis pointer is missing (loop 2400, SV107-1). Say which of the claim's diagnoses the line is for.",
)
POINTER_WRONG = Rule(
    "X222.351.2400.SV107.040",
    "A7:477",
    "A diagnosis pointer (loop 2400, SV107) leads to a diagnosis that the claim does not have. Correct it.",
)
DAYS_REVERSED = Rule(
    "X222.380.2400.DTP03.040",
    "A7:187",
    "The dates of service (loop 2400, DTP03) end before they begin. Correct them.",
)
LINE_RENDERING_NPI_WRONG = Rule(
    "X222.430.2420A.NM109.040",
    "A7:562:82",
    "The line's rendering provider's NPI (loop 2420A, NM109) is not ten digits with the right check digit. Correct it.",
)
LINE_LOCATION_NPI_WRONG = Rule(
    "X222.441.2420C.NM109.040",
    "A7:562:77",
    "The line's service location's NPI (loop 2420C, NM109) is not ten digits with the right check digit. Correct it.",
)

RULES = tuple(rule for rule in globals().values() if isinstance(rule, Rule))
