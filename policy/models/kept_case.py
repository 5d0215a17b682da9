"""Scenarios that administrators keep: rules as cases, with every version and every run."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from accounts.append_only import append_only_triggers
from policy.models.change_set import ChangeSet


class KeptCase(models.Model):
    """A version of a case, as YAML; the latest of a name stands. It is never changed, only followed by another.

    The room that decides claims reads and runs the text; here it is only kept. A version `is_retired` says that the
    case is not run any more. One that belongs to a `change_set` stands from its publication on.
    """

    name = models.CharField(max_length=100)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=300, blank=True)
    cites = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    is_retired = models.BooleanField(default=False)
    reason = models.CharField(max_length=500)
    change_set = models.ForeignKey(ChangeSet, models.PROTECT, related_name="cases", null=True, blank=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ("name", "-version")
        constraints = (models.UniqueConstraint(fields=["name", "version"], name="policy_kept_case_version_once"),)
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"{self.name}, version {self.version}"


class KeptCaseRun(models.Model):
    """What came of a version under a publication: the differences in words, none when the case holds."""

    case = models.ForeignKey(KeptCase, models.PROTECT, related_name="runs")
    publication = models.PositiveIntegerField()
    ran_at = models.DateTimeField()
    ran_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    differences = models.JSONField(default=list)

    class Meta:
        ordering = ("-ran_at", "-pk")
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"{self.case}: {'holds' if self.holds else 'does not hold'}"

    @property
    def holds(self) -> bool:
        return not self.differences
