"""From a case to the facts and tables that the engine takes: the same types that the database reader fills."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeVar

from claims.adjudication.facts import (
    Accreditation,
    ApplicableProvider,
    BeneficiaryFacts,
    ClaimFacts,
    Determination,
    DrugBill,
    License,
    LineFacts,
    Place,
    PlanChange,
    PlanDrug,
    PlanOfCare,
    Span,
    Stay,
    SupplierFacts,
    Visit,
    supplier_key,
)
from claims.scenarios.format import Case, Given
from policy.tables import EVERYWHERE, AmountRow, Dated, DispositionRow, FactorRow, PolicyTables, SettingRow

TIN = "521234567"

#: Who bills when no supplier is on file.
UNKNOWN_NPI = "1245319599"

SUPPLIER_NAME = "Chesapeake Infusion"
OTHER_SUPPLIER_KEY = supplier_key("1679576722", "520000001")
OTHER_SUPPLIER_NAME = "Bayline Infusion"

#: The basis of the rows that a case brings with it.
GIVEN_BY_CASE = "given"

FIRST_DAY = dt.date.min

Value = TypeVar("Value")


def tables_of(case: Case, tables: PolicyTables) -> PolicyTables:
    """The project's tables, with what the case gives in force on every day and in every place."""
    policy = case.given["policy"]
    taken = policy.get("from_tables", ())
    return replace(
        tables,
        amounts=tables.amounts if "amounts" in taken else _amounts(policy["amounts"]),
        factors=tables.factors if "gaf" in taken else _factors(policy["gaf"]),
        dispositions=_dispositions(tables.dispositions, policy["dispositions"]),
        settings=tables.settings if "settings" in taken else _settings(policy["settings"]),
    )


def _amounts(given: dict[str, Decimal]) -> Dated[AmountRow]:
    return Dated(
        (code, AmountRow(f"case/amounts/{code}", code, amount, "", FIRST_DAY, None, GIVEN_BY_CASE))
        for code, amount in given.items()
    )


def _factors(given: Decimal | None) -> Dated[FactorRow]:
    rows = [] if given is None else [FactorRow("case/gaf", EVERYWHERE, "", given, FIRST_DAY, None, GIVEN_BY_CASE)]
    return Dated((EVERYWHERE, row) for row in rows)


def _settings(given: dict[str, Any]) -> Dated[SettingRow]:
    return Dated(
        (name, SettingRow(f"case/settings/{name}", name, str(value), FIRST_DAY, None, GIVEN_BY_CASE))
        for name, value in given.items()
    )


def _dispositions(rows: Dated[DispositionRow], overrides: dict[str, str]) -> Dated[DispositionRow]:
    if not overrides:
        return rows
    return Dated(
        (edit, replace(row, disposition=overrides.get(edit, row.disposition)))
        for edit in rows.keys()  # noqa: SIM118 - not a dict
        for row in rows.of(edit)
    )


def claims_of(case: Case) -> list[ClaimFacts]:
    """The claims of a case as facts, in the order given, before anything is decided or arrives."""
    given = case.given
    supplier = _supplier(given["supplier"]) if given["supplier"] else None
    key = supplier.key if supplier else supplier_key(UNKNOWN_NPI, TIN)
    beneficiary = _beneficiary(given, key) if given["beneficiary"]["mbi"] else None
    return [_claim(claim, supplier, beneficiary) for claim in case.claims]


def _claim(claim: Given, supplier: SupplierFacts | None, beneficiary: BeneficiaryFacts | None) -> ClaimFacts:
    return ClaimFacts(
        control_number=claim["control_number"],
        received=claim["received"],
        today=claim["received"],
        billing_npi=supplier.npi if supplier else UNKNOWN_NPI,
        billing_tin=TIN,
        referring_npi=claim["referring_npi"],
        diagnoses=tuple(claim["diagnoses"] or ()),
        service_location=_place(claim["service_location"]),
        patient_address=None,
        accepts_assignment=claim["accepts_assignment"],
        has_primary_payer_decision=claim["has_primary_payer_decision"],
        is_test=False,
        looks_done=0,
        lines=tuple(_line(line, number, claim) for number, line in enumerate(claim["lines"], 1)),
        supplier=supplier,
        beneficiary=beneficiary,
        determinations=tuple(_determination(found) for found in claim["determinations"]),
    )


def _line(line: Given, number: int, claim: Given) -> LineFacts:
    return LineFacts(
        number=number,
        date=line["date"],
        through=line["through"],
        hcpcs=line["hcpcs"],
        modifiers=tuple(line["modifiers"] or ()),
        units=line["units"],
        charge=line["charge"],
        place_of_service=claim["place_of_service"],
    )


def _determination(found: Given) -> Determination:
    return Determination(
        kind=found["kind"],
        by=found["by"],
        at=found["at"],
        reason=found["reason"],
        edit=found["edit"] or "",
        line=found["line"],
        value=found["value"] or "",
        until=found["until"],
    )


def _supplier(given: Given) -> SupplierFacts:
    return SupplierFacts(
        key=supplier_key(given["npi"], TIN),
        name=SUPPLIER_NAME,
        npi=given["npi"],
        kind=given["kind"],
        specialty=given["specialty"] or "",
        enrolled=_all(given["enrolled"], _span),
        revoked=_all(given["revoked"], _span),
        accredited=_all(given["accredited"], lambda found: Accreditation(found["by"], _span(found))),
        licensed=_all(given["licensed"], lambda found: License(found["state"], _span(found))),
        prepayment_review=_all(given["prepayment_review"], _span),
    )


def _beneficiary(given: Given, supplier: str) -> BeneficiaryFacts:
    person = given["beneficiary"]
    home = _place(person["home"])
    return BeneficiaryFacts(
        key=person["mbi"],
        mbi=person["mbi"],
        born=person["born"],
        died=person["died"],
        part_b=_all(person["part_b"], _span),
        medicare_advantage=_all(person["medicare_advantage"], _span),
        hospice=_all(person["hospice"], _span),
        inpatient_stays=_all(person["inpatient_stays"], _stay),
        snf_stays=_all(person["snf_stays"], _stay),
        other_primary_insurance=_all(person["other_primary_insurance"], _span),
        homes=((Span(FIRST_DAY), home),) if home else (),
        applicable_providers=tuple(_providers(given["applicable_provider"])),
        plans_of_care=tuple(_plans(given["plan_of_care"])),
        drug_bills=_all(given["dme_drug_claims"], drug_bill),
        visits=_all(given["prior_visits"], lambda visit: _visit(visit, supplier)),
        deductible_remaining=tuple(sorted(person["deductible_remaining"].items())),
    )


def _providers(given: Given | None) -> Iterator[ApplicableProvider]:
    if given:
        yield ApplicableProvider(given["npi"], given["kind"], _span(given))


def _plans(given: Given | list[Given] | None) -> Iterator[PlanOfCare]:
    plans = given if isinstance(given, list) else [given] if given else []
    for number, plan in enumerate(plans, 1):
        yield _plan(plan, f"plan-{number}")


def _plan(given: Given, key: str) -> PlanOfCare:
    by = given["established_by"] or {}
    drugs = [{"drug": given["drug"], "modifier": given["modifier"]}] if given["drug"] else []
    visits = given["visits_per_week"]
    return PlanOfCare(
        key=key,
        established=given["established"],
        established_by_npi=by.get("npi"),
        credential=by.get("credential"),
        signed=given["signed"],
        starts=given["starts"],
        ends=given["ends"],
        drugs=tuple(PlanDrug(drug["drug"], drug["modifier"] or "") for drug in (*drugs, *(given["other_drugs"] or ()))),
        dosage=given["dosage"],
        frequency=given["frequency"],
        route=given["route"],
        therapy_type=given["therapy_type"],
        amount=given["amount"],
        duration=given["duration"],
        professional_services=tuple(given["professional_services"] or ()),
        discipline=given["discipline"],
        visits_per_week=(visits[0], visits[1]) if visits else None,
        options_notified=given["options_notified"],
        changes=tuple(PlanChange(change["date"], change["signed"]) for change in given["changed"] or ()),
        review_every_days=given["review_every_days"],
        reviewed=tuple(given["reviewed"] or ()),
    )


def drug_bill(given: Given) -> DrugBill:
    """A DME drug claim; its key is what a later record of the same code, modifier and day replaces."""
    modifier = given["modifier"] or ""
    key = f"{given['hcpcs']}/{modifier}/{given['date'].isoformat()}"
    return DrugBill(key, given["hcpcs"], modifier, given["date"], given["status"])


def _visit(given: Given, supplier: str) -> Visit:
    is_same = given["supplier"] == "same"
    return Visit(
        key=f"prior/{given['date'].isoformat()}/{given['hcpcs']}",
        date=given["date"],
        hcpcs=given["hcpcs"],
        status=given["status"],
        supplier=supplier if is_same else OTHER_SUPPLIER_KEY,
        supplier_name=SUPPLIER_NAME if is_same else OTHER_SUPPLIER_NAME,
        claim="",
    )


def _all(given: list[Given] | None, make: Callable[[Given], Value]) -> tuple[Value, ...] | None:
    """The items of a list; null means that nobody knows."""
    return None if given is None else tuple(make(found) for found in given)


def _span(given: Given) -> Span:
    return Span(given["from"], given.get("to"))


def _stay(given: Given) -> Stay:
    return Stay(given["admitted"], given["discharged"])


def _place(given: dict[str, Any] | None) -> Place | None:
    return Place(given["state"], given["zip"]) if given else None
