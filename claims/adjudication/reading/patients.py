"""What is on file about the patients of a batch, as rows: four queries, each row with its arrival number."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from claims.adjudication.facts import (
    ApplicableProvider,
    BeneficiaryFacts,
    DrugBill,
    Place,
    PlanChange,
    PlanDrug,
    PlanOfCare,
    Span,
    Stay,
    Visit,
)
from claims.adjudication.reading.sql import Row, array, grouped, rows

PERSONS = "SELECT id, birth_date, died FROM beneficiaries_beneficiary WHERE id = ANY(%s::bigint[])"

#: Dated facts of a patient: patient, what it is, first day, last day, two texts, arrival.
SPANS = """
SELECT beneficiary_id, kind, lower(in_force), upper(in_force) - 1, '', '', arrival FROM beneficiaries_coveragespan
 WHERE beneficiary_id = ANY(%(ids)s::bigint[])
UNION ALL
SELECT beneficiary_id, kind, admitted, discharged, '', '', arrival FROM beneficiaries_stay
 WHERE beneficiary_id = ANY(%(ids)s::bigint[])
UNION ALL
SELECT beneficiary_id, 'home', lower(in_force), upper(in_force) - 1, state, zip, arrival
  FROM beneficiaries_beneficiaryaddress WHERE beneficiary_id = ANY(%(ids)s::bigint[])
UNION ALL
SELECT beneficiary_id, 'provider', lower(in_force), upper(in_force) - 1, npi, kind, arrival
  FROM beneficiaries_applicableprovider WHERE beneficiary_id = ANY(%(ids)s::bigint[])
UNION ALL
SELECT beneficiary_id, 'deductible', make_date(year, 1, 1), NULL, amount::text, '', arrival
  FROM beneficiaries_deductibleelsewhere WHERE beneficiary_id = ANY(%(ids)s::bigint[])
ORDER BY 1, 2, 3, 7
"""

PLANS = """
SELECT p.beneficiary_id, p.id, p.supplier_id, p.established, p.starts, p.ends, p.options_notified, p.review_every_days,
       greatest(p.arrival, v.arrival), v.number, v.changed_on, v.physician_npi, v.credential, v.signed, v.drugs,
       v.dosage, v.frequency, v.route, v.therapy_type, v.amount, v.duration, v.professional_services, v.discipline,
       lower(v.visits_per_week), upper(v.visits_per_week) - 1,
       ARRAY(SELECT r.reviewed_on FROM beneficiaries_planreview r WHERE r.plan_id = p.id ORDER BY 1)
  FROM beneficiaries_planofcare p JOIN beneficiaries_planofcareversion v ON v.plan_id = p.id
 WHERE p.beneficiary_id = ANY(%s::bigint[])
 ORDER BY 1, 2, v.number
"""

DRUGS = """
SELECT beneficiary_id, id, hcpcs, modifier, date_of_service, status, arrival FROM beneficiaries_dmedrugclaim
 WHERE beneficiary_id = ANY(%s::bigint[]) AND date_of_service BETWEEN %s AND %s
 ORDER BY beneficiary_id, arrival
"""

#: How far before a visit drug bills are read: four windows, so that the evidence can name the last bill.
DRUG_DAYS = dt.timedelta(days=120)

#: The first and the last day of service of a claim.
Days = tuple[dt.date, dt.date]


@dataclass(slots=True)
class PatientRows:
    """All that is on file about one patient, with arrival numbers, so that each claim sees what arrived before it."""

    born: dt.date
    died: dt.date | None
    spans: list[Row]
    plans: list[Row]
    drugs: list[Row]

    def newest_arrival(self, days: Days) -> int:
        """The arrival number of the latest that a claim with these days of service may be judged by."""
        drugs = (row[5] for row in self.drugs if in_view(row[3], days))
        return max((*(row[5] for row in self.spans), *drugs, *(row[7] for row in self.plans)), default=0)


@dataclass(slots=True)
class DatedFacts:
    """The dated facts of a patient as one claim may know them."""

    spans: dict[str, list[Span]] = field(default_factory=lambda: defaultdict(list))
    stays: dict[str, list[Stay]] = field(default_factory=lambda: defaultdict(list))
    homes: list[tuple[Span, Place]] = field(default_factory=list)
    providers: list[ApplicableProvider] = field(default_factory=list)
    deductible_elsewhere: dict[int, Decimal] = field(default_factory=lambda: defaultdict(Decimal))


def read_patients(ids: Iterable[int], first_day: dt.date, last_day: dt.date) -> dict[int, PatientRows]:
    """The patients of a batch whose visits lie from `first_day` through `last_day`."""
    wanted = array(set(ids))
    spans = grouped(SPANS, {"ids": wanted})
    plans = grouped(PLANS, [wanted])
    drugs = grouped(DRUGS, [wanted, first_day - DRUG_DAYS, last_day])
    return {
        number: PatientRows(born, died, spans[number], plans[number], drugs[number])
        for number, born, died in rows(PERSONS, [wanted])
    }


def dated_facts(patient: PatientRows, before: int) -> DatedFacts:
    """The dated facts that arrived before `before`."""
    facts = DatedFacts()
    for what, start, end, text, more, arrival in patient.spans:
        if arrival >= before:
            continue
        if what in ("inpatient", "snf"):
            facts.stays[what].append(Stay(start, end))
        elif what == "home":
            facts.homes.append((Span(start, end), Place(text, more[:5])))
        elif what == "provider":
            facts.providers.append(ApplicableProvider(text, more, Span(start, end)))
        elif what == "deductible":
            facts.deductible_elsewhere[start.year] += Decimal(text)
        else:
            facts.spans[what].append(Span(start, end))
    return facts


def facts_of_patient(
    patient: PatientRows,
    dated: DatedFacts,
    *,
    key: int,
    mbi: str,
    plans_of_care: tuple[PlanOfCare, ...],
    drug_bills: tuple[DrugBill, ...],
    visits: tuple[Visit, ...],
    deductible_remaining: tuple[tuple[int, Decimal], ...],
) -> BeneficiaryFacts:
    """The patient as decisions see one, of what the rows say and what was made of them for one claim or page."""
    return BeneficiaryFacts(
        key=str(key),
        mbi=mbi,
        born=patient.born,
        died=patient.died,
        part_b=tuple(dated.spans["part_b"]),
        medicare_advantage=tuple(dated.spans["medicare_advantage"]),
        hospice=tuple(dated.spans["hospice"]),
        inpatient_stays=tuple(dated.stays["inpatient"]),
        snf_stays=tuple(dated.stays["snf"]),
        other_primary_insurance=tuple(dated.spans["other_primary"]),
        homes=tuple(dated.homes),
        applicable_providers=tuple(dated.providers),
        plans_of_care=plans_of_care,
        drug_bills=drug_bills,
        visits=visits,
        deductible_remaining=deductible_remaining,
    )


def in_view(billed: dt.date, days: Days) -> bool:
    """Whether a claim may be judged by a drug bill of that day; the batch made the reader read others, too."""
    return days[0] - DRUG_DAYS <= billed <= days[1]


def drug_bills(patient: PatientRows, before: int, days: Days) -> tuple[DrugBill, ...]:
    """The drug bills known then that a claim with these first and last days of service may be judged by.

    A later record of the same drug, modifier and day stands in place of the earlier.
    """
    latest: dict[tuple[str, str, dt.date], DrugBill] = {}
    for number, hcpcs, modifier, day, status, arrival in patient.drugs:
        if arrival < before and in_view(day, days):
            latest[hcpcs, modifier, day] = DrugBill(str(number), hcpcs, modifier, day, status)
    return tuple(sorted(latest.values(), key=lambda bill: (bill.date, bill.hcpcs, bill.modifier)))


def plans_of_care(patient: PatientRows, before: int, supplier_id: int | None) -> tuple[PlanOfCare, ...]:
    """The plans of care with this supplier; a changed plan gives one value for the days of each of its versions."""
    versions: dict[int, list[Row]] = defaultdict(list)
    for row in patient.plans:
        if row[7] < before and row[1] == supplier_id:
            versions[row[0]].append(row)
    return tuple(plan for found in versions.values() for plan in versions_of(found))


def versions_of(found: list[Row]) -> Iterable[PlanOfCare]:
    first = found[0]
    changes = tuple(PlanChange(row[9], row[12]) for row in found[1:])
    for at, row in enumerate(found):
        content = None
        if len(found) > 1:
            last_day = found[at + 1][9] - dt.timedelta(days=1) if at + 1 < len(found) else None
            content = Span(row[9] if at else first[3], last_day)
        yield version_facts(first, row, changes, content)


def version_facts(first: Row, row: Row, changes: tuple[PlanChange, ...], content: Span | None) -> PlanOfCare:
    number, _, established, starts, ends, options_notified, every, *_ = first
    (drugs, dosage, frequency, route, therapy_type, amount, duration, services, discipline, fewest, most, reviewed) = (
        row[13:]
    )
    return PlanOfCare(
        key=str(number),
        established=established,
        established_by_npi=first[10] or None,
        credential=first[11] or None,
        signed=first[12],
        starts=starts,
        ends=ends,
        drugs=tuple(PlanDrug(hcpcs, modifier) for hcpcs, _, modifier in (code.partition(" ") for code in drugs)),
        dosage=dosage or None,
        frequency=frequency or None,
        route=route or None,
        therapy_type=therapy_type or None,
        amount=amount or None,
        duration=duration or None,
        professional_services=tuple(services),
        discipline=discipline or None,
        visits_per_week=None if fewest is None else (fewest, most),
        options_notified=options_notified,
        changes=changes,
        review_every_days=every,
        reviewed=tuple(reviewed),
        content=content,
    )
