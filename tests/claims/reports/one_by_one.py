"""The figures of the reports counted one by one, in plain Python: claim by claim, line by line."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal

from claims.inventory.filters import DaySpan
from claims.inventory.recurring import recurring_in
from claims.models import Adjustment, Claim, Decision, Determination, RecurringCount, RemittedDecision
from claims.reports.money import paid_lines
from claims.reports.overturns import overrides
from claims.reports.work import months_of_receipt, summed
from tests.claims.inventory.by_hand import FINAL

BANDS = ("to_15", 15), ("to_30", 30), ("to_45", 45), ("to_60", 60), ("later", 10**6)


def check_reports(span: DaySpan) -> None:
    """What the reports read from the summary is what is there."""
    check_work(span)
    check_overrides(span)
    assert recurring_in(RecurringCount.What.LINES_DECIDED, span) == lines_decided(span)
    assert sum(row.paid for row in paid_lines(span)) == dollars_told(span)


def check_work(span: DaySpan) -> None:
    counted: Counter[str] = Counter()
    for claim in Claim.objects.filter(received_on__range=span.days, is_test=False).exclude(status="rejected"):
        counted.update(course_of(claim))
    months = months_of_receipt(span)
    total = summed(months, span)
    assert {name: getattr(total, name) for name in counted} == counted
    assert [month.month for month in months] == sorted({month.month.replace(day=1) for month in months})


def course_of(claim: Claim) -> Counter[str]:
    """Which of the figures of the report on work a claim counts in."""
    made = list(claim.decisions.order_by("number"))
    final = [decision for decision in made if decision.status in FINAL]
    counted = Counter(received=1, decided=bool(made), first_pass=bool(made) and made[0].status in FINAL)
    if final:
        age = (min(decision.decided_on for decision in final) - claim.received_on).days
        by_hand = (
            claim.determinations.exists()
            or claim.holds.exists()
            or claim.adjustments.exclude(asked_by=None).exclude(kind=Adjustment.Kind.REPLACEMENT).exists()
            or any(decision.status == "suspend" for decision in made)
        )
        counted.update({"final": 1, next(band for band, last in BANDS if age <= last): 1, "untouched": not by_hand})
    return counted


def lines_decided(span: DaySpan) -> dict[str, int]:
    """Lines that final decisions of a span decided, each once, by supplier."""
    lines = defaultdict(set)
    for decision in Decision.objects.filter(decided_on__range=span.days, status__in=FINAL, claim__is_test=False):
        for line in decision.lines.all():
            lines[str(decision.claim.supplier_id or "")].add(line.line_id)
    return {supplier: len(found) for supplier, found in lines.items()}


def check_overrides(span: DaySpan) -> None:
    fired = defaultdict(set)
    for decision in Decision.objects.filter(decided_on__range=span.days, claim__is_test=False):
        for line in decision.lines.all():
            for edit in line.edits:
                fired[edit].add(decision.claim_id)
    standing = {
        (made.claim_id, made.edit)
        for made in Determination.objects.filter(kind__in=("override", "waiver"))
        if made.state == Determination.State.STANDS
    }
    assert {edit: (claims, set_aside) for edit, claims, set_aside in overrides(span)} == {
        edit: (len(claims), sum((claim, edit) in standing for claim in claims)) for edit, claims in fired.items()
    }


def dollars_told(span: DaySpan) -> Decimal:
    """What the remittances of a span told as paid, less what they took back."""
    told = Decimal(0)
    for row in RemittedDecision.objects.filter(remittance__payment_day__range=span.days).select_related("decision"):
        told += (-1 if row.is_reversal else 1) * row.decision.paid_amount
    return told
