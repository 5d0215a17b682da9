"""The catalogue of edits: what each one does today, what it cites, and how often it fired."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from django.db import connection

from claims.edits.base import Edit
from claims.edits.registry import CATALOGUE
from claims.models.status import LineOutcome
from policy.tables import DispositionRow, PolicyTables

#: A name in braces: what a remedy takes from the evidence.
GAP = re.compile(r"\{[^}]*\}")

DISPOSITION_WORDS = {
    "deny": "Denies",
    "suspend": "Suspends",
    "hold": "Holds",
    "inform": "Informs",
    "ignore": "Ignored",
}


@dataclass(frozen=True, slots=True)
class EditShown:
    """One function of an edit, with the disposition in force for claims received today."""

    edit: Edit
    disposition: DispositionRow | None
    fired: int

    @property
    def does(self) -> str:
        return DISPOSITION_WORDS[self.disposition.disposition] if self.disposition else "Suspends"

    @property
    def outcome(self) -> LineOutcome | None:
        """The outcome that it gives a line, for its glyph."""
        what = self.disposition.disposition if self.disposition else "suspend"
        return LineOutcome(what) if what in LineOutcome.values else None

    @property
    def remedy(self) -> str:
        """What the remedy says, with a gap for each thing that it names of a line."""
        return GAP.sub("…", self.edit.remedy)


def edits_shown(today: dt.date, tables: PolicyTables) -> tuple[EditShown, ...]:
    """Every edit in catalogue order; one query."""
    fired = times_fired()
    return tuple(
        EditShown(edit, tables.dispositions.on(edit.id, today), fired.get(edit.id, 0))
        for edit in CATALOGUE
        if edit.end is None or edit.end >= today
    )


FIRED = """
SELECT code, count(*) FROM claims_claim, unnest(edits || informs) AS code
 WHERE NOT is_test AND (edits <> '{}' OR informs <> '{}') GROUP BY code
"""


def times_fired() -> dict[str, int]:
    """On how many claims each edit fired in the decision that stands, test claims left out."""
    with connection.cursor() as cursor:
        cursor.execute(FIRED)
        return dict(cursor.fetchall())
