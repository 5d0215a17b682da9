"""What a person asks the price explorer."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import RegexValidator

from claims.prices.exploring import Asked
from claims.pricing import ZERO
from policy.forms import day_field

ZIP = RegexValidator(r"^\d{5}$", "This value is not a ZIP of five digits, like 21201.")


class PriceForm(forms.Form):
    """A visit code, a ZIP and a day; charge and deductible may be left out."""

    code = forms.ChoiceField(label="Visit code")
    zip = forms.CharField(
        label="ZIP of the visit",
        max_length=5,
        validators=[ZIP],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 5}),
    )
    day = day_field("Day of the visit")
    charge = forms.DecimalField(
        label="Charge, else the fee", required=False, min_value=0, max_digits=9, decimal_places=2
    )
    deductible = forms.DecimalField(
        label="Deductible left", required=False, min_value=0, max_digits=9, decimal_places=2
    )

    def __init__(self, codes: list[tuple[str, str]], *data: Any, **options: Any) -> None:
        super().__init__(*data, **options)
        field = self.fields["code"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = codes

    def asked(self) -> Asked:
        said = self.cleaned_data
        left: Decimal = said["deductible"] or ZERO
        return Asked(said["code"], said["zip"], said["day"], said["charge"], left)
