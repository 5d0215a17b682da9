"""A remittance as rows of a CSV file: one a line of a claim, one for interest, one for each overpayment."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from claims.pages.export import safe_cell
from claims.pages.remittances import ClaimOnPage, CodeShown, LineOnPage, RemittanceShown

HEADINGS = (
    "Payment day",
    "Trace number",
    "Claim number",
    "Taken back",
    "Patient",
    "MBI",
    "Your number",
    "Line",
    "Visit",
    "Code",
    "Modifiers",
    "Charge",
    "Allowed",
    "Adjustments",
    "Remarks",
    "Paid",
    "Basis",
)

ESTIMATED = "estimated"


def rows_of(page: RemittanceShown) -> Iterator[tuple[str, ...]]:
    """The rows under `HEADINGS`. Amounts are exact, in dollars; they are numbers, also those below zero."""
    for claim in page.claims:
        for line in claim.lines:
            yield _row(page, claim, line)
        if claim.on.told.interest:
            yield _other(page, str(claim.on.told.icn), "Interest", claim.on.told.interest)
    for debt in page.debts:
        what = f"{debt.adjustment.code}: {debt.meaning}"
        yield _other(page, debt.adjustment.reference, what, -debt.adjustment.amount)


def _row(page: RemittanceShown, claim: ClaimOnPage, row: LineOnPage) -> tuple[str, ...]:
    told, line = claim.on.told, row.line
    words = (
        page.remittance.payment_day,
        page.remittance.trace_number,
        told.icn,
        "yes" if told.is_reversal else "",
        f"{told.last_name}, {told.first_name}",
        told.mbi,
        told.patient_control_number,
        line.number,
        line.date,
        line.hcpcs,
        " ".join(line.modifiers),
    )
    reasons = "; ".join(f"{code.code} {code.amount}" for code in row.codes if code.amount is not None)
    remarks = " ".join(code.code for code in _remarks(claim, row))
    basis = ESTIMATED if claim.on.is_estimated else ""
    amounts = (_amount(line.charge), _amount(line.allowed))
    return (*map(safe_cell, words), *amounts, safe_cell(reasons), safe_cell(remarks), _amount(line.paid), basis)


def _remarks(claim: ClaimOnPage, row: LineOnPage) -> Iterator[CodeShown]:
    """Those of the line, and of the claim they belong to."""
    yield from (code for code in row.codes if code.amount is None)
    yield from claim.remarks


def _other(page: RemittanceShown, claim: str, what: str, amount: Decimal) -> tuple[str, ...]:
    """Money that belongs to no line: what it adds to the payment."""
    head = (page.remittance.payment_day, page.remittance.trace_number, claim)
    return (*map(safe_cell, head), *[""] * 10, safe_cell(what), "", _amount(amount), "")


def _amount(amount: Decimal) -> str:
    """A number as it is: a minus before digits is no formula."""
    return f"{amount:.2f}"
