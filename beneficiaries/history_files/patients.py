"""Finding the patients of a batch of rows in one query for each way of looking."""

from __future__ import annotations

from collections.abc import Sequence

from beneficiaries.history_files.reading import HistoryRow
from beneficiaries.history_files.refusals import RefusedRow
from beneficiaries.readers import PatientAsBilled, match_beneficiaries, people_with_mbis

REMEDY = "No person on file has this MBI with this birth date or last name. Correct it, or load the person first."


def find_patients(rows: Sequence[HistoryRow], file: str) -> tuple[list[HistoryRow], list[RefusedRow]]:
    """The rows whose patient was found, and refusals of the others.

    A row with a birth date or a last name must agree in one of them; a row with neither is taken by its MBI alone.
    """
    named = {row.line: as_billed(row) for row in rows if row.values["birth_date"] or row.values["last_name"]}
    matched = match_beneficiaries(named.values()) if named else {}
    by_mbi = people_with_mbis({row.values["mbi"] for row in rows}) if len(named) < len(rows) else {}
    found, refused = [], []
    for row in rows:
        mbi = row.values["mbi"]
        patient = matched.get(named[row.line]) if row.line in named else by_mbi.get(mbi)
        if patient is None:
            refused.append(RefusedRow(file, row.line, "mbi", mbi, REMEDY))
        else:
            row.patient = patient
            found.append(row)
    return found, refused


def as_billed(row: HistoryRow) -> PatientAsBilled:
    """The patient of a row, as a claim would name them."""
    return PatientAsBilled(row.values["mbi"], row.values["birth_date"], row.values["last_name"])
