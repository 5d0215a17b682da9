"""Notes on a claim: written once and never changed; what one has begun to write is kept until it is written.

All acts raise `Refused`, with a sentence and the field it is about.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.actions import record_event
from accounts.models import User
from claims.models import Claim, ClaimNote, NoteDraft
from claims.models.note import LONGEST_NOTE
from policy import clock
from policy.refusals import Refused


@transaction.atomic
def write_note(claim: Claim, text: str, *, by: User) -> ClaimNote:
    """Put a note on a claim and drop its draft; people of suppliers neither write nor read notes."""
    check_staff(by)
    text = checked(text)
    if not text:
        raise Refused("Write the note first: an empty one is not kept.", "no_text", "text")
    note = ClaimNote.objects.create(claim=claim, text=text, made_by=by, made_on=clock.today())
    NoteDraft.objects.filter(claim=claim, person=by).delete()
    record_event("note_written", by=by, on=note.made_on, about=claim, sentence="A note was written.")
    return note


def keep_draft(claim: Claim, text: str, *, by: User) -> NoteDraft | None:
    """Keep what a person has begun to write, in the place of what was kept before; nothing is kept of an empty text."""
    check_staff(by)
    text = checked(text)
    if not text:
        NoteDraft.objects.filter(claim=claim, person=by).delete()
        return None
    draft, _ = NoteDraft.objects.update_or_create(
        claim=claim, person=by, defaults={"text": text, "saved_at": timezone.now()}
    )
    return draft


def check_staff(by: User) -> None:
    if not by.is_contractor_staff:
        raise Refused("Notes are written by people who work for the contractor.", "wrong_role")


def checked(text: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    if len(text) > LONGEST_NOTE:
        raise Refused(f"A note has at most {LONGEST_NOTE:,} characters. Write two.", "note_too_long", "text")
    return text
