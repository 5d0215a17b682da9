"""Forms of determinations, holds and release: they take what a person typed; what may be done, the actions decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms

from claims.assignment import colleagues
from claims.determinations.checks import OWN_KIND
from claims.determinations.timely_filing import Ground
from claims.models.note import LONGEST_NOTE
from claims.pages.edit_words import in_short
from policy.forms import day_field
from policy.models.codes import PaymentCategory

#: In the name of a choice, what parts the edit from its line.
ON_LINE = " on line "


class ReasonForm(forms.Form):
    """What every act says: why."""

    reason = forms.CharField(
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="A sentence or two, with the document that says so. The supplier never sees it.",
    )


class WhyForm(ReasonForm):
    """A form whose own fields stand before the reason."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.order_fields([name for name in self.fields if name != "reason"])


class OverrideForm(WhyForm):
    """Which edit shall not decide, on one line or on all."""

    edit = forms.ChoiceField(label="Edit", help_text="It goes on being recorded; it does not decide any more.")

    def __init__(self, edits: Mapping[str, Sequence[int]], *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        choices = [("", "Choose"), *override_choices(edits)]
        self.fields["edit"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> tuple[str, int | None]:
        """The edit, and its line; None for every line."""
        edit, _, line = self.cleaned_data["edit"].partition(ON_LINE)
        return edit, int(line) if line else None


def override_choices(edits: Mapping[str, Sequence[int]]) -> Iterator[tuple[str, str]]:
    for edit, lines in edits.items():
        if edit not in OWN_KIND:
            yield from ((f"{edit}{ON_LINE}{line}", f"{edit}{ON_LINE}{line}: {in_short(edit)}") for line in lines)
            yield edit, f"{edit} on every line: {in_short(edit)}"


class WaiverForm(WhyForm):
    """Which edit is waived for this claim, and through which day of receipt."""

    edit = forms.ChoiceField(label="Edit")
    until = day_field(
        "Last day",
        help_text="The waiver counts for this claim when it was received by this day. A second person approves.",
    )

    def __init__(self, edits: Mapping[str, Sequence[int]], *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        named = [(edit, f"{edit}: {in_short(edit)}") for edit in edits if edit not in OWN_KIND]
        self.fields["edit"].choices = [("", "Choose"), *named]  # type: ignore[attr-defined]


class MoreTimeForm(WhyForm):
    """The ground of an exception to timely filing, and the day from which it counts."""

    ground = forms.ChoiceField(choices=Ground.choices, widget=forms.RadioSelect)
    day = day_field(
        "Day of the notice or of the recovery",
        help_text="The day on which the patient or the supplier was told that the error was corrected or that the "
        "patient is entitled; for the last two grounds, the day on which the payment was taken back. The claim is in "
        "time through the last day of the sixth month after that day’s month.",
    )


class DrugCategoryForm(WhyForm):
    """The payment category of the drug without a code of its own."""

    category = forms.TypedChoiceField(
        label="Payment category", choices=PaymentCategory.choices, coerce=int, widget=forms.RadioSelect
    )


class HoldForm(WhyForm):
    """The day on which a hold by hand ends."""

    until = day_field(
        "Hold until",
        help_text="On this day the hold ends by itself. The clean-claim clock goes on: interest runs from day 31.",
    )


class ReferralForm(ReasonForm):
    """Why a reviewer shall look at the claim."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["reason"].help_text = "What the reviewer shall look at, in a sentence or two."


class NoteForm(forms.Form):
    """A note, as long as one likes."""

    text = forms.CharField(
        label="Note",
        max_length=LONGEST_NOTE,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Staff read it; the supplier does not. It cannot be changed afterwards.",
    )


class AssignForm(WhyForm):
    """Who shall see to a claim."""

    to = forms.ModelChoiceField(label="Assign to", queryset=colleagues(), required=False, empty_label="Nobody")

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["reason"].required = False
        self.fields["reason"].help_text = "It is kept with the claim. The supplier never sees it."
