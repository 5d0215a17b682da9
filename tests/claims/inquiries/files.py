"""Synthetic 270 and 276 files of the base world's supplier and patient."""

from __future__ import annotations

from collections.abc import Sequence

HEAD = """\
ISA*00*          *00*          *ZZ*SYNTHETIC01    *ZZ*12302          *260116*0915*^*00501*{number:09}*0*{usage}*:~
GS*{group}*SYNTHETIC01*12302*20260116*0915*{number}*X*{guide}~
"""
FOOT = """GE*{sets}*{number}~
IEA*1*{number:09}~
"""

ELIGIBILITY = """\
BHT*0022*13*ELIG{number}*20260116*0900~
HL*1**20*1~
NM1*PR*2*EXAMPLE MAC JL*****PI*12302~
HL*2*1*21*1~
NM1*1P*2*EVERGREEN HOME INFUSION*****XX*{npi}~
{patients}"""

PATIENT = """\
HL*{level}*2*22*0~
TRN*1*EL{level}*9SYNTHETIC~
NM1*IL*1*{surname}*DORA****MI*{mbi}~
DMG*D8*{born}*F~
DTP*291*D8*{day}~
EQ*30^42~
"""

STATUS = """\
BHT*0010*13*STAT{number}*20260116*0900~
HL*1**20*1~
NM1*PR*2*EXAMPLE MAC JL*****PI*12302~
HL*2*1*21*1~
NM1*41*2*EVERGREEN HOME INFUSION*****46*SYNTHETIC01~
HL*3*2*19*1~
NM1*1P*2*EVERGREEN HOME INFUSION*****XX*{npi}~
{patients}"""

ASKED = """\
HL*{level}*3*22*0~
DMG*D8*19480215*F~
NM1*IL*1*EVANS*DORA****MI*{mbi}~
TRN*1*ST{level}~
{criteria}"""


def interchange(*sets: str, group: str, guide: str, transaction: str, control_number: int, usage: str) -> bytes:
    """Sets in an envelope, their trailers counted."""
    text = HEAD.format(number=control_number, usage=usage, group=group, guide=guide)
    for index, body in enumerate(sets, 1):
        text += f"ST*{transaction}*{index:04}*{guide}~\n{body}SE*{body.count('~') + 2}*{index:04}~\n"
    return (text + FOOT.format(sets=len(sets), number=control_number)).encode()


def patient(level: int, **changed: str) -> str:
    """One patient of a 270, by default the base world's as of January 16 2026."""
    said = {"mbi": "1EG4TE5MK73", "surname": "EVANS", "born": "19480215", "day": "20260116"}
    return PATIENT.format(level=level, **{**said, **changed})


def eligibility(
    patients: Sequence[dict[str, str]] = ({},), *, npi: str = "1234567893", control_number: int = 1, usage: str = "P"
) -> bytes:
    """A 270 for patients that differ from the base world's as given."""
    asked = "".join(patient(level, **changed) for level, changed in enumerate(patients, 3))
    return eligibility_of(asked, npi=npi, control_number=control_number, usage=usage)


def eligibility_of(patients: str, *, npi: str = "1234567893", control_number: int = 1, usage: str = "P") -> bytes:
    """A 270 with the segments of its patients as given."""
    body = ELIGIBILITY.format(number=control_number, npi=npi, patients=patients)
    return interchange(
        body, group="HS", guide="005010X279A1", transaction="270", control_number=control_number, usage=usage
    )


def status(
    *criteria: str,
    npi: str = "1234567893",
    mbi: str = "1EG4TE5MK73",
    control_number: int = 2,
    usage: str = "P",
) -> bytes:
    """A 276 with a patient for each text of criteria, such as "REF*1K*0226016000001~"."""
    asked = [
        ASKED.format(level=level, mbi=mbi, criteria="".join(f"{line}\n" for line in text.split()))
        for level, text in enumerate(criteria, 4)
    ]
    body = STATUS.format(number=control_number, npi=npi, patients="".join(asked))
    return interchange(
        body, group="HR", guide="005010X212", transaction="276", control_number=control_number, usage=usage
    )
