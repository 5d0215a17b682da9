"""Synthetic 837P files of the base world's supplier and patient."""

from __future__ import annotations

from collections.abc import Sequence

HEAD = """\
ISA*00*          *00*          *ZZ*SYNTHETIC01    *ZZ*12302          *260116*0915*^*00501*{number:09}*0*{usage}*:~
GS*HC*SYNTHETIC01*12302*20260116*0915*{number}*X*005010X222A1~
ST*837*0001*005010X222A1~
BHT*0019*00*BATCH{number}*20260116*1030*CH~
NM1*41*2*EVERGREEN HOME INFUSION*****46*SYNTHETIC01~
PER*IC*BILLING DESK*TE*4105550100~
NM1*40*2*EXAMPLE MAC JL*****46*12302~
HL*1**20*1~
PRV*BI*PXC*251F00000X~
NM1*85*2*EVERGREEN HOME INFUSION*****XX*1234567893~
N3*100 MAIN ST~
N4*BALTIMORE*MD*212011234~
REF*EI*521234567~"""

CLAIM = """HL*{level}*1*22*0~
SBR*P*18*******MB~
NM1*IL*1*EVANS*DORA*Q***MI*{mbi}~
N3*12 ELM ST~
N4*BALTIMORE*MD*21201~
DMG*D8*19480215*F~
NM1*PR*2*EXAMPLE MAC JL*****PI*12302~
CLM*SYN{index}*{charge}***12:B:1*Y*A*Y*Y~
HI*ABK:I5022~
NM1*DN*1*WELBY*MARCUS****XX*1987654328~
LX*1~
SV1*HC:G0088*{charge}*UN*6***1~
DTP*472*D8*20260105~
REF*6R*SYN{index}L1~"""

FOOT = """SE*{segments}*0001~
GE*1*{number}~
IEA*1*{number:09}~
"""


def file_of(
    claims: int = 1,
    *,
    control_number: int = 1,
    usage: str = "P",
    charge: str = "400",
    mbis: Sequence[str] = ("1EG4TE5MK73",),
) -> bytes:
    """A file with `claims` claims, each one initial visit of January 5 2026; `mbis` are taken in turn."""
    parts = [HEAD.format(number=control_number, usage=usage)]
    for index in range(1, claims + 1):
        mbi = mbis[(index - 1) % len(mbis)]
        parts.append(CLAIM.format(level=index + 1, mbi=mbi, index=index, charge=charge))
    segments = "\n".join(parts).count("~") - 2 + 1
    return "\n".join([*parts, FOOT.format(segments=segments, number=control_number)]).encode()
