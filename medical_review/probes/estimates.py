"""The estimate of an overpayment from a draw: whether it may be made, and what it says."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from medical_review.actions.drawing import gives_the_same_again
from medical_review.models import Draw
from medical_review.probes.readers import open_cases, units_of
from medical_review.statistics import Estimate, SampledUnit, mean_estimate, ratio_estimate, size_for


@dataclass(frozen=True, slots=True)
class DrawEstimate:
    """Both estimates of a draw, in dollars, with what they were made from; `why_not` says why there is none."""

    draw: Draw
    why_not: str
    units: list[SampledUnit]
    frame_paid: Decimal
    is_same_again: bool
    mean: Estimate | None = None
    ratio: Estimate | None = None
    wanted: int | None = None

    @property
    def overpaid(self) -> Decimal:
        return sum((unit.overpaid for unit in self.units), Decimal("0.00"))

    @property
    def paid(self) -> Decimal:
        return sum((unit.paid for unit in self.units), Decimal("0.00"))


def estimate_of(draw: Draw, precision: Decimal) -> DrawEstimate:
    """What the decided cases of a draw say of its frame; `wanted` is the sample for a precision (0.10: a tenth)."""
    frame_paid = sum(draw.amounts, Decimal("0.00"))
    is_same = gives_the_same_again(draw)
    if why_not := obstacle(draw):
        return DrawEstimate(draw, why_not, [], frame_paid, is_same)
    units, size = units_of(draw), len(draw.frame)
    return DrawEstimate(
        draw,
        "",
        units,
        frame_paid,
        is_same,
        mean_estimate(units, size),
        ratio_estimate(units, size, frame_paid),
        size_for(units, size, precision),
    )


def obstacle(draw: Draw) -> str:
    """Why nothing can be estimated from a draw; "" where it can."""
    if draw.before_payment:
        return "The claims were drawn before their payment: nothing was overpaid."
    if draw.method != Draw.Method.RANDOM:
        return "The largest amounts were drawn. Only a random sample says something about the rest of its frame."
    if waiting := open_cases(draw):
        return f"{waiting} of its {len(draw.sample)} cases are not decided yet."
    return "" if len(draw.sample) > 1 else "One claim was drawn; an estimate needs two at least."
