"""Forms of impacts: the good cause of a mass adjustment, what the list of changed lines is narrowed by."""

from __future__ import annotations

from typing import Any

from django import forms

from claims.adjustments.forms import words_field
from claims.mass.forms import AFTER_A_YEAR
from claims.mass.forms import LinesForm as MassLinesForm


class AdjustForm(forms.Form):
    """Why claims of long ago may be decided anew."""

    good_cause = words_field("Good cause", required=False, help_text=AFTER_A_YEAR)


class LinesForm(MassLinesForm):
    """As for a mass adjustment, and whether the claim waits."""

    is_waiting = forms.ChoiceField(
        label="Claims", required=False, choices=[("", "All"), ("False", "Decided"), ("True", "Waiting")]
    )

    @property
    def lookups(self) -> dict[str, Any]:
        found: dict[str, Any] = dict(super().lookups)
        if "is_waiting" in found:
            found["is_waiting"] = found["is_waiting"] == "True"
        return found
