"""What holds for a patient's home infusion therapy on a day, worked out of the facts that decisions use.

The questions are those of the edits: HIT-302 to 309 for the coverage, HIT-501 for the drug, HIT-601 for the initial
visit; so an answer here and a decision agree while nothing changes in between. Another supplier's visit is told by its
day alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from claims.adjudication.facts import BeneficiaryFacts, Span, Stay
from claims.edits.drugs import WINDOW, WindowDrug, open_window
from claims.edits.history import VisitHistory
from claims.edits.hit_601_initial_visit_gap import DAYS_NEEDED
from claims.edits.spans import covering
from policy.tables import PolicyTables

#: `open_window` asks for the category of a visit; here none is meant.
NO_CATEGORY = 0
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class StayTold:
    """A stay that the day lies inside: `kind` is hospital or snf; visits inside it are not payable (reading 9)."""

    kind: str
    admitted: dt.date
    discharged: dt.date | None


@dataclass(frozen=True, slots=True)
class DrugTold:
    """A home infusion drug billed to DME that counts on the day: through `last_day`, for visits of its category."""

    hcpcs: str
    modifier: str
    category: int | None
    billed_on: dt.date
    is_paid: bool
    last_day: dt.date
    days_left: int

    @property
    def name(self) -> str:
        return f"{self.hcpcs} {self.modifier}".strip()


@dataclass(frozen=True, slots=True)
class Eligibility:
    """All that a supplier may know of a patient as of `day`. Amounts are dollars, rates fractions.

    `part_b` is the span that covers the day; `nearest_part_b` the one that would say more where none does. `deductible`
    and what is left of it are those of the day's year, None where the year has none on file. `died` is set when the day
    comes after.
    """

    day: dt.date
    part_b: Span | None
    nearest_part_b: Span | None
    died: dt.date | None
    medicare_advantage: Span | None
    hospice: Span | None
    other_insurer: Span | None
    stays: tuple[StayTold, ...]
    deductible: Decimal | None
    deductible_left: Decimal | None
    coinsurance: Decimal | None
    drugs: tuple[DrugTold, ...]
    last_visit: dt.date | None
    last_visit_is_own: bool
    initial_from: dt.date
    initial_codes: tuple[str, ...]

    @property
    def is_active(self) -> bool:
        """Whether the patient has Part B on the day, alive."""
        return self.part_b is not None and self.died is None

    @property
    def has_drug(self) -> bool:
        """Whether a paid drug bill counts on the day."""
        return any(drug.is_paid for drug in self.drugs)


def eligibility_of(facts: BeneficiaryFacts, day: dt.date, supplier_key: str, tables: PolicyTables) -> Eligibility:
    """The eligibility as of a day, as the supplier with this key may know it."""
    history = VisitHistory(facts.visits)
    last = history.last_before(day + ONE_DAY)
    own = {visit.date for visit in facts.visits or () if visit.supplier == supplier_key and visit.status != "denied"}
    part_b = facts.part_b or ()
    whole = tables.deductibles.on("", dt.date(day.year, 1, 1))
    coinsurance = tables.coinsurance.on("", day)
    return Eligibility(
        day=day,
        part_b=covering(part_b, day),
        nearest_part_b=_nearest(part_b, day),
        died=facts.died if facts.died and day > facts.died else None,
        medicare_advantage=covering(facts.medicare_advantage or (), day),
        hospice=covering(facts.hospice or (), day),
        other_insurer=covering(facts.other_primary_insurance or (), day),
        stays=(*_stays("hospital", facts.inpatient_stays, day), *_stays("snf", facts.snf_stays, day)),
        deductible=whole.value if whole else None,
        deductible_left=dict(facts.deductible_remaining).get(day.year),
        coinsurance=coinsurance.value if coinsurance else None,
        drugs=drugs_counting(facts, day, tables),
        last_visit=last.date if last else None,
        last_visit_is_own=last is not None and last.date in own,
        initial_from=initial_visit_from(history, day),
        initial_codes=initial_codes(day, tables),
    )


def initial_visit_from(history: VisitHistory, day: dt.date) -> dt.date:
    """The first day, from `day` on, with no visit that counts on it or in the 60 days before it (HIT-601)."""
    while (last := history.last_before(day + ONE_DAY)) and (day - last.date).days < DAYS_NEEDED:
        day = last.date + dt.timedelta(days=DAYS_NEEDED)
    return day


def initial_codes(day: dt.date, tables: PolicyTables) -> tuple[str, ...]:
    """The codes of initial visits in force on a day."""
    return tuple(row.hcpcs for row in tables.visit_codes.in_force(day) if row.is_initial)


def drugs_counting(facts: BeneficiaryFacts, day: dt.date, tables: PolicyTables) -> tuple[DrugTold, ...]:
    """The drugs whose window of 30 days holds the day, paid or undecided; of each the latest bill."""
    latest: dict[tuple[str, str], WindowDrug] = {}
    for drug in open_window(facts.drug_bills, day, NO_CATEGORY, tables, None).drugs:
        if drug.bill.status != "denied":
            key = drug.bill.hcpcs, drug.bill.modifier
            latest[key] = max(latest.get(key, drug), drug, key=_rank)
    return tuple(_drug(drug, day) for _, drug in sorted(latest.items()))


def _rank(drug: WindowDrug) -> tuple[bool, dt.date]:
    return drug.bill.status == "paid", drug.bill.date


def _drug(drug: WindowDrug, day: dt.date) -> DrugTold:
    bill, last_day = drug.bill, drug.bill.date + WINDOW
    left = (last_day - day).days
    return DrugTold(bill.hcpcs, bill.modifier, drug.category, bill.date, bill.status == "paid", last_day, left)


def _stays(kind: str, stays: Sequence[Stay] | None, day: dt.date) -> tuple[StayTold, ...]:
    return tuple(StayTold(kind, stay.admitted, stay.discharged) for stay in stays or () if stay.is_inside(day))


def _nearest(spans: Sequence[Span], day: dt.date) -> Span | None:
    """The span that ended last before the day, else the first that begins after it."""
    ended = [span for span in spans if span.end is not None and span.end < day]
    begins = [span for span in spans if span.start > day]
    return max(ended, key=lambda span: span.start) if ended else min(begins, key=lambda span: span.start, default=None)
