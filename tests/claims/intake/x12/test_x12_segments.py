"""The segment codec: delimiters, white space, binary segments, characters, offsets, and writing."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.intake.x12.reading import read_claims, read_file
from claims.intake.x12.segments import (
    COMPONENT,
    SEPARATOR,
    Delimiters,
    read_header,
    segments_of,
    write_segments,
)
from tests.claims.intake.x12.answering import claims_of, only_claim
from tests.claims.intake.x12.samples import edited, file_text, with_delimiters

USUAL = Delimiters()


def texts(content: bytes, delimiters: Delimiters = USUAL) -> list[str]:
    return [text for text, _, _ in segments_of(content, 0, len(content), delimiters)]


def as_usual(text: str) -> str:
    return text.replace(SEPARATOR, "*").replace(COMPONENT, ":")


@pytest.mark.parametrize(
    ("element", "component", "terminator"),
    [("*", ":", "~"), ("|", "<", "~"), ("~", "^", "_"), ("*", ">", "\n"), ("*", ":", "\r"), ("\x1d", "\x1f", "\x1c")],
)
def test_the_delimiters_of_the_isa_are_used_whatever_they_are(element: str, component: str, terminator: str) -> None:
    content = with_delimiters(file_text(2), element, component, terminator, "!")
    header = read_header(content, 0)
    assert header is not None
    assert header.delimiters == Delimiters(element, "!", component, terminator)
    claims = claims_of(content)
    assert [claim.findings for claim in claims] == [(), ()]
    assert [line.hcpcs for line in claims[0].submission.lines] == ["G0068", "G0068"]


@pytest.mark.parametrize("line_end", ["", "\n", "\r\n", "\r", " \n\n   "])
def test_white_space_between_segments_is_no_part_of_them(line_end: str) -> None:
    content = file_text(2).replace("\n", line_end).encode()
    assert all(claim.is_accepted for claim in claims_of(content))


def test_a_terminator_of_cr_and_lf_is_read() -> None:
    content = file_text(2).replace("~\n", "\r\n").encode()
    assert [claim.is_accepted for claim in claims_of(content)] == [True, True]


def test_a_byte_order_mark_and_leading_blanks_are_passed_over() -> None:
    content = b"\xef\xbb\xbf  \r\n" + file_text().encode()
    assert read_file(content).interchanges[0].start == 7
    assert only_claim(content).is_accepted


def test_an_indented_file_is_read() -> None:
    content = file_text().replace("\n", "\n      ").encode()
    assert only_claim(content).is_accepted


def test_a_repetition_separator_of_version_4010_is_none() -> None:
    content = edited(("*^*00501*", "*U*00501*"))
    claim = only_claim(content)
    assert claim.is_accepted
    assert claim.submission.header.submitter.name == "EVERGREEN HOME INFUSION LLC"


@pytest.mark.parametrize("payload", ["a~b*c", "", "~~~~", "x\ny"])
def test_a_binary_segment_is_as_long_as_it_says(payload: str) -> None:
    binary = f"BIN*{len(payload)}*{payload}"
    content = f"LX*1~{binary}~SE*3*0001~".encode()
    assert list(map(as_usual, texts(content))) == ["LX*1", binary.replace("~", "\x1c"), "SE*3*0001"]


def test_a_bds_segment_has_its_length_in_the_second_element() -> None:
    content = b"LX*1~BDS*ASC*5*a~b~c~SE*3*0001~"
    assert [text[:3] for text in texts(content)] == ["LX" + SEPARATOR, "BDS", "SE" + SEPARATOR]


@pytest.mark.parametrize("length", ["3", "999", "-1", "", "x", "9" * 30])
def test_a_binary_segment_with_a_wrong_length_ends_at_the_next_terminator(length: str) -> None:
    content = f"LX*1~BIN*{length}*ab~SE*3*0001~".encode()
    assert [as_usual(text) for text in texts(content)] == ["LX*1", f"BIN*{length}*ab", "SE*3*0001"]


def test_a_binary_segment_longer_than_a_chunk_is_read_whole() -> None:
    payload = "~*:" * 60_000
    content = f"LX*1~BIN*{len(payload)}*{payload}~SE*3*0001~".encode()
    found = list(segments_of(content, 0, len(content), USUAL))
    assert [end - start for _, start, end in found] == [5, len(payload) + 12, 10]


@pytest.mark.parametrize(("encoding"), ["utf-8", "cp1252", "latin-1"])
def test_an_accented_name_survives_whatever_the_encoding(encoding: str) -> None:
    content = file_text().replace("EVANS", "PEÑA").encode(encoding)
    claim = only_claim(content)
    assert claim.is_accepted
    assert claim.submission.beneficiary.last_name == "PEÑA"


def test_offsets_lead_to_the_segments_in_the_file() -> None:
    content = b"\xef\xbb\xbf" + file_text(3).replace("DORA", "DÓRA").replace("\n", "\r\n  ").encode()
    for transaction in read_file(content).readable_sets():
        for claim in read_claims(transaction):
            spans = claim.submission.spans
            own = content[slice(*spans.claim)]
            assert own.startswith(b"CLM*" + claim.submission.patient_control_number.encode())
            assert own.endswith(b"L2~")
            assert content[slice(*spans.subscriber)].startswith(b"HL*")
            assert content[slice(*spans.subscriber)].endswith(b"*PI*12302~")
            assert content[slice(*spans.billing)].startswith(b"HL*1**20*1~")
            assert content[slice(*spans.billing)].endswith(b"REF*EI*521234567~")


plain = st.text(st.sampled_from(string.ascii_letters + string.digits + " .-/'&()"), max_size=12)
names = st.text(st.sampled_from(string.ascii_uppercase), min_size=2, max_size=3).filter(
    lambda name: name not in ("ISA", "BIN", "BDS")
)
elements = st.one_of(plain, st.lists(plain, min_size=2, max_size=4).map(tuple))
written = st.lists(st.tuples(names, st.lists(elements, max_size=6)).map(lambda pair: [pair[0], *pair[1]]), max_size=20)
delimiters = st.permutations("*|^~!<>_\n\x1d").map(lambda chosen: Delimiters(*chosen[:4]))


def _without_blanks_at_ends(segment: list[str | tuple[str, ...]]) -> list[str]:
    parts = [(element,) if isinstance(element, str) else element for element in segment]
    values = [COMPONENT.join(part.strip() for part in element).rstrip(COMPONENT) for element in parts]
    while len(values) > 1 and not values[-1]:
        values.pop()
    return values


@given(written, delimiters)
def test_what_is_written_is_read_back(segments: list[list[str | tuple[str, ...]]], separators: Delimiters) -> None:
    content = write_segments(segments, separators)
    assert [text.split(SEPARATOR) for text in texts(content, separators)] == [
        _without_blanks_at_ends(segment) for segment in segments
    ]


def test_what_cannot_be_sent_leaves_no_blank_at_an_end() -> None:
    assert write_segments([["REF", " D9", "*A*B*", ("\t", "C ", "")]]) == b"REF*D9*A B*:C~\n"


@given(st.lists(st.text(max_size=20), max_size=5))
def test_no_value_can_break_out_of_its_element(values: list[str]) -> None:
    (text,) = texts(write_segments([["REF", *values, "END"]]))
    assert len(text.split(SEPARATOR)) == len(values) + 2
    assert COMPONENT not in text


@given(st.binary(max_size=400))
def test_no_bytes_make_the_reader_raise(content: bytes) -> None:
    for lead in (b"", file_text()[:106].encode(), file_text()[:300].encode()):
        for transaction in read_file(lead + content).readable_sets():
            list(read_claims(transaction))


@given(st.binary(min_size=1, max_size=3), st.integers(0, 2000))
def test_offsets_rise_and_cover_every_segment(noise: bytes, place: int) -> None:
    content = file_text().encode()
    content = content[:place] + noise + content[place:]
    end = 0
    for text, start, stop in segments_of(content, 0, len(content), USUAL):
        assert end <= start < stop <= len(content)
        assert text
        end = stop
