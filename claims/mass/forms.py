"""Forms of mass adjustments: what to decide anew and why, the second person's word, the reason of a reversal."""

from __future__ import annotations

from django import forms

from claims.adjustments.forms import words_field
from claims.mass.actions import LONGEST_TITLE
from claims.mass.listing import Item
from claims.mass.readers import OTHERWISE

AFTER_A_YEAR = (
    "Only for claims that were first decided more than a year ago: without it they are left out (42 CFR 405.986)."
)


class MakeForm(forms.Form):
    """Which claims, under which title, and why."""

    title = forms.CharField(
        max_length=LONGEST_TITLE, help_text="The reason of every decision that comes of it. Suppliers read it."
    )
    reason = words_field("Why", help_text="In a sentence, for staff: what was wrong, or what has changed.")
    claims = forms.CharField(
        label="Claims",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=(
            "Claim numbers, or the filters of the claims list as in its address "
            "(status=paid&code=G0088&received_from=2026-01-01), or the word all."
        ),
    )
    good_cause = words_field("Good cause", required=False, help_text=AFTER_A_YEAR)


class ApproveForm(forms.Form):
    """Why it is approved."""

    reason = words_field("Why")


class ReverseForm(forms.Form):
    """Why it is taken back."""

    reason = words_field("Why")
    good_cause = words_field("Good cause", required=False, help_text=AFTER_A_YEAR)


class ClaimsForm(forms.Form):
    """What the list of claims is narrowed by."""

    state = forms.ChoiceField(
        required=False,
        choices=[("", "All"), *Item.State.choices, (OTHERWISE, "Came out otherwise than previewed")],
    )

    @property
    def chosen(self) -> str:
        """The state that was chosen and understood; empty for all."""
        return self.cleaned_data.get("state", "") if self.is_valid() else ""


class LinesForm(forms.Form):
    """What the list of changed lines is narrowed by."""

    supplier = forms.CharField(label="Supplier’s NPI", required=False, max_length=10)
    edit = forms.CharField(required=False, max_length=7)

    @property
    def lookups(self) -> dict[str, str]:
        return {name: value for name, value in self.cleaned_data.items() if value} if self.is_valid() else {}
