"""The forms of the eligibility page and of the claim status page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms

from claims.intake.x12.mbi import is_mbi, normalize_mbi
from claims.paper.forms import text
from policy.forms import day_field
from suppliers.models import Supplier

NOT_A_NUMBER = "This value is not a Medicare number like 1EG4-TE5-MK73."


class EligibilityForm(forms.Form):
    """One patient and a day. Sent by POST: nothing about a person stands in an address."""

    supplier = forms.ChoiceField(label="Ask for")
    mbi = text("Medicare number", 20)
    last_name = text("Surname", 60)
    birth_date = day_field("Birth date")
    day = day_field("As of, else today", required=False)

    def __init__(self, suppliers: Iterable[Supplier], *data: Any) -> None:
        super().__init__(*data)
        self.suppliers = {str(supplier.pk): supplier for supplier in suppliers}
        field = self.fields["supplier"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, supplier.name) for key, supplier in self.suppliers.items()]
        if len(self.suppliers) == 1:
            field.widget = forms.HiddenInput()
            field.initial = next(iter(self.suppliers))

    def clean_mbi(self) -> str:
        number = normalize_mbi(self.cleaned_data["mbi"])
        if not is_mbi(number):
            raise forms.ValidationError(NOT_A_NUMBER)
        return number

    def chosen(self) -> Supplier:
        return self.suppliers[self.cleaned_data["supplier"]]


class StatusForm(forms.Form):
    """What claims are sought by: their number, the supplier's own, days of service; one of them at least."""

    number = forms.CharField(label="Claim number", max_length=20, required=False)
    account = forms.CharField(label="Your account number", max_length=38, required=False)
    first_day = day_field("Service from", required=False)
    last_day = day_field("Service through", required=False)

    def clean_number(self) -> str:
        return str(self.cleaned_data["number"]).replace(" ", "").replace("-", "")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        first, last = said.get("first_day"), said.get("last_day")
        if not self.errors and not any(said.get(name) for name in self.fields):
            raise forms.ValidationError("Give a claim number, your account number or a day of service.")
        if first and last and last < first:
            self.add_error("last_day", "This day is before the first one.")
        return said

    def days(self) -> tuple[dt.date, dt.date] | None:
        """The days of service, one day where only one was given."""
        first, last = self.cleaned_data["first_day"], self.cleaned_data["last_day"]
        return (first or last, last or first) if first or last else None
