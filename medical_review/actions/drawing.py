"""Selection by draw: a frame of claims, a seed, a sample, and a case for each claim of it."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from accounts.actions import record_event
from accounts.models import User
from claims.authority import check_role
from claims.models import Claim, ClaimStatus
from medical_review.actions.opening import BEFORE_PAYMENT, Chosen, open_cases
from medical_review.conflicts import check_no_tie
from medical_review.models import Case, Draw
from medical_review.sampling import METHODS, Unit, frame_hash
from medical_review.states import REVIEWS
from policy import clock
from policy.refusals import Refused
from suppliers.models import Supplier


@dataclass(frozen=True, slots=True)
class Criteria:
    """What claims are drawn from: received from one day through another, before or after payment, of which supplier."""

    first_day: dt.date
    last_day: dt.date
    before_payment: bool
    supplier: Supplier | None = None
    least: Decimal = Decimal("0.00")

    @property
    def plain(self) -> dict[str, str]:
        """As it is kept with the draw."""
        return {
            "received_from": self.first_day.isoformat(),
            "received_through": self.last_day.isoformat(),
            "before_payment": "yes" if self.before_payment else "no",
            "supplier": self.supplier.npi if self.supplier else "",
            "least_amount": f"{self.least:.2f}",
        }


@transaction.atomic
def draw_sample(
    criteria: Criteria, method: str, size: int, *, by: User, seed: str = "", is_probe: bool = False
) -> Draw:
    """Draw `size` claims and open a case for each; a seed is thrown where none is given.

    Raises Refused where the frame is empty or the size makes no sense.
    """
    check_role(REVIEWS, by)
    if size < 1:
        raise Refused("Draw at least one claim.", "size", "size")
    if criteria.last_day < criteria.first_day:
        raise Refused("The last day is before the first.", "days", "last_day")
    if criteria.supplier:
        check_no_tie(criteria.supplier.pk, by)
    claims = {str(claim.icn): claim for claim in frame_of(criteria)}
    if not claims:
        raise Refused("No claim meets these criteria. Widen the days or lower the amount.", "empty_frame")
    frame = [(icn, amount_of(claim, criteria)) for icn, claim in claims.items()]
    seed = seed or secrets.token_hex(16)
    sample = METHODS[method](frame, seed, size)
    draw = keep_draw(criteria, method, size, seed, frame, sample, by, is_probe=is_probe)
    selection = Case.Selection.PROBE if is_probe else Case.Selection(method)
    kind = Case.Kind.PREPAYMENT if criteria.before_payment else Case.Kind.POSTPAYMENT
    why = f"Drawn {draw.get_method_display().lower()} from {len(frame):,} claims, draw {draw.pk}"
    open_cases(
        [Chosen(claims[icn], kind, selection, why, draw=draw, draw_position=at) for at, icn in enumerate(sample, 1)],
        by=by,
    )
    sentence = f"{draw}: {len(sample)} of {len(frame):,} claims, seed {seed}, frame {draw.frame_hash[:12]}"
    record_event("review_sample_drawn", by=by, on=clock.today(), about=draw, sentence=sentence)
    return draw


def frame_of(criteria: Criteria) -> QuerySet[Claim]:
    """The claims that may be drawn, locked, in the order of their numbers: none that is in review or being replaced."""
    statuses = BEFORE_PAYMENT if criteria.before_payment else (ClaimStatus.PAID,)
    field = "total_charge" if criteria.before_payment else "paid_amount"
    claims = Claim.objects.filter(
        status__in=statuses,
        is_test=False,
        received_on__range=(criteria.first_day, criteria.last_day),
        **{f"{field}__gte": criteria.least},
    )
    if criteria.supplier:
        claims = claims.filter(supplier=criteria.supplier)
    claims = claims.exclude(Exists(Case.objects.open().filter(claim=OuterRef("pk"))))
    claims = claims.exclude(Exists(Claim.objects.filter(replaces=OuterRef("pk")).exclude(status__in=GONE)))
    return claims.defer("billed", "gateway_findings").select_for_update(of=("self",), no_key=True).order_by("icn")


GONE = (ClaimStatus.VOIDED, ClaimStatus.REJECTED)


def amount_of(claim: Claim, criteria: Criteria) -> Decimal:
    """Dollars charged before payment, paid after it."""
    return claim.total_charge if criteria.before_payment else claim.paid_amount or Decimal("0.00")


def keep_draw(
    criteria: Criteria,
    method: str,
    size: int,
    seed: str,
    frame: list[Unit],
    sample: list[str],
    by: User,
    *,
    is_probe: bool,
) -> Draw:
    return Draw.objects.create(
        method=method,
        is_probe=is_probe,
        before_payment=criteria.before_payment,
        supplier=criteria.supplier,
        criteria=criteria.plain,
        seed=seed,
        size=size,
        frame=[icn for icn, _ in frame],
        amounts=[amount for _, amount in frame],
        frame_hash=frame_hash(frame),
        sample=sample,
        made_by=by,
        made_on=clock.today(),
    )


def draw_again(draw: Draw) -> list[str]:
    """The sample as the stored frame and seed give it. Raises ValueError where the frame was altered."""
    frame = list(zip(draw.frame, draw.amounts, strict=True))
    if frame_hash(frame) != draw.frame_hash:
        raise ValueError(f"The frame of draw {draw.pk} does not have the hash that was kept with it.")
    return METHODS[draw.method](frame, draw.seed, draw.size)


def gives_the_same_again(draw: Draw) -> bool:
    """Whether the stored frame and seed give the stored sample; not where the frame was altered."""
    try:
        return draw_again(draw) == draw.sample
    except ValueError:
        return False
