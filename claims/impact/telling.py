"""What an impact says: its totals in claims, lines and dollars, and the one sentence that a reader needs first."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, Sum

from claims.edits.wording import dollars
from claims.models import ImpactRun
from claims.replay.lines import ZERO


def totals_of(run: ImpactRun) -> dict[str, Any]:
    """What is kept with the run, by the names of its fields; two queries."""
    decided, waiting = Q(is_waiting=False), Q(is_waiting=True)
    found = run.lines.order_by().aggregate(
        claims_changed=Count("claim", distinct=True, filter=decided),
        lines_changed=Count("pk", filter=decided),
        more=Sum("difference", filter=decided, default=ZERO),
        waiting_changed=Count("claim", distinct=True, filter=waiting),
        waiting_after=Sum("difference", filter=waiting, default=ZERO),
    )
    more = found.pop("more")
    before = run.chunks.order_by().aggregate(sum=Sum("before", default=ZERO))["sum"]
    return found | {"before": before, "after": before + more}


def in_words(run: ImpactRun) -> str:
    """What a reader needs first: the lines, the claims and the dollars, in one sentence."""
    if not run.lines_changed and not run.waiting_changed:
        return "no claim changes."
    lines, claims = counted(run.lines_changed, "line"), counted(run.claims_changed, "claim")
    verb = "changes" if run.lines_changed == 1 else "change"
    money = f"{'+' if run.difference > 0 else '−' if run.difference < 0 else ''}{dollars(abs(run.difference))}"
    decided = f"{lines} of {claims} {verb}: {money} to suppliers." if run.lines_changed else "No decided claim changes."
    if not run.waiting_changed:
        return decided
    wait = f"{counted(run.waiting_changed, 'waiting claim')} would be decided otherwise"
    return f"{decided} {wait} and pay {dollars(run.waiting_after)}."


def counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
