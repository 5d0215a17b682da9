"""The error rates of a probe round, by claims, by charges and by what was paid. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

ZERO, CENT = Decimal("0.00"), Decimal("0.01")


@dataclass(frozen=True, slots=True)
class ReviewedCharge:
    """A line as it was decided: its verdict (affirm, adjust, deny), its charge, its payment before and after."""

    verdict: str
    charge: Decimal
    before: Decimal
    after: Decimal

    @property
    def in_error(self) -> Decimal:
        """Dollars of the charge: all of a denied line; of an adjusted one the share by which its payment fell."""
        if self.verdict == "deny":
            return self.charge
        if self.verdict != "adjust" or self.after >= self.before:
            return ZERO
        return (self.charge * (self.before - self.after) / self.before).quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Counted:
    """What a round found: claims, dollars charged, dollars that would have been paid, and how much of each in error."""

    claims: int
    claims_in_error: int
    charges: Decimal
    charges_in_error: Decimal
    paid: Decimal
    paid_in_error: Decimal


def count(claims: Iterable[Sequence[ReviewedCharge]]) -> Counted:
    """Each claim by its lines. A claim is in error when a charge of it is; payments are set off within a claim."""
    claims = list(claims)
    lines = [line for claim in claims for line in claim]
    fallen = (sum((line.before - line.after for line in claim), ZERO) for claim in claims)
    return Counted(
        claims=len(claims),
        claims_in_error=sum(any(line.in_error for line in claim) for claim in claims),
        charges=sum((line.charge for line in lines), ZERO),
        charges_in_error=sum((line.in_error for line in lines), ZERO),
        paid=sum((line.before for line in lines), ZERO),
        paid_in_error=sum((max(ZERO, each) for each in fallen), ZERO),
    )


def rate(part: Decimal | int, whole: Decimal | int) -> Decimal:
    """A share, 0 to 1, not rounded; 0 of nothing is 0."""
    return Decimal(part) / Decimal(whole) if whole else Decimal(0)
