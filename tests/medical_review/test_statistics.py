"""Estimates from a sample: worked by hand, at the edges, and in simulation."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from medical_review.statistics import SampledUnit, mean_estimate, normal_z, ratio_estimate, size_for, student_t


def units(*pairs: tuple[str, str]) -> list[SampledUnit]:
    return [SampledUnit(Decimal(paid), Decimal(overpaid)) for paid, overpaid in pairs]


#: Four units of a frame of 100: overpaid 0, 100, 0, 300 of 200, 200, 100, 300 dollars.
WORKED = units(("200", "0"), ("200", "100"), ("100", "0"), ("300", "300"))


def test_the_quantiles_are_those_of_the_printed_tables() -> None:
    assert [round(student_t(Decimal("0.90"), freedom), 3) for freedom in (3, 29)] == [
        Decimal("1.638"),
        Decimal("1.311"),
    ]
    assert round(normal_z(Decimal("0.90")), 3) == Decimal("1.282")


def test_the_mean_per_unit_as_worked_by_hand() -> None:
    # mean 100; s² = (100² + 0 + 100² + 200²) / 3 = 20,000, s = 141.4214
    # total 100 × 100 = 10,000; error 100 × 141.4214 / 2 × √0.96 = 6,928.20; bound 10,000 − 1.637744 × 6,928.20 < 0
    found = mean_estimate(WORKED, 100)
    assert (found.point, found.error, found.lower_bound) == (Decimal("10000.00"), Decimal("6928.20"), Decimal("0.00"))


def test_the_ratio_as_worked_by_hand() -> None:
    # ratio 400 / 800 = 0.5; differences −100, 0, −50, 150; s² = 35,000 / 3, s = 108.0123
    # total 0.5 × 20,000 = 10,000; error 100 × 108.0123 / 2 × √0.96 = 5,291.50; bound 10,000 − 1.637744 × 5,291.50
    found = ratio_estimate(WORKED, 100, Decimal(20_000))
    assert found is not None
    assert (found.point, found.error, found.lower_bound) == (
        Decimal("10000.00"),
        Decimal("5291.50"),
        Decimal("1333.87"),
    )


def test_a_sample_that_is_the_whole_frame_leaves_nothing_to_chance() -> None:
    found = mean_estimate(WORKED, 4)
    assert found.point == found.lower_bound == Decimal("400.00")


def test_what_cannot_be_estimated_says_so() -> None:
    with pytest.raises(ValueError, match="two reviewed units"):
        mean_estimate(WORKED[:1], 100)
    with pytest.raises(ValueError, match="does not hold"):
        mean_estimate(WORKED, 3)
    assert ratio_estimate(units(("0", "0"), ("0", "0")), 10, Decimal(0)) is None


def test_the_size_for_a_precision_as_worked_by_hand() -> None:
    # n₀ = (1.281552 × 141.4214 / (0.1 × 100))² = 328.4751; n = 328.4751 / (1 + 3.284751) = 76.66, rounded up
    assert size_for(WORKED, 100, Decimal("0.1")) == 77
    assert size_for(WORKED, 1_000_000, Decimal("0.1")) == 329
    assert size_for(units(("10", "0"), ("10", "0")), 100, Decimal("0.1")) is None
    with pytest.raises(ValueError, match="above zero"):
        size_for(WORKED, 100, Decimal(0))


def test_the_lower_bound_lies_below_the_truth_nine_times_in_ten() -> None:
    """Frames of 400 claims of which a third is overpaid, samples of 40: seeded, so always the same figure."""
    chance = random.Random(320_9)
    frame = [
        SampledUnit(paid, paid if chance.random() < 0.2 else (paid / 2 if chance.random() < 0.15 else Decimal(0)))
        for paid in (Decimal(chance.randrange(15_000, 40_000)) / 100 for _ in range(400))
    ]
    truth = sum(unit.overpaid for unit in frame)
    total = sum((unit.paid for unit in frame), Decimal(0))
    runs = 600
    below = {"mean": 0, "ratio": 0}
    for _ in range(runs):
        sample = chance.sample(frame, 40)
        ratio = ratio_estimate(sample, 400, total)
        assert ratio is not None
        below["mean"] += mean_estimate(sample, 400).lower_bound <= truth
        below["ratio"] += ratio.lower_bound <= truth
    # Three standard errors of a share of 0.9 in 600 runs are 0.037. A bound that is far too low fails as well.
    assert {name: 0.863 <= count / runs <= 0.98 for name, count in below.items()} == {"mean": True, "ratio": True}
