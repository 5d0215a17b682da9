"""The form of the page that takes papers: what stands on their cover, and for staff how they came."""

from __future__ import annotations

from typing import Any

from django import forms

from claims.attachments.actions import Source
from claims.attachments.matching import Cover
from claims.inquiries.forms import NOT_A_NUMBER
from claims.intake.x12.mbi import is_mbi, normalize_mbi
from claims.intake.x12.npi import is_npi
from claims.models import Claim
from claims.paper.forms import text
from policy import clock
from policy.forms import day_field

BY_STAFF = [(source.value, source.label) for source in (Source.MAIL, Source.FAX)]


class HowField(forms.Form):
    """How papers came that staff takes down, and on which day."""

    how = forms.ChoiceField(label="How they came", choices=BY_STAFF)
    came_on = day_field("Day on which they came", initial=clock.today)


class CoverForm(HowField):
    """The cover of papers. Sent by POST: nothing about a person stands in an address."""

    control_number = forms.CharField(
        label="Control number",
        max_length=50,
        help_text="The attachment control number of the claim (PWK06), or the number of the claim itself.",
    )
    npi = forms.CharField(label="NPI of the supplier", max_length=10)
    mbi = text("Medicare number", 20)
    service_day = day_field("Day of service", help_text="A day that the claim bills, such as 01/05/2026.")
    field_order = ("control_number", "npi", "mbi", "service_day", "how", "came_on")

    def clean_npi(self) -> str:
        number = str(self.cleaned_data["npi"]).strip()
        if not is_npi(number):
            raise forms.ValidationError("This value is not an NPI: ten digits, the last of which checks the others.")
        return number

    def clean_mbi(self) -> str:
        number = normalize_mbi(self.cleaned_data["mbi"])
        if not is_mbi(number):
            raise forms.ValidationError(NOT_A_NUMBER)
        return number

    def cover(self) -> Cover:
        said = self.cleaned_data
        return Cover(said["control_number"].strip(), said["npi"], said["mbi"], said["service_day"])


class ClaimCoverForm(HowField):
    """The cover of papers for a claim that is here: under a number that it announces, or under its own."""

    control_number = forms.ChoiceField(label="Control number")
    field_order = ("control_number", "how", "came_on")

    def __init__(self, *data: Any, claim: Claim) -> None:
        super().__init__(*data)
        self.claim = claim
        numbers = claim.announced.order_by("pk").values_list("control_number", flat=True)
        field = self.fields["control_number"]
        assert isinstance(field, forms.ChoiceField)
        own = (claim.icn, "None: under the number of the claim")
        field.choices = [*((number, number) for number in dict.fromkeys(numbers)), own]

    def cover(self) -> Cover:
        claim = self.claim
        assert claim.first_day
        return Cover(self.cleaned_data["control_number"], claim.billing_npi, claim.mbi, claim.first_day)


def cover_form(claim: Claim | None, *data: Any, is_staff: bool) -> CoverForm | ClaimCoverForm:
    """The form for a claim that is known, or for any."""
    form = ClaimCoverForm(*data, claim=claim) if claim else CoverForm(*data)
    if not is_staff:
        del form.fields["how"], form.fields["came_on"]
    return form
