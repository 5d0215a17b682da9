"""Claims from the file they came in to the remittance they went out with."""

from claims.models.adjustment import Adjustment
from claims.models.claim import Claim, ClaimLine
from claims.models.decision import Decision, Determination, LineDecision
from claims.models.file import Acknowledgement, Interchange, ReceivedFile
from claims.models.payment import ClockStop, LedgerTransfer, Remittance, RemittedDecision
from claims.models.status import ClaimStatus, LineOutcome

__all__ = [
    "Acknowledgement",
    "Adjustment",
    "Claim",
    "ClaimLine",
    "ClaimStatus",
    "ClockStop",
    "Decision",
    "Determination",
    "Interchange",
    "LedgerTransfer",
    "LineDecision",
    "LineOutcome",
    "ReceivedFile",
    "Remittance",
    "RemittedDecision",
]
