"""The 835: a remittance advice as an X12 interchange, 005010X221A1. `docs/payment.md` has the map of its fields.

Nothing leaves that does not balance: `write_835` reads its own segments again (`claims.payment.balance`) and refuses.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from claims.adjudication.decision import Adjustment
from claims.intake.x12.outgoing import Envelope, Side, number, write_interchange
from claims.intake.x12.segments import DEFAULT_DELIMITERS, Delimiters, Element
from claims.payment.balance import NotBalanced, check_balance
from claims.payment.remittance import Payee, Payer, RemittanceAdvice, RemittedClaim, RemittedLine, by_group

VERSION = "005010X221A1"

#: As many adjustments as a CAS or PLB segment holds, and as many remarks as an MOA segment.
MOST_ADJUSTMENTS = 6
MOST_REMARKS = 5

#: Element, repetition, component, terminator.
CHOICE_OF_DELIMITERS = (DEFAULT_DELIMITERS, Delimiters("|", "!", ">", "~"), Delimiters("|", "!", "<", "?"))

Segment: TypeAlias = tuple[Element, ...]


def write_835(advice: RemittanceAdvice) -> bytes:
    """The interchange of an advice. Raises `NotBalanced` when its amounts do not add up."""
    body = tuple(transaction_segments(advice))
    if faults := check_balance(body):
        raise NotBalanced(faults)
    payer = advice.payer
    envelope = Envelope(
        sender=Side(payer.interchange_qualifier, payer.interchange_id),
        receiver=Side("ZZ", advice.payee.receiver),
        control_number=advice.control_number,
        written_at=advice.written_at,
        delimiters=_delimiters_for(body),
    )
    return write_interchange(envelope, list(_group(advice, body)), groups=1)


def _delimiters_for(segments: Sequence[Segment]) -> Delimiters:
    """The first delimiters that no value holds: what a supplier billed with others comes back to it unchanged."""
    used = {character for segment in segments for element in segment for character in "".join(element)}
    return next((marks for marks in CHOICE_OF_DELIMITERS if used.isdisjoint(_all_of(marks))), DEFAULT_DELIMITERS)


def _all_of(marks: Delimiters) -> set[str]:
    return {*marks.required, marks.repetition}


def _group(advice: RemittanceAdvice, body: Sequence[Segment]) -> Iterator[Segment]:
    """The group and the transaction set around its segments; SE counts them with ST and SE."""
    at, control = advice.written_at, str(advice.control_number)
    sides = (advice.payer.interchange_id, advice.payee.receiver)
    yield "GS", "HP", *sides, day8(at), f"{at:%H%M}", control, "X", VERSION
    yield "ST", "835", "0001"
    yield from body
    yield "SE", str(len(body) + 2), "0001"
    yield "GE", "1", control


def transaction_segments(advice: RemittanceAdvice) -> Iterator[Segment]:
    """The segments of the transaction set, without its ST and SE."""
    payer, payee = advice.payer, advice.payee
    yield _payment(advice)
    yield "TRN", "1", advice.trace_number, "1" + payer.tax_id
    yield "REF", "EV", payee.receiver
    yield "DTM", "405", day8(advice.written_at)
    yield from _parties(payer, payee)
    yield "LX", "1"
    for claim in advice.claims:
        yield from _claim(claim)
    yield from _provider_adjustments(advice)


def day8(day: dt.date) -> str:
    return f"{day:%Y%m%d}"


def _payment(advice: RemittanceAdvice) -> Segment:
    """BPR: an automated payment where the supplier has a bank account, else a check; a notice when nothing is paid."""
    payer, bank = advice.payer, advice.payee.bank
    blank = ("",) * 11
    if not advice.paid:
        return "BPR", "H", "0", "C", "NON", *blank, day8(advice.day)
    start = ("BPR", "I", number(advice.paid), "C")
    if bank is None:
        return *start, "CHK", *blank, day8(advice.day)
    sender = ("01", payer.bank.routing, "DA", payer.bank.account, "1" + payer.tax_id, "")
    return *start, "ACH", "CCP", *sender, "01", bank.routing, "DA", bank.account, day8(advice.day)


def _parties(payer: Payer, payee: Payee) -> Iterator[Segment]:
    """Loops 1000A and 1000B: who pays, and who is paid."""
    yield "N1", "PR", payer.name[:60]
    yield "N3", payer.address[:55]
    yield "N4", payer.city[:30], payer.state, payer.zip
    yield "REF", "2U", payer.number
    yield "PER", "BL", "EDI HELP", "TE", payer.telephone
    yield "N1", "PE", payee.name[:60], "XX", payee.npi
    yield "REF", "TJ", payee.tin


def _claim(claim: RemittedClaim) -> Iterator[Segment]:
    """Loop 2100 with its lines. A reversal does not say what the patient owes."""
    yield (
        "CLP",
        claim.patient_control_number,
        _status(claim),
        number(claim.charge),
        number(claim.paid),
        "" if claim.is_reversal else number(claim.patient_responsibility),
        "MB",
        claim.icn,
        claim.place_of_service,
        claim.frequency,
    )
    yield "NM1", "QC", "1", claim.last_name[:60], claim.first_name[:35], "", "", "", "MI", claim.mbi
    if claim.claim_remarks:
        yield "MOA", "", "", *claim.claim_remarks[:MOST_REMARKS]
    if claim.first_day != claim.last_day:
        yield "DTM", "232", day8(claim.first_day)
        yield "DTM", "233", day8(claim.last_day)
    yield "DTM", "050", day8(claim.received)
    if claim.interest:
        yield "AMT", "I", number(claim.interest)
    for line in claim.lines:
        yield from _line(line)


def _status(claim: RemittedClaim) -> str:
    """CLP02: 22 reversal, 1 processed as primary, 4 denied."""
    if claim.is_reversal:
        return "22"
    return "1" if claim.pays else "4"


def _line(line: RemittedLine) -> Iterator[Segment]:
    """Loop 2110."""
    yield _service(line)
    if line.last_day == line.date:
        yield "DTM", "472", day8(line.date)
    else:
        yield "DTM", "150", day8(line.date)
        yield "DTM", "151", day8(line.last_day)
    for group, adjustments in by_group(line.adjustments).items():
        yield from _adjustments(group, adjustments)
    if line.control_number:
        yield "REF", "6R", line.control_number
    if line.allowed:
        yield "AMT", "B6", number(line.allowed)
    for code in line.line_remarks:
        yield "LQ", "HE", code


def _service(line: RemittedLine) -> Segment:
    """SVC: the code decided on in SVC01, the one billed in SVC06 where it is another.

    A line that is denied has no paid units, so that those billed are told in SVC07.
    """
    billed = ("HC", line.billed, *line.modifiers) if line.billed else ""
    start = ("SVC", ("HC", line.hcpcs, *line.modifiers), number(line.charge), number(line.paid), "")
    if line.units is None:
        return (*start, "", billed) if billed else start
    if line.pays:
        return (*start, number(line.units), billed) if billed else (*start, number(line.units))
    return *start, "0", billed, number(line.units)


def _adjustments(group: str, adjustments: Sequence[Adjustment]) -> Iterator[Segment]:
    """CAS: reason, amount and an empty quantity, six times at most."""
    for first in range(0, len(adjustments), MOST_ADJUSTMENTS):
        some = adjustments[first : first + MOST_ADJUSTMENTS]
        yield "CAS", group, *(part for item in some for part in (item.carc, number(item.amount), ""))


def _provider_adjustments(advice: RemittanceAdvice) -> Iterator[Segment]:
    """PLB: what adds to the payment or lessens it beside the claims."""
    entries = advice.provider_adjustments
    for first in range(0, len(entries), MOST_ADJUSTMENTS):
        some = entries[first : first + MOST_ADJUSTMENTS]
        pairs = (part for item in some for part in ((item.code, item.reference), number(item.amount)))
        yield "PLB", advice.payee.npi, f"{advice.day.year}1231", *pairs
