"""The form of a plan of care in the manual's order, kept as it was typed and read as far as it can be read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any

from django import forms
from django.http import QueryDict

from beneficiaries.models import PlanOfCareVersion
from beneficiaries.plans.actions import CHANGEABLE
from beneficiaries.plans.content import FIELDS, OWN_OF_EACH_VERSION, PlanContent, is_stated
from claims.intake.x12.mbi import is_mbi, normalize_mbi
from claims.intake.x12.npi import is_npi
from claims.paper.forms import text
from policy.forms import DAY_FORMAT, day_field
from policy.tables import PolicyTables
from suppliers.models import Supplier

Typed = dict[str, Any]

SERVICES = (
    "nursing assessment",
    "vascular access care",
    "training and education",
    "blood draw for labs",
    "remote monitoring",
    "dressing changes",
)
DISCIPLINES = ("RN", "LPN", "Pharmacist", "Respiratory therapist")
ROUTES = (("IV", "Intravenous"), ("SC", "Subcutaneous"))
MOST_VISITS_A_WEEK, MOST_REVIEW_DAYS, MOST_PAGES = 21, 365, 9999
#: Selects for drugs; a plan on file with more keeps as many.
DRUG_SELECTS = 3

UNITS = {"day": 1, "week": 7}
_DURATION = re.compile(r"(\d{1,3}) (day|week)s?", re.IGNORECASE)


def whole(label: str, most: int) -> forms.IntegerField:
    widget = forms.TextInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(label=label, required=False, min_value=1, max_value=most, widget=widget)


class DrugSelects(forms.SelectMultiple):
    """Several drugs as one select each, which everybody can use without a modifier key."""

    template_name = "claims/plans/drug_selects.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        chosen = [each for each in value or [] if each]
        rows = max(DRUG_SELECTS, len(chosen))
        context["widget"]["chosen"] = [*chosen, *([""] * (rows - len(chosen)))]
        context["widget"]["drugs"] = self.choices
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        given = data.getlist(name) if isinstance(data, QueryDict) else data.get(name, [])
        return list(dict.fromkeys(each for each in given if each))


class PlanForm(forms.Form):
    """All of §320.5 A to D, §320.5.1 and §320.5.2. Nothing is required; `content` is what can be read."""

    use_required_attribute = False

    physician_name = text("Physician’s name", 120, required=False)
    physician_npi = text("Physician’s NPI", 20, required=False)
    credential = forms.ChoiceField(
        label="Credential", required=False, choices=[("", "Choose"), *PlanOfCareVersion.Credential.choices]
    )
    established = day_field("Established on", required=False)
    drugs = forms.MultipleChoiceField(label="Drug", required=False, widget=DrugSelects)
    therapy_type = text("Type of therapy", 120, required=False)
    dosage = text("Dosage", 120, required=False)
    frequency = text("Frequency", 120, required=False)
    route = forms.ChoiceField(label="Route", required=False)
    amount = text("Amount of services", 120, required=False)
    duration = text("Duration", 120, required=False)
    starts = day_field("In force from", required=False)
    ends = day_field("Through", required=False)
    professional_services = forms.MultipleChoiceField(
        label="Professional services", required=False, widget=forms.CheckboxSelectMultiple
    )
    fewest = whole("Visits a week, from", MOST_VISITS_A_WEEK)
    most = whole("Visits a week, to", MOST_VISITS_A_WEEK)
    discipline = forms.ChoiceField(label="Discipline", required=False)
    needs = text("Needs of this patient", 500, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    changed_on = day_field("Changed on", required=False)
    signed = day_field("Signed and dated on", required=False)
    signed_page = whole("Page of the document", MOST_PAGES)
    review_every_days = whole("The plan’s own interval, in days", MOST_REVIEW_DAYS)
    options_notified = day_field("Options discussed on", required=False)
    dme_supplier = text("DME supplier", 120, required=False)
    dme_consulted = day_field("DME supplier consulted on", required=False)
    prescriber_consulted = day_field("Prescriber of the drug consulted on", required=False)

    def __init__(
        self,
        typed: Typed,
        tables: PolicyTables,
        today: dt.date,
        on_file: PlanContent | None = None,
        purpose: str = "new",
    ) -> None:
        super().__init__(typed)
        self.on_file, self.purpose, self.today = on_file or PlanContent(), purpose, today
        offered = drugs_offered(tables, _day_in(typed.get("starts")) or self.on_file.starts or today)
        known = {
            f"{row.hcpcs} {row.modifier}".strip() for code in list(tables.drugs.keys()) for row in tables.drugs.of(code)
        }
        others = [*self.on_file.drugs, *known.intersection(typed.get("drugs") or ())]
        _choose(self, "drugs", {**_as_is(others), **offered})
        _choose(self, "route", {"": "Choose", **_as_is([self.on_file.route]), **dict(ROUTES)})
        _choose(self, "discipline", {"": "Choose", **_as_is([self.on_file.discipline]), **_as_is(DISCIPLINES)})
        services = dict.fromkeys([*SERVICES, *self.on_file.professional_services])
        _choose(self, "professional_services", {each: each.capitalize() for each in services})
        for name in self.fields:
            if self.is_fixed(name):
                self.fields[name].disabled = True
                self.initial[name] = values_of(self.on_file)[name]

    def is_fixed(self, name: str) -> bool:
        """Whether what is on file for a field stays as it is."""
        own = "visits_per_week" if name in ("fewest", "most") else name
        if self.purpose == "change":
            return own not in CHANGEABLE and is_stated(self.on_file, own)
        return self.purpose == "complete" and is_stated(self.on_file, own)

    def clean_physician_npi(self) -> str:
        number = str(self.cleaned_data["physician_npi"]).replace(" ", "")
        if number and not is_npi(number):
            raise forms.ValidationError(
                "Physician’s NPI: a digit is wrong. An NPI has ten digits, of which the last follows from the others."
            )
        return number

    def clean_signed(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["signed"]
        if day and day > self.today:
            raise forms.ValidationError("Signed and dated on: a signature cannot be dated after today.")
        return day

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        fewest, most = said.get("fewest"), said.get("most")
        if fewest and most and fewest > most:
            self.add_error("most", "Visits a week, to: this is fewer than the number before it.")
        starts, ends = said.get("starts"), said.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", "Through: a plan ends on the day it starts or later.")
        return said

    @property
    def content(self) -> PlanContent:
        """What was typed, where it can be read; what cannot is left out."""
        self.is_valid()
        said = self.cleaned_data
        fewest, most = said.get("fewest"), said.get("most")
        visits = (fewest or most, most or fewest) if fewest or most else None
        named = {field.name for field in fields(PlanContent)} & said.keys()
        values = {name: said[name] for name in named if said[name] not in (None, "")}
        lists = {name: tuple(said.get(name, ())) for name in ("drugs", "professional_services")}
        content = PlanContent(**{**values, **lists, "visits_per_week": visits})
        is_ordered_anew = self.purpose == "new" or content.duration != self.on_file.duration
        return replace(content, ends=content.ends or (last_day_of(content) if is_ordered_anew else None))


def last_day_of(content: PlanContent) -> dt.date | None:
    """The last day of a duration in days or weeks from the first day on; None for one in other words."""
    found = _DURATION.fullmatch(content.duration.strip())
    if not found or not content.starts:
        return None
    return content.starts + dt.timedelta(days=int(found[1]) * UNITS[found[2].lower()] - 1)


def drugs_offered(tables: PolicyTables, day: dt.date) -> dict[str, str]:
    """Home infusion drugs that the dated table has on a day, by code and modifier as plans name them."""
    rows = (row for hcpcs in sorted(tables.drugs.keys()) for row in tables.drugs.of(hcpcs))
    in_force = (row for row in rows if row.start <= day and (row.end is None or day <= row.end))
    return {f"{row.hcpcs} {row.modifier}".strip(): f"{row.hcpcs} {row.modifier} {row.descriptor}" for row in in_force}


def _choose(form: forms.Form, name: str, choices: Mapping[str, str]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices.items())


def _as_is(values: Iterable[str]) -> dict[str, str]:
    return {value: value for value in values if value}


def _day_in(text: Any) -> dt.date | None:
    try:
        return dt.datetime.strptime(str(text), DAY_FORMAT).date()  # noqa: DTZ007 # a day as typed has no zone
    except ValueError:
        return None


def typed_in(post: QueryDict) -> Typed:
    """What a browser sent, as it was typed."""
    lists = ("drugs", "professional_services")
    typed: Typed = {name: post.get(name, "").strip()[:600] for name in PlanForm.base_fields if name not in lists}
    return {**typed, **{name: [each[:60] for each in post.getlist(name)[:20] if each] for name in lists}}


def values_of(content: PlanContent) -> Typed:
    """What is on file as the form shows it."""
    shown: Typed = {}
    for name in FIELDS:
        value = getattr(content, name)
        if isinstance(value, dt.date):
            shown[name] = value.strftime(DAY_FORMAT)
        elif isinstance(value, tuple) and name != "visits_per_week":
            shown[name] = list(value)
        else:
            shown[name] = "" if value is None else value
    shown.pop("visits_per_week")
    fewest, most = content.visits_per_week or ("", "")
    return {**shown, "fewest": fewest, "most": most}


def values_for_change(content: PlanContent) -> Typed:
    """The draft of a change: as on file, but its day and its signature are still to come."""
    return {**values_of(content), **dict.fromkeys(OWN_OF_EACH_VERSION, "")}


class FindPatientForm(forms.Form):
    """For whom a plan is: all three must name one person."""

    supplier = forms.ModelChoiceField(Supplier.objects.none(), label="Supplier", empty_label=None)
    mbi = text("Medicare number", 20, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    last_name = text("Surname", 60, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    birth_date = day_field("Birth date", help_text="Month, day, year: 02/01/1950.")

    def __init__(self, suppliers: Any, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        field = self.fields["supplier"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = suppliers

    def clean_mbi(self) -> str:
        number = normalize_mbi(self.cleaned_data["mbi"])
        if not is_mbi(number):
            raise forms.ValidationError("This value is not a Medicare number like 1EG4-TE5-MK73.")
        return number


class ReviewForm(forms.Form):
    """A review that was held."""

    reviewed_on = day_field("Reviewed on")
    note = text("Note", 300, required=False)


class AsOfForm(forms.Form):
    """The day on which a plan is looked at."""

    on = day_field("As it stood on", required=False)
