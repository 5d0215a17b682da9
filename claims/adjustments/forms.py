"""Forms of adjustments: the reason that is kept with the claim, and the good cause after a year."""

from __future__ import annotations

from typing import Any

from django import forms

from claims.adjustments.checks import LONGEST_REASON
from claims.adjustments.limits import ReopeningWindow
from claims.edits.wording import in_words
from claims.models import Adjustment


def words_field(label: str, **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=LONGEST_REASON, widget=widget, **options)


class AskForm(forms.Form):
    """Why a claim is reopened or voided; `window` says until when no good cause is needed."""

    reason = words_field("Reason")
    good_cause = words_field("Good cause", required=False)

    def __init__(self, *arguments: Any, window: ReopeningWindow | None, help_text: str = "", **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["reason"].help_text = help_text
        if window is None:
            del self.fields["good_cause"]
            return
        self.fields["good_cause"].help_text = (
            f"Needed after {in_words(window.any_reason_through)}, and possible through "
            f"{in_words(window.good_cause_through)}: new and material evidence, or an error that shows on the face of "
            "the evidence (42 CFR 405.986)."
        )


class SettleForm(forms.Form):
    """Why a proposal is approved or refused."""

    reason = words_field("Why")


class ListForm(forms.Form):
    """What the list of adjustments is narrowed by."""

    state = forms.ChoiceField(required=False, choices=[("", "All"), *Adjustment.State.choices])
    kind = forms.ChoiceField(required=False, choices=[("", "All"), *Adjustment.Kind.choices])

    @property
    def lookups(self) -> dict[str, str]:
        """The choices that were made and understood."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
