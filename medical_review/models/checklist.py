"""The checklist of §320.9 as dated data: what is looked at under each of the three grounds, and where it is said."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models

from policy.models.row import Basis


class Ground(models.IntegerChoices):
    """The grounds of a medical review adjustment, and no others (Pub. 100-02 ch. 15 §320.9)."""

    ELIGIBILITY = 1, "Beneficiary eligibility"
    PLAN_OF_CARE = 2, "Plan of care"
    MEDICAL_NECESSITY = 3, "Medical necessity"


class ChecklistPoint(models.Model):
    """A point of the checklist in force over `in_force`, by the date of service.

    `edits` fire where the system itself sees that the point is not met. A line that is denied for it gets `group`,
    `carc` and `rarcs` unless the reviewer chooses others; `lacking` is how a rationale says that it is not met. A point
    that is only `expected` (P12) is a finding where it is absent and no ground of a denial by itself.
    """

    number = models.PositiveSmallIntegerField()
    in_force = DateRangeField()
    ground = models.PositiveSmallIntegerField(choices=Ground)
    title = models.CharField(max_length=120)
    lacking = models.CharField("said when it is not met", max_length=200)
    cites = models.CharField(max_length=120)
    evidence = models.CharField("evidence to ask for", max_length=200)
    edits = ArrayField(models.CharField(max_length=7), default=list)
    group = models.CharField(max_length=2)
    carc = models.CharField(max_length=4)
    rarcs = ArrayField(models.CharField(max_length=5), default=list)
    is_expected_only = models.BooleanField(default=False)
    basis = models.CharField(max_length=10, choices=Basis)

    class Meta:
        ordering = ("ground", "number")
        constraints = (
            ExclusionConstraint(
                name="review_point_once_a_day",
                expressions=[("number", RangeOperators.EQUAL), ("in_force", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(condition=models.Q(ground__in=(1, 2, 3)), name="review_three_grounds"),
        )

    def __str__(self) -> str:
        return f"P{self.number} {self.title}"

    @property
    def name(self) -> str:
        return f"P{self.number}"

    @property
    def short_cites(self) -> str:
        """ "§320.5 C": the section of the manual alone."""
        return self.cites.partition(";")[0].rpartition("ch. 15 ")[2]

    @property
    def codes(self) -> str:
        """ "CO-272 N705", as a determination keeps them."""
        return " ".join((f"{self.group}-{self.carc}", *self.rarcs))
