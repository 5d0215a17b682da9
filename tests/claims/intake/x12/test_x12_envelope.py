"""Interchanges, groups and sets: each code of TA1, AK905 and IK502 that we give, with its neighbour that passes."""

import pytest

from claims.intake.x12.reading import read_file
from claims.intake.x12.readings import GroupReading, InterchangeReading, SetReading
from tests.claims.intake.x12.answering import claims_of
from tests.claims.intake.x12.samples import HEADER, claim_text, edited, file_text


def interchange(content: bytes) -> InterchangeReading:
    (only,) = read_file(content).interchanges
    return only


def group(content: bytes) -> GroupReading:
    return interchange(content).groups[-1]


def transaction(content: bytes) -> SetReading:
    return group(content).sets[-1]


def test_a_sound_file_has_no_fault_at_any_level() -> None:
    content = file_text(2).encode()
    assert interchange(content).errors == group(content).errors == transaction(content).errors == ()
    assert transaction(content).claim_count == 2


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("IEA*1*000000101", "IEA*1*000000102", "001"),
        ("*00501*", "*00401*", "003"),
        ("ISA*00*", "ISA*09*", "010"),
        ("*00*          *ZZ", "*02*          *ZZ", "012"),
        ("*ZZ*HITSUP01", "*XX*HITSUP01", "005"),
        ("*HITSUP01       *", "*               *", "006"),
        ("*ZZ*12302", "*99*12302", "007"),
        ("*12302          *", "*               *", "008"),
        ("*260115*0915*", "*261315*0915*", "014"),
        ("*260115*0915*", "*260115*2415*", "015"),
        ("*000000101*0*T", "*00000010X*0*T", "018"),
        ("*0*T*", "*2*T*", "019"),
        ("*0*T*", "*0*X*", "020"),
        ("IEA*1*", "IEA*2*", "021"),
        ("ISA*00*          *", "ISA*00*         *", "011"),
        ("GE*1*101~", "GE*1*101~\nXX*1~", "022"),
        ("GS*HC", "ST*837*0009*005010X222A1~\nSE*2*0009~\nGS*HC", "022"),
        ("\nIEA*1*000000101~", "", "023"),
        ("*0915*101*X*", "*0915*1A1*X*", "024"),
        ("GS*HC", "GS*hc", "024"),
        ("GS*HC*HITSUP01", "GS*HC*", "024"),
        ("*X*005010X222A1~\nST", "*X~\nST", "024"),
    ],
)
def test_a_faulty_interchange_is_refused_with_its_code(old: str, new: str, code: str) -> None:
    content = edited((old, new))
    assert code in interchange(content).errors
    assert interchange(content).is_refused
    assert claims_of(content) == []


def test_an_interchange_without_a_group_is_refused() -> None:
    content = (HEADER.splitlines()[0] + "IEA*0*000000101~").encode()
    assert interchange(content).errors == ("024",)


@pytest.mark.parametrize(
    ("isa_end", "code"),
    [("*0*T*A~", "027"), ("*0*T*~~", "027"), ("*0*T**~", "027"), ("*0*T*:*", "004"), ("*0*T*:X", "004")],
)
def test_separators_that_cannot_part_are_refused(isa_end: str, code: str) -> None:
    content = file_text().replace("*0*T*:~", isa_end, 1).encode()
    assert code in interchange(content).errors


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("GS*HC", "GS*HP", "1"),
        ("*X*005010X222A1~\nST", "*X*005010X223A2~\nST", "2"),
        ("\nGE*1*101~", "", "3"),
        ("GE*1*101", "GE*1*102", "4"),
        ("GE*1*101", "GE*2*101", "5"),
    ],
)
def test_a_faulty_group_is_refused_with_its_code(old: str, new: str, code: str) -> None:
    content = edited((old, new))
    assert code in group(content).errors
    assert claims_of(content) == []


def test_a_group_number_may_not_come_twice_in_an_interchange() -> None:
    text = file_text()
    isa, body, iea = text.splitlines()[0], "\n".join(text.splitlines()[1:-1]), text.splitlines()[-1]
    content = "\n".join([isa, body, body, iea.replace("*1*", "*2*")]).encode()
    assert [group.errors for group in interchange(content).groups] == [(), ("19",)]
    assert len(claims_of(content)) == 1
    apart = content.replace(b"*101*X*", b"*102*X*", 1).replace(b"GE*1*101", b"GE*1*102", 1)
    assert [group.errors for group in interchange(apart).groups] == [(), ()]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("ST*837*0001", "ST*835*0001", "1"),
        ("ST*837*0001", "ST**0001", "6"),
        ("SE*", "ZZ*", "2"),
        ("ST*837*0001", "ST*837*0002", "3"),
        ("ST*837*0001", "ST*837*001", "7"),
        ("0001*005010X222A1", "0001*005010X223A2", "I6"),
        ("0001*005010X222A1", "0001", "I6"),
    ],
)
def test_a_faulty_set_is_refused_with_its_code(old: str, new: str, code: str) -> None:
    content = edited((old, new))
    assert code in transaction(content).errors
    assert claims_of(content) == []


def test_a_wrong_segment_count_refuses_the_set() -> None:
    content = file_text().replace("SE*", "SE*1").encode()
    assert transaction(content).errors == ("4",)


def test_a_set_number_may_not_come_twice_in_a_group() -> None:
    lines = file_text().splitlines()
    one_set = lines[2:-2]
    content = "\n".join([*lines[:2], *one_set, *one_set, "GE*2*101~", lines[-1]]).encode()
    assert [one.errors for one in group(content).sets] == [(), ("23",)]
    assert len(claims_of(content)) == 1


def test_one_refused_set_does_not_stop_its_neighbour() -> None:
    lines = file_text().splitlines()
    faulty = [line.replace("*0001", "*0002") for line in lines[2:-2]]
    faulty[-1] = "SE*1*0002~"
    content = "\n".join([*lines[:2], *faulty, *lines[2:-2], "GE*2*101~", lines[-1]]).encode()
    assert [one.errors for one in group(content).sets] == [("4",), ()]
    assert [claim.position for claim in claims_of(content)] == [2]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("HL*2*1*22*0", "HL*3*1*22*0"),
        ("HL*2*1*22*0", "HL*2*2*22*0"),
        ("HL*2*1*22*0", "HL*2**22*0"),
        ("HL*2*1*22*0", "HL*2*1*21*0"),
        ("HL*2*1*22*0", "HL"),
        ("HL*1**20*1", "HL*1*1*20*1"),
        ("HL*2*1*22*0~\n", ""),
    ],
)
def test_a_hierarchy_that_cannot_be_read_refuses_the_set(old: str, new: str) -> None:
    content = edited((old, new))
    assert transaction(content).errors == ("5",)
    assert any(finding.segment in ("HL", "CLM") for finding in transaction(content).findings)
    assert claims_of(content) == []


@pytest.mark.parametrize(
    "line",
    ["BHT*0019*00*BATCH000001*20260115*1030*CH~\n", "NM1*41*2*EVERGREEN HOME INFUSION LLC*****46*HITSUP01~\n"],
)
def test_a_set_without_its_beginning_or_submitter_is_refused(line: str) -> None:
    assert transaction(edited((line, ""))).errors == ("5",)


def test_a_fault_in_the_submitters_telephone_is_noted_and_refuses_nobody() -> None:
    content = edited(("PER*IC*BILLING DESK*TE*4105550100", "PER*IC*BILLING DESK*XX*4105550100"))
    assert transaction(content).errors == ()
    assert [finding.segment for finding in transaction(content).findings] == ["PER"]
    assert claims_of(content)[0].is_accepted


def test_a_set_without_a_claim_is_refused() -> None:
    text = HEADER + "SE*0*0001~\nGE*1*101~\nIEA*1*000000101~\n"
    assert transaction(edited(text=text)).errors == ("5",)


def test_a_subscriber_without_a_claim_is_noted_and_refuses_nobody() -> None:
    childless = "HL*2*1*22*0~\nSBR*P*18*******MB~\n"
    text = HEADER + childless + claim_text(2, 1) + "SE*0*0001~\nGE*1*101~\nIEA*1*000000101~\n"
    content = edited(text=text)
    assert [finding.loop for finding in transaction(content).findings] == ["2300"]
    assert [claim.is_accepted for claim in claims_of(content)] == [True]


def test_several_interchanges_in_one_file_are_read_apart() -> None:
    other = file_text(2).replace("~", "'").replace("*", "|").replace("000000101", "000000102")
    reading = read_file((file_text(1) + "\r\n" + other).encode())
    assert [one.control_number for one in reading.interchanges] == ["000000101", "000000102"]
    assert [claim.position for claim in claims_of((file_text(1) + other).encode())] == [1, 2, 3]
    assert reading.problems == ()


def test_an_interchange_that_breaks_off_does_not_swallow_the_next() -> None:
    broken = file_text().replace("IEA*1*000000101~\n", "")
    reading = read_file((broken + file_text().replace("000000101", "000000102")).encode())
    assert [one.errors for one in reading.interchanges] == [("023",), ()]


@pytest.mark.parametrize("broken", ["ISA*cut off~", "ISA*" + "X" * 300, file_text().replace("*0*T*:~", "*0*T*AA", 1)])
def test_an_isa_that_cannot_be_read_does_not_swallow_the_next(broken: str) -> None:
    reading = read_file((broken + "\n" + file_text(2)).encode())
    assert [one.errors == () for one in reading.interchanges] == [False, True]
    assert len(claims_of((broken + "\n" + file_text(2)).encode())) == 2


def test_what_stands_behind_the_last_interchange_is_named() -> None:
    (problem,) = read_file(file_text().encode() + b"\x1a junk").problems
    assert "6 bytes" in problem
    assert f"from byte {len(file_text()) + 1}," in problem


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (file_text().encode("utf-16"), "UTF-16"),
        (file_text().encode("utf-16-le"), "UTF-16"),
        (file_text().encode("utf-16-be"), "UTF-16"),
        (b"", "empty"),
        (b" \r\n", "empty"),
        (b"%PDF-1.7", "a PDF"),
        (b"PK\x03\x04\x14\x00\x00\x00", "a ZIP"),
        (b"<xml/>", "XML"),
        (b"{}", "JSON"),
        (b"GS*HC*", "without an ISA"),
        (b"hello", "not an X12 file"),
    ],
)
def test_a_file_that_is_no_x12_is_refused_in_words(content: bytes, words: str) -> None:
    reading = read_file(content)
    assert reading.interchanges == ()
    assert words in reading.problems[0]


@pytest.mark.parametrize("content", [b"ISA", b"ISA*00*", b"ISA*" + b"X" * 300, b"ISAA" * 50])
def test_an_isa_that_cannot_be_taken_apart_refuses_the_interchange(content: bytes) -> None:
    assert interchange(content).errors == ("022",)


@pytest.mark.parametrize(("kind", "guide"), [("FA", "005010X231A1"), ("HN", "005010X214")])
def test_an_acknowledgement_is_recognized_and_never_answered(kind: str, guide: str) -> None:
    isa = HEADER.splitlines()[0].replace("*0*T*", "*1*T*")
    group = f"GS*{kind}*12302*HITSUP01*20260116*0915*401*X*{guide}"
    content = f"{isa}{group}~ST*999*0001~SE*2*0001~GE*1*401~IEA*1*000000101~".encode()
    assert interchange(content).is_acknowledgement
    assert not interchange(content).needs_ta1
    assert not interchange(content).needs_999


def test_a_ta1_alone_is_an_acknowledgement() -> None:
    content = (HEADER.splitlines()[0] + "TA1*000000101*260115*0915*A*000~IEA*0*000000101~").encode()
    assert interchange(content).is_acknowledgement
    assert interchange(content).errors == ()
