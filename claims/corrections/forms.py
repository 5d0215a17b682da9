"""Forms of corrections: why it is asked for, and what the supplier is told."""

from __future__ import annotations

from typing import Any

from django import forms

from claims.adjustments.forms import words_field
from claims.corrections.routes import Route

WHAT_IS_WRONG = "What was wrong, in a sentence. It goes to the examiner."


class AskForm(forms.Form):
    """Why a supplier asks, and after a year the good cause."""

    reason = words_field("Reason", help_text=WHAT_IS_WRONG)
    good_cause = words_field("Good cause", help_text="Needed now: 42 CFR 405.986.")

    def __init__(self, *arguments: Any, route: Route, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if not route.needs_good_cause:
            del self.fields["good_cause"]


class AnswerForm(forms.Form):
    """What an examiner answers."""

    reason = words_field("Answer to the supplier", help_text="In a sentence; the supplier reads it.")
