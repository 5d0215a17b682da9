"""The form of a case."""

from __future__ import annotations

from typing import Any

from django import forms

from claims.kept_cases.reading import LONGEST_TEXT
from policy.models import ChangeSet
from policy.models.change_set import ChangeSetState


class CaseForm(forms.Form):
    """A case as YAML, and for which tables it is kept."""

    text = forms.CharField(
        label="The case, as YAML",
        max_length=LONGEST_TEXT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 22, "spellcheck": "false", "class": "case__text"}),
    )
    change_set = forms.ModelChoiceField(
        label="Under",
        queryset=ChangeSet.objects.none(),
        required=False,
        empty_label="Today’s tables",
        help_text="A draft of a change set: the case stands from its publication on.",
    )
    is_retired = forms.BooleanField(label="Do not run it any more", required=False)
    reason = forms.CharField(
        label="Why it is kept or changed", max_length=500, required=False, help_text="Needed to keep it."
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["change_set"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = ChangeSet.objects.filter(state=ChangeSetState.DRAFT)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if "keep" in self.data and not str(said.get("reason", "")).strip():
            self.add_error("reason", "Say why the case is kept or changed.")
        return said
