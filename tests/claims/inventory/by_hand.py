"""The figures of the summary counted one by one: claim by claim, decision by decision, in plain Python."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal

from claims.adjudication.canonical import decision_from_json
from claims.inventory.figures import DENIAL_DAYS, Figures
from claims.inventory.on_the_clock import OPEN
from claims.models import Claim, ClaimStatus, DailyCount, Decision, LineDecision, Remittance, RemittedDecision
from claims.pages.clock import payment_clock
from policy.readers import tables_as_known

FINAL = ("pay", "deny")


def real_claims() -> Iterator[Claim]:
    return iter(Claim.objects.filter(is_test=False).prefetch_related("clock_stops"))


def open_by_state_and_age(today: dt.date) -> Counter[tuple[str, int]]:
    """Status and days since receipt of each open claim."""
    return Counter((claim.status, (today - claim.received_on).days) for claim in real_claims() if claim.status in OPEN)


def open_by_clock(today: dt.date) -> Counter[int]:
    """Days on the clock of each open claim, as the worklist shows them, of those that no remittance told."""
    tables = tables_as_known()
    return Counter(
        payment_clock(claim, claim.clock_stops.all(), today, tables).day
        for claim in real_claims()
        if claim.status in OPEN and not claim.remitted.exists()
    )


def days() -> dict[dt.date, tuple[int, int, int, int, Decimal]]:
    """Received, rejected, decided, paid, dollars that went out, by day."""
    sets: dict[dt.date, tuple[set[int], ...]] = defaultdict(lambda: (set(), set(), set(), set()))
    money: Counter[dt.date] = Counter()
    for claim in real_claims():
        sets[claim.received_on][claim.status == ClaimStatus.REJECTED].add(claim.pk)
    for decision in Decision.objects.filter(claim__is_test=False):
        sets[decision.decided_on][2].add(decision.claim_id)
    for told in RemittedDecision.objects.filter(is_reversal=False).select_related("decision", "remittance"):
        if told.decision.status == "pay":
            sets[told.remittance.payment_day][3].add(told.claim_id)
    for remittance in Remittance.objects.all():
        money[remittance.payment_day] += remittance.paid_amount  # type: ignore[assignment]
    return {
        day: (*(len(found) for found in sets[day]), Decimal(money[day]))
        for day in {*sets, *money}  # type: ignore[misc]
    }


def denied_lines(first: dt.date, last: dt.date) -> set[tuple[str, str, int, int, Decimal]]:
    """Edit, reason, claim, line and charge of each line that a final decision of these days denied."""
    found = set()
    decisions = Decision.objects.filter(decided_on__range=(first, last), status__in=FINAL, claim__is_test=False)
    for decision in decisions:
        charges = dict(decision.claim.lines.values_list("number", "charge"))
        for line in decision_from_json(decision.trace).lines:
            if line.outcome == "deny":
                reason = f"{line.group}-{line.carc}"
                found.add((line.reason_edit, reason, decision.claim_id, line.number, charges[line.number]))
    return found


def pays_now(claim: int, number: int) -> bool:
    standing = Claim.objects.get(pk=claim).current_decision
    if standing is None or standing.status != "pay":
        return False
    return LineDecision.objects.get(decision=standing, number=number).outcome == "pay"


def check(figures: Figures) -> None:
    """Every figure is what it is when counted one by one."""
    today = figures.counted_for
    ages: Counter[tuple[str, int]] = Counter()
    clocks: Counter[int] = Counter()
    for row in figures.open_claims:
        ages[row.status, (today - row.received_on).days] += row.claims
        if row.clock_start:
            clocks[max((today - row.clock_start).days, 0)] += row.claims
    assert ages == open_by_state_and_age(today)
    assert clocks == open_by_clock(today)
    check_days()
    check_denials(figures)


def check_days() -> None:
    counted = {
        count.day: (count.received, count.rejected, count.decided, count.paid, count.paid_amount)
        for count in DailyCount.objects.all()
    }
    assert counted == days()


def check_denials(figures: Figures) -> None:
    denied = denied_lines(figures.counted_for - dt.timedelta(days=DENIAL_DAYS - 1), figures.counted_for)
    for place, rows in ((0, figures.denials_by_edit), (1, figures.denials_by_reason)):
        expected = {}
        for key in {line[place] for line in denied}:
            lines = {line[2:] for line in denied if line[place] == key}
            overturned = sum(pays_now(claim, number) for claim, number, _ in lines)
            charge = sum((charge for *_, charge in lines), Decimal(0))
            expected[key] = (len(lines), len({claim for claim, *_ in lines}), charge, overturned)
        assert {row.key: (row.lines, row.claims, row.charge, row.overturned) for row in rows} == expected
