"""Marks on pages of the record: put there by who has the case, and withdrawn."""

from __future__ import annotations

from typing import NamedTuple

from django.db import transaction

from accounts.models import User
from beneficiaries.models import Document
from medical_review.actions.writing import lock_to_write
from medical_review.models import Case, MarkWithdrawal, PageMark
from medical_review.models.mark import WHOLE
from medical_review.record import documents_of
from policy import clock
from policy.refusals import Refused

#: Most marks that stand on one page: more hide what they mark.
MOST_MARKS = 40


class Box(NamedTuple):
    """A box on a page in thousandths of its width from the left and of its height from the top."""

    left: int
    top: int
    right: int
    bottom: int


@transaction.atomic
def mark_page(
    case: Case, document: Document, page: int, box: Box, *, by: User, note: str = "", point: int | None = None
) -> PageMark:
    """Put a box on a page; what it shows is said by a note, a point of the checklist, or both."""
    case = lock_to_write(case, by)
    note = " ".join(note.split())[:300]
    _check(case, document, page, box)
    if not note and point is None:
        raise Refused("Say what the mark shows: choose a point, or write a note.", "no_words", "note")
    standing = PageMark.objects.standing().filter(case=case, document=document, page=page)
    if standing.count() >= MOST_MARKS:
        raise Refused(f"{MOST_MARKS} marks stand on this page. Withdraw one first.", "too_many")
    return PageMark.objects.create(
        case=case,
        document=document,
        page=page,
        note=note,
        point=point,
        made_by=by,
        made_on=clock.today(),
        **box._asdict(),
    )


def _check(case: Case, document: Document, page: int, box: Box) -> None:
    if not documents_of(case).filter(pk=document.pk).exists():
        raise Refused("The document is none of this case’s record.", "other_record", "document")
    if not 1 <= page <= document.pages:
        raise Refused(f"{document} has pages 1 to {document.pages}.", "no_page", "page")
    if min(box) < 0 or max(box) > WHOLE:
        raise Refused(f"The box leaves the page: places on it are 0 to {WHOLE}.", "off_page", "left")
    if box.left >= box.right or box.top >= box.bottom:
        raise Refused("The box is empty: its right lower corner lies right of and below the other.", "empty", "right")


@transaction.atomic
def withdraw_mark(mark: PageMark, *, by: User) -> MarkWithdrawal:
    """Take a mark off its page; it stays on the record. Who has the case may withdraw what others put there."""
    lock_to_write(mark.case, by)
    found = MarkWithdrawal.objects.filter(mark=mark).first()
    return found or MarkWithdrawal.objects.create(mark=mark, made_by=by, made_on=clock.today())
