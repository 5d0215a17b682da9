"""Reads of plans of care: what lapses, which review is due, how a plan stood on a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import models
from django.db.models import F, Func, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Greatest

from beneficiaries.models import BeneficiaryMbi, PlanOfCare, PlanOfCareVersion, PlanReview

#: How many days before they happen lapses and reviews are told.
LAPSE_DAYS, REVIEW_DAYS = 30, 7


class _PlusDays(Func):
    """A date and a number of days: another date."""

    template = "(%(expressions)s)"
    arg_joiner = " + "
    output_field = models.DateField()


class _DaysSince(Func):
    """The days from the second date to the first."""

    template = "(%(expressions)s)"
    arg_joiner = " - "
    output_field = models.IntegerField()


def plans_with_dates(plans: QuerySet[PlanOfCare], today: dt.date) -> QuerySet[PlanOfCare]:
    """Plans with patient, supplier, `mbi`, `last_review`, `review_due`, `days_left` and what their last version says.

    A review is due as HIT-408 counts: `review_every_days` from the later of establishment and last review.
    """
    last = PlanOfCareVersion.objects.filter(plan=OuterRef("pk")).order_by("-number")
    reviews = PlanReview.objects.filter(plan=OuterRef("pk")).order_by().values("plan")
    mbis = BeneficiaryMbi.objects.filter(beneficiary=OuterRef("beneficiary_id")).order_by("-in_force")
    return plans.select_related("beneficiary", "supplier").annotate(
        mbi=Subquery(mbis.values("mbi")[:1]),
        last_review=Subquery(reviews.annotate(last=Max("reviewed_on")).values("last")),
        review_due=_PlusDays(Greatest("established", "last_review"), F("review_every_days")),
        days_left=_DaysSince("ends", Value(today, models.DateField())),
        version_number=Subquery(last.values("number")[:1]),
        physician=Subquery(last.values("physician_name")[:1]),
        signed=Subquery(last.values("signed")[:1]),
        drugs=Subquery(last.values("drugs")[:1]),
    )


def lapsing(today: dt.date) -> Q:
    return Q(ends__range=(today, today + dt.timedelta(days=LAPSE_DAYS)))


def in_force(today: dt.date) -> Q:
    return Q(starts__lte=today) & (Q(ends=None) | Q(ends__gte=today))


def review_due(today: dt.date) -> Q:
    """Reviews that are due within a week or were not held, of plans that have not ended; of `plans_with_dates`."""
    return Q(review_due__lte=today + dt.timedelta(days=REVIEW_DAYS)) & (Q(ends=None) | Q(ends__gte=today))


@dataclass(frozen=True, slots=True)
class PlanAsOf:
    """A plan as its content held on a day; no version before it was established."""

    day: dt.date
    version: PlanOfCareVersion | None
    is_in_force: bool
    reviews: tuple[PlanReview, ...]


def plan_as_of(
    plan: PlanOfCare, versions: list[PlanOfCareVersion], reviews: list[PlanReview], day: dt.date
) -> PlanAsOf:
    """Which of the versions, in their order, held on `day`. The first holds from the day the plan starts."""
    held = [each for at, each in enumerate(versions) if (each.changed_on if at else plan.starts) <= day]
    is_in_force = plan.starts <= day and (plan.ends is None or day <= plan.ends)
    return PlanAsOf(
        day, held[-1] if held else None, is_in_force, tuple(each for each in reviews if each.reviewed_on <= day)
    )
