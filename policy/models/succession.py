"""Which code took the place of another, so that a drug's history stays together."""

from __future__ import annotations

import pghistory
from django.db import models

from policy.models.row import PolicyRow, basis_is_known, no_overlap


@pghistory.track()
class CodeSuccession(PolicyRow):
    """A code that takes the place of another for the same drug; `in_force` begins on the first day of the new one.

    It decides nothing: whether a code qualifies a visit is its own row in the table of drugs.
    """

    KEY = ("predecessor", "successor")

    predecessor = models.CharField("code before", max_length=5)
    successor = models.CharField("code after", max_length=5)

    class Meta:
        ordering = ("predecessor", "successor", "in_force")
        verbose_name = "succession of codes"
        verbose_name_plural = "successions of codes"
        constraints = (
            no_overlap("policy_succession_no_overlap", "predecessor", "successor"),
            basis_is_known("policy_succession_basis"),
            models.CheckConstraint(
                condition=~models.Q(predecessor=models.F("successor")), name="policy_succession_of_another"
            ),
        )

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"
