"""The business date: the one place that knows what day it is."""

from __future__ import annotations

from django.db import models


class BusinessDate(models.Model):
    """One row. With a day the system stands on that day; without one it follows the calendar of the business zone."""

    day = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "business date"
        constraints = (models.CheckConstraint(condition=models.Q(pk=1), name="policy_one_business_date"),)

    def __str__(self) -> str:
        return str(self.day or "follows the calendar")
