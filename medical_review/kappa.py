"""How far two people agree who judged the same things, apart from each other. Pure.

Percent agreement is the share of the pairs in which both gave the same answer. Cohen's kappa takes from it what two
people would agree on who answered blindly, each as often "met", "not met" and so on as they did: 1 is full agreement,
0 what chance gives, below 0 less than that (J. Cohen, A coefficient of agreement for nominal scales, Educational and
Psychological Measurement 20, 1960). Whole numbers and fractions all the way; rounded once, half up, to three places.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

#: Below so many pairs the figures say little.
FEW = 30

FORMULA = (
    "kappa = (observed − expected) ÷ (1 − expected); observed = pairs that agree ÷ pairs; expected = sum over the "
    "answers of (times the one gave it ÷ pairs) × (times the other gave it ÷ pairs)"
)

NO_PAIRS = "nothing was judged by two"
UNDEFINED = "not defined: both gave one and the same answer every time, so chance alone would agree as fully"


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many pairs, how many of them agree, and the shares that observed and chance agreement are (0 to 1)."""

    pairs: int
    agreed: int
    expected: Fraction

    @property
    def observed(self) -> Fraction:
        return Fraction(self.agreed, self.pairs) if self.pairs else Fraction(0)

    @property
    def percent(self) -> Decimal | None:
        """Percent of the pairs that agree, to one place; None without a pair."""
        return rounded(self.observed * 100, "0.1") if self.pairs else None

    @property
    def kappa(self) -> Decimal | None:
        """None without a pair, and where the expected agreement is 1; `why_not` says it in words."""
        if not self.pairs or self.expected == 1:
            return None
        return rounded((self.observed - self.expected) / (1 - self.expected), "0.001")

    @property
    def why_not(self) -> str:
        """Why there is no kappa; "" where there is one."""
        if not self.pairs:
            return NO_PAIRS
        return UNDEFINED if self.expected == 1 else ""

    @property
    def is_few(self) -> bool:
        return self.pairs < FEW


def agreement(pairs: Sequence[tuple[str, str]]) -> Agreement:
    """The agreement of two people by their answers to the same things, in any number of categories."""
    count = len(pairs)
    one, other = Counter(first for first, _ in pairs), Counter(second for _, second in pairs)
    by_chance = sum(one[answer] * other[answer] for answer in one)
    expected = Fraction(by_chance, count * count) if count else Fraction(0)
    return Agreement(count, sum(first == second for first, second in pairs), expected)


def rounded(value: Fraction, step: str) -> Decimal:
    """Half up, away from zero, at the given step; more digits than that are never rounded before."""
    scale = Decimal(step)
    parts = value / Fraction(scale)
    whole, rest = divmod(abs(parts.numerator), parts.denominator)
    whole += 2 * rest >= parts.denominator
    return (Decimal(whole if parts >= 0 else -whole) * scale).quantize(scale, ROUND_HALF_UP)
