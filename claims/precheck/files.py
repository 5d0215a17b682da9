"""Checking a whole 837P file: each claim as it would be decided if the file came today. Nothing of it is kept."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice

from django.db import transaction

from accounts.models import User
from beneficiaries.readers import PatientAsBilled
from claims.adjudication.decision import Decision, Finding
from claims.adjudication.recorder import Decided
from claims.intake.originals import VOIDS, find_originals
from claims.intake.store import Origin, patient_as_billed, supplier_as_billed
from claims.intake.x12.findings import GatewayFinding
from claims.intake.x12.outcomes import SetOutcome
from claims.intake.x12.reading import ClaimReading, FileReading, read_claims, read_file
from claims.intake.x12.words import account_of
from claims.models import Claim
from claims.precheck.bill import accepted_frequencies
from claims.precheck.checking import Checked, lines_checked
from claims.precheck.looks import Looked, look
from claims.precheck.unsent import UNSENT, Unsent, decide_unsent, lines_billed
from policy.tables import PolicyTables
from suppliers.models import Supplier
from suppliers.readers import BillingKey
from suppliers.rights import Right

PAGE = "Check a file before billing"
#: The first claims of a file that are checked; a longer file is checked in parts.
MOST_CLAIMS = 500

NOT_YOURS = "The billing provider is none that you act for, so the claim was not checked."
TAKES_BACK = "It takes back another claim; there is nothing to decide on it."


@dataclass(frozen=True, slots=True)
class ClaimOfFile:
    """A claim of a file: what the gateway finds, and what it would be decided, or why that is not said."""

    position: int
    patient_control_number: str
    patient_name: str
    charge: Decimal
    gateway: tuple[GatewayFinding, ...]
    checked: Checked | None
    why_not: str

    @property
    def headline(self) -> str:
        if self.gateway:
            return "The gateway would refuse it"
        return self.checked.headline if self.checked else "Not checked"


@dataclass(frozen=True, slots=True)
class FileChecked:
    """What a file would come to. `unreadable` says what could not be read, and why; `left_out` claims came after."""

    unreadable: tuple[str, ...]
    claims: tuple[ClaimOfFile, ...]
    left_out: int

    @property
    def medicare_pays(self) -> Decimal:
        return sum((each.checked.medicare_pays for each in self.claims if each.checked), Decimal("0.00"))


@dataclass(frozen=True, slots=True)
class _Read:
    """A claim of the file with what its interchange says."""

    reading: ClaimReading
    is_test: bool
    original: Claim | None


@transaction.atomic
def check_file(content: bytes, *, by: User, today: dt.date, tables: PolicyTables) -> FileChecked:
    """Read the file as its receipt would and decide its claims in their order, each after those before it.

    Only claims of suppliers that the person acts for are checked, against the records of patients who are named beyond
    doubt. Never raises for what is in the file.
    """
    file = read_file(content)
    read = list(islice(_claims(file, today, tables), MOST_CLAIMS))
    suppliers = {BillingKey(each.npi, each.tin): each for each in Supplier.objects.allowing(by, Right.CHECKS)}
    judged = [claim for claim in read if _may_be_decided(claim, suppliers)]
    looked = _look(judged, suppliers, by=by, today=today, tables=tables)
    unsent = [_unsent(claim, suppliers, looked) for claim in judged]
    decided = decide_unsent(unsent, today, tables) if unsent else []
    checked = {
        claim.reading.position: _checked(claim, result, looked, today, tables)
        for claim, result in zip(unsent, decided, strict=True)
    }
    return FileChecked(
        unreadable=_unreadable(file),
        claims=tuple(_claim(claim, checked.get(claim.reading.position), suppliers) for claim in read),
        left_out=sum(found.claim_count for found in file.readable_sets()) - len(read),
    )


def _claims(file: FileReading, today: dt.date, tables: PolicyTables) -> Iterable[_Read]:
    """The claims of the file, judged by the claims that they name (frequencies 7 and 8) as at their receipt."""
    frequencies = accepted_frequencies(tables, today)
    for interchange in file.interchanges:
        origin = Origin(None, None, today, interchange.is_test)
        for found in interchange.readable_sets():
            claims = list(islice(read_claims(found, frequencies), MOST_CLAIMS))
            originals = find_originals(claims, origin)
            for claim in originals.claims:
                yield _Read(claim, interchange.is_test, originals.by_position.get(claim.position))


def _unreadable(file: FileReading) -> tuple[str, ...]:
    """What of the file could not be read at all, and why; nothing where each part holds claims to check."""
    account = account_of(file, [SetOutcome(found, ()) for found in file.readable_sets()])
    return tuple(f"{item.what}: {' '.join(item.reasons)}" for item in account.items)


def _may_be_decided(claim: _Read, suppliers: dict[BillingKey, Supplier]) -> bool:
    submission = claim.reading.submission
    has_days = bool(submission.lines) and all(line.date_of_service for line in submission.lines)
    is_theirs = supplier_as_billed(submission) in suppliers
    return claim.reading.is_accepted and has_days and is_theirs and submission.frequency != VOIDS


def _look(
    claims: Sequence[_Read], suppliers: dict[BillingKey, Supplier], *, by: User, today: dt.date, tables: PolicyTables
) -> dict[Supplier, Looked]:
    """Look for the patients of each supplier."""
    patients: dict[Supplier, dict[PatientAsBilled, None]] = defaultdict(dict)
    for claim in claims:
        supplier = suppliers[supplier_as_billed(claim.reading.submission)]
        patients[supplier][patient_as_billed(claim.reading.submission)] = None
    return {
        supplier: look(supplier, list(theirs), by=by, on=today, tables=tables, page=PAGE)
        for supplier, theirs in patients.items()
    }


def _unsent(claim: _Read, suppliers: dict[BillingKey, Supplier], looked: dict[Supplier, Looked]) -> Unsent:
    supplier = suppliers[supplier_as_billed(claim.reading.submission)]
    patient = patient_as_billed(claim.reading.submission)
    return Unsent(claim.reading, supplier.pk, looked[supplier].found.get(patient), claim.is_test, claim.original)


def _checked(
    claim: Unsent, decided: Decided, looked: dict[Supplier, Looked], today: dt.date, tables: PolicyTables
) -> Checked:
    is_identified = claim.beneficiary_id is not None
    billed = lines_billed(claim, today)
    decision = in_words_of_the_file(decided.decision)
    lines = lines_checked(decided.facts, decision, billed, tables, is_identified=is_identified)
    theirs = next(found for supplier, found in looked.items() if supplier.pk == claim.supplier_id)
    return Checked(
        facts=decided.facts,
        decision=decision,
        lines=lines,
        billed=tuple(billed),
        gateway=(),
        why_no_patient=theirs.why_not(patient_as_billed(claim.reading.submission)),
        on_file=None,
    )


def in_words_of_the_file(decision: Decision) -> Decision:
    """The decision with other claims of the file called by their place in it, for they have no number yet."""

    def said(finding: Finding) -> Finding:
        return replace(finding, sentence=UNSENT.sub(lambda match: f"{int(match[1])} of this file", finding.sentence))

    lines = (replace(line, findings=tuple(map(said, line.findings))) for line in decision.lines)
    return replace(decision, lines=tuple(lines))


def _claim(claim: _Read, checked: Checked | None, suppliers: dict[BillingKey, Supplier]) -> ClaimOfFile:
    submission = claim.reading.submission
    why_not = ""
    if checked is None and claim.reading.is_accepted:
        why_not = TAKES_BACK if supplier_as_billed(submission) in suppliers else NOT_YOURS
    patient = submission.beneficiary
    return ClaimOfFile(
        position=claim.reading.position,
        patient_control_number=submission.patient_control_number,
        patient_name=f"{patient.last_name}, {patient.first_name}".rstrip(", "),
        charge=submission.total_charge or Decimal(0),
        gateway=claim.reading.findings,
        checked=checked,
        why_not=why_not,
    )
