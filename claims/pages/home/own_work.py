"""The numbers of a person’s own work."""

from __future__ import annotations

import datetime as dt
from functools import partial

from django.db.models import Count, Q
from django.template.defaultfilters import pluralize
from django.urls import reverse

from accounts.models import Role, User
from claims.corrections.actions import ANSWERS
from claims.determinations.checks import DECIDES
from claims.determinations.readers import awaiting_approval
from claims.inventory.figures import Figures
from claims.inventory.filters import ClockSpan, DaySpan
from claims.inventory.on_the_clock import OPEN, clock_start
from claims.models import Adjustment, Claim, ClaimStatus, CorrectionRequest
from claims.pages.charts import CEILING, SOON
from claims.pages.home.clock import counted_by_clock
from claims.pages.home.links import Figure, claims_where

#: A look that is due by tomorrow is near.
LOOK_AHEAD = dt.timedelta(days=1)


def own_work(user: User, figures: Figures) -> tuple[Figure, ...]:
    """The numbers of a person's work; three queries. Who works no claims sees what waits for the whole house."""
    if user.role == Role.ADMINISTRATOR:
        return _work_of_the_house(figures)
    today = figures.counted_for
    mine = Claim.objects.filter(assigned_to=user, is_test=False, status__in=OPEN).alias(start=clock_start(today))
    look = DaySpan(today, today + LOOK_AHEAD)
    counted = mine.aggregate(
        all=Count("pk"),
        late=Count("pk", filter=Q(start__lte=today - dt.timedelta(days=SOON))),
        look=Count("pk", filter=Q(next_look__range=look.days)),
    )
    where = partial(claims_where, assigned="me", status=OPEN)
    soon = ClockSpan(SOON, None)
    mine_and_ours = (
        Figure(counted["all"], "assigned to me", where()),
        Figure(counted["late"], f"of them at day {SOON} or later", where(clock=soon), is_warning=True),
        Figure(counted["look"], "of them looked at by tomorrow", where(look=look)),
        _nobodys(figures),
        _approvals(user) if user.role in DECIDES else _past_day_30(figures),
    )
    return (*mine_and_ours, _asked_by_suppliers()) if user.role in ANSWERS else mine_and_ours


def _work_of_the_house(figures: Figures) -> tuple[Figure, ...]:
    late = sum(counted_by_clock(figures)[SOON:])
    proposed = Adjustment.objects.filter(state=Adjustment.State.PROPOSED).count()
    return (
        _nobodys(figures),
        Figure(late, f"at day {SOON} or later", claims_where(clock=ClockSpan(SOON, None)), is_warning=True),
        _past_day_30(figures),
        Figure(proposed, f"adjustment{pluralize(proposed)} to approve", reverse("claims:adjustments")),
        Figure(len(figures.stuck), "stuck, see below", "#stuck", is_warning=True),
    )


def _nobodys(figures: Figures) -> Figure:
    count = sum(row.unassigned for row in figures.open_claims if row.status == ClaimStatus.SUSPENDED)
    address = claims_where(assigned="nobody", status=ClaimStatus.SUSPENDED)
    return Figure(count, "suspended, assigned to nobody", address)


def _past_day_30(figures: Figures) -> Figure:
    address = claims_where(clock=ClockSpan(CEILING + 1, None))
    return Figure(counted_by_clock(figures)[-1], f"past day {CEILING}", address, is_warning=True)


def _asked_by_suppliers() -> Figure:
    count = CorrectionRequest.objects.open().count()
    return Figure(count, f"request{pluralize(count)} of suppliers", reverse("claims:correction_requests"))


def _approvals(user: User) -> Figure:
    return Figure(awaiting_approval(user).count(), "to be approved by me", reverse("claims:approvals"))
