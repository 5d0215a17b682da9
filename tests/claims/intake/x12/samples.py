"""Synthetic 837P files for the tests: valid ones, and a way to change one thing in them. No real person is in them."""

import re

HEADER = """\
ISA*00*          *00*          *ZZ*HITSUP01       *ZZ*12302          *260115*0915*^*00501*000000101*0*T*:~
GS*HC*HITSUP01*12302*20260115*0915*101*X*005010X222A1~
ST*837*0001*005010X222A1~
BHT*0019*00*BATCH000001*20260115*1030*CH~
NM1*41*2*EVERGREEN HOME INFUSION LLC*****46*HITSUP01~
PER*IC*BILLING DESK*TE*4105550100~
NM1*40*2*EXAMPLE MAC JL*****46*12302~
HL*1**20*1~
PRV*BI*PXC*251F00000X~
NM1*85*2*EVERGREEN HOME INFUSION LLC*****XX*1234567893~
N3*100 MAIN ST~
N4*BALTIMORE*MD*212011234~
REF*EI*521234567~
"""

CLAIM = """\
HL*{level}*1*22*0~
SBR*P*18*******MB~
NM1*IL*1*EVANS*DORA*Q***MI*1EG4TE5MK73~
N3*12 ELM ST~
N4*BALTIMORE*MD*21201~
DMG*D8*19480215*F~
NM1*PR*2*EXAMPLE MAC JL*****PI*12302~
CLM*{number}*{total}***12:B:1*Y*A*Y*Y~
PWK*08*FX***AC*ACN{number}~
REF*D9*CH{number}~
NTE*ADD*PLAN OF CARE SIGNED 2026-01-02~
HI*ABK:I2720*ABF:J449~
NM1*DN*1*WELBY*MARCUS****XX*1987654328~
"""

LINE = """\
LX*{line}~
SV1*HC:G0068*300*UN*6***1:2~
DTP*472*D8*202601{day:02}~
REF*6R*{number}L{line}~
"""

TRAILER = """\
SE*{count}*0001~
GE*1*101~
IEA*1*000000101~
"""


def claim_text(index: int, lines: int) -> str:
    """The segments of one subscriber with one claim."""
    number = f"HIT26{index:06}"
    head = CLAIM.format(level=index + 1, number=number, total=300 * lines)
    return head + "".join(LINE.format(line=line, number=number, day=line + 4) for line in range(1, lines + 1))


def file_text(claims: int = 1, lines: int = 2) -> str:
    """A valid file: one interchange, one group, one set."""
    text = HEADER + "".join(claim_text(index, lines) for index in range(1, claims + 1))
    return text + TRAILER.format(count=text.count("~") - 1)


def recounted(text: str) -> str:
    """The text with every SE01 set to the number of its set's segments."""
    parts = re.split(r"(?=^ST\*|^GE\*)", text, flags=re.MULTILINE)
    return "".join(re.sub(r"^SE\*\d+", f"SE*{part.count('~')}", part, flags=re.MULTILINE) for part in parts)


def edited(*changes: tuple[str, str], text: str | None = None) -> bytes:
    """A valid file of one claim with some of its text replaced (the first place each), counts set right again."""
    result = file_text() if text is None else text
    for old, new in changes:
        assert old in result, old
        result = result.replace(old, new, 1)
    return recounted(result).encode()


def with_delimiters(text: str, element: str, component: str, terminator: str, repetition: str = "^") -> bytes:
    """The text with other delimiters; the line ends stay unless the terminator is one of them."""
    if terminator in "\r\n":
        text = text.replace("\n", "")
    table = str.maketrans({"*": element, ":": component, "~": terminator, "^": repetition})
    return text.translate(table).encode("latin-1")


#: A claim that another payer decided first, with every loop that a home infusion claim may use.
COORDINATED = recounted(
    HEADER
    + """\
PER*IC*JANE ROE*EM*JANE@EXAMPLE.ORG~
NM1*87*2~
N3*PO BOX 1~
N4*BALTIMORE*MD*212010001~
HL*2*1*22*0~
SBR*S*18*GROUP1**12****MB~
NM1*IL*1*EVANS*DORA*Q**JR*MI*1EG4-TE5-MK73~
N3*12 ELM ST*APT 3~
N4*BALTIMORE*MD*21201~
DMG*D8*19480215*F~
NM1*PR*2*EXAMPLE MAC JL*****PI*12302~
CLM*COB1*680.5***12:B:1*Y*A*Y*Y~
DTP*431*D8*20251201~
PWK*OZ*AA~
PWK*M1*BM***AC*ACN2~
REF*G1*PRIOR1~
REF*D9*CH1~
REF*EA*RECORD1~
K3*FREE TEXT~
NTE*CER*STABLE~
HI*ABK:I2720*ABF:J449*ABF:Z4520~
NM1*P3*1*PRIMARY*PAT****XX*1111111112~
NM1*DN*1*WELBY*MARCUS****XX*1987654328~
REF*G2*OLD1~
NM1*82*1*NURSE*NORA****XX*1234567893~
PRV*PE*PXC*163WI0500X~
NM1*77*2*PATIENT HOME*****XX*1234567893~
N3*5 OAK AVE~
N4*TOWSON*MD*21204~
NM1*DQ*1*CHIEF*CARL****XX*1234567893~
SBR*P*01*******CI~
CAS*CO*45*100~
AMT*D*200.25~
OI***Y***Y~
NM1*IL*1*EVANS*DORA****MI*ABC123~
NM1*PR*2*OTHER HEALTH*****PI*OTHER1~
DTP*573*D8*20260110~
LX*1~
SV1*HC:G0088:GW:JB*380.5*UN*8*13**1:2:3~
DTP*472*RD8*20260105-20260106~
REF*6R*COB1L1~
NTE*ADD*DRUG GIVEN~
NTE*TPO*THIRD PARTY~
LIN**N4*00013264681~
CTP****7*UN~
REF*XZ*RX1~
NM1*82*1*OTHER*NURSE****XX*1234567893~
NM1*DK*1*ORDERER*OLGA****XX*1111111112~
NM1*DN*1*REFERRER*RUTH****XX*1234567893~
SVD*OTHER1*150*HC:G0088**8~
CAS*PR*2*50~
DTP*573*D8*20260110~
LX*2~
SV1*HC:G0068*300*UN*6***1~
DTP*472*D8*20260107~
NM1*DN*1*REFERRER*RUTH****XX*1234567893~
"""
    + TRAILER.format(count=0)
)
