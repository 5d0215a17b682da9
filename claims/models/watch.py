"""How far jobs that look back have come."""

from __future__ import annotations

from django.db import models


class LookedThrough(models.Model):
    """The last business day whose decisions a look has seen; what was decided on that day may still grow."""

    look = models.CharField(max_length=20, primary_key=True)
    day = models.DateField()

    class Meta:
        verbose_name_plural = "looked through"

    def __str__(self) -> str:
        return f"{self.look}, through {self.day}"
