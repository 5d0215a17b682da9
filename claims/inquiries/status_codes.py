"""Where a claim stands, in the category and status codes of a 277 (X12 code lists 507 and 508) and in words.

Which code was chosen for which state, from what source, and how sure it is: docs/inquiries.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Status(NamedTuple):
    """Category, status and, where the status needs one, the entity (STC01-1 to STC01-3)."""

    category: str
    code: str
    entity: str = ""

    @property
    def text(self) -> str:
        return ":".join(filter(None, self))

    @property
    def words(self) -> str:
        return in_words(self)

    @property
    def is_final(self) -> bool:
        """Whether the claim is decided and, where money is due, paid."""
        return self.category.startswith("F")

    @property
    def element(self) -> tuple[str, ...]:
        return tuple(filter(None, self))


WAITS_TO_BE_DECIDED = Status("P1", "20")
WAITS_FOR_DRUG = Status("P1", "42")
IN_REVIEW = Status("P2", "46")
RECORDS_REQUESTED = Status("P3", "294")
WAITS_FOR_PAYMENT = Status("P1", "3")
PAID = Status("F1", "65")
REPLACED = Status("F3", "101")
VOIDED = Status("F4", "101")

#: A claim that the gateway refused carries what it found; this where that is not known any more.
RETURNED = Status("A3", "21")

NOT_FOUND = Status("D0", "35")
TOO_MANY_FOUND = Status("E0", "485")
NOTHING_TO_FIND_BY = Status("E0", "187")
FORMAT_INVALID = Status("E0", "481")
NOT_YOURS = Status("E0", "24", "1P")

#: What every category says, for who reads the answer.
CATEGORY_WORDS = {
    "A3": "Returned, it was not taken in",
    "A6": "Refused for what is missing",
    "A7": "Refused for what is invalid",
    "A8": "Refused, two fields disagree",
    "D0": "Not found by what was sent",
    "E0": "The request cannot be answered as it was sent",
    "F1": "Paid",
    "F2": "Denied",
    "F3": "Another claim stands in its place",
    "F4": "Closed, nothing is paid",
    "P1": "In process",
    "P2": "In review by a person",
    "P3": "Waits for records asked of you",
}

#: What a status says, as its number is used here.
STATUS_WORDS = {
    "3": "decided, waits for the payment day",
    "16": "another payer answers for the day",
    "20": "waits to be decided",
    "21": "something is missing or invalid",
    "24": "the provider is none that you may ask for",
    "33": "the patient is not identified",
    "35": "no such claim of yours",
    "42": "waits for the drug bill",
    "46": "a person looks at it",
    "54": "a duplicate",
    "65": "paid",
    "88": "the patient was not covered on the day",
    "91": "the supplier was not eligible on the day",
    "101": "settled by an adjustment",
    "116": "another payer is responsible",
    "143": "the supplier’s State licence",
    "145": "the supplier’s specialty",
    "159": "the patient’s day of death",
    "171": "another insurer pays first",
    "187": "the dates of service",
    "194": "a stay in a facility",
    "216": "the home infusion drug",
    "249": "the place of service",
    "255": "the diagnosis",
    "259": "how often the service may be billed",
    "294": "supporting records",
    "345": "the plan of care",
    "476": "the units",
    "481": "the syntax; the 999 names the faults",
    "485": "more claims than can be told: narrow the dates",
    "496": "a sender that is not approved for the billing provider",
    "499": "no payment amount is on file",
    "507": "the visit code",
    "562": "the provider’s NPI",
    "585": "not covered",
    "684": "the syntax; the 999 names the faults",
    "718": "filed too late",
}

#: The status of a denial, by the edit that denied the line.
_DENIALS = """
HIT-101 187|HIT-102 718|HIT-103 507|HIT-104 476|HIT-105 249|HIT-107 187|HIT-108 562:DN|HIT-109 187|HIT-110 255
HIT-201 91:85|HIT-202 91:85|HIT-203 143:85|HIT-204 145:85|HIT-205 91:85
HIT-301 33|HIT-302 88:IL|HIT-303 88:IL|HIT-304 159:IL|HIT-305 116|HIT-306 194|HIT-307 194|HIT-308 585|HIT-309 171
HIT-401 345|HIT-402 345|HIT-403 345|HIT-404 345|HIT-405 345
HIT-501 216|HIT-502 216|HIT-503 216|HIT-504 216|HIT-601 259|HIT-602 259|HIT-603 54|HIT-901 499
"""
DENIALS = {
    edit: Status("F2", *code.split(":"))
    for edit, code in (entry.split() for entry in _DENIALS.strip().replace("\n", "|").split("|"))
}
DENIED = Status("F2", "585")


def status_of_denial(edits: Iterable[str]) -> Status:
    """The status of a denied line: that of the first of its edits that has one of its own."""
    return next((DENIALS[edit] for edit in edits if edit in DENIALS), DENIED)


def status_of(text: str) -> Status:
    """A status from its text, A7:164:IL."""
    return Status(*text.split(":")[:3])


def in_words(status: Status) -> str:
    """ "Denied: the home infusion drug"; the number where it is one that only the gateway uses."""
    words = STATUS_WORDS.get(status.code, f"status {status.code}")
    category = CATEGORY_WORDS.get(status.category, f"Category {status.category}")
    return category if words == category.lower() else f"{category}: {words}"
