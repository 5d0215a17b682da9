"""The form of deciding many claims anew; the other acts have those that one claim has."""

from __future__ import annotations

from django import forms

from claims.mass.forms import MakeForm


class AnewForm(forms.Form):
    """Title and reason of the mass adjustment; which claims it is for was chosen in the list."""

    title = MakeForm.base_fields["title"]
    reason = MakeForm.base_fields["reason"]
