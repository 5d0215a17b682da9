"""Forms about the people and the keys of a supplier."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.models import Role, User
from suppliers.models import LONGEST_KEY_DAYS
from suppliers.people import DUTIES, INVITATION_DAYS
from suppliers.rights import SCOPES, Duty

DUTY_CHOICES = [(duty.value, duty.label) for duty in DUTIES]


class DutyForm(forms.Form):
    """What a person does for the supplier."""

    duty = forms.ChoiceField(choices=DUTY_CHOICES)


class InviteForm(forms.Form):
    """Whom to invite, as what."""

    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        help_text=f"The link goes there. It works once, for {INVITATION_DAYS} days.",
    )
    duty = forms.ChoiceField(choices=DUTY_CHOICES, initial=Duty.BILLER)


class JoinForm(forms.Form):
    """The name and the password that somebody chooses who was invited."""

    name = forms.CharField(
        label="Your name",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text="As colleagues read it.",
    )
    password = forms.CharField(
        label="Password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least 12 characters, none of the common ones.",
    )

    def __init__(self, email: str, data: Any = None) -> None:
        super().__init__(data)
        self.email = email

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if password := data.get("password"):
            try:
                validate_password(password, User(email=self.email, name=data.get("name", ""), role=Role.SUPPLIER))
            except ValidationError as error:
                self.add_error("password", error)
        return data


class KeyForm(forms.Form):
    """A key: its name, what it may do, how long it lives."""

    name = forms.CharField(max_length=40, help_text="Which program uses it: “Nightly billing”.")
    scopes = forms.MultipleChoiceField(
        label="What it may do",
        choices=[(scope.value, f"{scope.label} ({scope.value})") for scope in SCOPES],
        widget=forms.CheckboxSelectMultiple,
        help_text="Only what the program needs.",
    )
    days = forms.TypedChoiceField(
        label="Works for",
        coerce=int,
        choices=[(30, "30 days"), (90, "90 days"), (180, "180 days"), (LONGEST_KEY_DAYS, "One year")],
        initial=90,
    )
