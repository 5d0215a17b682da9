"""The description of elements: the pattern of a segment and the list of its faults never disagree."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.intake.x12.elements import day_of, faults_of, number_of, trimmed
from claims.intake.x12.grammar import CLAIM_GRAMMAR, Node
from claims.intake.x12.segments import COMPONENT, SEPARATOR

NODES = [node for loop in CLAIM_GRAMMAR.loops.values() for node in loop.places]

VALUES = st.one_of(
    st.sampled_from(
        [
            *(
                "",
                "1",
                "2",
                "XX",
                "MI",
                "IL",
                "85",
                "D8",
                "RD8",
                "20260105",
                "20260105-20260106",
                "20260230",
                "20240229",
            ),
            *("20250229", "00000101", "1.5", "1.234", ".5", "5.", "-3", "1E5", "12345678901", "A", "HC", "UN", "1.2.3"),
            *("0915", "2460", "091501", "Y", "P", "ABK", "I2720", "X" * 90, "\x00", "A\x1eB", "12", "B", "EI", "21201"),
            *("1234567890123456", "PXC", "CO", "45", "é", "AC", "18", "MB", "20", "22", "123456789", "-"),
        ]
    ),
    st.text(st.characters(max_codepoint=0x2FF, exclude_characters="\x1c\x1d\x1f"), max_size=6),
)
PARTS = st.lists(VALUES, min_size=1, max_size=9).map(COMPONENT.join)


@pytest.mark.parametrize("node", NODES, ids=lambda node: f"{node.loop}-{node.key}")
def test_a_segment_matches_exactly_when_it_has_no_fault(node: Node) -> None:
    @settings(max_examples=settings.default.max_examples // 3)
    @given(st.lists(st.one_of(VALUES, PARTS), max_size=14))
    def agree(elements: list[str]) -> None:
        text = trimmed(SEPARATOR.join([node.segment, *elements]))
        assert bool(node.matches(text)) == (not list(faults_of(node.items, text.split(SEPARATOR)))), repr(text)

    agree()


@given(st.text(st.sampled_from("0123456789"), min_size=8, max_size=8))
def test_a_date_is_one_of_the_calendar_or_none(digits: str) -> None:
    day = day_of(digits)
    assert day is None or f"{day:%Y%m%d}".rjust(8, "0") == digits


@pytest.mark.parametrize("value", ["", "1E5", "1,000", "٣", "NaN", "Infinity", "--1", "1.2.3", " 1"])
def test_what_is_no_plain_decimal_is_no_number(value: str) -> None:
    assert number_of(value) is None


def test_every_loop_is_opened_by_its_first_segment() -> None:
    for loop in CLAIM_GRAMMAR.loops.values():
        for node in loop.places:
            if node.opens is not None:
                assert node.opens.head is not None
                assert node.key == node.opens.head_key


def test_the_grammar_knows_the_segments_of_the_guide() -> None:
    known = (
        "AMT BHT CAS CLM CN1 CR1 CR2 CR3 CRC CTP CUR DMG DTP FRM HCP HI HL K3 LIN LQ LX MEA MOA N3 N4 NM1 NTE OI PAT "
        "PER PRV PS1 PWK QTY REF SBR SV1 SV5 SVD"
    )
    assert set(known.split()) == CLAIM_GRAMMAR.known_segments
