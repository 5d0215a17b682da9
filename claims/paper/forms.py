"""The entry form of a CMS-1500, item by item; what a claim must have, the gateway's rules say."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory

from claims.adjustments.checks import LONGEST_REASON
from claims.paper.cms_1500 import PaperClaim, PaperLine
from policy.forms import day_field

#: Lines on the paper form, and as many as a claim may have (loop 2400).
LINES_ON_PAPER, MOST_LINES = 6, 50
#: Item 21 has twelve places, A to L.
DIAGNOSIS_LETTERS = "ABCDEFGHIJKL"

FREQUENCIES = (("1", "Original claim"), ("7", "Replaces a claim"), ("8", "Voids a claim"))
SEXES = (("F", "F"), ("M", "M"), ("U", "Not stated"))


def text(label: str, length: int, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, **options)


def amount(label: str) -> forms.DecimalField:
    widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "num"})
    return forms.DecimalField(label=label, max_digits=12, decimal_places=2, widget=widget)


def words(value: str) -> tuple[str, ...]:
    """What stands between blanks and commas, in capitals."""
    return tuple(part for part in re.split(r"[\s,]+", value.upper()) if part)


class PaperForm(forms.Form):
    """All items but the lines. `token` names this one form, so that sending it twice makes one claim."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=60)
    received_on = day_field("Received on", help_text="The day stamped on the paper.")
    mbi = text("1a. Medicare number (MBI)", 20)
    last_name = text("2. Last name", 60)
    first_name = text("First name", 35)
    middle_name = text("Middle name", 25, required=False)
    birth_date = day_field("3. Birth date")
    sex = forms.ChoiceField(label="Sex", choices=[("", "Choose"), *SEXES])
    street = text("5. Street", 55)
    city = text("City", 30)
    state = text("State", 2)
    zip_code = text("ZIP code", 10)
    referring_last_name = text("17. Referring provider’s last name", 60, required=False)
    referring_first_name = text("Referring provider’s first name", 35, required=False)
    referring_npi = text("17b. Referring provider’s NPI", 20, required=False)
    note = text("19. Additional information", 80, required=False)
    diagnoses = text("21. Diagnoses", 120, required=False, help_text="A to L in their order, like I50.22 J44.9")
    frequency = forms.ChoiceField(label="22. Resubmission code", choices=FREQUENCIES, initial="1")
    original_claim_number = text("22. Original claim number", 50, required=False)
    prior_authorization = text("23. Prior authorization", 50, required=False)
    tax_id = text("25. Tax id", 11)
    patient_control_number = text("26. Patient’s account number", 20)
    accepts_assignment = forms.BooleanField(label="27. Accepts assignment", required=False, initial=True)
    total_charge = amount("28. Total charge")
    location_name = text("32. Service location’s name", 60, required=False)
    location_npi = text("32a. Service location’s NPI", 10, required=False)
    location_street = text("32. Service location’s street", 55, required=False)
    location_city = text("32. Service location’s city", 30, required=False)
    location_state = text("32. Service location’s State", 2, required=False)
    location_zip = text("32. Service location’s ZIP code", 10, required=False)
    billing_name = text("33. Billing provider’s name", 60)
    billing_npi = text("33a. Billing provider’s NPI", 10)
    billing_street = text("33. Billing provider’s street", 55)
    billing_city = text("33. Billing provider’s city", 30)
    billing_state = text("33. Billing provider’s State", 2)
    billing_zip = text("33. Billing provider’s ZIP code", 10)

    def clean_diagnoses(self) -> tuple[str, ...]:
        return words(self.cleaned_data["diagnoses"])

    def clean_tax_id(self) -> str:
        return str(self.cleaned_data["tax_id"]).replace("-", "")

    def claim(self, lines: tuple[PaperLine, ...]) -> PaperClaim:
        """What was keyed, once the form and its lines are valid; codes and States in capitals."""
        said = {name: value for name, value in self.cleaned_data.items() if name not in ("token", "reason")}
        capitals = {name: said[name].upper() for name in ("mbi", "state", "location_state", "billing_state")}
        return PaperClaim(**{**said, **capitals}, lines=lines)


class CorrectionForm(PaperForm):
    """The items of a claim that was keyed wrongly, and what was wrong; it replaces that claim and no other."""

    reason = forms.CharField(
        label="What was keyed wrongly", max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for name in ("frequency", "original_claim_number"):
            self.fields[name].required = False


class PaperLineForm(forms.Form):
    """Item 24, one line."""

    first_day = day_field("24A. From")
    last_day = day_field("To", required=False)
    place_of_service = text("24B. Place", 2)
    hcpcs = text("24D. Code", 5)
    modifiers = text("Modifiers", 12, required=False)
    pointers = text("24E. A to L", 8, required=False)
    charge = amount("24F. Charge")
    units = forms.DecimalField(
        label="24G. Units", max_digits=9, decimal_places=3, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )

    def clean_modifiers(self) -> tuple[str, ...]:
        return words(self.cleaned_data["modifiers"])

    def clean_pointers(self) -> tuple[int, ...]:
        letters = "".join(words(self.cleaned_data["pointers"]))
        if strangers := [letter for letter in letters if letter not in DIAGNOSIS_LETTERS]:
            raise ValidationError(f"“{strangers[0]}” is no letter of item 21. Give letters from A to L, like AB.")
        return tuple(DIAGNOSIS_LETTERS.index(letter) + 1 for letter in letters)

    def line(self) -> PaperLine:
        said = self.cleaned_data
        return PaperLine(**{**said, "hcpcs": said["hcpcs"].upper()})


LineForms = BaseFormSet[PaperLineForm]


def line_forms(
    data: Mapping[str, Any] | None, rows: int = LINES_ON_PAPER, initial: Sequence[Mapping[str, Any]] = ()
) -> LineForms:
    """The forms of the lines; at least the first must be filled in, empty ones are passed over."""
    made = formset_factory(
        PaperLineForm,
        extra=rows - 1,
        min_num=1,
        max_num=MOST_LINES,
        absolute_max=MOST_LINES,
        validate_min=True,
        validate_max=True,
    )
    return made(data, prefix="lines", initial=list(initial))


def lines_keyed(lines: LineForms) -> list[PaperLineForm]:
    """The forms of the lines that were filled in, in their order."""
    return [form for form in lines.forms if form.has_changed()]


def new_token() -> str:
    return uuid.uuid4().hex
