"""Deciding a claim: facts and tables in, a decision out. Pure, so that everything that decides calls this one function.

The steps follow reading 17: each line is judged alone, HIT-901 first; then the days of the claim in their order, where
what was found on a line decides whether it counts for the lines after it; then outcomes, and the money in date order.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from claims.adjudication.decision import Adjustment, Decision, Finding, LineDecision, NotEvaluated, Outcome, Price
from claims.adjudication.facts import ClaimFacts, LineFacts, Visit, visit_key
from claims.adjudication.outcome import outcome_of, payment_adjustments, reason_of, status_of
from claims.adjudication.rulings import Rulings
from claims.adjudication.version import ENGINE_VERSION
from claims.edits.base import Edit, NotJudged
from claims.edits.context import LineContext
from claims.edits.history import VisitHistory
from claims.edits.hit_602_one_payment_a_day import is_per_category
from claims.edits.registry import Agenda, agenda_for
from claims.pricing import ZERO, Fee, price_line
from claims.recycling import DRUG_EDIT, line_waits_for_drug, look_rule
from policy.tables import PolicyTables

DUPLICATE_EDIT = "HIT-603"

_BY_EDIT = attrgetter("edit")

NOT_ASSIGNED = "The supplier did not accept assignment; the payment goes to the supplier all the same."


def decide(claim: ClaimFacts, tables: PolicyTables) -> Decision:
    """Decide every line of a claim: the reasons, the money, and when a waiting claim is looked at again."""
    rulings = Rulings(claim, tables)
    history = VisitHistory(claim.beneficiary.visits if claim.beneficiary else None)
    lines = [
        _LineInProgress(LineContext(claim, claim.as_reviewed(line), tables, history), rulings)
        for line in sorted(claim.lines, key=attrgetter("date", "number"))
    ]
    for line in lines:
        line.judge(line.agenda.alone)
    for _, same_day in groupby(lines, key=lambda line: line.context.day):
        _judge_day(list(same_day), history)
    return _conclude(claim, tables, lines, rulings)


class _LineInProgress:
    """A line while it is being judged: its context, and what was found so far."""

    __slots__ = ("_rulings", "agenda", "context", "findings", "not_evaluated")

    def __init__(self, context: LineContext, rulings: Rulings) -> None:
        self.context = context
        self.agenda: Agenda = agenda_for(context.day, context.known)
        self.findings: list[Finding] = rulings.denied_by_review(context.line.number)
        self.not_evaluated: list[NotEvaluated] = list(self.agenda.not_evaluated)
        self._rulings = rulings

    def judge(self, edits: Sequence[Edit]) -> None:
        for edit in edits:
            verdict = edit.check(self.context)
            if verdict is not None:
                if isinstance(verdict, NotJudged):
                    self.not_evaluated.append(NotEvaluated(edit.id, verdict.reason))
                else:
                    self._take(self._rulings.rule(edit.id, self.context.line.number, verdict))

    def _take(self, ruling: Finding | NotEvaluated) -> None:
        if isinstance(ruling, Finding):
            self.findings.append(ruling)
        else:
            self.not_evaluated.append(ruling)

    @property
    def is_denied(self) -> bool:
        return outcome_of(self.findings) == "deny"

    @property
    def is_duplicate(self) -> bool:
        """Whether HIT-603 keeps the line from being judged by HIT-602 as well (reading 8)."""
        return any(
            finding.edit == DUPLICATE_EDIT and finding.decides and not finding.missing for finding in self.findings
        )

    def deny_when_looks_are_exhausted(self) -> None:
        """The last look found no drug: HIT-501 denies, but not a line that waits for a person (reading 6, point d)."""
        for place, finding in enumerate(self.findings):
            if finding.edit == DRUG_EDIT and finding.disposition == "hold" and finding.decides:
                claim = self.context.claim
                rule = look_rule(self.context.tables, claim.received)
                self.context.rows.extend(rule.rows)
                if rule.is_exhausted(claim.looks_done) and outcome_of(self.findings) != "suspend":
                    self.findings[place] = replace(finding, disposition="deny")


def _judge_day(lines: list[_LineInProgress], history: VisitHistory) -> None:
    """Judge what depends on other visits, for the lines of one day: HIT-604 and 605, then 601, 603, 602 and 406."""
    for line in lines:
        line.judge(line.agenda.history)
    _judge_duplicates(lines)
    _judge_payment_of_the_day([line for line in lines if not line.is_denied and not line.is_duplicate])
    for line in lines:
        if not line.is_denied:
            line.judge(line.agenda.week)
            if not line.is_denied:
                history.add(_as_visit(line.context))


def _judge_duplicates(lines: list[_LineInProgress]) -> None:
    """HIT-603, the lines of a day in order: a duplicate is equal to a line before it that is not denied."""
    standing: dict[str, LineFacts] = {}
    for line in lines:
        facts = line.context.line
        line.context.twin = standing.get(facts.hcpcs)
        line.judge(line.agenda.duplicate)
        line.deny_when_looks_are_exhausted()
        if not line.is_denied:
            standing.setdefault(facts.hcpcs, facts)


def _judge_payment_of_the_day(lines: list[_LineInProgress]) -> None:
    """HIT-602 for the lines of a day that no other edit denies: the one with the highest amount keeps the day."""
    rivals = [line for line in lines if line.agenda.day]
    for line in rivals:
        line.context.keeper = _keeper([rival.context for rival in rivals], line.context)
    for line in rivals:
        line.judge(line.agenda.day)


def _keeper(rivals: list[LineContext], visit: LineContext) -> LineContext | None:
    """The other line that keeps the day: highest fee, then lowest number; no amount is the lowest (reading 4).

    None when the line itself keeps it: a context that pointed to itself would be left to the collection of garbage.
    """
    if len(rivals) == 1:
        return None
    if is_per_category(visit):
        rivals = [rival for rival in rivals if rival.code.category == visit.code.category]
    keeper = max(rivals, key=lambda rival: (_fee(rival), -rival.line.number))
    return None if keeper is visit else keeper


def _fee(visit: LineContext) -> Decimal:
    return visit.fee.fee if isinstance(visit.fee, Fee) else Decimal(-1)


def _as_visit(context: LineContext) -> Visit:
    """A line of this claim that pays or waits, as a visit that counts for the lines after it."""
    claim, line = context.claim, context.line
    return Visit(
        key=visit_key(claim.control_number, line.number),
        date=line.date,
        hcpcs=line.hcpcs,
        status="pending",
        supplier=claim.supplier_key,
        supplier_name="",
        claim=claim.control_number,
    )


def _conclude(claim: ClaimFacts, tables: PolicyTables, lines: list[_LineInProgress], rulings: Rulings) -> Decision:
    left = _DeductibleLeft(claim)
    decided = {line.context.line.number: _conclude_line(line, rulings, left) for line in lines}
    status = status_of(line.outcome for line in decided.values())
    rows = rulings.rows.union(*(line.context.rows for line in lines))
    is_waiting = status in ("suspend", "hold")
    waits_for_drug = is_waiting and any(line_waits_for_drug(line) for line in decided.values())
    rule = look_rule(tables, claim.received) if waits_for_drug else None
    return Decision(
        control_number=claim.control_number,
        status=status,
        lines=tuple(decided[line.number] for line in claim.lines),
        deductible_used=() if is_waiting else left.used(),
        next_look=rule.next_look(claim.received, claim.looks_done) if rule else None,
        rows=tuple(sorted(rows)),
        publication=tables.publication,
        engine_version=ENGINE_VERSION,
        remarks=() if claim.accepts_assignment else (NOT_ASSIGNED,),
    )


class _DeductibleLeft:
    """What is left of the patient's deductible by year, while the lines that pay use it up in date order."""

    __slots__ = ("_left", "_used")

    def __init__(self, claim: ClaimFacts) -> None:
        self._left = dict(claim.beneficiary.deductible_remaining) if claim.beneficiary else {}
        self._used: dict[int, Decimal] = {}

    def for_year(self, year: int) -> Decimal:
        return max(self._left.get(year, ZERO), ZERO)

    def use(self, year: int, amount: Decimal) -> None:
        if amount:
            self._left[year] = self.for_year(year) - amount
            self._used[year] = self._used.get(year, ZERO) + amount

    def used(self) -> tuple[tuple[int, Decimal], ...]:
        return tuple(sorted(self._used.items()))


def _conclude_line(line: _LineInProgress, rulings: Rulings, left: _DeductibleLeft) -> LineDecision:
    line.findings.sort(key=_BY_EDIT)
    line.not_evaluated.sort(key=_BY_EDIT)
    facts = line.context.line
    outcome = outcome_of(line.findings)
    reason = reason_of(line.findings, outcome)
    group, carc, rarcs = rulings.codes_of(reason)
    priced = _price(line.context, left)
    price = priced.price if priced else None
    if outcome == "pay" and price is not None:
        left.use(facts.date.year, price.deductible)
    return LineDecision(
        number=facts.number,
        outcome=outcome,
        findings=tuple(line.findings),
        not_evaluated=tuple(line.not_evaluated),
        group=group,
        carc=carc,
        rarcs=rarcs,
        reason_edit=reason.edit if reason else "",
        price=price if outcome == "pay" else None,
        adjustments=_adjustments(outcome, facts.charge, priced, group, carc),
        if_payable=None if outcome == "pay" else price,
    )


class _Priced(NamedTuple):
    """A price with what follows from it: the adjustments of a line that pays, and the table rows it comes from."""

    price: Price | None
    adjustments: tuple[Adjustment, ...]
    rows: tuple[str, ...]


def _price(context: LineContext, left: _DeductibleLeft) -> _Priced | None:
    """The price of the line, or None where no amount or factor is in force for it (HIT-901, HIT-101).

    Most visits of a supplier have the price of others: an answer is kept with the tables.
    """
    fee = context.fee
    if not isinstance(fee, Fee):
        return None
    charge, remaining, tables = context.line.charge, left.for_year(context.day.year), context.tables
    question = ("price", fee.rows, str(charge), str(remaining), context.day)
    known: _Priced | None = tables.answers.get(question)
    priced = known or tables.keep(question, _priced(fee, charge, remaining, context.day, tables))
    context.rows += priced.rows
    return priced


def _priced(fee: Fee, charge: Decimal, remaining: Decimal, day: dt.date, tables: PolicyTables) -> _Priced:
    price = price_line(fee, charge, remaining, day, tables)
    if price is None:
        return _Priced(None, (), ())
    return _Priced(price, payment_adjustments(charge, price), tuple(step.row for step in price.steps if step.row))


def _adjustments(
    outcome: Outcome, charge: Decimal, priced: _Priced | None, group: str, carc: str
) -> tuple[Adjustment, ...]:
    if outcome == "pay" and priced is not None:
        return priced.adjustments
    return (Adjustment(group, carc, charge),) if outcome == "deny" else ()
