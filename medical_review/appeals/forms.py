"""The form of a request for a redetermination; what may be asked, the action decides."""

from __future__ import annotations

from typing import Any

from django import forms

from claims.adjudication.decision import LineDecision
from claims.edits.wording import dollars, in_words
from claims.models import ClaimLine
from medical_review.appeals.receiving import LONGEST_WHY, Appealable, Asked, How
from policy.forms import day_field

#: How a request comes that staff takes down.
BY_STAFF = [(how.value, how.label) for how in (How.POST, How.FAX)]


def in_one_line(line: ClaimLine, decided: LineDecision) -> str:
    """A line as it is chosen: its day, its code, and what was decided."""
    codes = " ".join((f"{decided.group}-{decided.carc}", *decided.rarcs))
    what = f"denied {codes}" if decided.outcome == "deny" else f"paid {dollars(decided.paid)}"
    return f"Line {line.number}, {in_words(line.date_of_service)}, {line.hcpcs}: {what}"


class AppealForm(forms.Form):
    """The lines, why, and why it comes late; staff say how it came and when."""

    lines = forms.TypedMultipleChoiceField(
        label="Lines with which you disagree", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    why = forms.CharField(
        label="Why you disagree",
        max_length=LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="What was decided wrongly, and what shows it.",
    )
    good_cause = forms.CharField(
        label="Why it comes late",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Such as illness, fire, or a notice that never came (42 CFR 405.942(b)). A person decides whether "
        "the cause is good; a late request without one is dismissed.",
    )
    how = forms.ChoiceField(label="How it came", choices=BY_STAFF)
    received_on = day_field("Day on which it came")

    def __init__(
        self, *arguments: Any, about: Appealable | None, is_staff: bool, is_late: bool, **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        choices = [(line.number, in_one_line(line, decided)) for line, decided in about.lines] if about else []
        self.fields["lines"].choices = choices  # type: ignore[attr-defined]
        if about:
            self.fields["lines"].initial = [line.number for line, each in about.lines if each.outcome == "deny"]
        else:
            del self.fields["lines"]
        if not is_staff:
            del self.fields["how"], self.fields["received_on"]
            if not is_late:
                del self.fields["good_cause"]

    @property
    def asked(self) -> Asked:
        """What a valid form says."""
        said = self.cleaned_data
        return Asked(
            said.get("lines", ()),
            said["why"],
            said.get("how", How.PORTAL),
            said.get("received_on"),
            said.get("good_cause", ""),
        )
