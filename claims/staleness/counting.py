"""What a decided claim may be judged by now: what it was judged by, with what has moved since. Pure.

Some rules give to the claim that is decided first: the day (HIT-602), a place in the week (HIT-406), the deductible. A
line that pays keeps what it took, so other claims' visits that were decided after it count against it only where the
rule looks at earlier days, whichever claim was decided first: for an initial visit (HIT-601). A claim of which nothing
pays has taken nothing and is judged by all that stands. Nothing moves while another claim waits or is in the queue:
until that claim is decided, what it was before still counts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from claims.adjudication.decision import Decision
from claims.adjudication.facts import ClaimFacts, Visit, VisitStatus
from claims.pricing import ZERO
from policy.tables import PolicyTables

#: Claim numbers of replacements, and of the claims that they replace.
Replaced = Mapping[str, str]


def facts_that_count(
    then: ClaimFacts,
    now: ClaimFacts,
    standing: Decision,
    tables: PolicyTables,
    replaced: Replaced,
    deductible_in_queue: Mapping[int, Decimal],
) -> ClaimFacts:
    """The facts known now as far as they count for the claim whose `standing` decision was made on the facts `then`.

    `deductible_in_queue` is the deductible, in dollars by year, of the patient's other claims that wait to be decided
    anew: it is theirs until then. What people decided about the claim itself stays as it was: their acts ask for a
    decision of their own.
    """
    now = replace(now, today=then.today, determinations=then.determinations)
    patient, patient_then = now.beneficiary, then.beneficiary
    if patient is None or patient_then is None:
        return now
    visits = None
    if patient.visits is not None and patient_then.visits is not None:
        known = VisitsThen(patient_then.visits, replaced)
        visits = tuple(visits_that_count(patient.visits, known, last_day_open(then, standing, tables)))
    left = tuple(
        (year, max(amount - deductible_in_queue.get(year, ZERO), ZERO)) for year, amount in patient.deductible_remaining
    )
    return replace(now, beneficiary=replace(patient, visits=visits, deductible_remaining=left))


def without_denied_visits(facts: ClaimFacts) -> ClaimFacts:
    """The facts without the visits that are no history, so that equal facts are equal (fine point i)."""
    patient = facts.beneficiary
    if patient is None or patient.visits is None:
        return facts
    counting = tuple(visit for visit in patient.visits if visit.status != "denied")
    return replace(facts, beneficiary=replace(patient, visits=counting))


class VisitsThen:
    """How the visits of other claims stood when a claim was decided; a replacement stands as what it replaced."""

    def __init__(self, visits: Iterable[Visit], replaced: Replaced) -> None:
        found = list(visits)
        self._by_key = {visit.key: visit.status for visit in found}
        self._by_day = {(visit.claim, visit.date): visit.status for visit in found}
        self._replaced = replaced

    def status_of(self, visit: Visit) -> VisitStatus | None:
        """None when the visit was not known then."""
        status = self._by_key.get(visit.key)
        claim = visit.claim
        while status is None and claim in self._replaced:
            claim = self._replaced[claim]
            status = self._by_day.get((claim, visit.date))
        return status


def last_day_open(claim: ClaimFacts, standing: Decision, tables: PolicyTables) -> dt.date:
    """The day before which visits count whenever they were decided: all days while nothing of the claim pays.

    Of a claim that pays, the day of its last line that is an initial visit or is denied.
    """
    outcomes = {line.number: line.outcome for line in standing.lines}
    if standing.status != "pay":
        return dt.date.max
    days = (
        line.date
        for line in claim.lines
        if outcomes[line.number] == "deny" or is_initial(line.hcpcs, line.date, tables)
    )
    return max(days, default=dt.date.min)


def is_initial(hcpcs: str, day: dt.date, tables: PolicyTables) -> bool:
    code = tables.visit_codes.on(hcpcs, day)
    return bool(code and code.is_initial)


def visits_that_count(visits: Iterable[Visit], then: VisitsThen, open_before: dt.date) -> Iterable[Visit]:
    """The visits known now, each as it counts; those of other contractors are facts that came late, and count."""
    for visit in visits:
        status = status_that_counts(visit, then.status_of(visit), open_before) if visit.claim else visit.status
        if status is not None:
            yield replace(visit, status=status)


def status_that_counts(visit: Visit, then: VisitStatus | None, open_before: dt.date) -> VisitStatus | None:
    """How a visit on another claim counts that stood as `then`; None when it does not."""
    if visit.status == "denied":
        return "denied"
    takes_all = open_before == dt.date.max
    if then in ("paid", "pending"):
        return visit.status if takes_all and then == "pending" else then
    if takes_all or (visit.status == "paid" and visit.date < open_before):
        return visit.status
    return None
