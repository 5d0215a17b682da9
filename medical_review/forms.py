"""Forms of acts on cases: they take what a person typed; what may be done, the actions decide."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.models import User
from claims.adjustments.forms import words_field
from medical_review.actions.marking import Box
from medical_review.actions.people import MOST_CASES
from medical_review.models import Draw, Skill
from medical_review.models.mark import WHOLE
from medical_review.states import REVIEWS
from policy.forms import day_field
from suppliers.models import Supplier

#: Claims of one draw at most: each gets a case that somebody has to review.
MOST_DRAWN = 400


def place_field(label: str) -> forms.IntegerField:
    """A place on a page: thousandths from its left or upper edge."""
    return forms.IntegerField(label=label, min_value=0, max_value=WHOLE)


class SupplierField(forms.CharField):
    """A supplier by its NPI, followed by its tax number where several have the NPI; gives the supplier, or None."""

    def __init__(self, **options: Any) -> None:
        super().__init__(label="Supplier’s NPI", max_length=22, **options)

    def clean(self, value: Any) -> Supplier | None:
        words = str(super().clean(value)).split()
        if not words:
            return None
        found = list(Supplier.objects.filter(**dict(zip(("npi", "tin"), words, strict=False)))[:2])
        if not found or len(words) > 2:
            raise forms.ValidationError("No supplier has this NPI. Look it up among the suppliers.", "unknown")
        if len(found) > 1:
            raise forms.ValidationError("Several suppliers have this NPI. Write the tax number after it.", "several")
        return found[0]


class SampleForm(forms.Form):
    """Which claims a sample is drawn from, how, and how many."""

    first_day = day_field("Received from")
    last_day = day_field("Received through")
    before_payment = forms.TypedChoiceField(
        label="Claims",
        choices=[("no", "After payment"), ("yes", "Before payment")],
        coerce=lambda value: value == "yes",
        help_text="Only a sample drawn after payment says what was overpaid.",
    )
    method = forms.ChoiceField(label="How", choices=Draw.Method.choices)
    size = forms.IntegerField(
        label="Claims to draw", min_value=1, max_value=MOST_DRAWN, help_text=f"1 to {MOST_DRAWN}. Each gets a case."
    )
    supplier = SupplierField(required=False, help_text="Left out: claims of all suppliers.")
    least = forms.DecimalField(
        label="Least amount, dollars",
        min_value=0,
        max_digits=10,
        decimal_places=2,
        required=False,
        help_text="Charged before payment, paid after it.",
    )
    seed = forms.CharField(
        label="Seed", max_length=64, required=False, help_text="Any text. One is thrown where none is given."
    )

    def clean_least(self) -> Decimal:
        return self.cleaned_data["least"] or Decimal("0.00")


class ProfileForm(forms.Form):
    """What a reviewer takes."""

    skills = forms.MultipleChoiceField(
        label="Visits",
        choices=Skill.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None chosen: every visit.",
    )
    most_cases = forms.IntegerField(
        label="Open cases at most", min_value=0, max_value=MOST_CASES, help_text="0: no further case."
    )


class TieForm(forms.Form):
    """A tie of a reviewer to a supplier."""

    supplier = SupplierField(
        help_text="Its cases are out of the reviewer’s sight at once; those that the reviewer has go back to nobody."
    )
    reason = words_field("What the tie is", help_text="Work, family, money. Reviewers and the director read it.")


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
