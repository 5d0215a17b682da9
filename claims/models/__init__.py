"""Claims from the file they came in to the remittance they went out with."""

from claims.models.adjustment import Adjustment
from claims.models.claim import Claim, ClaimLine
from claims.models.decision import Decision, LineDecision
from claims.models.determination import (
    ClaimHold,
    ClaimHoldEnd,
    Determination,
    DeterminationApproval,
    DeterminationRevocation,
)
from claims.models.file import Acknowledgement, Interchange, ReceivedFile
from claims.models.ledger import LedgerTransfer
from claims.models.mass import MassAdjustment, MassAdjustmentClaim, MassAdjustmentLine, MassState
from claims.models.overpayment import Demand, Overpayment, OverpaymentState, Redetermination, Refund
from claims.models.payment import ClockStop, Remittance, RemittedDecision
from claims.models.seal import Seal
from claims.models.status import ClaimStatus, LineOutcome

__all__ = [
    "Acknowledgement",
    "Adjustment",
    "Claim",
    "ClaimHold",
    "ClaimHoldEnd",
    "ClaimLine",
    "ClaimStatus",
    "ClockStop",
    "Decision",
    "Demand",
    "Determination",
    "DeterminationApproval",
    "DeterminationRevocation",
    "Interchange",
    "LedgerTransfer",
    "LineDecision",
    "LineOutcome",
    "MassAdjustment",
    "MassAdjustmentClaim",
    "MassAdjustmentLine",
    "MassState",
    "Overpayment",
    "OverpaymentState",
    "ReceivedFile",
    "Redetermination",
    "Refund",
    "Remittance",
    "RemittedDecision",
    "Seal",
]
