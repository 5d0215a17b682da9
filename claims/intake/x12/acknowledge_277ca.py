"""The claim acknowledgement (277CA, 005010X214): for each claim, whether it was taken in, and if not, why.

One set answers one set of the 837P (X12 RFI 2145); a set that the 999 refuses has none. Claims come in the order in
which they were sent, each with an entry of its own: two claims of one patient control number are told apart by it.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby

from claims.intake.x12.answers import Identity, write_answer
from claims.intake.x12.build_837p import build_header
from claims.intake.x12.claim_837p import BillingProvider
from claims.intake.x12.outcomes import ClaimOutcome, LineOutcome, SetOutcome
from claims.intake.x12.outgoing import number
from claims.intake.x12.readings import InterchangeReading
from claims.intake.x12.segments import Element

GUIDE_277CA = "005010X214"

RECEIVED = ("A1", "19", "PR")
ACCEPTED = ("A2", "20", "PR")
LINE_AT_FAULT = ("A3", "247")

# A refused claim is echoed as far as the guide of the answer lets it: what is too long for it is cut.

#: Sent where the guide demands a value and the claim has none that could be read (dates: X12 RFI 1791).
NOT_GIVEN = "NOT GIVEN"
NO_DATE = "19000101"

_MOST_STATUSES = 3


def write_277ca(
    interchange: InterchangeReading,
    outcomes: Sequence[SetOutcome],
    icns: Mapping[int, str],
    identity: Identity,
    control_number: int,
    now: datetime,
    received_on: date,
) -> bytes:
    """A 277CA for the readable sets of an interchange.

    `icns` gives the internal control number of each accepted claim by its position; `received_on` is the day of
    receipt (DTP*050).
    """
    readable = [outcome for outcome in outcomes if outcome.claims]
    bodies = [
        list(_set(outcome, icns, identity, f"{now:%Y%m%d%H%M%S}{control_number:09}{index:04}", now, received_on))
        for index, outcome in enumerate(readable, 1)
    ]
    receiver = interchange.groups[0].gs[2].strip() if interchange.groups else ""
    return write_answer(interchange, identity, control_number, now, ("HN", GUIDE_277CA, receiver, "277"), bodies)


def _set(
    outcome: SetOutcome, icns: Mapping[int, str], identity: Identity, trace: str, now: datetime, received_on: date
) -> Iterator[Sequence[Element]]:
    day = f"{now:%Y%m%d}"
    header = build_header(outcome.transaction.header)
    yield "BHT", "0085", "08", trace, day, f"{now:%H%M}", "TH"
    yield "HL", "1", "", "20", "1"
    yield "NM1", "PR", "2", identity.name, "", "", "", "", "PI", identity.contractor_number
    yield "TRN", "1", trace
    yield "DTP", "050", "D8", f"{received_on:%Y%m%d}"
    yield "DTP", "009", "D8", day
    yield "HL", "2", "1", "21", "1"
    submitter = header.submitter
    yield "NM1", "41", "2", submitter.name[:60], "", "", "", "", "46", _identifier(submitter.identifier)
    yield "TRN", "2", header.batch_id[:50]
    yield "STC", RECEIVED, day, "WQ", _amount(_charges(outcome.claims))
    yield from _totals(outcome.claims, "90", "AA")
    level = 3
    for provider, claims in groupby(outcome.claims, key=lambda claim: claim.billing_provider):
        of_provider = list(claims)
        yield from _provider(provider, of_provider, level)
        for index, claim in enumerate(of_provider, level + 1):
            yield "HL", str(index), str(level), "PT"
            yield from _claim(claim, icns, day)
        level += len(of_provider) + 1


def _provider(provider: BillingProvider, claims: Sequence[ClaimOutcome], level: int) -> Iterator[Sequence[Element]]:
    kind = "1" if provider.first_name else "2"
    qualifier, identifier = ("XX", provider.npi) if provider.npi else ("FI", provider.tax_id)
    yield "HL", str(level), "2", "19", "1"
    name = provider.name[:60] or NOT_GIVEN, provider.first_name[:35]
    yield "NM1", "85", kind, *name, "", "", "", qualifier, _identifier(identifier)
    yield "TRN", "1", "0"
    yield "STC", RECEIVED, "", "WQ", _amount(_charges(claims))
    yield from _totals(claims, "QA", "QC")


def _totals(claims: Sequence[ClaimOutcome], accepted_code: str, refused_code: str) -> Iterator[Sequence[Element]]:
    """How many claims and what charges were accepted and refused; a count of none is left out."""
    accepted = [claim for claim in claims if claim.is_accepted]
    refused = [claim for claim in claims if not claim.is_accepted]
    kinds = ((accepted_code, "YU", accepted), (refused_code, "YY", refused))
    for code, _, counted in kinds:
        if counted:
            yield "QTY", code, str(len(counted))
    for _, code, counted in kinds:
        if counted:
            yield "AMT", code, _amount(_charges(counted))


def _claim(claim: ClaimOutcome, icns: Mapping[int, str], day: str) -> Iterator[Sequence[Element]]:
    yield (
        *("NM1", "QC", "1", claim.last_name[:60] or NOT_GIVEN, claim.first_name[:35], claim.middle_name[:25], "", ""),
        *("MI", _identifier(claim.mbi)),
    )
    yield "TRN", "2", claim.patient_control_number[:50] or NOT_GIVEN
    charge = _amount(claim.total_charge)
    if claim.is_accepted:
        yield "STC", ACCEPTED, day, "WQ", charge
        yield "REF", "1K", icns[claim.position]
    else:
        for status in _claim_statuses(claim):
            yield "STC", status, day, "U", charge
    if claim.clearinghouse_number:
        yield "REF", "D9", claim.clearinghouse_number[:50]
    yield "DTP", "472", *_period(claim.first_day, claim.last_day)
    for line in claim.lines:
        yield from _line(line, day)


def _claim_statuses(claim: ClaimOutcome) -> list[tuple[str, ...]]:
    """The statuses of the claim itself; those of its lines are sent with the lines, and A3:247 points to them."""
    at_lines = {status for line in claim.lines for status in line.statuses}
    at_claim = {finding.status for finding in claim.findings if not finding.line}
    statuses = [tuple(status.split(":")) for status in claim.statuses if status in at_claim or status not in at_lines]
    if claim.lines:
        statuses.append(LINE_AT_FAULT)
    return statuses


def _line(line: LineOutcome, day: str) -> Iterator[Sequence[Element]]:
    """A line that is at fault; one STC has room for three statuses."""
    procedure = ("HC", line.hcpcs[:48] or NOT_GIVEN, *(code for code in line.modifiers if len(code) == 2))
    yield "SVC", procedure, _amount(line.charge), "", "", "", "", _quantity(line.units)
    first, *more = [tuple(status.split(":")) for status in line.statuses[:_MOST_STATUSES]]
    yield "STC", first, day, "U", "", "", "", "", "", "", *more
    if line.control_number:
        yield "REF", "FJ", line.control_number[:50]
    if line.date_of_service is not None:
        yield "DTP", "472", *_period(line.date_of_service, line.through)


def _identifier(value: str) -> str:
    """An identification code in the width that it can have."""
    return value[:80] if len(value) >= 2 else NOT_GIVEN


def _period(first: date | None, last: date | None) -> tuple[str, str]:
    if first is None:
        return "D8", NO_DATE
    if last is None or last == first:
        return "D8", f"{first:%Y%m%d}"
    return "RD8", f"{first:%Y%m%d}-{last:%Y%m%d}"


def _charges(claims: Sequence[ClaimOutcome]) -> Decimal:
    return sum((claim.total_charge for claim in claims), Decimal(0))


def _amount(value: Decimal | None) -> str:
    return number(value or Decimal(0))


def _quantity(value: Decimal | None) -> str:
    return "" if value is None else number(value)
