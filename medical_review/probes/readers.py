"""Reads about probe rounds: what their cases were decided, and what was paid too much in the units of a sample."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal

from django.db.models import Max

from accounts.models import User
from medical_review.models import Case, Draw, Probe, ProbeRound, ReviewDecision, ReviewedLine
from medical_review.models.probe import ProbeQuerySet
from medical_review.probes.rates import ReviewedCharge
from medical_review.states import OPEN, CaseState
from medical_review.statistics import SampledUnit


def probes_for(person: User) -> ProbeQuerySet:
    """The probes that a person may see, with their suppliers."""
    return Probe.objects.visible_to(person).select_related("supplier", "chosen_by")


def rounds_of(probe: Probe) -> list[ProbeRound]:
    """All rounds in order, with draw, result, outcome, education and cases; three queries."""
    rounds = probe.rounds.select_related("draw", "draw__made_by", "result", "outcome", "outcome__made_by")
    return list(rounds.prefetch_related("educations", "draw__cases__claim"))


def last_round(probe: Probe) -> ProbeRound | None:
    return probe.rounds.select_related("draw", "result").order_by("-number").first()


def open_cases(draw: Draw) -> int:
    return draw.cases.filter(state__in=OPEN).count()


def lines_by_case(cases: Collection[int]) -> dict[int, list[ReviewedLine]]:
    """The lines of the decision that counts of each case; two queries. A case that ended without one is not there."""
    decided = ReviewDecision.objects.filter(case__in=cases, case__state=CaseState.DECIDED)
    latest = decided.values("case").annotate(latest=Max("number")).values_list("case", "latest")
    numbers = dict(latest)
    lines = ReviewedLine.objects.filter(decision__case__in=numbers).select_related("decision", "line")
    found: dict[int, list[ReviewedLine]] = defaultdict(list)
    for line in lines.order_by("decision__case", "line__number"):
        if line.decision.number == numbers[line.decision.case_id]:
            found[line.decision.case_id].append(line)
    return dict(found)


def charges_of(draw: Draw) -> list[list[ReviewedCharge]]:
    """The decided claims of a sample, each by its lines."""
    decided = lines_by_case(list(draw.cases.values_list("pk", flat=True)))
    return [
        [ReviewedCharge(each.verdict, each.line.charge, each.paid_before, each.paid_after) for each in lines]
        for lines in decided.values()
    ]


def units_of(draw: Draw) -> list[SampledUnit]:
    """The units of a sample drawn after payment. One whose case ended without a decision counts as paid right."""
    paid = dict(zip(draw.frame, draw.amounts, strict=True))
    cases = list(Case.objects.filter(draw=draw).select_related("claim").order_by("draw_position"))
    decided = lines_by_case([case.pk for case in cases])
    return [SampledUnit(paid[str(case.claim.icn)], sum_of(decided.get(case.pk, []))) for case in cases]


def sum_of(lines: Collection[ReviewedLine]) -> Decimal:
    """Dollars paid too much on a claim; below zero where it was underpaid."""
    return sum((line.paid_before - line.paid_after for line in lines), Decimal("0.00"))
