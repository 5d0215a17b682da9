"""The templates of the letters: dated, in versions. What a version says never changes; another one follows it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from medical_review.models import LetterKind


@dataclass(frozen=True, slots=True)
class LetterTemplate:
    """One version of the text of a kind of letter, used for letters written from a day on."""

    kind: LetterKind
    version: int
    first_day: dt.date
    name: str

    @property
    def path(self) -> str:
        return f"medical_review/letters/texts/{self.name}_{self.version}.html"


BEGINNING = dt.date(2021, 1, 1)

TEMPLATES = (
    LetterTemplate(LetterKind.REQUEST, 1, BEGINNING, "records_request"),
    LetterTemplate(LetterKind.ATTESTATION, 1, BEGINNING, "attestation"),
    LetterTemplate(LetterKind.REMINDER, 1, BEGINNING, "reminder"),
    LetterTemplate(LetterKind.RESULTS, 1, BEGINNING, "results"),
    LetterTemplate(LetterKind.LATE, 1, BEGINNING, "late_records"),
    LetterTemplate(LetterKind.REDETERMINED, 1, BEGINNING, "redetermination"),
    LetterTemplate(LetterKind.DISMISSAL, 1, BEGINNING, "dismissal"),
)


def template_on(kind: str, day: dt.date) -> LetterTemplate:
    """The version of a kind in use on a day. Raises LookupError before the first one."""
    in_use = [each for each in TEMPLATES if each.kind == kind and each.first_day <= day]
    if not in_use:
        raise LookupError(f"No template of the letter “{kind}” was in use on {day}.")
    return max(in_use, key=lambda each: (each.first_day, each.version))
