"""Deciding claims that nobody sent yet: read around and decided by the code that decides those of the queue.

Nothing is written. The claims become the rows that storing them would make, so that no value is read in another way.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from claims.adjudication.queue import decide_in_order
from claims.adjudication.reading import Billed, read_around
from claims.adjudication.reading.sql import Row
from claims.adjudication.recorder import Decided
from claims.intake.store import CLAIM_COLUMNS, LINE_COLUMNS, Origin, StoredClaim, claim_row, line_rows
from claims.intake.x12.reading import ClaimReading
from claims.models import Claim, ClaimLine
from policy.tables import PolicyTables

#: Behind every arrival number: a claim that is not sent sees all that is on file.
LAST = 2**63 - 1
CENTS, THOUSANDTHS = Decimal("0.01"), Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Unsent:
    """A claim as the gateway reads it, who bills it and whom it is for (None: nobody that may be looked at).

    `original` is the claim that it would replace.
    """

    reading: ClaimReading
    supplier_id: int | None
    beneficiary_id: int | None
    is_test: bool = False
    original: Claim | None = None


#: The position in what `unsent_number` gives.
UNSENT = re.compile(r"02\d{5}~(\d{6})")


def decide_unsent(claims: Sequence[Unsent], received: dt.date, tables: PolicyTables) -> list[Decided]:
    """What each would be decided if all came on this day in this order; seven queries, however many claims."""
    return decide_in_order(read_around(rows_of(claims, received), tables, received), tables)


def unsent_number(position: int, received: dt.date) -> str:
    """What stands for the number of a claim that has none; it comes after those of all claims of its day."""
    return f"02{received:%y%j}~{position:06d}"


def rows_of(claims: Sequence[Unsent], received: dt.date) -> Billed:
    """The rows of the reader, as if the claims were stored; their ids are below zero, for those of claims are not."""
    rows, lines = [], defaultdict(list)
    for claim in claims:
        stored = as_stored(claim, received)
        rows.append(_claim_row(stored, claim.original))
        lines[stored.id] = [_line_row(line) for line in columns_of_lines(stored)]
    return Billed(rows, lines, defaultdict(list))


def as_stored(claim: Unsent, received: dt.date) -> StoredClaim:
    position = claim.reading.position
    return StoredClaim(
        claim.reading,
        Origin(None, None, received, claim.is_test),
        -position,
        LAST,
        unsent_number(position, received),
        claim.supplier_id,
        claim.beneficiary_id,
        claim.original.pk if claim.original else None,
    )


def columns_of_lines(stored: StoredClaim) -> Iterable[dict[str, Any]]:
    """The lines that have a day, column by column; the numbers as their columns keep them."""
    for row in line_rows(stored):
        line = dict(zip(LINE_COLUMNS, row, strict=True))
        if line["date_of_service"] is not None:
            line["charge"] = _rounded(line["charge"] or Decimal(0), CENTS)
            line["units"] = None if line["units"] is None else _rounded(line["units"], THOUSANDTHS)
            yield line


def lines_billed(claim: Unsent, received: dt.date) -> list[ClaimLine]:
    """The lines as the pages of a claim know them, not stored."""
    return [ClaimLine(**line) for line in columns_of_lines(as_stored(claim, received))]


def _rounded(amount: Decimal, step: Decimal) -> Decimal:
    return amount.quantize(step, ROUND_HALF_UP)


def _claim_row(stored: StoredClaim, original: Claim | None) -> Row:
    """The columns of `reading.batch.CLAIMS`."""
    claim = dict(zip(CLAIM_COLUMNS, claim_row(stored), strict=True))
    return (
        claim["id"],
        claim["icn"],
        LAST,
        claim["queue_reason"],
        claim["status"],
        claim["channel"],
        claim["received_on"],
        claim["billing_npi"],
        claim["billing_tin"],
        claim["referring_npi"],
        claim["diagnoses"],
        claim["service_state"],
        claim["service_zip"],
        claim["patient_state"],
        claim["patient_zip"],
        claim["accepts_assignment"],
        claim["has_primary_payer_decision"],
        claim["is_test"],
        claim["looks_done"],
        claim["place_of_service"],
        claim["mbi"],
        claim["supplier_id"],
        claim["beneficiary_id"],
        original.current_decision_id if original else None,
        1,
        claim["replaces_id"],
        original.icn if original else None,
    )


def _line_row(line: dict[str, Any]) -> Row:
    """The columns of `reading.batch.LINES` behind the claim."""
    return (
        line["number"],
        line["number"],
        line["date_of_service"],
        line["through"],
        line["hcpcs"],
        line["modifiers"],
        line["units"],
        line["charge"],
        line["place_of_service"],
    )
