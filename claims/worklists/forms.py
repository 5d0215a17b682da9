"""The forms of saved filters and columns."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import STAFF_ROLES, User
from claims.worklists.columns import columns_of, columns_offered


class SavedFilterForm(forms.Form):
    """The name under which a list is kept, and whether colleagues see it."""

    name = forms.CharField(max_length=40, help_text="It stands above the list as a tab, so keep it short.")
    is_shared = forms.BooleanField(label="Share with colleagues", required=False)

    def __init__(self, *arguments: Any, user: User, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if user.role not in STAFF_ROLES:
            del self.fields["is_shared"]

    @property
    def is_shared_asked(self) -> bool:
        return bool(self.cleaned_data.get("is_shared"))


class ColumnsForm(forms.Form):
    """Which columns the list shows; claim and status are always there."""

    columns = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="The claim’s number and its status are always shown.",
    )

    def __init__(self, *arguments: Any, user: User, **options: Any) -> None:
        super().__init__(*arguments, **{"initial": {"columns": columns_of(user)}, **options})
        self.fields["columns"].choices = list(columns_offered(user).items())  # type: ignore[attr-defined]
