"""Forms of the policy pages: they take what a person typed; what may be published, the actions decide."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet

from policy.models import Basis, ChangeSet
from policy.models.change_set import LONGEST_REASON, LONGEST_SOURCE, LONGEST_TITLE
from policy.models.codes import EditDisposition, PaymentCategory
from policy.registry import AMOUNTS, DISPOSITIONS, DRUGS, TABLES

DAY_FORMAT = "%m/%d/%Y"
BY_REVIEW = "review"
DENIAL_NEEDS_IT = "Needed when the edit denies or holds."


def day_field(label: str, **options: Any) -> forms.DateField:
    wrong = {"invalid": "This value is not a day like 02/01/2026."}
    return forms.DateField(label=label, widget=forms.DateInput(format=DAY_FORMAT), error_messages=wrong, **options)


class AsOfForm(forms.Form):
    """Which day, known when, and which rows; every part may be left out."""

    on = day_field("What applied on", required=False)
    known_on = day_field("As known on", required=False)
    q = forms.CharField(label="Find", required=False, max_length=60)
    category = forms.ChoiceField(
        required=False,
        choices=[*((str(value), str(value)) for value in PaymentCategory.values), (BY_REVIEW, "By review")],
    )

    def value(self, name: str) -> Any:
        """What was asked for, once the form is checked; nothing where it could not be read."""
        return self.cleaned_data.get(name)


class DraftField(forms.ModelChoiceField):
    """A change set that rows may be put into, by its number and its title."""

    def label_from_instance(self, obj: ChangeSet) -> str:
        return f"{obj}: {obj.title}"


class ChangeForm(forms.Form):
    """What every change says besides the values of the row."""

    source = forms.CharField(max_length=300, help_text="The document that says so, with its date.")
    basis = forms.ChoiceField(
        choices=[("", "Choose"), *Basis.choices],
        help_text="Published only if the document was read and says it; the weakest value decides.",
    )
    note = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 2}))
    reason = forms.CharField(
        label="Reason for the change",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Of a new change set; the drafts that there are have their own.",
    )
    change_set = DraftField(
        label="Put it into",
        queryset=ChangeSet.objects.none(),
        required=False,
        empty_label="A new change set",
        help_text="A second administrator approves a change set as a whole.",
    )

    def __init__(self, *args: Any, drafts: QuerySet[ChangeSet] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["change_set"]
        assert isinstance(field, DraftField)
        field.queryset = ChangeSet.objects.none() if drafts is None else drafts


class EndForm(ChangeForm):
    """A row's last day."""

    last_day = day_field("Last day in force")
    field_order = ("last_day",)


#: What a form says beside the fields of the row.
NOT_OF_THE_ROW = ("start", "end", "reason", "change_set")


class RowForm(ChangeForm):
    """The values of a row over days; `SUBJECT` are the fields that name the row, which a replacement keeps."""

    SUBJECT: tuple[str, ...] = ()

    start = day_field("First day")
    end = day_field("Last day", required=False, help_text="Empty when no end is known.")

    def __init__(self, *args: Any, is_replacement: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_replacement:
            for name in self.SUBJECT:
                del self.fields[name]
            self.fields["start"].label = "From the day"

    def content(self) -> dict[str, Any]:
        """The fields of the row, without its days and without the reason."""
        return {name: value for name, value in self.cleaned_data.items() if name not in NOT_OF_THE_ROW}


class DrugForm(RowForm):
    """A home infusion drug."""

    SUBJECT = ("hcpcs", "modifier")

    hcpcs = forms.CharField(label="J-code", max_length=5, help_text="A capital letter and four digits, like J2260.")
    modifier = forms.CharField(required=False, max_length=2, help_text="JB when the drug must be billed with JB.")
    payment_category = forms.ChoiceField(
        required=False,
        choices=[("", "A reviewer decides"), *((str(value), label) for value, label in PaymentCategory.choices)],
    )
    route = forms.CharField(required=False, max_length=20, help_text="IV or SC.")
    descriptor = forms.CharField(max_length=300, help_text="As HCPCS describes the code.")
    on_sad_exception = forms.BooleanField(label="Kept although on a self-administered drug list", required=False)
    field_order = (*SUBJECT, "payment_category", "route", "descriptor", "on_sad_exception", "start", "end")


class AmountForm(RowForm):
    """A payment amount, national or of one locality."""

    SUBJECT = ("hcpcs", "locality")

    hcpcs = forms.CharField(label="Visit code", max_length=5, help_text="G and four digits, like G0088.")
    locality = forms.CharField(
        required=False, max_length=8, help_text="Contractor and locality, like 12302-01; empty for the national amount."
    )
    amount = forms.CharField(
        label="Amount in dollars", max_length=12, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    method = forms.CharField(label="How it was calculated", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    field_order = (*SUBJECT, "amount", "start", "end", "method")


class DispositionForm(RowForm):
    """What an edit does, by the day of receipt of the claim."""

    SUBJECT = ("edit",)
    REMEDIES = ("", "new claim", "appeal", "reopening", "none")

    edit = forms.CharField(max_length=7, help_text="Like HIT-501.")
    title = forms.CharField(max_length=200)
    disposition = forms.ChoiceField(choices=EditDisposition.Disposition.choices)
    group = forms.ChoiceField(
        label="Group code",
        required=False,
        choices=[(code, code or "None") for code in ("", "CO", "OA", "PI", "PR")],
        help_text=DENIAL_NEEDS_IT,
    )
    carc = forms.CharField(label="Adjustment reason code", required=False, max_length=4, help_text=DENIAL_NEEDS_IT)
    rarcs = forms.CharField(
        label="Remark codes", required=False, max_length=60, help_text="With a space between them, like M51 MA130."
    )
    remedy = forms.ChoiceField(required=False, choices=[(word, word.capitalize() or "Not stated") for word in REMEDIES])
    field_order = (*SUBJECT, "title", "disposition", "group", "carc", "rarcs", "remedy", "start", "end")


ROW_FORMS: dict[str, type[RowForm]] = {
    DRUGS.name: DrugForm,
    AMOUNTS.name: AmountForm,
    DISPOSITIONS.name: DispositionForm,
}


def initial_of(content: dict[str, Any], start: dt.date, end: dt.date | None) -> dict[str, Any]:
    """A row as the initial values of its form."""
    return {name: " ".join(value) if isinstance(value, list) else value for name, value in content.items()} | {
        "start": start,
        "end": end,
    }


class ChangeSetForm(forms.Form):
    """What a change set says of itself."""

    title = forms.CharField(max_length=LONGEST_TITLE, help_text="What is changed, in a few words.")
    source = forms.CharField(max_length=LONGEST_SOURCE, help_text="The document that says so, with its date.")
    reason = forms.CharField(max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 2}))
    publish_on = day_field(
        "Publish on", help_text="A day that has come means: as soon as it is approved. Rows name their own first day."
    )


class UploadForm(forms.Form):
    """A file with rows for a change set."""

    file = forms.FileField(
        label="File (CSV, or CMS’s ZIP5 file)",
        help_text="A row of headings and a row for each row of the table; a spreadsheet is saved as CSV first.",
    )
    table = forms.ChoiceField(
        required=False,
        choices=[("", "Found by its columns"), *((table.name, table.title) for table in TABLES)],
    )


class DecisionForm(forms.Form):
    """Why a change set is approved, refused or rolled back."""

    reason = forms.CharField(max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3}))
