"""Claims as rows of a CSV file."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from accounts.models import User
from claims.filters import ClaimFilter
from claims.models import Claim
from claims.pages.keyset import Order

HEADINGS = (
    "Claim number",
    "Status",
    "Received",
    "First visit",
    "Last visit",
    "Patient",
    "Supplier",
    "NPI",
    "Charge",
    "Allowed",
    "Paid",
    "Payment day",
    "Edits",
    "Edits that inform",
)

BATCH = 1000

#: A spreadsheet takes a cell that begins with one of these for a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def claims_to_export(user: User, filters: ClaimFilter, order: Order) -> Iterator[list[Claim]]:
    """The claims of the filters in batches, read from one cursor however many there are."""
    claims = order.sort(filters.narrowed(Claim.objects.visible_to(user)))
    rows = claims.defer("billed", "gateway_findings").iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        yield batch


def count_to_export(user: User, filters: ClaimFilter) -> int:
    """How many rows an export has, exactly; reads every claim of the filters, so for a page of its own only."""
    return filters.narrowed(Claim.objects.visible_to(user)).count()


def export_row(claim: Claim) -> tuple[str, ...]:
    """The cells of a claim in the order of `HEADINGS`."""
    values = (
        claim.icn,
        claim.status_shown.label,
        claim.received_on,
        claim.first_day,
        claim.last_day,
        claim.patient_name,
        claim.billing_name,
        claim.billing_npi,
        claim.total_charge,
        claim.allowed_amount,
        claim.paid_amount,
        claim.payment_day,
        " ".join(claim.edits),
        " ".join(claim.informs),
    )
    return tuple(safe_cell(value) for value in values)


def safe_cell(value: object) -> str:
    """A value as a spreadsheet may have it: never a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text
