"""Attempts at training cases: what was answered and how much of it was right. They touch no claim and no figure."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.append_only import append_only_triggers
from policy.arrivals import ArrivalField


class TrainingAttempt(models.Model):
    """One attempt at the training case `training_case` (its name): the values of each point and line by its name.

    `right` of `asked` answers were those of the key; `version` is the hash of the case as it was then.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="training_attempts")
    training_case = models.SlugField("training case", max_length=60)
    version = models.CharField(max_length=16)
    answers = models.JSONField(default=dict)
    right = models.PositiveSmallIntegerField()
    asked = models.PositiveSmallIntegerField()
    made_on = models.DateField()
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    arrival = ArrivalField()

    class Meta:
        ordering = ("-arrival",)
        constraints = (
            models.CheckConstraint(condition=Q(right__lte=models.F("asked")), name="review_training_right_of_asked"),
        )
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"{self.training_case}: {self.right} of {self.asked}"
