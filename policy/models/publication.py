"""A publication: one act that makes rows known, and perhaps supersedes others."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models

#: A publication of a person comes of a change set that another person made. Looked at when the transaction ends.
OF_A_CHANGE_SET = """
IF NOT EXISTS (
    SELECT FROM policy_changeset WHERE publication_id = NEW.id AND decided_by_id = NEW.published_by_id
) THEN
    RAISE EXCEPTION 'publication % belongs to no change set that its person approved', NEW.id
    USING ERRCODE = 'check_violation';
END IF;
RETURN NULL;
"""


class Publication(models.Model):
    """Who published what, when, on which source and why. Decisions name the publication they were made under.

    The first one is the baseline: its rows are known since before the system began, so that claims of past years
    can be decided; every later one counts from `published_at`. `published_by` is who approved the change set; nobody
    when the operator of the installation loaded files.
    """

    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    source = models.CharField(max_length=300)
    reason = models.CharField(max_length=500)
    is_baseline = models.BooleanField(default=False)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=["is_baseline"], condition=models.Q(is_baseline=True), name="policy_one_baseline"
            ),
        )
        triggers = (
            pgtrigger.Trigger(
                name="of_a_change_set",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Q(new__published_by__isnull=False),
                func=OF_A_CHANGE_SET,
            ),
        )

    def __str__(self) -> str:
        return f"Publication {self.pk}"


class PublishedFile(models.Model):
    """A file that a publication was made from, by name and check sum."""

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="files")
    table = models.CharField(max_length=40)
    layout = models.CharField(max_length=20)
    name = models.CharField("file", max_length=255)
    sha256 = models.CharField("SHA-256", max_length=64)
    rows = models.PositiveIntegerField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name
