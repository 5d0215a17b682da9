"""The benefit as dated tables, each row with a span in force and a span of knowledge."""

from policy.models.business_date import BusinessDate
from policy.models.codes import (
    AccreditingOrganization,
    EditDisposition,
    HomeInfusionDrug,
    PlaceOfService,
    PolicySetting,
    ReasonCode,
    VisitCode,
)
from policy.models.payment import (
    Coinsurance,
    GeographicFactor,
    InterestRate,
    PartBDeductible,
    PaymentAmount,
    Sequestration,
    ZipLocality,
)
from policy.models.publication import Publication, PublishedFile
from policy.models.row import Basis, PolicyRow

__all__ = [
    "AccreditingOrganization",
    "Basis",
    "BusinessDate",
    "Coinsurance",
    "EditDisposition",
    "GeographicFactor",
    "HomeInfusionDrug",
    "InterestRate",
    "PartBDeductible",
    "PaymentAmount",
    "PlaceOfService",
    "PolicyRow",
    "PolicySetting",
    "Publication",
    "PublishedFile",
    "ReasonCode",
    "Sequestration",
    "VisitCode",
    "ZipLocality",
]
