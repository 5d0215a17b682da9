"""Remittances in words: what was paid for each claim and line, and what the adjustments mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from accounts.models import User
from claims.models import Remittance
from claims.pages.keyset import Order, Page, Place, page_or_first
from claims.payment.readers import ClaimOnRemittance, DebtOnRemittance, remittance_page, remittances_of
from claims.payment.remittance import RemittedLine
from policy.readers import reason_meanings

PAGE_SIZE = 25
LATEST_FIRST = Order(("payment_day", "id"), is_descending=True)

Meanings = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class CodeShown:
    """An adjustment or a remark: its code, its amount when it has one, and our words for it."""

    code: str
    amount: Decimal | None
    meaning: str


@dataclass(frozen=True, slots=True)
class LineOnPage:
    line: RemittedLine
    codes: tuple[CodeShown, ...]


@dataclass(frozen=True, slots=True)
class ClaimOnPage:
    on: ClaimOnRemittance
    lines: tuple[LineOnPage, ...]
    remarks: tuple[CodeShown, ...]


@dataclass(frozen=True, slots=True)
class RemittanceShown:
    remittance: Remittance
    claims: tuple[ClaimOnPage, ...]
    debts: tuple[DebtOnRemittance, ...]
    is_estimated: bool


def remittance_list(user: User, place: Place) -> Page[Remittance]:
    """A page of the remittances in sight, the latest first; one query."""
    return page_or_first(remittances_of(user), LATEST_FIRST, PAGE_SIZE, place)


def remittance_shown(user: User, pk: int) -> RemittanceShown:
    """One remittance in words; raises `Remittance.DoesNotExist` outside one's scope."""
    page = remittance_page(user, pk)
    meanings = reason_meanings()
    claims = tuple(claim_on_page(on, meanings) for on in page.claims)
    return RemittanceShown(page.remittance, claims, page.debts, page.is_estimated)


def claim_on_page(on: ClaimOnRemittance, meanings: Meanings) -> ClaimOnPage:
    """A claim with our words beside its codes."""
    lines = tuple(LineOnPage(line, _codes(line, meanings)) for line in on.told.lines)
    return ClaimOnPage(on, lines, tuple(_remark(code, meanings) for code in on.told.claim_remarks))


def _codes(line: RemittedLine, meanings: Meanings) -> tuple[CodeShown, ...]:
    adjustments = (
        CodeShown(f"{item.group}-{item.carc}", item.amount, meanings.get(("CARC", item.carc), ""))
        for item in line.adjustments
    )
    return (*adjustments, *(_remark(code, meanings) for code in line.line_remarks))


def _remark(code: str, meanings: Meanings) -> CodeShown:
    return CodeShown(code, None, meanings.get(("RARC", code), ""))
