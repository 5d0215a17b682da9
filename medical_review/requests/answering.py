"""Answering a request for records: sending in several goes, saying that it is all, and what the job takes over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q

from accounts.actions import Actor
from accounts.models import Role, User
from beneficiaries.documents.actions import ForRecords, receive_document
from beneficiaries.documents.receiving import SentFile
from beneficiaries.models import Document
from claims.authority import check_role
from claims.edits.wording import how_many, in_words, listed
from medical_review.actions.closing import reopen
from medical_review.actions.records import receive_records
from medical_review.clocks import late_records_through
from medical_review.letters.nudge import nudge_letters
from medical_review.letters.writing import write_late_receipt
from medical_review.models import Case, ReceivedRecord, RecordsReceipt, RecordsRequest, RequestedDocument
from medical_review.states import REVIEWS, THE_JOB, CaseState
from medical_review.telling import tell_request
from policy import clock
from policy.readers import tables_as_known
from policy.refusals import Refused
from policy.tables import PolicyTables
from suppliers.rights import Right, require

How = RecordsReceipt.How


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of one go: its receipt, if anything was kept, and why other files were not."""

    receipt: RecordsReceipt | None
    refusals: tuple[Refused, ...]


@transaction.atomic
def send(
    request: RecordsRequest,
    files: Mapping[int, Sequence[SentFile]],
    lacking: Mapping[int, str],
    *,
    by: User,
    how: str = How.PORTAL,
    came_on: dt.date | None = None,
    refused: Sequence[Refused] = (),
) -> Sent:
    """Take one go of an answer: files by the number of their slot, and why a document is not sent.

    Each file is taken or refused for itself; where nothing is kept there is no receipt.
    """
    request = lock_open(request, by)
    slots = {slot.number: slot for slot in request.slots.select_related("case__claim")}
    received, refusals = receive_files(request, slots, files, by)
    say_lacking(slots, lacking)
    if not received:
        return Sent(None, (*refused, *refusals))
    receipt = make_receipt(request, by, how, came_on)
    ReceivedRecord.objects.bulk_create(
        ReceivedRecord(receipt=receipt, slot=slot, document=document) for slot, document in received
    )
    sentence = (
        f"Receipt {receipt.number}: {how_many(len(received), 'document')} came {receipt.get_how_display().lower()}."
    )
    tell_request("records_sent", request, by, sentence)
    return Sent(receipt, (*refused, *refusals))


def receive_files(
    request: RecordsRequest, slots: Mapping[int, RequestedDocument], files: Mapping[int, Sequence[SentFile]], by: User
) -> tuple[list[tuple[RequestedDocument, Document]], list[Refused]]:
    """Keep what is fit, each with the patient of its claim."""
    received, refusals = [], []
    for number, slot in slots.items():
        beneficiary = slot.case.claim.beneficiary_id
        assert beneficiary is not None
        goal = ForRecords(beneficiary, request.supplier_id, f"the answer to {request.number}")
        for file in files.get(number, ()):
            try:
                received.append((slot, receive_document(file, goal, by=by)))
            except Refused as refusal:
                refusals.append(refusal)
    return received, refusals


def say_lacking(slots: Mapping[int, RequestedDocument], lacking: Mapping[int, str]) -> None:
    """Keep why documents are not sent, as it was said last."""
    changed = [slot for number, slot in slots.items() if number in lacking and slot.lacking != lacking[number]]
    for slot in changed:
        slot.lacking = lacking[slot.number][:300]
    RequestedDocument.objects.bulk_update(changed, ["lacking"])


@transaction.atomic
def finish(
    request: RecordsRequest, *, by: Actor, how: str = How.PORTAL, came_on: dt.date | None = None
) -> RecordsReceipt:
    """The answer is all: reviewers have the cases again, and denials for want of records are taken up again.

    Refuses an answer in which nothing came and nothing is said; the job may end such a request for an attestation.
    """
    request = lock_open(request, by)
    if isinstance(by, User) and not was_answered(request):
        raise Refused("Nothing was sent and nothing is said yet. Send a document, or say why there is none.", "empty")
    receipt = make_receipt(request, by, how, came_on, is_all=True)
    request.completed_on = clock.today()
    request.save(update_fields=["completed_on"])
    cases, late = list(request.cases.select_related("claim").order_by("claim_id")), []
    for case in cases:
        if case.state == CaseState.RECORDS:
            receive_records(case, by=by, on=receipt.came_on)
        elif may_reopen(case, clock.today(), tables_as_known()):
            late.append(reopen(case, why=f"Late records came, receipt {receipt.number}", by=_reopener(by)))
    missing = listed([slot.title for slot in missing_of(request)])
    sentence = f"Receipt {receipt.number}: the answer is complete. {f'Missing: {missing}.' if missing else ''}".strip()
    tell_request("records_complete", request, by, sentence)
    if late:
        write_late_receipt(request, receipt, late)
        nudge_letters()
    return receipt


def _reopener(by: Actor) -> Actor:
    """Who takes a case up again: a person of the contractor, or for a supplier's answer the work itself."""
    return THE_JOB if isinstance(by, User) and by.role == Role.SUPPLIER else by


def was_answered(request: RecordsRequest) -> bool:
    return request.receipts.exists() or request.slots.exclude(lacking="").exists()


def make_receipt(
    request: RecordsRequest, by: Actor, how: str, came_on: dt.date | None, *, is_all: bool = False
) -> RecordsReceipt:
    today = clock.today()
    return RecordsReceipt.objects.create(
        request=request,
        place=(request.receipts.aggregate(last=Max("place"))["last"] or 0) + 1,
        how=how,
        came_on=check_came_on(request, came_on or today),
        is_all=is_all,
        made_by=by if isinstance(by, User) else None,
        made_on=today,
    )


def check_came_on(request: RecordsRequest, day: dt.date) -> dt.date:
    """Refuses a day before the request, or one that is still to come."""
    if day > clock.today():
        raise Refused("The day is still to come. Give the day on which the records came.", "to_come", "came_on")
    if day < request.asked_on:
        asked = in_words(request.asked_on)
        raise Refused(f"The records were asked for on {asked}. Give that day or a later one.", "before", "came_on")
    return day


def lock_open(request: RecordsRequest, by: Actor) -> RecordsRequest:
    """The request as it is now, locked; refuses who may not answer it, and one that takes no answer any more."""
    locked = RecordsRequest.objects.select_for_update().get(pk=request.pk)
    if isinstance(by, User):
        check_may_answer(locked, by)
    if locked.completed_on:
        day = in_words(locked.completed_on)
        raise Refused(f"The answer was complete on {day}. What is missing in it, send with an appeal.", "complete")
    if not takes_answers(locked):
        raise Refused("No case of this request waits for records any more, so none are taken.", "over")
    return locked


def check_may_answer(request: RecordsRequest, by: User) -> None:
    if by.role == Role.SUPPLIER:
        require(by, Right.RECORDS, request.supplier_id)
    else:
        check_role(REVIEWS, by)


def takes_answers(request: RecordsRequest) -> bool:
    """Whether an answer still does something: a case waits for it, or was denied for want of it not too long ago."""
    today, tables = clock.today(), tables_as_known()
    return request.completed_on is None and any(
        case.state == CaseState.RECORDS or may_reopen(case, today, tables) for case in request.cases.all()
    )


def may_reopen(case: Case, day: dt.date, tables: PolicyTables) -> bool:
    """Whether late records would reopen the case: nobody signed its last decision, and the day is not too late."""
    if case.state != CaseState.DECIDED or case.ended_on is None:
        return False
    last = case.decisions.order_by("-number").first()
    return last is not None and last.signed_by_id is None and day <= late_records_through(case.ended_on, tables)


def missing_of(request: RecordsRequest) -> Sequence[RequestedDocument]:
    """The documents of which nothing came and nothing was said."""
    return list(request.slots.filter(records=None, lacking=""))


def take_over(day: dt.date) -> int:
    """End the answers that nobody ended, before `day`: what came is reviewed, and no attestation is waited for.

    An answer that was begun in time is reviewed as it is after its last day; one that came late, on the next day.
    """
    return sum(_take_over(request) for request in left_unfinished(day))


def left_unfinished(day: dt.date) -> Iterable[RecordsRequest]:
    begun = Exists(RecordsReceipt.objects.filter(request=OuterRef("pk"), made_on__lt=day))
    overdue = RecordsRequest.objects.filter(completed_on=None, due__lt=day)
    of_appeal = Exists(Case.objects.filter(requests=OuterRef("pk"), kind=Case.Kind.REDETERMINATION))
    wanted = overdue.filter(Q(begun) | Q(of_appeal) | Q(kind=RecordsRequest.Kind.ATTESTATION))
    return [request for request in wanted.order_by("pk") if takes_answers(request)]


def _take_over(request: RecordsRequest) -> bool:
    """End one; not when somebody else was faster or its claim is being decided at this moment."""
    try:
        finish(request, by=THE_JOB, how=How.NOTHING_MORE)
    except Refused:
        return False
    return True
