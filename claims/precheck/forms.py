"""The form of a draft: kept as it was typed, read as far as it can be read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from claims.attachments.readers import REPORT_TYPES
from claims.forms import MOST_MEGABYTES, UploadForm, file_field
from claims.intake.x12.claim_837p import Attachment
from claims.intake.x12.findings import GatewayFinding
from claims.intake.x12.mbi import is_mbi, normalize_mbi
from claims.models import AnnouncedAttachment
from claims.paper.cms_1500 import PaperLine, field_of, in_words_of_the_form
from claims.paper.forms import SEXES, amount, text, words
from claims.precheck.bill import MOST_POINTERS, Bill, units_of
from policy.forms import day_field
from policy.tables import PolicyTables

#: Papers that come apart: what they are (PWK01), and how they come (PWK02).
TYPES = [("", "None"), *((code, name.capitalize()) for code, name in REPORT_TYPES.items())]
WAYS = [(way.value, way.label.capitalize()) for way in AnnouncedAttachment.Way]

#: Visits of a draft, and minutes of a day.
MOST_VISITS, MINUTES_OF_A_DAY = 50, 24 * 60

Typed = dict[str, Any]


def choose(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


class DraftForm(forms.Form):
    """All of a claim but its visits. Nothing is required to be saved; what is lacking to be checked, `lacking` says."""

    use_required_attribute = False

    mbi = text("Medicare number", 20, required=False)
    last_name = text("Surname", 60, required=False)
    birth_date = day_field("Birth date", required=False)
    referring_npi = text("Referring provider NPI", 20, required=False)
    diagnoses = text("Diagnosis", 120, required=False)
    place_of_service = forms.ChoiceField(label="Place", required=False)
    first_name = text("First name", 35, required=False)
    sex = forms.ChoiceField(label="Sex", required=False, choices=[("", "As on file"), *SEXES])
    street = text("Street", 55, required=False)
    city = text("City", 30, required=False)
    state = text("State", 2, required=False)
    zip_code = text("ZIP code", 10, required=False)
    referring_last_name = text("Referring provider’s surname", 60, required=False)
    referring_first_name = text("Referring provider’s first name", 35, required=False)
    patient_control_number = text("Your account number", 20, required=False)
    attachment_type = forms.ChoiceField(label="Papers sent apart", required=False, choices=TYPES)
    attachment_way = forms.ChoiceField(label="How they are sent", required=False, choices=WAYS)
    attachment_number = text("Their control number", 50, required=False)

    def __init__(self, typed: Typed, tables: PolicyTables) -> None:
        super().__init__(typed)
        rows = (row for code in sorted(tables.places.keys()) for row in tables.places.of(code))
        places = dict.fromkeys((row.code, f"{row.code} {row.name}") for row in rows)
        choose(self, "place_of_service", list(places))

    def clean_mbi(self) -> str:
        number = normalize_mbi(self.cleaned_data["mbi"])
        if number and not is_mbi(number):
            raise forms.ValidationError("This value is not a Medicare number like 1EG4-TE5-MK73.")
        return number

    def clean_diagnoses(self) -> tuple[str, ...]:
        return words(self.cleaned_data["diagnoses"])

    def clean_state(self) -> str:
        return str(self.cleaned_data["state"]).upper()

    def attachments(self, number: str) -> tuple[Attachment, ...]:
        """The papers that the claim announces; under `number` where they were given none. None without a type."""
        said = self.cleaned_data
        if not said.get("attachment_type"):
            return ()
        way = said.get("attachment_way") or AnnouncedAttachment.Way.ELECTRONIC.value
        return (Attachment(said["attachment_type"], way, said.get("attachment_number") or number),)


class VisitForm(forms.Form):
    """One visit."""

    use_required_attribute = False

    day = day_field("Date", required=False)
    hcpcs = forms.ChoiceField(label="Code", required=False)
    modifiers = text("Modifier", 12, required=False)
    minutes = forms.IntegerField(
        label="Minutes",
        required=False,
        min_value=1,
        max_value=MINUTES_OF_A_DAY,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "num"}),
    )
    charge = amount("Charge")
    #: The line of the claim that is corrected; empty for a visit that is new.
    line_of = forms.CharField(label="Line", required=False, max_length=2, widget=forms.HiddenInput)

    def __init__(self, typed: Typed, number: int, tables: PolicyTables) -> None:
        super().__init__({f"v{number}-{name}": value for name, value in typed.items()}, prefix=f"v{number}")
        self.number = number
        self.fields["charge"].required = False
        codes = sorted(tables.visit_codes.keys())
        if (typed.get("hcpcs") or "") not in ("", *codes):
            codes.append(typed["hcpcs"])
        choose(self, "hcpcs", [("", "Choose"), *((code, code) for code in codes)])
        for name, field in self.fields.items():
            if field.widget.is_hidden:
                continue
            field.widget.attrs["aria-describedby"] = f"note-{number}"
            field.widget.attrs["aria-label"] = f"{self.fields[name].label} of visit {number}"

    @property
    def is_empty(self) -> bool:
        return not any(self.data.values())

    @property
    def is_complete(self) -> bool:
        """Whether there is enough to be checked: the code may still be open, then one is suggested."""
        return self.is_valid() and all(self.cleaned_data[name] is not None for name in ("day", "minutes", "charge"))

    def line(self, place_of_service: str, diagnoses: int) -> PaperLine:
        said = self.cleaned_data
        return PaperLine(
            first_day=said["day"],
            last_day=None,
            place_of_service=place_of_service,
            hcpcs=said["hcpcs"],
            modifiers=words(said["modifiers"]),
            pointers=tuple(range(1, min(diagnoses, MOST_POINTERS) + 1)),
            charge=said["charge"],
            units=units_of(said["minutes"]),
        )


class CheckFileForm(UploadForm):
    """An 837P to be checked and not received."""

    file = file_field("837P file", f"One X12 837P file (005010X222A1) of at most {MOST_MEGABYTES} MB.")


@dataclass(frozen=True, slots=True)
class DraftForms:
    """The forms of a draft. `checked` are the visits that can be checked, in their order."""

    claim: DraftForm
    visits: tuple[VisitForm, ...]
    checked: tuple[VisitForm, ...]

    @property
    def lacking(self) -> list[str]:
        """What must be filled in before anything can be checked."""
        self.claim.is_valid()
        said = self.claim.cleaned_data
        missing = [
            str(self.claim.fields[name].label) for name in ("mbi", "last_name", "birth_date") if not said.get(name)
        ]
        return missing if self.checked else [*missing, "a visit with its date, minutes and charge"]

    @property
    def unfinished(self) -> list[VisitForm]:
        """Visits that were begun and cannot be checked yet."""
        return [visit for visit in self.visits if not visit.is_empty and visit not in self.checked]

    def bill(self, number: str) -> Bill:
        """What was typed, where nothing is `lacking`; values that are wrong are left out. `number` names the draft."""
        values = self.claim.cleaned_data.items()
        said = {name: value for name, value in values if value not in (None, "") and name not in OF_PAPERS}
        place = said.pop("place_of_service", "12")
        diagnoses = said.pop("diagnoses", ())
        said.setdefault("patient_control_number", number)
        lines = tuple(visit.line(place, len(diagnoses)) for visit in self.checked)
        papers = self.claim.attachments(number)
        return Bill(**said, diagnoses=diagnoses, place_of_service=place, lines=lines, attachments=papers)

    def tell(self, findings: Iterable[GatewayFinding]) -> list[str]:
        """Put what the gateway finds at the fields it is about; the sentences of the others."""
        return [words for finding in findings if not self._put(finding) for words in [in_words_of_the_form(finding)]]

    def _put(self, finding: GatewayFinding) -> bool:
        form: forms.Form = self.checked[finding.line - 1] if finding.line else self.claim
        name = OF_VISITS.get(field_of(finding), "") if finding.line else field_of(finding)
        if name not in form.fields:
            return False
        form.add_error(name, MISSING.sub("This value is missing. Fill it in.", in_words_of_the_form(finding)))
        return True


#: Fields of the papers that come apart.
OF_PAPERS = ("attachment_type", "attachment_way", "attachment_number")

#: What the gateway says of an element that must be there and is not.
MISSING = re.compile(r"^The [A-Z]+\d* of loop \w+ is missing\. Send it\.$")

#: Fields of a line of the paper form: those of a visit.
OF_VISITS = {"hcpcs": "hcpcs", "charge": "charge", "units": "minutes", "last_day": "day", "pointers": ""}


def forms_of(typed: Typed, tables: PolicyTables) -> DraftForms:
    lines = typed.get("lines") or [{}]
    visits = tuple(VisitForm(each, number, tables) for number, each in enumerate(lines, 1))
    return DraftForms(DraftForm(typed, tables), visits, tuple(visit for visit in visits if visit.is_complete))


def typed_in(post: Mapping[str, str]) -> Typed:
    """What a browser sent, as it was typed."""
    fields = {name: post.get(name, "").strip() for name in DraftForm.base_fields}
    count = post.get("visits", "")
    number = min(int(count), MOST_VISITS) if count.isascii() and count.isdigit() else 1
    return {**fields, "lines": [_visit_in(post, place) for place in range(1, number + 1)]}


def _visit_in(post: Mapping[str, str], number: int) -> Typed:
    return {name: post.get(f"v{number}-{name}", "").strip()[:20] for name in VisitForm.base_fields}


def empty() -> Typed:
    return {"place_of_service": "12", "lines": [{}]}


# ---------- changes ----------


def with_visit(typed: Typed) -> Typed:
    """One empty visit more, with the charge and length of the last."""
    lines = list(typed["lines"])
    if len(lines) < MOST_VISITS:
        last = lines[-1] if lines else {}
        lines.append({name: last.get(name, "") for name in ("minutes", "charge")})
    return {**typed, "lines": lines}


def without_visit(typed: Typed, number: int) -> Typed:
    lines = [line for at, line in enumerate(typed["lines"], 1) if at != number]
    return {**typed, "lines": lines or [{}]}


def changed(typed: Typed, token: str, checked: Sequence[VisitForm]) -> Typed:
    """The draft with a suggestion taken; one that is not of this draft changes nothing."""
    act, _, rest = token.partition(":")
    line, _, value = rest.partition(":")
    number = next(_number_of(line, checked), 0)
    if act == "referring":
        return {**typed, "referring_npi": value[:20]}
    if act == "remove" and number:
        return without_visit(typed, number)
    if act == "code" and number:
        lines = [{**each, "hcpcs": value[:5]} if at == number else each for at, each in enumerate(typed["lines"], 1)]
        return {**typed, "lines": lines}
    return typed


def _number_of(line: str, checked: Sequence[VisitForm]) -> Iterator[int]:
    """The place in the form of a line of the claim, which has no line for a visit that cannot be checked yet."""
    if line.isascii() and line.isdigit() and 1 <= int(line) <= len(checked):
        yield checked[int(line) - 1].number
