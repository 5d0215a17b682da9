"""The benefit as dated tables, each row with a span in force and a span of knowledge."""

from policy.models.business_date import BusinessDate
from policy.models.change_set import ChangeSet, ChangeSetEditor, ChangeSetState, ProposedAct, ProposedRow
from policy.models.codes import (
    AccreditingOrganization,
    EditDisposition,
    HomeInfusionDrug,
    PlaceOfService,
    PolicySetting,
    ReasonCode,
    VisitCode,
)
from policy.models.kept_case import KeptCase, KeptCaseRun
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
from policy.models.succession import CodeSuccession

__all__ = [
    "AccreditingOrganization",
    "Basis",
    "BusinessDate",
    "ChangeSet",
    "ChangeSetEditor",
    "ChangeSetState",
    "CodeSuccession",
    "Coinsurance",
    "EditDisposition",
    "GeographicFactor",
    "HomeInfusionDrug",
    "InterestRate",
    "KeptCase",
    "KeptCaseRun",
    "PartBDeductible",
    "PaymentAmount",
    "PlaceOfService",
    "PolicyRow",
    "PolicySetting",
    "ProposedAct",
    "ProposedRow",
    "Publication",
    "PublishedFile",
    "ReasonCode",
    "Sequestration",
    "VisitCode",
    "ZipLocality",
]
