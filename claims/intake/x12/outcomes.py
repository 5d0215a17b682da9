"""What the answers need to know of a claim that was read: a fraction of its size, so that a whole set can be kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from claims.intake.x12.claim_837p import BillingProvider, ServiceLine
from claims.intake.x12.findings import GatewayFinding
from claims.intake.x12.reading import ClaimReading
from claims.intake.x12.readings import SetReading


@dataclass(frozen=True, slots=True, repr=False)
class LineOutcome:
    """A line that caused its claim to be refused."""

    hcpcs: str
    modifiers: tuple[str, ...]
    charge: Decimal | None
    units: Decimal | None
    date_of_service: date | None
    through: date | None
    control_number: str
    statuses: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class ClaimOutcome:
    """A claim in the answers: who and what it was, and what was found. `position` is its number in the file."""

    position: int
    billing_provider: BillingProvider
    last_name: str
    first_name: str
    middle_name: str
    mbi: str
    patient_control_number: str
    clearinghouse_number: str
    total_charge: Decimal
    first_day: date | None
    last_day: date | None
    statuses: tuple[str, ...]
    lines: tuple[LineOutcome, ...]
    findings: tuple[GatewayFinding, ...]

    @property
    def is_accepted(self) -> bool:
        return not self.findings


@dataclass(frozen=True, slots=True, eq=False)
class SetOutcome:
    """A set and its claims, in file order; none when it is refused, or holds inquiries.

    `in_inquiries` is what was found in these.
    """

    transaction: SetReading
    claims: Sequence[ClaimOutcome]
    in_inquiries: Sequence[GatewayFinding] = ()

    @property
    def findings(self) -> list[GatewayFinding]:
        """Those of the set and of all its claims, each once: what lies above several claims is in all of them."""
        of_claims = (finding for claim in self.claims for finding in claim.findings)
        return list(dict.fromkeys([*self.transaction.findings, *of_claims, *self.in_inquiries]))


def outcome_of(claim: ClaimReading) -> ClaimOutcome:
    """The outcome of a claim that was read."""
    submission = claim.submission
    patient = submission.beneficiary
    firsts = [line.date_of_service for line in submission.lines if line.date_of_service is not None]
    lasts = [line.through for line in submission.lines if line.through is not None]
    of_lines = {finding.line for finding in claim.findings if finding.line}
    return ClaimOutcome(
        position=claim.position,
        billing_provider=submission.billing_provider,
        last_name=patient.last_name,
        first_name=patient.first_name,
        middle_name=patient.middle_name,
        mbi=patient.mbi,
        patient_control_number=submission.patient_control_number,
        clearinghouse_number=submission.clearinghouse_number,
        total_charge=submission.total_charge or Decimal(0),
        first_day=min(firsts, default=None),
        last_day=max(lasts, default=None),
        statuses=claim.statuses,
        lines=tuple(
            _line_outcome(line, [finding for finding in claim.findings if finding.line == index])
            for index, line in enumerate(submission.lines, 1)
            if index in of_lines
        ),
        findings=claim.findings,
    )


def _line_outcome(line: ServiceLine, findings: Iterable[GatewayFinding]) -> LineOutcome:
    return LineOutcome(
        hcpcs=line.hcpcs,
        modifiers=line.modifiers,
        charge=line.charge,
        units=line.units,
        date_of_service=line.date_of_service,
        through=line.through,
        control_number=line.control_number,
        statuses=tuple(dict.fromkeys(finding.status for finding in findings)),
    )
