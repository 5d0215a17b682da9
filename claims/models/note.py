"""Notes that people leave on a claim, and the note that a person has begun to write."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from accounts.append_only import append_only_triggers
from claims.models.claim import Claim

#: Characters of a note, and of its draft.
LONGEST_NOTE = 4000


class ClaimNote(models.Model):
    """A note of a person who works for the contractor; suppliers never see it. `made_on` is the business date."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="notes")
    text = models.TextField(max_length=LONGEST_NOTE)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    made_on = models.DateField()
    made_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("-pk",)
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"Note by {self.made_by}, {self.made_on}"


class NoteDraft(models.Model):
    """What a person has begun to write on a claim: kept when the session ends, gone when the note is written."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    text = models.TextField(max_length=LONGEST_NOTE)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["claim", "person"], name="claims_one_draft_a_person"),)

    def __str__(self) -> str:
        return f"Draft of {self.person}"
