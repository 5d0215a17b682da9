"""What was billed, read again from the rows of the claim as decisions read it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from claims.adjudication.facts import ClaimFacts
from claims.adjudication.reading.batch import CLAIMS, LINES, claim_facts, line_facts
from claims.adjudication.reading.sql import array, grouped, rows

#: The facts that come from the claim itself and never change.
BILLED = (
    "received",
    "billing_npi",
    "billing_tin",
    "referring_npi",
    "diagnoses",
    "service_location",
    "patient_address",
    "accepts_assignment",
    "has_primary_payer_decision",
    "is_test",
    "lines",
    "replaces",
)


def billed_facts(claim_ids: Collection[int]) -> dict[int, ClaimFacts]:
    """The facts of claims without those around them, by id; two queries."""
    lines = grouped(LINES, [array(claim_ids)])
    return {
        row[0]: claim_facts(row, [line_facts(line, row[19]) for line in lines[row[0]]], [], None, None, dt.date.min)
        for row in rows(CLAIMS, [array(claim_ids)])
    }
