"""Claims that replace (frequency 7) or take back (frequency 8) another: which one, whether it can be, and what follows.

Only where the setting `accepted_frequencies` takes them in; elsewhere the gateway has refused them (A7:535). The claim
meant is named by its control number in REF*F8. It must be the same supplier's and the same patient's, decided, in time
(42 CFR 405.980) and open to nothing else; it stays locked until the file is received.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from accounts.actions import Actor
from beneficiaries.readers import PatientAsBilled, match_beneficiaries
from claims.adjustments.actions import accept_replacement, void
from claims.adjustments.checks import check_claim, check_none_open, check_time
from claims.adjustments.readers import open_adjustment, standing_replacement, window_of
from claims.edits.wording import in_words
from claims.intake.store import Origin, StoredClaim, patient_as_billed, supplier_as_billed
from claims.intake.x12.findings import GatewayFinding
from claims.intake.x12.reading import ClaimReading
from claims.intake.x12.rules import Rule
from claims.models import Adjustment, Claim, ClaimStatus
from policy.refusals import Refused

#: Claim frequency code: what it asks for.
REPLACES, VOIDS = "7", "8"
KINDS = {REPLACES: Adjustment.Kind.REPLACEMENT, VOIDS: Adjustment.Kind.VOID}

THE_SUPPLIER = "the supplier"

ORIGINAL_UNKNOWN = Rule(
    "X222.196.2300.REF02.040",
    "A7:464",
    "No claim of this supplier has the control number that was sent (loop 2300, REF*F8). "
    "Copy it from the 277CA or the remittance of the claim that is meant.",
)
ORIGINAL_OF_ANOTHER_PATIENT = Rule(
    "X222.196.2300.REF02.050",
    "A8:464",
    "The claim that REF*F8 names (loop 2300) is another patient's. Send the control number of this patient's claim.",
)
ORIGINAL_NOT_OPEN = Rule(
    "X222.196.2300.REF02.060",
    "A3:535",
    "The claim that REF*F8 names (loop 2300) cannot be replaced or voided: {why}",
)


@dataclass(frozen=True, slots=True)
class LetIn:
    """What an examiner lets in when a supplier's request is carried out: frequencies that are not taken in otherwise.

    The limits of time go by the day on which it was asked for, and by the good cause that was given.
    """

    frequencies: frozenset[str] = frozenset()
    asked_on: dt.date | None = None
    good_cause: str = ""


NOTHING_MORE = LetIn()


@dataclass(slots=True)
class Originals:
    """A portion of a file's claims as judged by the claims they name, and those claims by position in the file."""

    claims: list[ClaimReading]
    by_position: dict[int, Claim] = field(default_factory=dict)

    @property
    def ids(self) -> Mapping[int, int]:
        return {position: original.pk for position, original in self.by_position.items()}


def find_originals(claims: Sequence[ClaimReading], origin: Origin, let_in: LetIn = NOTHING_MORE) -> Originals:
    """Judge the claims that name another; the others, and what was refused already, are left as they are."""
    named = {claim.position: claim for claim in claims if claim.is_accepted and claim.submission.frequency in KINDS}
    if not named:
        return Originals(list(claims))
    numbers = {claim.submission.original_claim_number for claim in named.values()}
    locked = Claim.objects.select_for_update(of=("self",)).filter(icn__in=numbers, is_test=origin.is_test)
    judging = _Judging(
        {claim.icn or "": claim for claim in locked.order_by("pk")},
        match_beneficiaries({patient_as_billed(claim.submission) for claim in named.values()}),
        let_in.asked_on or origin.received_on,
        let_in.good_cause,
    )
    return Originals([judging.judge(claim) if claim.position in named else claim for claim in claims], judging.taken)


@dataclass(slots=True)
class _Judging:
    """`taken` has the originals of the claims that passed, by the position of these in the file."""

    originals: Mapping[str, Claim]
    patients: Mapping[PatientAsBilled, int]
    today: dt.date
    good_cause: str = ""
    taken: dict[int, Claim] = field(default_factory=dict)

    def judge(self, claim: ClaimReading) -> ClaimReading:
        """The claim with a finding, or as it is and its original taken."""
        number = claim.submission.original_claim_number
        original = self.originals.get(number)
        if original is None or (original.billing_npi, original.billing_tin) != supplier_as_billed(claim.submission):
            return refused(claim, ORIGINAL_UNKNOWN)
        if not self._is_same_patient(claim, original):
            return refused(claim, ORIGINAL_OF_ANOTHER_PATIENT)
        if why := self._why_not(original, KINDS[claim.submission.frequency]):
            return refused(claim, replace(ORIGINAL_NOT_OPEN, message=ORIGINAL_NOT_OPEN.message.format(why=why)))
        self.taken[claim.position] = original
        return claim

    def _is_same_patient(self, claim: ClaimReading, original: Claim) -> bool:
        """By the person on file, so that a new MBI does not matter; by the MBI as billed where nobody is on file."""
        person = self.patients.get(patient_as_billed(claim.submission))
        if person is None or original.beneficiary_id is None:
            return claim.submission.beneficiary.mbi == original.mbi
        return person == original.beneficiary_id

    def _why_not(self, original: Claim, kind: str) -> str:
        if original in self.taken.values():
            return "another claim of this file names it too. Send one."
        try:
            check_claim(original, kind)
            check_none_open(original)
            check_time(original, self.today, self.good_cause)
        except Refused as refusal:
            return in_suppliers_words(original, refusal.code)
        return ""


def refused(claim: ClaimReading, rule: Rule) -> ClaimReading:
    finding: GatewayFinding = rule.finding(0, claim.submission.original_claim_number)
    return replace(claim, findings=(*claim.findings, finding))


def in_suppliers_words(original: Claim, code: str) -> str:
    """Why a claim is not open to its supplier's correction, and what to send instead; nothing of who works on it."""
    if code == "already_open":
        return _being_adjusted(original)
    if code in ("too_late", "needs_good_cause"):
        return _late(original)
    match ClaimStatus(original.status):
        case ClaimStatus.ADJUSTED:
            return f"claim {standing_replacement(original)} stands in its place. Name that one."
        case ClaimStatus.VOIDED:
            return "it was voided. Send a new claim (frequency 1)."
        case _:
            return "it is not decided yet. Wait for its remittance."


def _being_adjusted(original: Claim) -> str:
    adjustment = open_adjustment(original)
    if adjustment and adjustment.replacement:
        return f"its replacement, claim {adjustment.replacement.icn}, is not decided yet. Wait, then name that one."
    return "it is being decided anew. Wait for the remittance of its correction."


def _late(original: Claim) -> str:
    window = window_of(original)
    assert window is not None
    return (
        f"that was possible through {in_words(window.any_reason_through)}. "
        "Ask for a reopening with a good cause (42 CFR 405.986)."
    )


def take_their_places(stored: Iterable[StoredClaim], originals: Originals, by: Actor = THE_SUPPLIER) -> None:
    """What follows once the claims are stored: replacements wait for their decision, voids are done at once.

    `by` is the examiner who corrects what was keyed wrongly, else the supplier.
    """
    for claim in stored:
        original = originals.by_position.get(claim.reading.position)
        if original is None:
            continue
        if claim.reading.submission.frequency == VOIDS:
            void(original, f"Voided by claim {claim.icn}, frequency 8", by=THE_SUPPLIER, on=claim.origin.received_on)
        else:
            accept_replacement(original, claim.id, by=by)
