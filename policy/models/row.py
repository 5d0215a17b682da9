"""What every policy row has: a span in force, a span of knowledge, a source and a basis."""

from __future__ import annotations

import datetime as dt

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField, RangeOperators
from django.db import models

from policy.models.publication import Publication


class Basis(models.TextChoices):
    """How sure a row is. Nothing but `published` may be shown as a figure of CMS."""

    PUBLISHED = "published", "Published"
    ESTIMATED = "estimated", "Estimated"
    INFERRED = "inferred", "Inferred"


class PolicyRow(models.Model):
    """A row in force over `in_force` (days) and known over `known` (moments); open above is what is known now."""

    #: The fields that name the row's subject; two rows of one subject never overlap in days and knowledge.
    KEY: tuple[str, ...] = ()

    in_force = DateRangeField()
    known = DateTimeRangeField()
    source = models.CharField(max_length=300)
    basis = models.CharField(max_length=10, choices=Basis)
    note = models.TextField(blank=True)
    published_in = models.ForeignKey(Publication, models.PROTECT, related_name="+")
    superseded_in = models.ForeignKey(Publication, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True

    @property
    def effective_from(self) -> dt.date:
        return self.in_force.lower

    @property
    def effective_to(self) -> dt.date | None:
        """The last day in force; None when no end is known."""
        return self.in_force.upper - dt.timedelta(days=1) if self.in_force.upper else None

    def holds_on(self, day: dt.date) -> bool:
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)

    @property
    def version(self) -> str:
        """The row's name in decisions: table and number."""
        return f"{self._meta.model_name}/{self.pk}"


def no_overlap(name: str, *key: str) -> ExclusionConstraint:
    """The constraint that forbids two rows of one subject in force and known at the same time."""
    same = [(field, RangeOperators.EQUAL) for field in key]
    spans = [("in_force", RangeOperators.OVERLAPS), ("known", RangeOperators.OVERLAPS)]
    return ExclusionConstraint(name=name, expressions=[*same, *spans])


def basis_is_known(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=models.Q(basis__in=Basis.values), name=name)
