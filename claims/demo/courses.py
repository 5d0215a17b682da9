"""A course of treatment when all goes well: visits, plan of care, drug bills, bills."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from random import Random

from django.db.backends.postgresql.psycopg_any import NumericRange

from beneficiaries.models import DmeDrugClaim, PlanOfCare, PlanOfCareVersion, PlanReview
from claims.demo.bills import Bill, BilledLine
from claims.demo.days import LAST_DAY
from claims.demo.drafts import Draft, DrugBill, SentBill
from claims.demo.therapies import VISIT_CODES, Therapy

DAY = dt.timedelta(days=1)
WEEK = dt.timedelta(weeks=1)
#: Days of the week on which a nurse comes once, twice, three times.
RHYTHMS = {1: ((0,), (1,), (2,), (3,), (4,)), 2: ((0, 3), (1, 4), (0, 2)), 3: ((0, 2, 4), (1, 2, 4))}
#: Charges in dollars by payment category: initial, subsequent.
CHARGES = {1: (400, 320), 2: (520, 430), 3: (640, 530)}
DME_SUPPLIERS = ("Harbor DME", "Keystone Pump Supply", "Cardinal Creek Medical", "Bayside Respiratory and Pump")


def visit_days(rng: Random, therapy: Therapy, first_monday: dt.date) -> list[list[dt.date]]:
    """The days of the visits, one list for each week that has any; the first week has the most visits."""
    weeks = range(0, rng.randint(*therapy.weeks), therapy.every_weeks)
    fewest, most = therapy.visits
    rhythms = [rng.choice(RHYTHMS[rng.randint(fewest, most) if week else most]) for week in weeks]
    found = [
        [first_monday + week * WEEK + place * DAY for place in rhythm]
        for week, rhythm in zip(weeks, rhythms, strict=True)
    ]
    return [week for week in found if week[-1] <= LAST_DAY]


def write_plan(draft: Draft) -> None:
    """A plan of care with all that §320.5 asks for, perhaps changed once and signed again, perhaps reviewed."""
    rng, therapy, starts = draft.rng, draft.therapy, draft.first_visit - rng_days(draft.rng, 1, 3)
    draft.plan = PlanOfCare(
        beneficiary=draft.beneficiary,
        supplier=draft.supplier.supplier,
        established=starts,
        starts=starts,
        ends=draft.last_visit + 2 * WEEK,
        options_notified=starts if rng.random() < 0.95 else None,
        review_every_days=rng.choice((None, None, 60)),
    )
    draft.versions = [new_version(draft, 1, starts, starts + rng_days(rng, 0, 2))]
    if len(draft.visits) > 4 and rng.random() < 0.2:
        changed = draft.visits[2][0] - DAY
        draft.versions.append(new_version(draft, 2, changed, changed, dosage=f"{therapy.dosage}, raised by a fifth"))
    if draft.plan.review_every_days and rng.random() < 0.7:
        reviewed = range(50, max(51, (draft.last_visit - starts).days), 50)
        draft.rows += [PlanReview(plan=draft.plan, reviewed_on=starts + place * DAY) for place in reviewed]


def new_version(draft: Draft, number: int, day: dt.date, signed: dt.date | None, **other: str) -> PlanOfCareVersion:
    therapy, doctor = draft.therapy, draft.doctor
    content = {
        "dosage": therapy.dosage,
        "frequency": therapy.frequency,
        "route": therapy.route,
        "therapy_type": therapy.name,
        "amount": f"{therapy.visits[0]} to {therapy.visits[1]} visits a week",
        "duration": f"{max(1, ((draft.last_visit - draft.first_visit).days + 6) // 7)} weeks",
        "discipline": "RN",
    }
    return PlanOfCareVersion(
        plan=draft.plan,
        number=number,
        changed_on=day,
        physician_npi=doctor.npi,
        physician_name=doctor.name,
        credential=draft.credential,
        signed=signed,
        drugs=[therapy.code],
        professional_services=["nursing", "patient and caregiver education"],
        visits_per_week=NumericRange(therapy.visits[0], therapy.visits[1] + 1),
        **{**content, **other},
    )


def bill_drugs(draft: Draft) -> None:
    """A bill for the drug just before the first visit and every four weeks on."""
    supplier, day = draft.rng.choice(DME_SUPPLIERS), draft.first_visit - rng_days(draft.rng, 1, 3)
    while day <= draft.last_visit:
        bill_drug(draft, day, supplier)
        day += 28 * DAY


def bill_drug(draft: Draft, day: dt.date, supplier: str) -> None:
    """A drug bill of one day, paid; it arrives some days later."""
    claim = DmeDrugClaim(
        beneficiary=draft.beneficiary,
        hcpcs=draft.therapy.drug,
        modifier=draft.therapy.modifier,
        date_of_service=day,
        status=DmeDrugClaim.Status.PAID,
        supplier_name=supplier,
    )
    draft.drug_bills.append(DrugBill(claim, day + rng_days(draft.rng, 1, 3)))


def bill_visits(draft: Draft) -> None:
    """One bill for each week with visits; the first visit of the course is the initial one."""
    for place, week in enumerate(draft.visits):
        lines = tuple(new_line(draft, day, is_initial=not place and day == week[0]) for day in week)
        draft.bills.append(
            SentBill(draft.supplier, new_bill(draft, place, lines), week[-1] + rng_days(draft.rng, 3, 9))
        )


def new_bill(draft: Draft, place: int, lines: tuple[BilledLine, ...]) -> Bill:
    return Bill(
        control_number=f"{draft.supplier.supplier.submitter_id[:4]}{draft.number:04d}{place:02d}",
        patient=draft.as_billed,
        lines=lines,
        diagnoses=draft.therapy.diagnoses,
        referring=draft.doctor,
        place_of_service=draft.rng.choice(("12",) * 12 + ("13", "14", "33")),
    )


def new_line(draft: Draft, day: dt.date, *, is_initial: bool) -> BilledLine:
    """A visit of one to four hours, five and a half now and then; each supplier has its own prices."""
    category = draft.therapy.category
    initial, subsequent = CHARGES[category]
    factor = Decimal(80 + int(draft.supplier.supplier.npi[-4:-1]) * 7 % 40) / 100
    units = draft.rng.choice((4, 4, 6, 6, 6, 6, 8, 8, 8, 8, 8, 10, 10, 10, 12, 12, 12, 16, 16, 22))
    return BilledLine(
        day=day,
        hcpcs=VISIT_CODES[category][0 if is_initial else 1],
        units=str(units),
        charge=((initial if is_initial else subsequent) * factor).quantize(Decimal("0.01")),
        note=f"{draft.therapy.code} RN VISIT" if is_initial else "",
    )


def rng_days(rng: Random, fewest: int, most: int) -> dt.timedelta:
    return rng.randint(fewest, most) * DAY
