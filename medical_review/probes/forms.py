"""Forms of probes: they take what a person typed; what may be done, the actions decide."""

from __future__ import annotations

from decimal import Decimal

from django import forms

from claims.adjustments.forms import words_field
from medical_review.forms import SupplierField
from medical_review.probes.states import FEWEST, MOST
from policy.forms import day_field


class ChooseForm(forms.Form):
    """Whose claims, and why."""

    npi = SupplierField()
    why = words_field("Why this supplier", help_text="What the data show. The supplier reads it.")


class DrawForm(forms.Form):
    """What claims a round is drawn from."""

    first_day = day_field("Received from")
    last_day = day_field("Received through")
    before_payment = forms.TypedChoiceField(
        label="Claims",
        choices=[("yes", "Before payment"), ("no", "After payment")],
        coerce=lambda value: value == "yes",
    )
    size = forms.IntegerField(label="Claims in the round", initial=FEWEST, help_text=f"{FEWEST} to {MOST}.")
    seed = forms.CharField(
        label="Seed", max_length=64, required=False, help_text="Any text. One is thrown where none is given."
    )


class EducateForm(forms.Form):
    """An education session."""

    held_on = day_field("Day of the session")
    held_by = forms.CharField(label="Who held it", max_length=120)
    topics = words_field("Topics", help_text="The supplier reads them.")
    material = words_field("Material that was given", required=False)


class ReasonForm(forms.Form):
    """Why an outcome is decided."""

    reason = words_field("Reason", help_text="Kept with the probe. The supplier reads why a round ended as it did.")


class FindForm(forms.Form):
    """Nothing to fill in."""


class PrecisionForm(forms.Form):
    """How near the lower bound shall lie to the point estimate."""

    precision = forms.DecimalField(
        label="Precision wanted, percent", min_value=Decimal(1), max_value=Decimal(100), decimal_places=1
    )
