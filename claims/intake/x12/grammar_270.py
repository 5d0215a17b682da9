"""The loops, segments and elements of the 270 (005010X279A1), in the notation of `grammar_837p`.

Described from public samples and from what public validators accept (docs/inquiries.md); it asks for no more than an
answer needs. A dependent (2000D) hangs below the information receiver here, beside its subscriber, so that each
patient is read alone. The page is 000: CMS has no such numbers for the 270.
"""

MACROS = {
    "$name": "!98 !1065=1,2 ?1035 ?1036 ?1037 - ?1039 ?66+67",
    "$person": "!98 !1065=1 ?1035 ?1036 ?1037 - ?1039 ?66+67",
    "$reference": "!128 !127 ?352",
    "$city": "!19 ?156 ?116 ?26 ?352 ?352 ?1715",
    "$provider": "!1221 ?128+127",
    "$days": "!374 !1250=D8,RD8+1251",
    "$procedure": "?(!235/!234/?1339/?1339/?1339/?1339/?352/?234)",
    "$pointers": "?(!1328/?1328/?1328/?1328)",
    "$diagnosis": "?(!1270/!1271)",
}

_PATIENT = """
@{level} 2000B 200 ? 0
HL*{code}         000   10 ! 1  !628 !734 !735 ?736=0,1
TRN           000   20 ? 2  !481=1 !127 !509 ?127
@{name} {level} 150 ! 1
NM1*{entity}      000   10 ! 1  $person
REF*18,1L,1W,3H,49,6P,CT,EA,EJ,F6,GH,HJ,IF,IG,MRC,N6,NQ,SY,Y4 000 20 ? 1  $reference
N3            000   30 ? 1  !166 ?166
N4            000   40 ? 1  $city
PRV           000   50 ? 1  $provider
DMG           000   60 ? 1  ?1250=D8+1251 ?1068
INS           000   70 ? 1  !1073 !1069 ?352 ?352 ?352 ?352 ?352 ?352 ?352 ?352 ?352 ?352 ?352 ?352 ?352 ?352
HI*ABK|BK     000   80 ? 1  !(!1270/!1271) $diagnosis $diagnosis $diagnosis $diagnosis $diagnosis $diagnosis $diagnosis
DTP*102,291   000   90 ? 1  $days
@{inquiry} {name} 250 ? 99
EQ            000   10 ! 1  ?1365 $procedure ?1207 - $pointers
AMT*R,PB      000   20 ? 1  !522 !782
III           000   30 ? 10 ?1270+1271
REF*9F,G1     000   40 ? 1  $reference
DTP*291       000   50 ? 1  $days
"""

GRAMMAR = (
    """
@ST - 0 ! 1
BHT           000  100 ! 1  !1005=0022 !353=01,13 ?127 !373 !337 ?640

@2000A ST 200 ! 0
HL*20         000   10 ! 1  !628 - !735 !736=1
@2100A 2000A 150 ! 1
NM1*2B|36|GP|P5|PR 000 10 ! 1  $name

@2000B 2000A 200 ! 0
HL*21         000   10 ! 1  !628 !734 !735 !736=1
@2100B 2000B 150 ! 1
NM1*1P|2B|36|80|FA|GP|P5|PR 000 10 ! 1  $name
REF*0B,1C,1D,1J,4A,CT,EL,EO,HPI,JD,N5,N7,Q4,SY,TJ 000 20 ? 1  $reference
N3            000   30 ? 1  !166 ?166
N4            000   40 ? 1  $city
PRV           000   50 ? 1  $provider
"""
    + _PATIENT.format(level="2000C", code="22", name="2100C", entity="IL", inquiry="2110C")
    + _PATIENT.format(level="2000D", code="23", name="2100D", entity="03", inquiry="2110D")
)
