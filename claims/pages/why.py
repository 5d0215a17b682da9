"""Why a claim stands where it stands and what comes next, in one line of a list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Func, JSONField, Value
from django.db.models.functions import Cast

from claims.models import Claim, ClaimStatus, Decision
from claims.pages.edit_words import in_short
from claims.pages.wording import lowered, on_day, sentences
from claims.recycling import LookRule


class _Items(Func):
    """What a path finds in the trace of a decision, as a list."""

    function = "jsonb_path_query_array"
    output_field = JSONField()

    def __init__(self, path: str) -> None:
        super().__init__(Cast(F("trace"), JSONField()), Value(path))


def deciding_edits(claims: Iterable[Claim]) -> Mapping[int, tuple[str, ...]]:
    """The edits that gave each claim's lines their reasons, by claim, those of its status first; one query."""
    decisions = Decision.objects.filter(pk__in=[claim.current_decision_id for claim in claims])
    found = decisions.annotate(outcomes=_Items("$.lines[*].outcome"), reasons=_Items("$.lines[*].reason_edit"))
    return {
        claim: _strongest_first(status, zip(outcomes, reasons, strict=True))
        for claim, status, outcomes, reasons in found.values_list("claim", "status", "outcomes", "reasons")
    }


def _strongest_first(status: str, lines: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    ordered = sorted(lines, key=lambda line: line[0] != status)
    return tuple(dict.fromkeys(reason for _, reason in ordered if reason))


@dataclass(frozen=True, slots=True)
class Why:
    """The edits that decided against paying, and one line of words."""

    edits: tuple[str, ...]
    words: str


def why_and_next(claim: Claim, edits: tuple[str, ...], today: dt.date, rule: LookRule) -> Why:
    """The deciding edit in a few words, then the next event with its day; of a claim that pays, the payment first."""
    short = in_short(edits[0]) if edits else ""
    happens = next_event(claim, today, rule)
    if claim.status in (ClaimStatus.PAYABLE, ClaimStatus.PAID):
        return Why((), sentences(happens, f"denied in part: {short}" if short else ""))
    return Why(edits, sentences(short, happens))


def next_event(claim: Claim, today: dt.date, rule: LookRule) -> str:
    """What happens to a claim next, in a few words; empty when nothing does."""
    status, day = ClaimStatus(claim.status), claim.payment_day
    match status:
        case ClaimStatus.PAYABLE if day:
            return f"pays {amount(claim.paid_amount)} {on_day(day, today)}"
        case ClaimStatus.PAID if day:
            return f"paid {amount(claim.paid_amount)} {on_day(day, today)}"
        case ClaimStatus.DENIED if day and day >= today:
            return f"told {on_day(day, today)}"
        case ClaimStatus.ON_HOLD | ClaimStatus.SUSPENDED if claim.next_look:
            which = "last" if rule.is_exhausted(claim.looks_done + 1) else "next"
            return f"{which} look {on_day(claim.next_look, today).removeprefix('on ')}"
        case ClaimStatus.RECEIVED | ClaimStatus.QUEUED:
            return f"waits to be decided: {lowered(claim.queue_reason)}".rstrip(": ")
        case ClaimStatus.REJECTED:
            return "refused by the gateway"
        case ClaimStatus.ADJUSTED | ClaimStatus.VOIDED:
            return lowered(status.meaning)
    return ""


def amount(value: Decimal | None) -> str:
    return f"{value or 0:,.2f}"
