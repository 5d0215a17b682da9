"""What goes otherwise for some patients: each story changes one draft. The edit it leads to stands beside it.

A story that leaves claims waiting is told of recent courses only, but for a few: earlier ones have long been worked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from beneficiaries.models import ApplicableProvider, CoverageSpan, DmeDrugClaim, PlanReview, Stay
from claims.demo.courses import DAY, bill_drug, new_bill, new_line, new_version
from claims.demo.days import LAST_DAY
from claims.demo.drafts import Draft, SentBill
from claims.demo.therapies import DRUG_WITHOUT_CODE, NARRATIVE
from claims.demo.towns import WITHOUT_LOCALITY
from suppliers.spans import days

#: Courses that begin before this day hardly ever leave claims waiting for a person.
RECENT = dt.date(2025, 12, 29)
SELDOM = 0.015


@dataclass(frozen=True, slots=True)
class Story:
    """`share` is in thousandths of the patients; one that `waits` for a person is told of recent courses alone."""

    tell: Callable[[Draft], None]
    share: int
    waits: bool = False


STORIES: list[Story] = []


def story(share: int, *, waits: bool = False) -> Callable[[Callable[[Draft], None]], Callable[[Draft], None]]:
    def enter(tell: Callable[[Draft], None]) -> Callable[[Draft], None]:
        STORIES.append(Story(tell, share, waits))
        return tell

    return enter


def tell_a_story(draft: Draft) -> None:
    """One story at most, drawn by the draft's own dice."""
    throw = draft.rng.random() * 1000
    is_recent = draft.first_visit >= RECENT
    for told in STORIES:
        throw -= told.share
        if throw < 0:
            if is_recent or not told.waits or draft.rng.random() < SELDOM:
                told.tell(draft)
            return


def middle(draft: Draft) -> dt.date:
    """A visit in the middle of the course."""
    return draft.visits[len(draft.visits) // 2][0]


@story(14)
def joins_medicare_advantage(draft: Draft) -> None:
    """HIT-305."""
    draft.cover(CoverageSpan.Kind.MEDICARE_ADVANTAGE, middle(draft).replace(day=1), "Example Advantage Plan")


@story(14)
def elects_hospice(draft: Draft) -> None:
    """HIT-308; every second patient's later visits are billed as unrelated, with GW."""
    first = middle(draft)
    draft.cover(CoverageSpan.Kind.HOSPICE, first)
    if draft.number % 2:
        for sent in draft.bills:
            lines = tuple(replace(line, modifiers=("GW",)) if line.day >= first else line for line in sent.bill.lines)
            sent.bill = replace(sent.bill, lines=lines)


@story(9)
def is_insured_elsewhere(draft: Draft) -> None:
    """HIT-309."""
    draft.cover(CoverageSpan.Kind.OTHER_PRIMARY, draft.first_visit.replace(day=1), "Example Employer Plan")


@story(40)
def goes_to_hospital(draft: Draft) -> None:
    """HIT-306 on the visit inside the stay."""
    day = middle(draft)
    draft.stay(Stay.Kind.INPATIENT, day - DAY, day + 2 * DAY)


@story(10)
def goes_to_a_nursing_facility(draft: Draft) -> None:
    """HIT-307."""
    day = middle(draft)
    draft.stay(Stay.Kind.SNF, day - DAY, day + 12 * DAY)


@story(8)
def dies(draft: Draft) -> None:
    """HIT-304 on what is billed for later days."""
    draft.beneficiary.died = middle(draft) - DAY


@story(8)
def loses_part_b(draft: Draft) -> None:
    """HIT-303."""
    for row in draft.rows:
        if isinstance(row, CoverageSpan) and row.kind == CoverageSpan.Kind.PART_B:
            row.in_force = days(row.in_force.lower, middle(draft) - DAY)


@story(4)
def has_no_part_b_yet(draft: Draft) -> None:
    """HIT-302."""
    for row in draft.rows:
        if isinstance(row, CoverageSpan) and row.kind == CoverageSpan.Kind.PART_B:
            row.in_force = days((draft.last_visit + 40 * DAY).replace(day=1))


@story(16)
def drug_is_denied(draft: Draft) -> None:
    """HIT-502."""
    for bill in draft.drug_bills:
        bill.claim.status = DmeDrugClaim.Status.DENIED


@story(34)
def drug_bills_come_late(draft: Draft) -> None:
    """HIT-501 holds the claims until the drug arrives."""
    for bill in draft.drug_bills:
        bill.arrives += draft.rng.randint(9, 17) * DAY


@story(22)
def drug_is_never_billed(draft: Draft) -> None:
    """HIT-501 denies after the third look."""
    draft.drug_bills.clear()


@story(16)
def drug_stays_pending(draft: Draft) -> None:
    """HIT-501, with the drug in sight."""
    for bill in draft.drug_bills:
        bill.claim.status = DmeDrugClaim.Status.PENDING


@story(10)
def drug_is_of_another_category(draft: Draft) -> None:
    """HIT-503."""
    other, modifier = ("J9190", "") if draft.therapy.category == 1 else ("J2260", "")
    for bill in draft.drug_bills:
        bill.claim.hcpcs, bill.claim.modifier = other, modifier


@story(24)
def another_drug_is_on_the_plan(draft: Draft) -> None:
    """HIT-409 informs."""
    for version in draft.versions:
        version.drugs = ["J0133"]


@story(12)
def moves_out_of_the_license(draft: Draft) -> None:
    """HIT-203: served in a State where the supplier has no licence."""
    elsewhere = replace(draft.home, city="Charleston", state="WV", zip="25301")
    for sent in draft.bills:
        sent.bill = replace(sent.bill, service_location=elsewhere)


@story(24)
def was_treated_elsewhere_before(draft: Draft) -> None:
    """HIT-601: another contractor paid visits shortly before the initial one."""
    for number in range(3):
        draft.visit_elsewhere(draft.first_visit - (20 + 7 * number) * DAY)


@story(20)
def stops_and_starts_again(draft: Draft) -> None:
    """HIT-605 when the pause was long enough, HIT-601 when it was not."""
    pause = draft.rng.choice((45, 75)) * DAY
    day = draft.last_visit + pause
    if day + 12 * DAY > LAST_DAY:
        return
    day += (7 - day.weekday()) % 7 * DAY
    bill_drug(draft, day - DAY, draft.drug_bills[-1].claim.supplier_name)
    if draft.plan:
        draft.plan.ends = day + 60 * DAY
    lines = (new_line(draft, day, is_initial=True), new_line(draft, day + 2 * DAY, is_initial=False))
    draft.bills.append(SentBill(draft.supplier, new_bill(draft, 80, lines), day + 8 * DAY))


@story(150, waits=True)
def drug_is_not_billed_yet(draft: Draft) -> None:
    """HIT-501 holds what was received in the last weeks."""
    draft.drug_bills = [bill for bill in draft.drug_bills if bill.arrives < LAST_DAY - 45 * DAY]


@story(45, waits=True)
def has_no_plan_of_care(draft: Draft) -> None:
    """HIT-401."""
    draft.rows = [row for row in draft.rows if not isinstance(row, PlanReview)]
    draft.plan, draft.versions = None, []


@story(40, waits=True)
def plan_is_made_by_a_nurse_practitioner(draft: Draft) -> None:
    """HIT-402."""
    for version in draft.versions:
        version.credential = "NP"


@story(50, waits=True)
def plan_is_not_signed(draft: Draft) -> None:
    """HIT-403."""
    draft.versions[0].signed = None


@story(45, waits=True)
def plan_leaves_things_out(draft: Draft) -> None:
    """HIT-404."""
    for version in draft.versions:
        version.duration, version.discipline = "", draft.rng.choice(("", "RN"))


@story(40, waits=True)
def change_is_not_signed(draft: Draft) -> None:
    """HIT-405."""
    changed = draft.first_visit + DAY
    version = new_version(draft, 2, changed, None, dosage=f"{draft.therapy.dosage}, lowered by a quarter")
    draft.versions[1:] = [version]


@story(35, waits=True)
def has_no_provider(draft: Draft) -> None:
    """HIT-310."""
    draft.rows = [row for row in draft.rows if not isinstance(row, ApplicableProvider)]


@story(40, waits=True)
def drug_has_no_code(draft: Draft) -> None:
    """HIT-504."""
    for bill in draft.drug_bills:
        bill.claim.hcpcs, bill.claim.modifier, bill.claim.narrative = DRUG_WITHOUT_CODE, "", NARRATIVE
    for version in draft.versions:
        version.drugs = [DRUG_WITHOUT_CODE]


@story(20, waits=True)
def lives_where_no_price_is_known(draft: Draft) -> None:
    """HIT-901; HIT-203 too where the supplier has no licence of Maryland."""
    city, state, (zip_code,) = WITHOUT_LOCALITY
    elsewhere = replace(draft.home, city=city, state=state, zip=zip_code)
    for sent in draft.bills:
        sent.bill = replace(sent.bill, service_location=elsewhere)
