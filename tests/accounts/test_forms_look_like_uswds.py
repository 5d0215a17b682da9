"""Every form: labels, hints, errors that name their field, a summary with links."""

from __future__ import annotations

import re

from django import forms


class VisitForm(forms.Form):
    medicare_number = forms.CharField(help_text="As on the card.")
    day = forms.DateField(label="Date of service")
    charge = forms.DecimalField(min_value=0)
    place = forms.ChoiceField(choices=[("", "---------"), ("12", "12 Home")])
    services = forms.MultipleChoiceField(choices=[("a", "Assessment")], widget=forms.CheckboxSelectMultiple)
    route = forms.ChoiceField(choices=[("iv", "Intravenous")], widget=forms.RadioSelect)
    note = forms.CharField(widget=forms.Textarea, required=False)
    is_signed = forms.BooleanField(label="The plan is signed", required=False)
    plan = forms.FileField(required=False)


def test_each_widget_has_the_class_of_the_design_system() -> None:
    html = str(VisitForm())
    for name, css in {
        "medicare_number": "usa-input",
        "day": "usa-input usa-input--day",
        "charge": "usa-input usa-input--number",
        "place": "usa-select",
        "services": "chk",
        "route": "rad",
        "note": "usa-textarea",
        "is_signed": "chk",
        "plan": "usa-file-input",
    }.items():
        assert re.search(rf'name="{name}"[^>]*class="{css}\b', html), name


def test_each_label_belongs_to_its_field_and_groups_have_a_legend() -> None:
    html = str(VisitForm())
    assert '<label class="usa-label" for="id_day">Date of service</label>' in html
    assert '<legend class="usa-legend">Route</legend>' in html
    assert "<span>The plan is signed</span>" in html


def test_a_hint_is_read_with_its_field() -> None:
    html = str(VisitForm())
    assert 'id="id_medicare_number_helptext">As on the card.' in html
    assert 'aria-describedby="id_medicare_number_helptext"' in html


def test_the_dashes_of_an_empty_choice_say_what_to_do() -> None:
    assert re.search(r'<option value=""[^>]*>Choose</option>', str(VisitForm()))


def test_errors_stand_at_their_field_and_in_a_summary_that_links_there() -> None:
    html = str(VisitForm({"charge": "-1"}))
    assert 'role="alert"' in html
    assert '<a href="#id_day">Date of service is required.</a>' in html
    assert '<a href="#id_route_0">Route is required.</a>' in html
    assert 'id="id_charge_error">Charge must be greater than or equal to 0.' in html
    assert re.search(r'name="charge"[^>]*aria-invalid="true"', html)


def test_a_form_without_errors_has_no_summary() -> None:
    assert 'role="alert"' not in str(VisitForm())


def test_what_the_form_says_of_its_widget_is_kept() -> None:
    class Wide(forms.Form):
        name = forms.CharField(widget=forms.TextInput(attrs={"class": "wide", "data-x": "1"}))

    html = str(Wide())
    assert 'class="usa-input wide"' in html
    assert 'data-x="1"' in html
