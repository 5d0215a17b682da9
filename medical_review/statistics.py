"""What a reviewed random sample says of the overpayment in its whole frame. Pure.

The two estimators of simple random sampling without replacement, and the lower limit of the one-sided 90 % confidence
interval of the total, which a contractor asks for instead of the point estimate: Pub. 100-08 (Medicare Program
Integrity Manual) ch. 8 §8.4, recalled, not read again here; formulas as in W. G. Cochran, Sampling Techniques, ch. 2
and 6. N is the number of units in the frame, n in the sample, x what a unit was paid, d what it was overpaid, negative
where it was underpaid, all in dollars; t is the quantile of Student's distribution with n - 1 degrees of freedom.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from functools import lru_cache

#: One-sided.
CONFIDENCE = Decimal("0.90")

CENT, ZERO = Decimal("0.01"), Decimal("0.00")

MEAN_FORMULA = "total = N × mean of d; standard error = N × s ÷ √n × √(1 − n ÷ N); lower bound = total − t × error"
RATIO_FORMULA = (
    "total = (sum of d ÷ sum of x) × X, with X the sum of x in the frame; standard error as above, with s the standard "
    "deviation of d − ratio × x; lower bound = total − t × error"
)
SIZE_FORMULA = "n₀ = (z × s ÷ (precision × mean of d))²; n = n₀ ÷ (1 + n₀ ÷ N), rounded up"


@dataclass(frozen=True, slots=True)
class SampledUnit:
    """A unit of the sample: what it was paid and what of that was too much, in dollars."""

    paid: Decimal
    overpaid: Decimal


@dataclass(frozen=True, slots=True)
class Estimate:
    """The overpayment of the frame, in dollars; `t` and `error` are what the bound is made of."""

    point: Decimal
    error: Decimal
    t: Decimal
    lower_bound: Decimal


def mean_estimate(units: Sequence[SampledUnit], frame_size: int) -> Estimate:
    """Mean per unit: the mean overpayment of the sample for every unit of the frame. Raises ValueError: see `check`."""
    check(units, frame_size)
    mean = mean_of([unit.overpaid for unit in units])
    return estimate(mean * frame_size, deviation([unit.overpaid - mean for unit in units]), len(units), frame_size)


def ratio_estimate(units: Sequence[SampledUnit], frame_size: int, frame_paid: Decimal) -> Estimate | None:
    """Ratio: the sample's overpayment per dollar paid, for every dollar of the frame; None where nothing was paid.

    Sharper than the mean where the overpayment follows the payment; its bias fades with the size of the sample.
    """
    check(units, frame_size)
    paid = sum((unit.paid for unit in units), ZERO)
    if not paid:
        return None
    ratio = sum((unit.overpaid for unit in units), ZERO) / paid
    s = deviation([unit.overpaid - ratio * unit.paid for unit in units])
    return estimate(ratio * frame_paid, s, len(units), frame_size)


def check(units: Sequence[SampledUnit], frame_size: int) -> None:
    if len(units) < 2:
        raise ValueError("An estimate needs two reviewed units at least.")
    if frame_size < len(units):
        raise ValueError(f"A frame of {frame_size} does not hold a sample of {len(units)}.")


def estimate(total: Decimal, s: Decimal, size: int, frame_size: int) -> Estimate:
    """The bound is never below zero: a sample that shows no overpayment asks for nothing."""
    left_out = 1 - Decimal(size) / frame_size
    error = frame_size * s / Decimal(size).sqrt() * left_out.sqrt()
    t = student_t(CONFIDENCE, size - 1)
    return Estimate(cents(total), cents(error), t, max(ZERO, cents(total - t * error)))


def mean_of(values: Sequence[Decimal]) -> Decimal:
    return sum(values, ZERO) / len(values)


def deviation(differences: Sequence[Decimal]) -> Decimal:
    """Standard deviation of the sample: the root of the sum of squares over n - 1."""
    return (sum((each * each for each in differences), ZERO) / (len(differences) - 1)).sqrt()


def size_for(units: Sequence[SampledUnit], frame_size: int, precision: Decimal) -> int | None:
    """How many units a sample needs for a bound no further than `precision` (0.10: a tenth) below the point estimate.

    By the spread that this sample shows, with the normal quantile; None where it shows no overpayment to be precise
    about. Raises ValueError where the precision is not above zero.
    """
    check(units, frame_size)
    if precision <= 0:
        raise ValueError("The precision is a share above zero.")
    mean = mean_of([unit.overpaid for unit in units])
    if mean <= 0:
        return None
    s = deviation([unit.overpaid - mean for unit in units])
    first = (normal_z(CONFIDENCE) * s / (precision * mean)) ** 2
    wanted = first / (1 + first / frame_size)
    return min(frame_size, max(2, int(wanted.to_integral_value(ROUND_CEILING))))


@lru_cache(maxsize=256)
def student_t(confidence: Decimal, freedom: int) -> Decimal:
    """One-sided quantile, to six places."""
    from scipy import stats  # takes a second and much memory, for a page that is opened seldom

    return Decimal(f"{stats.t.ppf(float(confidence), freedom):.6f}")


@lru_cache(maxsize=8)
def normal_z(confidence: Decimal) -> Decimal:
    """One-sided quantile, to six places."""
    from scipy import stats  # as above

    return Decimal(f"{stats.norm.ppf(float(confidence)):.6f}")


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)
