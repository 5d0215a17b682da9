"""The loops, segments and elements of the 276 (005010X212), in the notation of `grammar_837p`.

Described from public samples and from what public validators accept (docs/inquiries.md); it asks for no more than an
answer needs. A dependent (2000E) hangs below the service provider here, beside its subscriber, so that each patient is
read alone. The page is 000: CMS has no such numbers for the 276.
"""

MACROS = {
    "$name": "!98 !1065=1,2 ?1035 ?1036 ?1037 - ?1039 ?66+67",
    "$procedure": "!(!235/!234/?1339/?1339/?1339/?1339/?352/?234)",
    "$days": "!374 !1250=D8,RD8+1251",
}

_PATIENT = """
@{level} 2000C 200 ? 0
HL*{code}         000   10 ! 1  !628 !734 !735 ?736=0,1
DMG           000   20 ? 1  ?1250=D8+1251 ?1068
@{name} {level} 150 ! 1
NM1*{entity}      000   10 ! 1  $name
@{claim} {level} 200 ? 0
TRN           000   10 ! 1  !481=1 !127
REF*1K,BLT,LU,6P,EJ,XZ,D9 000 20 ? 1  !128 !127
AMT*T3        000   30 ? 1  !522 !782
DTP*472       000   40 ? 1  $days
@{line} {claim} 250 ? 0
SVC           000   10 ! 1  $procedure !782 ?782 ?234 - - ?380
REF*FJ        000   20 ? 1  !128 !127
DTP*472       000   30 ! 1  $days
"""

GRAMMAR = (
    """
@ST - 0 ! 1
BHT           000  100 ! 1  !1005=0010 !353=13 ?127 !373 ?337 ?640

@2000A ST 200 ! 0
HL*20         000   10 ! 1  !628 - !735 !736=1
@2100A 2000A 150 ! 1
NM1*PR        000   10 ! 1  $name

@2000B 2000A 200 ! 0
HL*21         000   10 ! 1  !628 !734 !735 !736=1
@2100B 2000B 150 ! 1
NM1*41        000   10 ! 1  $name

@2000C 2000B 200 ! 0
HL*19         000   10 ! 1  !628 !734 !735 !736=1
@2100C 2000C 150 ! 2
NM1*1P        000   10 ! 1  $name
"""
    + _PATIENT.format(level="2000D", code="22", name="2100D", entity="IL", claim="2200D", line="2210D")
    + _PATIENT.format(level="2000E", code="23", name="2100E", entity="QC", claim="2200E", line="2210E")
)
