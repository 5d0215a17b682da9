"""What has moved between two states of a claim's facts, in words and as a key: equal causes, equal keys. Pure."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from claims.adjudication.decision import Decision
from claims.adjudication.engine import decide
from claims.adjudication.facts import (
    BeneficiaryFacts,
    ClaimFacts,
    DrugBill,
    PlanOfCare,
    Span,
    Stay,
    SupplierFacts,
    Visit,
)
from claims.edits.wording import dollars, in_words
from policy.tables import PolicyTables

#: The kinds of facts, as staff call them, by field of the patient's facts; the patient as such; and what is on file
#: about the supplier.
WORDS = {
    "beneficiary": "the patient",
    "visits": "visits on other claims",
    "drug_bills": "drug bills",
    "deductible_remaining": "the deductible",
    "died": "the day of death",
    "part_b": "Part B entitlement",
    "medicare_advantage": "Medicare Advantage",
    "hospice": "hospice",
    "inpatient_stays": "hospital stays",
    "snf_stays": "nursing facility stays",
    "other_primary_insurance": "other insurance",
    "homes": "the patient's addresses",
    "applicable_providers": "applicable providers",
    "plans_of_care": "plans of care",
    "supplier": "the supplier's record",
}

LONGEST_CAUSE = 120


@dataclass(frozen=True, slots=True)
class Moved:
    """One kind of fact that has moved: its field; what was and is no longer, what is and was not."""

    field: str
    was: tuple[Any, ...]
    now: tuple[Any, ...]

    @property
    def words(self) -> str:
        return WORDS[self.field]

    def told_to(self, supplier: str) -> str:
        """A sentence for each row that moved, at most two; no other supplier is named."""
        tell = SENTENCES.get(self.field)
        told = list(tell(self, supplier)) if tell else []
        if not told:
            return f"What is on file about {self.words} has changed."
        more = f" {len(told) - 2} more such facts have moved." if len(told) > 2 else ""
        return " ".join(told[:2]) + more


def cause_of(moved: tuple[Moved, ...]) -> str:
    """Kind and rows of what moved, as text of at most 120 characters, equal when the same moves again."""
    key = " ".join(f"{each.field}:{';'.join(map(short, each.was))}->{';'.join(map(short, each.now))}" for each in moved)
    if len(key) <= LONGEST_CAUSE:
        return key
    return f"{' '.join(each.field for each in moved)[:87]}:{hashlib.sha256(key.encode()).hexdigest()[:32]}"


def short(item: Any) -> str:
    match item:
        case DrugBill():
            return f"{item.hcpcs}{item.modifier} {item.date} {item.status}"
        case Visit():
            return f"{item.key or item.hcpcs} {item.date} {item.status}"
        case Span():
            return f"{item.start}..{item.end or ''}"
        case Stay():
            return f"{item.admitted}..{item.discharged or ''}"
        case PlanOfCare():
            return f"{item.key} {item.established} {item.signed} {digest(item)}"
        case BeneficiaryFacts():
            return item.key
        case SupplierFacts():
            return digest(item)
        case _:
            return str(item)


def digest(item: object) -> str:
    """Twelve characters, equal when all that an item says is equal."""
    return hashlib.sha256(repr(item).encode()).hexdigest()[:12]


def what_moved(
    then: ClaimFacts, now: ClaimFacts, tables: PolicyTables, is_another: Callable[[Decision], bool]
) -> tuple[Moved, ...]:
    """The kinds of fact each of which alone makes the decision another; all that moved when only together they do."""
    found = [
        (difference(field, then, now), is_another(decide(facts, tables))) for field, facts in one_by_one(then, now)
    ]
    alone = tuple(moved for moved, suffices in found if suffices)
    return alone or tuple(moved for moved, _ in found)


def one_by_one(then: ClaimFacts, now: ClaimFacts) -> Iterator[tuple[str, ClaimFacts]]:
    """The facts `then` with one kind of fact as it is now, for each kind that differs."""
    patient, patient_now = then.beneficiary, now.beneficiary
    for field in WORDS:
        if field == "supplier":
            if then.supplier != now.supplier:
                yield field, replace(then, supplier=now.supplier)
        elif field == "beneficiary":
            if (patient is None) != (patient_now is None):
                yield field, replace(then, beneficiary=patient_now)
        elif patient and patient_now and getattr(patient, field) != getattr(patient_now, field):
            changed = replace(patient, **{field: getattr(patient_now, field)})
            yield field, replace(then, beneficiary=changed)


def difference(field: str, then: ClaimFacts, now: ClaimFacts) -> Moved:
    was, known = values(field, then), values(field, now)
    return Moved(
        field, tuple(item for item in was if item not in known), tuple(item for item in known if item not in was)
    )


def values(field: str, facts: ClaimFacts) -> tuple[Any, ...]:
    """The field as a tuple; what nobody knows, or is not on file, is none."""
    whole = field in ("supplier", "beneficiary")
    value = getattr(facts, field) if whole else getattr(facts.beneficiary, field)
    if isinstance(value, tuple):
        return value
    return () if value is None else (value,)


def _visits(moved: Moved, supplier: str) -> Iterator[str]:
    after = {visit.key: visit for visit in moved.now}
    for visit in moved.was:
        if visit.key not in after:
            yield f"{_visit(visit, supplier)} counts no longer."
    before = {visit.key for visit in moved.was}
    for visit in moved.now:
        state = "paid" if visit.status == "paid" else "undecided"
        yield f"{_visit(visit, supplier)} {'is' if visit.key in before else 'counts and is'} {state} now."


def _visit(visit: Visit, supplier: str) -> str:
    where = f"claim {visit.claim}" if visit.claim and visit.supplier == supplier else "another claim"
    return f"The visit of {in_words(visit.date)} ({visit.hcpcs}, {where})"


def _drug_bills(moved: Moved, supplier: str) -> Iterator[str]:
    before = {(bill.hcpcs, bill.modifier, bill.date): bill.status for bill in moved.was}
    for bill in moved.now:
        was = before.get((bill.hcpcs, bill.modifier, bill.date))
        name = f"{bill.hcpcs} {bill.modifier}".rstrip()
        yield (
            f"The drug bill {name} of {in_words(bill.date)} is {bill.status} now"
            + (f"; it was {was}." if was else "; it was not there.")
        )


def _deductible(moved: Moved, supplier: str) -> Iterator[str]:
    before = dict(moved.was)
    for year, left in moved.now:
        if year in before:
            yield f"Of the deductible of {year} {dollars(left)} is left for this claim; it was {dollars(before[year])}."


def _stays(moved: Moved, supplier: str) -> Iterator[str]:
    for stay in moved.now:
        yield f"A stay {_from_to(stay.admitted, stay.discharged)} is on file now ({moved.words})."
    if not moved.now:
        for stay in moved.was:
            yield f"The stay {_from_to(stay.admitted, stay.discharged)} is not on file any more ({moved.words})."


def _from_to(start: dt.date, end: dt.date | None) -> str:
    return f"from {in_words(start)}" + (f" to {in_words(end)}" if end else "")


def _death(moved: Moved, supplier: str) -> Iterator[str]:
    for day in moved.now:
        yield f"The day of death on file is {in_words(day)} now."


def _patient(moved: Moved, supplier: str) -> Iterator[str]:
    if moved.now:
        yield "The patient is on file now; nobody who matched was when the claim was decided."


def _plans(moved: Moved, supplier: str) -> Iterator[str]:
    before = {plan.key: plan for plan in moved.was}
    for plan in {plan.key: plan for plan in moved.now}.values():
        was, name = before.get(plan.key), f"The plan of care from {in_words(plan.starts)}"
        if was is None:
            yield f"{name} is on file now."
        elif plan.signed != was.signed and plan.signed:
            yield f"{name} is signed now, on {in_words(plan.signed)}."
        else:
            yield f"{name} says something else now."


#: What is on file about a supplier, by field of its facts, as staff call it.
RECORDS = {
    "enrolled": "enrolment",
    "licensed": "licences",
    "accredited": "accreditation",
    "revoked": "billing privileges",
    "prepayment_review": "review before payment",
    "specialty": "specialty",
    "kind": "kind",
}


def _supplier(moved: Moved, supplier: str) -> Iterator[str]:
    if not moved.was:
        yield "The supplier is on file now; it was not when the claim was decided."
        return
    for was, now in zip(moved.was, moved.now, strict=True):
        for field, words in RECORDS.items():
            if getattr(was, field) != getattr(now, field):
                yield f"What is on file about the supplier's {words} has changed."


SENTENCES: dict[str, Callable[[Moved, str], Iterator[str]]] = {
    "beneficiary": _patient,
    "plans_of_care": _plans,
    "supplier": _supplier,
    "visits": _visits,
    "drug_bills": _drug_bills,
    "deductible_remaining": _deductible,
    "inpatient_stays": _stays,
    "snf_stays": _stays,
    "died": _death,
}
