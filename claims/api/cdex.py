"""The Parameters of `$submit-attachment` (HL7 Da Vinci CDex 2.1.0), read by hand: what is wrong is named by field."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from rest_framework import exceptions

from beneficiaries.documents.names import clean_name
from beneficiaries.documents.receiving import MOST_FILES
from claims.api.errors import TooLarge
from claims.api.fhir_resources import NPI
from claims.api.spooling import LIMITS, Base64File, Spooled
from claims.attachments.actions import Paper
from claims.attachments.matching import Cover
from claims.intake.x12.mbi import is_mbi, normalize_mbi
from claims.intake.x12.npi import is_npi

LOINC = "http://loinc.org"
#: The parameters by their name, with the fields of the cover that they fill.
FIELDS = {
    "control_number": "TrackingId",
    "npi": "OrganizationId",
    "mbi": "MemberId",
    "service_day": "ServiceDate",
    "files": "Attachment",
}
NAMES = frozenset(
    "TrackingId AttachTo PayerId OrganizationId ProviderId MemberId ServiceDate Attachment Final AdminRefNumber".split()
)

#: The values of a parameter by their kind: "valueIdentifier", "valueCode" and so on.
VALUE = re.compile(r"value[A-Z]\w*").fullmatch
#: LOINC codes and report type codes.
CODE = re.compile(r"[A-Z0-9]{2}|[0-9]{1,7}-[0-9]").fullmatch

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Submitted:
    """What a request says: the cover, the papers, and whether that is all."""

    cover: Cover
    papers: tuple[Paper, ...]
    is_all: bool


class Reader:
    """One request being read; what is wrong is gathered by field. `files` are all the documents, to be closed."""

    def __init__(self, spooled: Spooled) -> None:
        self.spooled = spooled
        self.wrong: dict[str, list[str]] = defaultdict(list)
        self.files: list[Base64File] = list(spooled.files.values())
        self.given: dict[str, list[Json]] = defaultdict(list)

    def read(self) -> Submitted:
        """Raises `ValidationError` with what is wrong, by the name of the parameter."""
        self.sort_parameters()
        self.check_target()
        cover = self.cover()
        papers = tuple(paper for each in self.given["Attachment"] for paper in self.papers_in(each))
        if not papers and "Attachment" not in self.wrong:
            self.say("Attachment", "Send one document at least.")
        is_all = self.final()
        if self.wrong or cover is None:
            raise exceptions.ValidationError(dict(self.wrong))
        return Submitted(cover, papers, is_all)

    def say(self, name: str, sentence: str) -> None:
        self.wrong[name].append(sentence)

    # ---------- parameters ----------

    def sort_parameters(self) -> None:
        """The parameters by their name."""
        body = self.spooled.body
        listed = body.get("parameter") if isinstance(body, dict) and body.get("resourceType") == "Parameters" else None
        if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
            raise exceptions.ValidationError({"Parameters": ["The body is no Parameters resource with parameters."]})
        for each in listed:
            name = each.get("name")
            if isinstance(name, str) and name in NAMES:
                self.given[name].append(each)
            else:
                self.say("Parameters", "A parameter has a name that the operation does not know.")
        for name, found in self.given.items():
            if len(found) > 1 and name != "Attachment":
                self.say(name, "Give it once.")

    def one(self, name: str, *, is_needed: bool = True) -> Any:
        """The value of a parameter, whatever its kind; None when it is not there, which is said when it is needed."""
        value = value_of(self.given[name][0]) if self.given[name] else None
        if value is None and is_needed:
            self.say(name, "It is needed.")
        return value

    def identifier(self, name: str, *, is_needed: bool = True) -> str:
        """The value of an Identifier, or a plain text."""
        value = self.one(name, is_needed=is_needed)
        if value is None:
            return ""
        text = value.get("value") if isinstance(value, dict) else value
        if not isinstance(text, str) or not text.strip():
            self.say(name, "It has no value.")
            return ""
        return text.strip()

    # ---------- what stands on the cover ----------

    def check_target(self) -> None:
        """Whether it is for a claim, and for this payer."""
        if self.one("AttachTo") not in (None, "claim"):
            self.say("AttachTo", "Attachments are taken for a claim only: send “claim”.")
        payer = self.identifier("PayerId", is_needed=False)
        if payer and payer not in (settings.CONTRACTOR["number"], settings.CONTRACTOR["interchange_id"]):
            self.say("PayerId", "This is not the identifier of this payer. Leave it out, or look at your directory.")

    def cover(self) -> Cover | None:
        number, mbi, day = self.identifier("TrackingId"), normalize_mbi(self.identifier("MemberId")), self.day()
        npi = self.npi()
        if len(number) > 50 or not number.isprintable():
            self.say("TrackingId", "A control number has at most 50 characters, all of which can be printed.")
        if mbi and not is_mbi(mbi):
            self.say("MemberId", "This is not a Medicare number like 1EG4-TE5-MK73.")
        return Cover(number, npi, mbi, day) if day else None

    def npi(self) -> str:
        """The NPI of the supplier: of the organization, else of the provider."""
        if not self.given["OrganizationId"] and not self.given["ProviderId"]:
            self.say("OrganizationId", "It is needed, or ProviderId.")
            return ""
        for name in ("OrganizationId", "ProviderId"):
            value = self.one(name, is_needed=False)
            system = value.get("system", NPI) if isinstance(value, dict) else NPI
            if value is not None and system == NPI and is_npi(number := self.identifier(name)):
                return number
        self.say("OrganizationId" if self.given["OrganizationId"] else "ProviderId", "This is not an NPI.")
        return ""

    def day(self) -> dt.date | None:
        value = self.one("ServiceDate")
        day = day_of(value)
        if value is not None and day is None:
            self.say("ServiceDate", "This is not a day like 2026-01-05.")
        return day

    def final(self) -> bool:
        value = self.one("Final", is_needed=False)
        if value not in (None, True, False):
            self.say("Final", "It is true or false.")
        return value is not False

    # ---------- documents ----------

    def papers_in(self, attachment: Json) -> Iterator[Paper]:
        """The documents of one Attachment, with its code and lines."""
        parts = attachment.get("part")
        if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
            self.say("Attachment", "It has no parts.")
            return
        lines = tuple(number for part in parts if part.get("name") == "LineItem" for number in self.line(part))
        loinc, report_type = self.code(parts)
        contents = [part.get("resource") for part in parts if part.get("name") == "Content"]
        if len(contents) != 1:
            self.say("Attachment", "Each has one Content.")
        for resource in contents:
            for found in self.documents_in(resource):
                yield Paper(found.file, loinc, report_type, lines)

    def line(self, part: Json) -> Iterator[int]:
        number = str(value_of(part))
        if number.isascii() and number.isdigit() and 0 < int(number) < 1000:
            yield int(number)
        else:
            self.say("LineItem", "It is the number of a line of the claim.")

    def code(self, parts: list[Json]) -> tuple[str, str]:
        """The LOINC code and the report type (PWK01) of an attachment, empty where there is none."""
        concepts = [value_of(part) for part in parts if part.get("name") == "Code"]
        codings = [each for concept in concepts for each in codings_of(concept)]
        if not all(map(_is_coding, codings)):
            self.say("Code", "It is a LOINC code or a report type code (PWK01).")
            return "", ""
        loinc = next((each["code"] for each in codings if each.get("system") == LOINC), "")
        report_type = next((each["code"] for each in codings if each.get("system") != LOINC), "")
        return loinc, report_type[:2]

    def documents_in(self, resource: Any) -> Iterator[Base64File]:
        """The documents in a DocumentReference. Addresses are never asked: nothing is fetched from elsewhere."""
        if not isinstance(resource, dict) or resource.get("resourceType") != "DocumentReference":
            self.say("Content", "Send a DocumentReference.")
            return
        contents = resource.get("content")
        for content in contents if isinstance(contents, list) and contents else [{}]:
            attachment = content.get("attachment") if isinstance(content, dict) else None
            data = attachment.get("data") if isinstance(attachment, dict) else None
            if not isinstance(attachment, dict) or not isinstance(data, str):
                self.say("Content", "Send the document itself in attachment.data; addresses are not fetched.")
                continue
            yield from self.document(data, attachment.get("title"))

    def document(self, data: str, title: Any) -> Iterator[Base64File]:
        if len(self.files) >= MOST_FILES and data not in self.spooled.files:
            raise TooLarge(f"A request has at most {MOST_FILES} documents. {LIMITS}")
        found = self.spooled.file_of(data)
        if found not in self.files:
            self.files.append(found)
        found.file.name = clean_name(title if isinstance(title, str) else "")
        if found.trouble:
            self.say("Content", f"{found.file.name} {found.trouble}.")
        else:
            yield found


def value_of(parameter: Json) -> Any:
    """The value[x] of a parameter."""
    return next((value for name, value in parameter.items() if VALUE(name)), None)


def day_of(value: Any) -> dt.date | None:
    """The day of a date or of a moment; None where the day is not named."""
    try:
        return dt.datetime.fromisoformat(value).date() if isinstance(value, str) and len(value) >= 10 else None
    except ValueError:
        return None


def codings_of(concept: Any) -> list[Any]:
    """The codings of a CodeableConcept; one that is none has a coding that is none."""
    codings = concept.get("coding") if isinstance(concept, dict) else None
    return codings if isinstance(codings, list) and codings else [None]


def _is_coding(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("code"), str) and bool(CODE(value["code"]))
