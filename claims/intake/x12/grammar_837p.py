"""The loops, segments and elements of the 837P (005010X222A1), as data.

A line that begins with @ is a loop: its name, the loops it may stand in, its place among them, whether it must be
there (!) or may (?), and how often. The lines below it are its segments; the first one opens the loop:

    segment*qualifier  page  place  !|?  how often  elements

Qualifiers parted by a comma make a segment each; those parted by | share one. Places rise within a loop; equal places
may come in any order. The page is the one that CMS's edit numbers name (X222.page.loop.element.number).
An element is ! required, ? situational or - not used, then its number in the data dictionary, = the codes it may have;
(a/b) is a composite; a+b are two elements that come together or not at all. $name stands for a list of elements.

HI and SV107 are situational here, although the guide has them required: a claim without a diagnosis is decided by the
engine (HIT-110). CLM05-1, SV101-2 and the diagnoses are open: codes have dates, and dates are the engine's. PWK at the
line holds both of the guide's variants.
"""

MACROS = {
    "$either": "!98 !1065=1,2 !1035 ?1036 ?1037 - ?1039 ?66=XX+67",
    "$person": "!98 !1065=1 !1035 ?1036 ?1037 - ?1039 ?66=XX+67",
    "$organization": "!98 !1065=2 !1035 - - - - ?66=XX+67",
    "$insured": "!98 !1065=1,2 !1035 ?1036 ?1037 - ?1039 !66=II,MI !67",
    "$payer": "!98 !1065=2 !1035 - - - - !66=PI,XV !67",
    "$anyone": "!98 !1065=1,2",
    "$place": "!98 !1065=2 ?1035",
    "$city": "!19 ?156 ?116 ?26 - - ?1715",
    "$reference": "!128 !127",
    "$reference_of_payer": "!128 !127 - ?(!128=2U/!127)",
    "$phones": "!366=IC ?93 !365=EM,FX,TE,ED !364 ?365=EM,EX,FX,TE,ED+364 ?365=EM,EX,FX,TE,ED+364",
    "$day": "!374 !1250=D8+1251",
    "$days": "!374 !1250=D8,RD8+1251",
    "$adjustments": "!1033=CO,CR,OA,PI,PR !1034 !782 ?380 ?1034 ?782 ?380 ?1034 ?782 ?380 ?1034 ?782 ?380 "
    "?1034 ?782 ?380 ?1034 ?782 ?380",
    "$conditions": "!1136 !1073=N,Y !1321 ?1321 ?1321 ?1321 ?1321",
    "$diagnosis": "?(!1270=ABF,BF/!1271/-/-/-/-/-/-/-)",
    "$condition": "?(!1270/!1271/-/-/-/-/-/-/-)",
    "$procedure": "!(!235=ER,HC,IV,WK/!234/?1339/?1339/?1339/?1339/?352/-)",
    "$pricing": "!1473 !782 ?782 ?127 ?118 ?127 ?782 - ?235 ?234 ?355 ?380 ?901 ?1526 ?1527",
    "$contract": "!1166 ?782 ?332 ?127 ?338 ?799",
    "$insurance": "?127 ?93 ?1336=12,13,14,15,16,41,42,43,47 - - - "
    "?1032=11,12,13,14,15,16,17,AM,BL,CH,CI,DS,FI,HM,LM,MA,MB,MC,OF,TV,VA,WC,ZZ",
}

GRAMMAR = """
@ST - 0 ! 1
BHT          071  100 ! 1  !1005=0019 !353=00,18 !127 !373 !337 !640=CH,RP,31

@1000A ST 200 ! 1
NM1*41       074   10 ! 1  !98 !1065=1,2 !1035 ?1036 ?1037 - - !66=46 !67
PER          076   20 ! 2  $phones
@1000B ST 200 ! 1
NM1*40       079   10 ! 1  !98 !1065=2 !1035 - - - - !66=46 !67

@2000A ST 300 ! 0
HL*20        081   10 ! 1  !628 - !735 !736=1
PRV*BI       083   30 ? 1  !1221 !128=PXC !127
CUR          084   40 ? 1  !98=85 !100
@2010AA 2000A 150 ! 1
NM1*85       087   10 ! 1  $either
N3           091   20 ! 1  !166 ?166
N4           092   30 ! 1  $city
REF*EI|SY    094   40 ! 1  $reference
REF*0B|1G    096   40 ? 2  $reference
PER          098   50 ? 2  $phones
@2010AB 2000A 150 ? 1
NM1*87       101   10 ! 1  $anyone
N3           103   20 ! 1  !166 ?166
N4           104   30 ! 1  $city
@2010AC 2000A 150 ? 1
NM1*PE       106   10 ! 1  $payer
N3           108   20 ! 1  !166 ?166
N4           109   30 ! 1  $city
REF*2U|FY|NF 111   40 ? 1  $reference
REF*EI       113   40 ! 1  $reference

@2000B 2000A 200 ! 0
HL*22        114   10 ! 1  !628 !734 !735 !736=0,1
SBR          116   50 ! 1  !1138=A,B,C,D,E,F,G,H,P,S,T,U ?1069=18 $insurance
PAT          119   70 ? 1  - - - - ?1250=D8+1251 ?355=01+81 ?1073=Y
@2010BA 2000B 150 ! 1
NM1*IL       121   10 ! 1  $insured
N3           124   20 ? 1  !166 ?166
N4           125   30 ? 1  $city
DMG          127   40 ? 1  !1250=D8+1251 !1068=F,M,U
REF*SY,Y4    129   50 ? 1  $reference
PER          131   60 ? 1  $phones
@2010BB 2000B 150 ! 1
NM1*PR       133   10 ! 1  $payer
N3           135   20 ? 1  !166 ?166
N4           136   30 ? 1  $city
REF*2U|EI|FY|NF 138 40 ? 3 $reference
REF*G2|LU    140   40 ? 2  $reference

@2000C 2000B 1400 ? 0
HL*23        142   10 ! 1  !628 !734 !735 !736=0
PAT          144   20 ! 1  !1069=01,19,20,21,39,40,53,G8 - - - ?1250=D8+1251 ?355=01+81 ?1073=Y
@2010CA 2000C 150 ! 1
NM1*QC       147   10 ! 1  !98 !1065=1 !1035 ?1036 ?1037 - ?1039
N3           149   20 ! 1  !166 ?166
N4           150   30 ! 1  $city
DMG          152   40 ! 1  !1250=D8+1251 !1068=F,M,U
REF*Y4       154   50 ? 1  $reference
REF*1W|SY    155   50 ? 1  $reference
PER          156   60 ? 1  $phones

@2300 2000B,2000C 1300 ? 100
CLM          157   10 ! 1  !1028 !782 - - !(!1331/!1332=B/!1325) !1073=N,Y !1359=A,B,C !1073=N,W,Y !1363=I,Y ?1351=P \
?(!1362=AA,EM,OA/?1362=AA,EM,OA/-/?156/?26) ?1366=02,03,05,09 - - - - - - - ?1514=1,2,3,4,5,6,7,8,9,10,11,15
DTP*431,454,304,453,439,484,455,471,297,296,435,096,444,050 164 20 ? 1  $day
DTP*314|360|361 172 20 ? 1  $days
DTP*090|091  178   20 ? 2  $day
PWK          182   30 ? 10 !755 !756=AA,BM,EL,EM,FT,FX - - ?66=AC ?67
CN1          186   40 ? 1  $contract
AMT*F5       188   50 ? 1  !522 !782
REF*4N,F5,EW,9F,G1,F8,X4,9A,9C,LX,D9,EA,P4,1J 189 60 ? 1  $reference
K3           207   70 ? 10 !449
NTE          209   80 ? 1  !363=ADD,CER,DCP,DGN,TPO !352
CR1          211   90 ? 1  ?355=LB+81 - !1317=A,B,C,D,E !355=DH !380 - - ?352 ?352
CR2          214  100 ? 1  - - - - - - - !1342=A,C,D,E,F,G,M - ?352 ?352
CRC*07       216  110 ? 3  $conditions
CRC*E1|E2|E3 219  110 ? 3  $conditions
CRC*75,ZZ    221  110 ? 1  $conditions
HI*ABK|BK    226  120 ? 1  !(!1270=ABK,BK/!1271/-/-/-/-/-/-/-) $diagnosis $diagnosis $diagnosis $diagnosis \
$diagnosis $diagnosis $diagnosis $diagnosis $diagnosis $diagnosis $diagnosis
HI*BP        239  120 ? 1  !(!1270=BP/!1271) ?(!1270=BO/!1271)
HI*BG        242  120 ? 2  !(!1270=BG/!1271) $condition $condition $condition $condition $condition $condition \
$condition $condition $condition $condition $condition
HCP          252  130 ? 1  $pricing
@2310A 2300 250 ? 2
NM1*DN|P3    257   10 ! 1  $person
REF*0B|1G|G2 260   20 ? 3  $reference
@2310B 2300 250 ? 1
NM1*82       262   10 ! 1  $either
PRV*PE       265   20 ? 1  !1221 !128=PXC !127
REF*0B|1G|G2|LU 267 30 ? 4 $reference
@2310C 2300 250 ? 1
NM1*77       269   10 ! 1  $organization
N3           272   20 ! 1  !166 ?166
N4           273   30 ! 1  $city
REF*0B|G2|LU 275   40 ? 3  $reference
PER          277   50 ? 1  $phones
@2310D 2300 250 ? 1
NM1*DQ       280   10 ! 1  $person
REF*0B|1G|G2|LU 283 20 ? 4 $reference
@2310E 2300 250 ? 1
NM1*PW       285   10 ! 1  !98 !1065=2
N3           287   20 ! 1  !166 ?166
N4           288   30 ! 1  $city
@2310F 2300 250 ? 1
NM1*45       290   10 ! 1  $place
N3           292   20 ! 1  !166 ?166
N4           293   30 ! 1  $city

@2320 2300 290 ? 10
SBR          295   10 ! 1  !1138=A,B,C,D,E,F,G,H,P,S,T,U !1069=01,18,19,20,21,39,40,53,G8 $insurance
CAS          299   20 ? 5  $adjustments
AMT*D,A8,EAF 305   30 ? 1  !522 !782
OI           308   40 ! 1  - - !1073=N,W,Y ?1351=P - !1363=I,Y
MOA          310   50 ? 1  ?954 ?782 ?127 ?127 ?127 ?127 ?127 ?782 ?782
@2330A 2320 60 ! 1
NM1*IL       313   10 ! 1  $insured
N3           316   20 ? 1  !166 ?166
N4           317   30 ? 1  $city
REF*SY       319   40 ? 1  $reference
@2330B 2320 60 ! 1
NM1*PR       320   10 ! 1  $payer
N3           322   20 ? 1  !166 ?166
N4           323   30 ? 1  $city
DTP*573      325   40 ? 1  $day
REF*2U|EI|FY|NF 326 50 ? 2 $reference
REF*G1,9F,T4,F8 328 50 ? 1 $reference
@2330C 2320 60 ? 2
NM1*DN|P3    332   10 ! 1  !98 !1065=1
REF*0B|1G|G2 334   20 ! 3  $reference
@2330D 2320 70 ? 1
NM1*82       336   10 ! 1  $anyone
REF*0B|1G|G2|LU 338 20 ! 3 $reference
@2330E 2320 70 ? 1
NM1*77       340   10 ! 1  !98 !1065=2
REF*0B|G2|LU 342   20 ! 3  $reference
@2330F 2320 70 ? 1
NM1*DQ       343   10 ! 1  !98 !1065=1
REF*0B|1G|G2|LU 345 20 ! 3 $reference
@2330G 2320 70 ? 1
NM1*85       347   10 ! 1  $anyone
REF*G2|LU    349   20 ! 2  $reference

@2400 2300 365 ! 50
LX           350   10 ! 1  !554
SV1          351   20 ! 1  $procedure !782 !355=MJ,UN !380 ?1331 - ?(!1328/?1328/?1328/?1328) - ?1073=Y - ?1073=Y \
?1073=Y - - ?1327=0
SV5          359   30 ? 1  !(!235=HC/!234) !355=DA !380 !782 !782 !594=1,4,6
PWK          362   40 ? 11 !755 !756=AA,AB,AD,AF,AG,BM,EL,EM,FT,FX,NS - - ?66=AC ?67
CR1          368   50 ? 1  ?355=LB+81 - !1317=A,B,C,D,E !355=DH !380 - - ?352 ?352
CR3          371   60 ? 1  !1322=I,R,S !355=MO !380
CRC*07       373   70 ? 3  $conditions
CRC*70,09    376   70 ? 1  $conditions
DTP*472      380   80 ! 1  $days
DTP*471,607,463,461,304,011,455,454 382 80 ? 1  $day
DTP*738|739  387   80 ? 2  $day
QTY*PT,FL    391   90 ? 1  !673 !380
MEA          393  100 ? 5  !737=OG,TR !738=HT,R1,R2,R3,R4 !739
CN1          395  110 ? 1  $contract
REF*9B,9D    397  120 ? 1  $reference
REF*G1,9F    399  120 ? 5  $reference_of_payer
REF*6R,EW,X4,F4,BT 401 120 ? 1 $reference
AMT*T,F4     409  130 ? 1  !522 !782
K3           411  140 ? 10 !449
NTE          413  150 ? 2  !363=ADD,DCP,TPO !352
PS1          415  160 ? 1  !127 !782 ?156
HCP          416  170 ? 1  $pricing
@2410 2400 300 ? 1
LIN          423   10 ! 1  - !235=EN,EO,HI,N4,ON,UK,UP !234
CTP          426   20 ! 1  - - - !380 !(!355=F2,GR,ME,ML,UN)
REF*VY|XZ    428   30 ? 1  $reference
@2420A 2400 500 ? 1
NM1*82       430   10 ! 1  $either
PRV*PE       433   20 ? 1  !1221 !128=PXC !127
REF*0B|1G|G2|LU 434 30 ? 20 $reference_of_payer
@2420B 2400 500 ? 1
NM1*QB       436   10 ! 1  !98 !1065=1,2 - - - - - ?66=XX+67
REF*0B|1G|G2 439   20 ? 20 $reference_of_payer
@2420C 2400 500 ? 1
NM1*77       441   10 ! 1  $organization
N3           444   20 ! 1  !166 ?166
N4           445   30 ! 1  $city
REF*G2|LU    447   40 ? 3  $reference_of_payer
@2420D 2400 500 ? 1
NM1*DQ       449   10 ! 1  $person
REF*0B|1G|G2|LU 452 20 ? 20 $reference_of_payer
@2420E 2400 500 ? 1
NM1*DK       454   10 ! 1  $person
N3           457   20 ? 1  !166 ?166
N4           458   30 ? 1  $city
REF*0B|1G|G2 460   40 ? 20 $reference_of_payer
PER          462   50 ? 1  $phones
@2420F 2400 500 ? 2
NM1*DN|P3    465   10 ! 1  $person
REF*0B|1G|G2 468   20 ? 20 $reference_of_payer
@2420G 2400 500 ? 1
NM1*PW       470   10 ! 1  !98 !1065=2
N3           472   20 ! 1  !166 ?166
N4           473   30 ! 1  $city
@2420H 2400 500 ? 1
NM1*45       475   10 ! 1  $place
N3           477   20 ! 1  !166 ?166
N4           478   30 ! 1  $city
@2430 2400 540 ? 15
SVD          480   10 ! 1  !67 !782 $procedure - !380 ?554
CAS          484   20 ? 5  $adjustments
DTP*573      490   30 ! 1  $day
AMT*EAF      491   40 ? 1  !522 !782
@2440 2400 551 ? 0
LQ           492   10 ! 1  !1270=AS,UT !1271
FRM          494   20 ! 99 !350 ?1073=N,W,Y ?127 ?373 ?332
"""
