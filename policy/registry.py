"""The tables of the benefit in one list: what loaders, readers and pages call them, and how they behave."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from policy import models
from policy.models import PolicyRow

#: Where the spans of the tables begin unless a row says otherwise: a drug of December 2020 qualifies a visit of 2021.
FIRST_DAY = dt.date(2019, 1, 1)

BY_SERVICE = "date of service"
BY_RECEIPT = "day of receipt"


@dataclass(frozen=True, slots=True)
class PolicyTable:
    """One table.

    name           as in the command and the name of its file; its address has hyphens
    find_by        the field that people look a row up by; empty for a table with a single subject
    search         further fields that they look in for words
    goes_by        which day of a claim asks the table
    is_continuous  a subject has no day without a row between its first and its last
    is_public      suppliers may read it
    ignores        fields that do not make a row another one: a quarterly file names itself in `source`
    """

    name: str
    model: type[PolicyRow]
    title: str
    summary: str
    find_by: str = ""
    goes_by: str = BY_SERVICE
    is_continuous: bool = False
    is_public: bool = True
    is_editable: bool = False
    ignores: tuple[str, ...] = ()
    search: tuple[str, ...] = ()

    @property
    def slug(self) -> str:
        return self.name.replace("_", "-")

    @property
    def key(self) -> tuple[str, ...]:
        return self.model.KEY


TABLES: tuple[PolicyTable, ...] = (
    PolicyTable(
        "home_infusion_drugs",
        models.HomeInfusionDrug,
        "Home infusion drugs",
        "The J-codes that qualify a visit, with their payment category.",
        find_by="hcpcs",
        is_editable=True,
    ),
    PolicyTable(
        "code_successions",
        models.CodeSuccession,
        "Successions of codes",
        "Which code took the place of another for the same drug, and from which day.",
        find_by="predecessor",
        search=("successor",),
    ),
    PolicyTable(
        "visit_codes",
        models.VisitCode,
        "Visit codes",
        "The G-codes that suppliers bill, by payment category, initial and subsequent.",
        find_by="hcpcs",
        search=("short_descriptor", "descriptor"),
    ),
    PolicyTable(
        "payment_amounts",
        models.PaymentAmount,
        "Payment amounts",
        "What a visit pays before the geographic factor, or in one locality.",
        find_by="hcpcs",
        search=("locality",),
        is_continuous=True,
        is_editable=True,
    ),
    PolicyTable(
        "gaf",
        models.GeographicFactor,
        "Geographic factors",
        "The factor of each payment locality.",
        find_by="locality",
        search=("name", "state"),
        is_continuous=True,
    ),
    PolicyTable(
        "zip_locality",
        models.ZipLocality,
        "ZIP codes",
        "The payment locality of each ZIP code.",
        find_by="zip5",
        is_continuous=True,
        ignores=("source", "note"),
    ),
    PolicyTable(
        "part_b_deductible",
        models.PartBDeductible,
        "Part B deductible",
        "Dollars a patient pays first in a calendar year.",
        is_continuous=True,
    ),
    PolicyTable(
        "coinsurance",
        models.Coinsurance,
        "Coinsurance",
        "The patient's share after the deductible.",
        is_continuous=True,
    ),
    PolicyTable(
        "sequestration",
        models.Sequestration,
        "Sequestration",
        "The reduction of the Medicare payment.",
        is_continuous=True,
    ),
    PolicyTable(
        "interest",
        models.InterestRate,
        "Interest",
        "Annual rates on clean claims paid late and on overpayments.",
        find_by="kind",
        goes_by="day the interest runs",
        is_continuous=True,
    ),
    PolicyTable(
        "place_of_service",
        models.PlaceOfService,
        "Places of service",
        "The places that count as the patient's home.",
        find_by="code",
        search=("name",),
    ),
    PolicyTable(
        "accrediting_organizations",
        models.AccreditingOrganization,
        "Accrediting organizations",
        "Organizations designated to accredit suppliers, with their approval.",
        find_by="code",
        search=("name",),
    ),
    PolicyTable(
        "reason_codes",
        models.ReasonCode,
        "Reason codes",
        "Group codes, adjustment reasons and remarks, in our own words.",
        find_by="code",
        search=("meaning",),
        goes_by="day of the decision",
    ),
    PolicyTable(
        "edit_dispositions",
        models.EditDisposition,
        "Edit dispositions",
        "What each edit does when it fires, and the reason codes of its denial.",
        find_by="edit",
        search=("title", "carc"),
        goes_by=BY_RECEIPT,
        is_continuous=True,
        is_public=False,
        is_editable=True,
    ),
    PolicyTable(
        "settings",
        models.PolicySetting,
        "Settings",
        "The contractor's own choices where the rules leave one.",
        find_by="name",
        goes_by=BY_RECEIPT,
        is_continuous=True,
        is_public=False,
    ),
)

BY_NAME = {table.name: table for table in TABLES}
BY_SLUG = {table.slug: table for table in TABLES}

DRUGS = BY_NAME["home_infusion_drugs"]
AMOUNTS = BY_NAME["payment_amounts"]
SUCCESSIONS = BY_NAME["code_successions"]
ZIPS = BY_NAME["zip_locality"]
REASON_CODES = BY_NAME["reason_codes"]
DISPOSITIONS = BY_NAME["edit_dispositions"]
