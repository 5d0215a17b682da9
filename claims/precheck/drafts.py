"""What suppliers do with drafts: begin one, save it, delete it, submit it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from accounts.actions import record_event
from accounts.models import User
from claims.intake.originals import NOTHING_MORE, LetIn
from claims.intake.receive import receive_file
from claims.intake.x12.findings import GatewayFinding
from claims.models import Claim, ClaimDraft, ClaimStatus
from claims.paper.entry import NotAccepted
from claims.precheck.bill import Bill, on_file, read_bill, write_837p
from claims.precheck.forms import Typed, empty
from claims.precheck.looks import look
from policy import clock
from policy.readers import tables_as_known
from policy.refusals import Refused
from suppliers.models import Supplier

SUBMITTED = "This draft was submitted as claim {}. What was sent does not change."


def begin_draft(
    supplier: Supplier, *, by: User, typed: Typed | None = None, corrects: Claim | None = None
) -> ClaimDraft:
    """An empty draft of the supplier, or one with these values, perhaps those of a claim that it corrects."""
    values = typed or empty()
    return ClaimDraft.objects.create(supplier=supplier, values=values, made_by=by, saved_by=by, corrects=corrects)


class ChangedMeanwhile(Refused):
    """Somebody else saved the draft after the page was opened; `draft` is as it stands now."""

    def __init__(self, draft: ClaimDraft) -> None:
        super().__init__(f"{draft.saved_by} changed this draft meanwhile.", "changed_meanwhile")
        self.draft = draft


def save_draft(draft: ClaimDraft, typed: Typed, *, by: User, at: dt.datetime, seen: int | None = None) -> ClaimDraft:
    """Keep what was typed at the moment `at`. `seen` is the version that the page was opened at; None overwrites any.

    The version is compared where the row is written, so no lock is needed. Of one person's requests that overtake each
    other the one that began last stays. Raises `ChangedMeanwhile` when another person saved a later version, and
    `Refused` for a draft that was submitted.
    """
    if draft.claim:
        raise Refused(SUBMITTED.format(draft.claim.icn), "submitted")
    if draft.saved_by_id == by.pk and draft.saved_at > at:
        return draft
    if seen is not None and draft.version != seen and draft.saved_by_id != by.pk:
        raise ChangedMeanwhile(draft)
    as_read = ClaimDraft.objects.filter(pk=draft.pk, version=draft.version, claim=None)
    if not as_read.update(values=typed, saved_by=by, saved_at=at, version=draft.version + 1):
        return save_draft(read_draft(draft.pk), typed, by=by, at=at, seen=seen)
    draft.values, draft.saved_by, draft.saved_at = typed, by, at
    draft.version += 1
    return draft


def read_draft(pk: int) -> ClaimDraft:
    return ClaimDraft.objects.select_related("supplier", "saved_by", "claim", "corrects").get(pk=pk)


@transaction.atomic
def delete_draft(draft: ClaimDraft) -> None:
    """Delete a draft for good; what was submitted stays."""
    lock(draft).delete()


@transaction.atomic
def submit_draft(draft: ClaimDraft, bill: Bill, *, by: User, let_in: LetIn = NOTHING_MORE) -> Claim:
    """Send the draft as an 837P through the intake of every other file; the claim, received and in the queue.

    A draft that was submitted before gives the claim it became. Raises `NotAccepted` with what the gateway finds, and
    nothing is sent then: whatever a decision would say of it never keeps a claim from being submitted.
    """
    draft = lock(draft, may_be_sent=True)
    if draft.claim:
        return draft.claim
    today, tables = clock.today(), tables_as_known()
    looked = look(draft.supplier, [bill.patient], by=by, on=today, tables=tables, page="Submit a claim")
    beneficiary_id = looked.found.get(bill.patient)
    found = on_file(beneficiary_id, bill.referring_npi, today) if beneficiary_id else None
    content = write_837p(bill, draft.supplier, found, today, draft.pk)
    if findings := read_bill(content, tables, today, "".join(let_in.frequencies)).findings:
        raise NotAccepted(findings)
    claim = receive(content, draft, by, today, let_in)
    draft.claim = claim
    draft.save(update_fields=["claim"])
    return claim


def receive(content: bytes, draft: ClaimDraft, by: User, today: dt.date, let_in: LetIn) -> Claim:
    receipt = receive_file(content, f"draft-{draft.pk}.x12", by=by, let_in=let_in)
    claim = Claim.objects.get(file=receipt.file)
    if claim.status == ClaimStatus.REJECTED:
        raise NotAccepted([GatewayFinding(**finding) for finding in claim.gateway_findings])
    sentence = f"Submitted from draft {draft.pk} of {draft.supplier}."
    record_event("claim_submitted", by=by, on=today, about=claim, sentence=sentence, data={"draft": draft.pk})
    return claim


def lock(draft: ClaimDraft, *, may_be_sent: bool = False) -> ClaimDraft:
    """The draft, locked; raises `Refused` when it was submitted."""
    drafts = ClaimDraft.objects.select_related("supplier", "saved_by", "claim", "corrects").select_for_update(
        of=("self",)
    )
    draft = drafts.get(pk=draft.pk)
    if draft.claim and not may_be_sent:
        raise Refused(SUBMITTED.format(draft.claim.icn), "submitted")
    return draft
