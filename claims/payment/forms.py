"""Forms of overpayments."""

from __future__ import annotations

from django import forms

from claims.models import Overpayment, OverpaymentState, Redetermination
from policy.forms import day_field


class RefundForm(forms.Form):
    """What the supplier sent back."""

    prefix = "refund"

    amount = forms.DecimalField(
        label="Amount in dollars",
        max_digits=12,
        decimal_places=2,
        min_value=0,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    received_on = day_field("Day it was received")
    reference = forms.CharField(label="Reference", max_length=50, help_text="The number of the check or transfer.")


class RedeterminationForm(forms.Form):
    """That a redetermination was asked for."""

    prefix = "redetermination"

    received_on = day_field("Day the request was received")


class OutcomeForm(forms.Form):
    """How a redetermination was decided."""

    prefix = "outcome"

    outcome = forms.ChoiceField(label="Outcome", choices=Redetermination.Outcome.choices, widget=forms.RadioSelect)


class DemandForm(forms.Form):
    """Sending the demand asks for nothing but the click."""

    prefix = "demand"


class ListForm(forms.Form):
    """What the list of overpayments is narrowed by."""

    state = forms.ChoiceField(required=False, choices=[("", "All"), *OverpaymentState.choices])

    @property
    def chosen(self) -> str:
        """The state that was chosen and understood, or nothing."""
        self.is_valid()
        return str(self.cleaned_data.get("state", ""))


def forms_for(overpayment: Overpayment) -> dict[str, type[forms.Form]]:
    """The acts that are possible now, by name, with their forms; `overpayment` was read with `owed`."""
    demand, appeal = getattr(overpayment, "demand", None), getattr(overpayment, "redetermination", None)
    owes = bool(overpayment.owed)  # type: ignore[attr-defined]
    possible: dict[str, tuple[bool, type[forms.Form]]] = {
        "demand": (demand is None and owes, DemandForm),
        "refund": (owes, RefundForm),
        "redetermination": (demand is not None and appeal is None, RedeterminationForm),
        "outcome": (appeal is not None and not appeal.outcome, OutcomeForm),
    }
    return {name: form for name, (is_possible, form) in possible.items() if is_possible}
