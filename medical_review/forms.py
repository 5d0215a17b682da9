"""Forms of acts on cases: they take what a person typed; what may be done, the actions decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.models import User
from claims.adjustments.forms import words_field
from medical_review.actions.marking import Box
from medical_review.models.mark import WHOLE
from medical_review.states import REVIEWS
from policy.forms import day_field


def place_field(label: str) -> forms.IntegerField:
    """A place on a page: thousandths from its left or upper edge."""
    return forms.IntegerField(label=label, min_value=0, max_value=WHOLE)


class WhyForm(forms.Form):
    """Why an act is done; it is kept with the case."""

    why = words_field("Why")

    def __init__(self, *arguments: Any, help_text: str = "", **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["why"].help_text = help_text


def reviewers() -> QuerySet[User]:
    """Whom cases may be given to."""
    return User.objects.filter(role__in=REVIEWS, is_active=True).order_by("name", "pk")


class AssignForm(forms.Form):
    """Who shall have a case."""

    to = forms.ModelChoiceField(label="Reviewer", queryset=reviewers(), empty_label="Choose")
    why = words_field("Why", required=False)


class ReceivedForm(forms.Form):
    """On which day records came."""

    on = day_field("Day on which they came", help_text="The days for the decision are counted from it.")


class SecondForm(forms.Form):
    """What the second reviewer says of a decision."""

    reason = words_field("Why")


class OverruleForm(forms.Form):
    """A decision of the director's own beside the one that was signed; the lines stand in the page's own fields."""

    reason = words_field("Where you disagree, and why")
    rationale = forms.CharField(
        label="Your rationale", strip=True, widget=forms.Textarea(attrs={"rows": 8}), max_length=20_000
    )


class MarkForm(forms.Form):
    """A box on a page in thousandths of its width and height, and what it shows."""

    point_no = forms.ChoiceField(label="Point it shows", required=False)
    note = forms.CharField(label="Note", required=False, max_length=300)
    left = place_field("Left edge")
    top = place_field("Upper edge")
    right = place_field("Right edge")
    bottom = place_field("Lower edge")

    def __init__(self, *arguments: Any, points: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        field = self.fields["point_no"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "None"), *points]

    @property
    def box(self) -> Box:
        return Box(*(self.cleaned_data[name] for name in Box._fields))

    @property
    def point(self) -> int | None:
        said = self.cleaned_data["point_no"]
        return int(said) if said else None


class SignForm(forms.Form):
    """What signing asks beside the desk: a good cause, when the claim is reviewed after a year."""

    good_cause = words_field("Good cause", required=False)
