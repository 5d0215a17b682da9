"""Writing letters: the text is made of a template in its version on that day, and kept as it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from accounts.actions import Actor
from accounts.models import User
from claims.adjustments.readers import open_adjustment
from claims.models import Adjustment, Claim, ClaimStatus, Demand, Overpayment
from claims.models.overpayment import DAYS_TO_RECONSIDERATION
from claims.remedies import Remedy, remedies_of
from medical_review.actions.holding import replacement_of
from medical_review.letters.templates import template_on
from medical_review.models import (
    Case,
    Letter,
    LetterKind,
    LineVerdict,
    RecordsReceipt,
    RecordsRequest,
    RedeterminationEnd,
    RedeterminationRequest,
    RequestedDocument,
    ReviewDecision,
)
from medical_review.states import THE_JOB
from medical_review.telling import tell
from policy import clock
from suppliers.models import Supplier, SupplierPerson
from suppliers.rights import Duty

ONE_DAY = dt.timedelta(days=1)

#: Days from the letter in which an independent contractor is asked to review a dismissal (60 from receipt, 42 CFR
#: 405.974(b)), and in which the dismissal is set aside for good cause (180 from receipt, 405.952(d)); both recalled.
DAYS_TO_REVIEW_OF_DISMISSAL, DAYS_TO_SET_ASIDE = 65, 185


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter that is not written yet: what it is for, to whom, and what its template needs."""

    kind: LetterKind
    key: str
    title: str
    supplier: Supplier
    context: Mapping[str, Any]
    links: Mapping[str, Any] = field(default_factory=dict)

    def text(self, day: dt.date) -> str:
        """The text as it would be written on a day, in HTML; what people wrote is escaped by the template."""
        return render_to_string(
            template_on(self.kind, day).path, {**self.context, "contractor": settings.CONTRACTOR, "day": day}
        ).strip()


def write(draft: Draft, *, by: Actor) -> Letter:
    """Keep the letter, once for its key; who asked for it twice gets the first."""
    day = clock.today()
    template = template_on(draft.kind, day)
    letter, is_new = Letter.objects.get_or_create(
        key=draft.key,
        defaults={
            "kind": draft.kind,
            "supplier": draft.supplier,
            "title": draft.title,
            "addressee": addressee_of(draft.supplier),
            "template": template.name,
            "template_version": template.version,
            "text": draft.text(day),
            "sent_how": how_sent(draft.supplier),
            "made_by": by if isinstance(by, User) else None,
            "made_on": day,
            **draft.links,
        },
    )
    if is_new:
        for case in cases_of(letter):
            tell("letter_written", case, by, f"{letter.title} is written: letter {letter.number}.")
    return letter


def cases_of(letter: Letter) -> Iterable[Case]:
    if letter.case:
        return [letter.case]
    return letter.request.cases.all() if letter.request else []


def addressee_of(supplier: Supplier) -> str:
    """Name and address, one line each."""
    code = f"{supplier.zip[:5]}-{supplier.zip[5:]}" if len(supplier.zip) > 5 else supplier.zip
    return f"{supplier.name}\n{supplier.address}\n{supplier.city}, {supplier.state} {code}"


def how_sent(supplier: Supplier) -> str:
    """On the supplier's pages where somebody reads them, by post otherwise."""
    reads = SupplierPerson.objects.filter(supplier=supplier, user__is_active=True).exclude(duty=Duty.PROGRAM)
    return Letter.How.PORTAL if reads.exists() else Letter.How.POST


# ---------- requests, reminders, receipts ----------


def request_draft(request: RecordsRequest, slots: Sequence[RequestedDocument]) -> Draft:
    """The letter of a request; the request need not be written yet, as in a preview."""
    kind = LetterKind.ATTESTATION if request.is_attestation else LetterKind.REQUEST
    return Draft(
        kind,
        f"request:{request.pk}",
        f"{kind.label} {request.number}" if request.pk else kind.label,
        request.supplier,
        request_context(request, slots),
        {"request": request},
    )


def request_context(request: RecordsRequest, slots: Sequence[RequestedDocument]) -> dict[str, Any]:
    return {
        "request": request,
        "number": request.number if request.pk else "(given when it is sent)",
        "groups": grouped(slots),
        "denied_on": request.due + ONE_DAY,
        "is_appeal": any(slot.case.is_redetermination for slot in slots),
    }


def grouped(slots: Sequence[RequestedDocument]) -> list[tuple[Claim, list[RequestedDocument]]]:
    """The documents by the claim they are about, in their order."""
    return [(case.claim, list(each)) for case, each in groupby(slots, key=lambda slot: slot.case)]


def write_request_letter(request: RecordsRequest, slots: Sequence[RequestedDocument], *, by: User) -> Letter:
    return write(request_draft(request, slots), by=by)


def write_reminder(request: RecordsRequest, count: int) -> Letter:
    """The reminder with that number: what came, what is missing still."""
    slots = list(request.slots.select_related("case__claim").prefetch_related("records"))
    missing = [slot for slot in slots if not slot.records.all() and not slot.lacking]
    context = {**request_context(request, missing or slots), "count": count, "came": len(slots) - len(missing)}
    title = f"Reminder {count} of request {request.number}"
    draft = Draft(
        LetterKind.REMINDER,
        f"reminder:{request.pk}:{count}",
        title,
        request.supplier,
        context,
        {"request": request},
    )
    return write(draft, by=THE_JOB)


def write_late_receipt(request: RecordsRequest, receipt: RecordsReceipt, cases: Sequence[Case]) -> Letter:
    """That late records came and which denials are taken up again."""
    context = {
        "request": request,
        "receipt": receipt,
        "cases": cases,
        "slots": request.slots.prefetch_related("records__document"),
    }
    title = f"Receipt of late records {receipt.number}"
    draft = Draft(LetterKind.LATE, f"late:{receipt.pk}", title, request.supplier, context, {"request": request})
    return write(draft, by=THE_JOB)


# ---------- results ----------


def standing_claim(case: Case) -> Claim | None:
    """The claim as it was decided by the review, or the one that took its place; None while that is not done."""
    claim = Claim.objects.get(pk=case.claim_id)
    kinds = (Adjustment.Kind.REVIEW, Adjustment.Kind.APPEAL)
    last = claim.adjustments.filter(kind__in=kinds).order_by("-arrival").first()
    if open_adjustment(claim) or (last and last.state == Adjustment.State.REFUSED):
        return None
    if claim.status == ClaimStatus.ADJUSTED:
        claim = replacement_of(claim) or claim
    return None if claim.status in (ClaimStatus.RECEIVED, ClaimStatus.QUEUED) else claim


def results_draft(decision: ReviewDecision, claim: Claim) -> Draft:
    """The letter of results: lines, reasons, what is owed, and what can be done by when."""
    case, day = decision.case, clock.today()
    assert case.supplier is not None
    overpayment = Overpayment.objects.filter(claim__in=(case.claim_id, claim.pk)).owing().order_by("-pk").first()
    demand = Demand.objects.filter(overpayment=overpayment).first() if overpayment else None
    lines = list(decision.lines.select_related("line"))
    is_changed = any(line.verdict != LineVerdict.AFFIRM for line in lines)
    context = {
        "case": case,
        "claim": case.claim,
        "standing": claim,
        "decision": decision,
        "lines": lines,
        "is_changed": is_changed,
        "overpayment": overpayment,
        "demand": demand,
        "remedies": open_remedies(claim, demand, day) if is_changed else [],
    }
    return Draft(
        LetterKind.RESULTS,
        f"results:{decision.pk}",
        f"Results of medical review {case.number}",
        case.supplier,
        context,
        {"case": case, "decision": decision},
    )


def open_remedies(claim: Claim, demand: Demand | None, day: dt.date) -> list[Remedy]:
    """What can be done about a decision that a letter of this day tells."""
    return [each for each in remedies_of(claim, day, demand, day) if each.is_open]


def write_results(decision: ReviewDecision) -> Letter | None:
    """The letter of a decision that counts, once its claim is decided by it; None while it is not."""
    end = RedeterminationEnd.objects.filter(decision=decision).select_related("request").first()
    if end and end.outcome == RedeterminationEnd.Outcome.UNFAVORABLE:
        return write(redetermination_draft(decision), by=THE_JOB)
    claim = standing_claim(decision.case)
    return write(draft_of(decision, claim), by=THE_JOB) if claim else None


def draft_of(decision: ReviewDecision, claim: Claim) -> Draft:
    """The letter that tells a decision: of a review, or of a redetermination."""
    return redetermination_draft(decision) if decision.case.is_redetermination else results_draft(decision, claim)


# ---------- redeterminations ----------


def redetermination_draft(decision: ReviewDecision) -> Draft:
    """The notice of a redetermination (42 CFR 405.956): its outcome, the lines, why, and the reconsideration."""
    case = decision.case
    assert case.supplier is not None
    request = RedeterminationRequest.objects.filter(case=case).first()
    end = RedeterminationEnd.objects.filter(decision=decision).first()
    appealed = set(request.lines.values_list("line_id", flat=True)) if request else set()
    lines = list(decision.lines.select_related("line"))
    context = {
        "case": case,
        "claim": case.claim,
        "request": request,
        "end": end,
        "decision": decision,
        "lines": [(line, line.line_id in appealed) for line in lines],
        "reconsideration_by": clock.today() + dt.timedelta(days=DAYS_TO_RECONSIDERATION),
    }
    title = f"Redetermination {request.number}" if request else f"Redetermination {case.number}"
    links = {"case": case, "decision": decision}
    return Draft(LetterKind.REDETERMINED, f"results:{decision.pk}", title, case.supplier, context, links)


def write_dismissal(end: RedeterminationEnd, *, by: Actor) -> Letter:
    """That a request was dismissed, or ended because it was taken back, and what can be done about it."""
    request, day = end.request, clock.today()
    context = {
        "request": request,
        "claim": request.claim,
        "end": end,
        "is_withdrawn": end.outcome == RedeterminationEnd.Outcome.WITHDRAWN,
        "reviewed_by": day + dt.timedelta(days=DAYS_TO_REVIEW_OF_DISMISSAL),
        "set_aside_by": day + dt.timedelta(days=DAYS_TO_SET_ASIDE),
    }
    title = f"Dismissal of redetermination {request.number}"
    links = {"case": request.case}
    draft = Draft(LetterKind.DISMISSAL, f"dismissal:{request.pk}", title, request.supplier, context, links)
    return write(draft, by=by)
