"""Forms about people and about what they did."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.models import User

DAY_FORMATS = ["%m/%d/%Y", "%Y-%m-%d"]


class PersonForm(forms.ModelForm):
    """A person's account; a password is needed when one is made, and may be set anew later."""

    new_password = forms.CharField(
        label="Password",
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least 12 characters, none of the common ones. Leave it empty to keep the present one.",
    )

    class Meta:
        model = User
        fields = ("name", "email", "role", "amount_limit", "time_zone", "is_active")
        help_texts = {
            "amount_limit": "In dollars: what this person may release, override or approve alone. Empty: no limit.",
            "time_zone": "A name like America/Chicago. Empty: the zone of the business.",
            "is_active": "A closed account keeps its events and lets nobody in.",
        }

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        password = data.get("new_password")
        if password:
            self._check_password(password)
        elif not self.instance.pk:
            self.add_error("new_password", "A new account needs a password.")
        return data

    def _check_password(self, password: str) -> None:
        try:
            validate_password(password, self.instance)
        except ValidationError as error:
            self.add_error("new_password", error)


class AuditFilter(forms.Form):
    """Which events, or which looks at records, to show; every field may stay empty."""

    who = forms.CharField(label="Who", required=False, max_length=120)
    record = forms.CharField(
        required=False, max_length=80, widget=forms.TextInput(attrs={"placeholder": "claims.claim 17, or 17"})
    )
    since = forms.DateField(label="From", required=False, input_formats=DAY_FORMATS)
    until = forms.DateField(label="To", required=False, input_formats=DAY_FORMATS)
    before = forms.IntegerField(required=False, widget=forms.HiddenInput)
