"""Agreement and Cohen's kappa: printed examples, another way of reckoning, and where there is none."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medical_review.kappa import FEW, NO_PAIRS, UNDEFINED, agreement, rounded

answers = st.sampled_from(["met", "not_met", "not_documented"])


def table(*rows: tuple[int, ...]) -> list[tuple[str, str]]:
    """The pairs of a square table: the first person's answers down, the second's across."""
    return [(str(a), str(b)) for a, row in enumerate(rows) for b, count in enumerate(row) for _ in range(count)]


@pytest.mark.parametrize(
    ("rows", "percent", "kappa"),
    [
        # 50 proposals read by two people, and two tables of the same agreement with other margins: textbook examples.
        (((20, 5), (10, 15)), "70.0", "0.400"),
        (((45, 15), (25, 15)), "60.0", "0.130"),
        (((25, 35), (5, 35)), "60.0", "0.259"),
        # Three categories, by hand: observed 126/200; expected (106·108 + 60·54 + 34·38)/200² = 0.3995.
        (((76, 20, 10), (22, 30, 8), (10, 4, 20)), "63.0", "0.384"),
        # They agree less than chance would.
        (((0, 5), (5, 0)), "0.0", "-1.000"),
        (((7, 0), (0, 3)), "100.0", "1.000"),
    ],
)
def test_kappa_as_worked(rows: tuple[tuple[int, ...], ...], percent: str, kappa: str) -> None:
    found = agreement(table(*rows))
    assert (found.percent, found.kappa) == (Decimal(percent), Decimal(kappa))
    assert not found.why_not


@given(st.lists(st.tuples(answers, answers), min_size=1, max_size=40))
def test_the_expected_agreement_is_that_of_answers_drawn_from_each_by_lot(pairs: list[tuple[str, str]]) -> None:
    """Another way to the same: of all pairs of one's answer with any answer of the other, the share that is equal."""
    found = agreement(pairs)
    equal = sum(first == second for first, _ in pairs for _, second in pairs)
    assert found.expected == Fraction(equal, len(pairs) ** 2)
    assert found.agreed == sum(first == second for first, second in pairs)
    if found.expected == 1:
        assert found.kappa is None
        return
    exact = (Fraction(found.agreed, len(pairs)) - found.expected) / (1 - found.expected)
    assert found.kappa is not None
    assert abs(Fraction(found.kappa) - exact) <= Fraction(1, 2000)
    assert -1 <= found.kappa <= 1


@given(st.lists(st.tuples(answers, answers), min_size=1, max_size=40))
def test_it_is_the_same_whoever_is_named_first(pairs: list[tuple[str, str]]) -> None:
    turned = [(second, first) for first, second in pairs]
    assert agreement(turned) == agreement(pairs)


def test_where_there_is_no_kappa_it_says_why() -> None:
    none, always = agreement([]), agreement([("met", "met")] * 12)
    assert (none.percent, none.kappa, none.why_not) == (None, None, NO_PAIRS)
    assert (always.percent, always.kappa, always.why_not) == (Decimal("100.0"), None, UNDEFINED)


def test_few_pairs_are_fewer_than_thirty() -> None:
    assert agreement([("met", "met")] * (FEW - 1)).is_few
    assert not agreement([("met", "met")] * FEW).is_few
    assert FEW == 30


@pytest.mark.parametrize(
    ("value", "expected"), [("1/2000", "0.001"), ("-1/2000", "-0.001"), ("1/2001", "0.000"), ("2/3", "0.667")]
)
def test_it_is_rounded_once_half_up(value: str, expected: str) -> None:
    assert rounded(Fraction(value), "0.001") == Decimal(expected)
