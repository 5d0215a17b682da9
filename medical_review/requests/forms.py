"""Forms of requests for records: they take what a person typed; what may be done, the actions decide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from claims.adjustments.forms import words_field
from claims.models import Claim
from medical_review.models import AskableDocument, RecordsReceipt
from medical_review.requests.catalogue import askable_about
from policy.forms import day_field

How = RecordsReceipt.How
#: How an answer comes that is taken down by staff.
BY_STAFF = [(how.value, how.label) for how in (How.POST, How.FAX, How.FILE)]


class AskForm(forms.Form):
    """Which documents are asked for, and why; `others` are in the reviewer's own words, one a line."""

    documents = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    others = forms.CharField(
        label="Other documents, one a line", required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 3})
    )
    why = words_field("Why", help_text="The supplier reads it in the letter.")

    def __init__(
        self, *arguments: Any, claims: Sequence[Claim], open_points: Sequence[int] = (), **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        self.askables = list(askable_about(claims))
        wanted = [each.code for each in self.askables if set(each.points) & set(open_points)]
        choices = [(each.code, each.title) for each in self.askables]
        self.fields["documents"].choices = choices  # type: ignore[attr-defined]
        self.fields["documents"].initial = wanted

    @property
    def chosen(self) -> list[AskableDocument]:
        """The documents of the list that were chosen."""
        return [each for each in self.askables if each.code in self.cleaned_data["documents"]]

    @property
    def rows(self) -> list[tuple[AskableDocument, bool]]:
        """Each document of the list, and whether it is ticked."""
        ticked = set(self["documents"].value() or ())
        return [(each, each.code in ticked) for each in self.askables]


class AttestForm(forms.Form):
    """Which entries of the record are to be attested, one a line, and why."""

    entries = forms.CharField(
        label="Entries whose signature is to be attested, one a line",
        max_length=3000,
        help_text="Such as: Visit note of January 5, page 3.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    why = words_field("Why", help_text="The supplier reads it in the letter.")


class TakenForm(forms.Form):
    """How an answer came that staff takes down, and on which day."""

    how = forms.ChoiceField(label="How it came", choices=BY_STAFF)
    came_on = day_field("Day on which it came", help_text="The days for the decision are counted from it.")
