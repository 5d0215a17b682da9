"""Forms of overpayments."""

from __future__ import annotations

from django import forms

from claims.models import Overpayment, OverpaymentAppeal, OverpaymentState
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

    outcome = forms.ChoiceField(label="Outcome", choices=OverpaymentAppeal.Outcome.choices, widget=forms.RadioSelect)


class ReconsiderationForm(forms.Form):
    """That a reconsideration was asked for."""

    prefix = "reconsideration"

    received_on = day_field("Day the independent contractor received the request")


class ReconsideredForm(OutcomeForm):
    """How a reconsideration was decided."""

    prefix = "reconsidered"


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


#: The acts on an overpayment by name, each with its form.
FORMS: dict[str, type[forms.Form]] = {
    "demand": DemandForm,
    "refund": RefundForm,
    "redetermination": RedeterminationForm,
    "outcome": OutcomeForm,
    "reconsideration": ReconsiderationForm,
    "reconsidered": ReconsideredForm,
}


def forms_for(overpayment: Overpayment) -> dict[str, type[forms.Form]]:
    """The acts that are possible now, by name, with their forms; `overpayment` was read with `owed`."""
    demand, first, second = (
        getattr(overpayment, name, None) for name in ("demand", "redetermination", "reconsideration")
    )
    owes = overpayment.owed > 0 or overpayment.interest_owed > 0  # type: ignore[attr-defined]
    possible = {
        "demand": demand is None and owes,
        "refund": owes,
        "redetermination": demand is not None and first is None,
        "outcome": first is not None and not first.outcome,
        "reconsideration": first is not None and bool(first.outcome) and second is None,
        "reconsidered": second is not None and not second.outcome,
    }
    return {name: FORMS[name] for name, is_possible in possible.items() if is_possible}
