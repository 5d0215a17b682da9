"""The answers: TA1, 999 and 277CA say what was decided, and pyx12, which we did not write, accepts them."""

from datetime import date

import pytest

from claims.intake.x12.acknowledge_277ca import write_277ca
from claims.intake.x12.acknowledge_ta1 import write_ta1
from claims.intake.x12.reading import read_file
from tests.claims.intake.x12.answering import (
    NOW,
    US,
    Answers,
    answer,
    answer_interchange,
    icns_for,
    segments,
    starting,
)
from tests.claims.intake.x12.oracle import diagnostics
from tests.claims.intake.x12.samples import COORDINATED, HEADER, claim_text, edited, file_text, with_delimiters

END = "SE*0*0001~\nGE*1*101~\nIEA*1*000000101~\n"
LINE = "SV1*HC:G0068*300*UN*6***1:2"


def answers_to(content: bytes) -> Answers:
    (only,) = answer(read_file(content))
    return only


def functional(content: bytes) -> bytes:
    written = answers_to(content).functional
    assert written is not None
    return written


def claims(content: bytes) -> bytes:
    written = answers_to(content).claims
    assert written is not None
    return written


FILES = {
    "all accepted": file_text(3).encode(),
    "another payer first": COORDINATED.encode(),
    "one of three refused": edited(("1EG4TE5MK73", "1SG4TE5MK73"), text=file_text(3)),
    "a line refused": edited((LINE, LINE.replace("300", "-300"))),
    "four faults on a line": edited((LINE, "SV1*HC:G0068:X*3E2*MJ*-6***9")),
    "a syntax fault in a claim": edited(("*Y*A*Y*Y~", "*Y*Q*Y*Y~"), text=file_text(2)),
    "an unknown segment": edited(("REF*D9", "lowercase*1~\nREF*D9")),
    "a segment missing": edited(("DTP*472*D8*20260105~\n", "")),
    "no name and no number": edited(("EVANS*DORA*Q***MI*1EG4TE5MK73", "****"), ("CLM*HIT26000001", "CLM*")),
    "no date of service": edited(("DTP*472*D8*20260105~\n", ""), ("DTP*472*D8*20260106~\n", "")),
    "no NPI": edited(("*XX*1234567893~\nN3*100", "~\nN3*100")),
    "no billing provider": edited(("NM1*85*2*EVERGREEN HOME INFUSION LLC*****XX*1234567893~\n", "")),
    "an accented name": edited(("EVANS", "PEÑA")),
    "other delimiters": with_delimiters(file_text(2), "|", ">", "\r"),
    "a set that cannot be counted": file_text().replace("SE*", "SE*1").encode(),
    "a hierarchy that cannot be read": edited(("HL*2*1*22*0", "HL*7*1*22*0")),
    "an 835": file_text().replace("GS*HC", "GS*HP").encode(),
    "an institutional claim": file_text().replace("005010X222A1", "005010X223A2").encode(),
}


@pytest.mark.parametrize("content", FILES.values(), ids=FILES)
def test_pyx12_finds_nothing_wrong_with_any_answer(content: bytes) -> None:
    answers = answers_to(content)
    for written in (write_ta1(answers.interchange, US, 1, NOW), answers.functional, answers.claims):
        if written is not None:
            assert diagnostics(written) == []


def test_the_oracle_does_find_faults() -> None:
    assert diagnostics(functional(file_text().encode()).replace(b"IK5*A", b"IK5*Q"))


# --- TA1 -----------------------------------------------------------------------------------------------------------


def test_a_sound_interchange_gets_a_ta1_only_when_it_asks() -> None:
    assert answers_to(file_text().encode()).ta1 is None
    asking = answers_to(edited(("*0*T*", "*1*T*"))).ta1
    assert asking is not None
    assert starting(asking, "TA1") == ["TA1*000000101*260115*0915*A*000"]


def test_a_faulty_interchange_gets_a_ta1_and_nothing_else() -> None:
    answers = answers_to(edited(("IEA*1*", "IEA*3*")))
    assert answers.ta1 is not None
    assert answers.functional is answers.claims is None
    assert segments(answers.ta1)[1:] == ["TA1*000000101*260115*0915*R*021", "IEA*0*000000404"]


def test_the_callers_verdict_of_a_duplicate_goes_into_the_ta1() -> None:
    (interchange,) = read_file(file_text().encode()).interchanges
    answers = answer_interchange(interchange, "025")
    assert answers.ta1 is not None
    assert starting(answers.ta1, "TA1") == ["TA1*000000101*260115*0915*R*025"]
    assert answers.functional is answers.claims is None


@pytest.mark.parametrize(("sent", "answered"), [("*0*T*", "T"), ("*0*P*", "P")])
def test_a_test_is_answered_by_a_test(sent: str, answered: str) -> None:
    isa = segments(functional(edited(("*0*T*", sent))))[0]
    assert isa.split("*")[15] == answered


def test_an_answer_goes_to_the_sender_in_the_senders_own_delimiters() -> None:
    content = with_delimiters(file_text(2), "|", ">", "\r", "!")
    written = functional(content)
    assert written.startswith(
        b"ISA|00|          |00|          |ZZ|12302          |ZZ|HITSUP01       |260116|0915|!|00501|000000401|0|T|>\r"
    )
    assert b"GS|FA|12302|HITSUP01|20260116|0915|401|X|005010X231A1\r" in written


def test_each_interchange_of_a_file_has_its_own_answers() -> None:
    content = file_text(1) + file_text(2).replace("000000101", "000000102")
    both = answer(read_file(content.encode()))
    assert [starting(one.claims or b"", "QTY") for one in both] == [["QTY*90*1", "QTY*QA*1"], ["QTY*90*2", "QTY*QA*2"]]


# --- 999 -----------------------------------------------------------------------------------------------------------


def test_a_faultless_set_is_accepted() -> None:
    assert starting(functional(file_text(2).encode()), "IK3", "IK5", "AK9") == ["IK5*A", "AK9*A*1*1*1"]


def test_a_syntax_fault_in_a_claim_is_noted_and_the_set_accepted() -> None:
    content = edited(("*Y*A*Y*Y~", "*Y*Q*Y*Y~"), text=file_text(2))
    assert starting(functional(content), "IK3", "CTX", "IK4", "IK5", "AK9") == [
        "IK3*CLM*19*2300*8",
        "CTX*CLM01:HIT26000001",
        "IK4*7*1359*7*Q",
        "IK5*E*5",
        "AK9*E*1*1*1",
    ]


def test_a_fault_that_is_no_syntax_is_not_in_the_999() -> None:
    content = edited(("*XX*1234567893", "*XX*1234567890"))
    assert starting(functional(content), "IK3", "IK5") == ["IK5*A"]


def test_a_fault_above_several_claims_is_told_once_and_without_a_claim() -> None:
    content = edited(("N4*BALTIMORE*MD*212011234", "N4**MD*212011234"), text=file_text(3))
    assert starting(functional(content), "IK3", "CTX", "IK4") == ["IK3*N4*10*2010*8", "IK4*1*19*1"]


def test_faults_come_in_the_order_of_the_set_grouped_by_segment() -> None:
    content = edited((LINE, "SV1*HC:G0068:X*3E2*UN*SIX***1"), ("*Y*A*Y*Y~", "*Y*Q*Y*Y~"))
    assert [line[:8] for line in starting(functional(content), "IK3", "IK4")] == [
        "IK3*CLM*",
        "IK4*7*13",
        "IK3*SV1*",
        "IK4*1:3*",
        "IK4*2*78",
        "IK4*4*38",
    ]


def test_a_component_is_named_by_its_place() -> None:
    content = edited(("12:B:1", "12:X:1"))
    assert starting(functional(content), "IK4") == ["IK4*5:2*1332*7*X"]


def test_a_set_that_cannot_be_read_is_refused_with_its_codes() -> None:
    content = edited(("HL*2*1*22*0", "HL*7*1*22*0")).replace(b"SE*", b"SE*1")
    answers = answers_to(content)
    assert answers.claims is None
    assert starting(answers.functional or b"", "IK3", "IK4", "IK5", "AK9") == [
        "IK3*HL*12*2000*8",
        "IK4*1*628*7*7",
        "IK5*R*4*5",
        "AK9*R*1*1*0",
    ]


def test_a_group_with_one_refused_set_is_partly_accepted() -> None:
    lines = file_text().splitlines()
    faulty = [line.replace("*0001", "*0002") for line in lines[2:-2]]
    faulty[-1] = "SE*1*0002~"
    content = "\n".join([*lines[:2], *faulty, *lines[2:-2], "GE*2*101~", lines[-1]]).encode()
    assert starting(functional(content), "AK2", "IK5", "AK9") == [
        "AK2*837*0002*005010X222A1",
        "IK5*R*4",
        "AK2*837*0001*005010X222A1",
        "IK5*A",
        "AK9*P*2*2*1",
    ]


def test_another_transaction_is_refused_by_group() -> None:
    content = file_text().replace("GS*HC", "GS*HP").encode()
    assert starting(functional(content), "AK1", "AK2", "AK9") == ["AK1*HP*101*005010X222A1", "AK9*R*1*1*0*1"]


def test_each_group_has_a_999_of_its_own() -> None:
    lines = file_text().splitlines()
    second = [line.replace("*101", "*102") for line in lines[1:-1]]
    content = "\n".join([*lines[:-1], *second, "IEA*2*000000101~"]).encode()
    assert starting(functional(content), "ST", "AK1", "GE") == [
        "ST*999*0001*005010X231A1",
        "AK1*HC*101*005010X222A1",
        "ST*999*0002*005010X231A1",
        "AK1*HC*102*005010X222A1",
        "GE*2*401",
    ]


# --- 277CA ---------------------------------------------------------------------------------------------------------


def test_an_accepted_claim_has_its_control_number_and_dates() -> None:
    written = claims(file_text().encode())
    entry = segments(written)[segments(written).index("HL*4*3*PT") :]
    assert entry[:6] == [
        "HL*4*3*PT",
        "NM1*QC*1*EVANS*DORA*Q***MI*1EG4TE5MK73",
        "TRN*2*HIT26000001",
        "STC*A2:20:PR*20260116*WQ*600",
        "REF*1K*1126016000001",
        "REF*D9*CHHIT26000001",
    ]
    assert entry[6] == "DTP*472*RD8*20260105-20260106"


def test_the_head_gives_batch_days_and_totals() -> None:
    content = edited(("1EG4TE5MK73", "1SG4TE5MK73"), text=file_text(3))
    written = segments(claims(content))
    assert "TRN*2*BATCH000001" in written
    assert written[written.index("DTP*050*D8*20260115") + 1] == "DTP*009*D8*20260116"
    totals = [line for line in written if line.startswith(("QTY", "AMT"))]
    assert totals[:4] == ["QTY*90*2", "QTY*AA*1", "AMT*YU*1200", "AMT*YY*600"]
    assert totals[4:] == ["QTY*QA*2", "QTY*QC*1", "AMT*YU*1200", "AMT*YY*600"]


def test_every_claim_has_one_entry_in_the_order_sent() -> None:
    text = HEADER + claim_text(1, 1) + claim_text(2, 1).replace("HIT26000002", "HIT26000001") + claim_text(3, 1) + END
    content = edited(("1EG4TE5MK73", "1SG4TE5MK73"), text=text)
    written = starting(claims(content), "TRN", "STC", "REF")
    assert [line for line in written if not line.startswith("REF*D9")][-8:] == [
        "TRN*2*HIT26000001",
        "STC*A7:164:IL*20260116*U*300",
        "TRN*2*HIT26000001",
        "STC*A2:20:PR*20260116*WQ*300",
        "REF*1K*1126016000002",
        "TRN*2*HIT26000003",
        "STC*A2:20:PR*20260116*WQ*300",
        "REF*1K*1126016000003",
    ]


def test_a_refused_claim_has_no_control_number() -> None:
    written = claims(edited(("1EG4TE5MK73", "1SG4TE5MK73")))
    assert not [line for line in starting(written, "REF") if line.startswith("REF*1K")]


def test_a_line_at_fault_is_shown_below_its_claim() -> None:
    content = edited((LINE, "SV1*HC:G0068:JB*300*MJ*-6***1:2"))
    written = segments(claims(content))
    start = written.index("TRN*2*HIT26000001")
    assert [line for line in written[start:] if not line.startswith(("REF*D9", "SE", "GE", "IEA"))] == [
        "TRN*2*HIT26000001",
        "STC*A3:247*20260116*U*600",
        "DTP*472*RD8*20260105-20260106",
        "SVC*HC:G0068:JB*300*****-6",
        "STC*A7:659*20260116*U*******A7:476",
        "REF*FJ*HIT26000001L1",
        "DTP*472*D8*20260105",
    ]


def test_a_fault_that_the_999_told_adds_status_684() -> None:
    written = claims(edited(("*Y*A*Y*Y~", "*Y*Q*Y*Y~")))
    assert starting(written, "STC")[2:] == ["STC*A7:589*20260116*U*600", "STC*A3:684*20260116*U*600"]


def test_only_batch_categories_are_used() -> None:
    for content in FILES.values():
        written = answers_to(content).claims
        for line in starting(written or b"", "STC"):
            assert line.split("*")[1].startswith(("A1:", "A2:", "A3:", "A6:", "A7:", "A8:"))


def test_each_billing_provider_has_its_own_level() -> None:
    other = HEADER[HEADER.index("HL*1") :].replace("HL*1**20*1", "HL*3**20*1").replace("1234567893", "1111111112")
    below = claim_text(2, 1).replace("HL*3*1*22", "HL*4*3*22")
    written = claims(edited(text=HEADER + claim_text(1, 1) + other + below + END))
    assert starting(written, "HL")[2:] == ["HL*3*2*19*1", "HL*4*3*PT", "HL*5*2*19*1", "HL*6*5*PT"]
    assert diagnostics(written) == []


def test_one_set_answers_one_set() -> None:
    lines = file_text().splitlines()
    second = [line.replace("*0001", "*0002").replace("BATCH000001", "BATCH000002") for line in lines[2:-2]]
    content = "\n".join([*lines[:-2], *second, "GE*2*101~", lines[-1]]).encode()
    written = claims(content)
    assert [line for line in starting(written, "TRN", "ST") if line.startswith(("ST", "TRN*2*B"))] == [
        "ST*277*0001*005010X214",
        "TRN*2*BATCH000001",
        "ST*277*0002*005010X214",
        "TRN*2*BATCH000002",
    ]
    assert diagnostics(written) == []


def test_the_day_of_receipt_is_the_callers() -> None:
    answers = answers_to(file_text().encode())
    icns = icns_for(list(answers.outcomes[0].claims))
    written = write_277ca(answers.interchange, answers.outcomes, icns, US, 1, NOW, date(2025, 12, 31))
    assert "DTP*050*D8*20251231" in segments(written)


def test_an_accented_name_is_sent_without_its_accent() -> None:
    assert "NM1*QC*1*PENA*DORA*Q***MI*1EG4TE5MK73" in segments(claims(edited(("EVANS", "PEÑA"))))
