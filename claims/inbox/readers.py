"""What the inbox shows."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from claims.models import LineOutcome, NoticeChoice, NoticeKind, NoticeRead, SupplierNotice
from claims.pages.keyset import Order, Page, Place, page_or_first

LATEST_FIRST = Order(("id",), is_descending=True)
PAGE_SIZE = 50

SENTENCES = {
    NoticeKind.CLAIM_PAID: "Claim {claim} is paid.",
    NoticeKind.RECORDS_REQUESTED: "Records are asked for claim {claim}.",
    NoticeKind.FILE_REFUSED: "A file was refused, or claims in it.",
    NoticeKind.KEY_EXPIRING: "A key of a program expires.",
    NoticeKind.TEST: "A test.",
}
OUTCOMES = {
    LineOutcome.PAY: "Claim {claim} is decided: it pays.",
    LineOutcome.DENY: "Claim {claim} is decided: no visit pays.",
    LineOutcome.HOLD: "Claim {claim} waits for a drug bill.",
    LineOutcome.SUSPEND: "Claim {claim} waits for a person at the contractor.",
}


@dataclass(frozen=True, slots=True)
class NoticeShown:
    """A notice in words, where it leads, and whether the person has read it."""

    notice: SupplierNotice
    sentence: str
    address: str
    is_read: bool


@dataclass(frozen=True, slots=True)
class Inbox:
    page: Page[SupplierNotice]
    shown: tuple[NoticeShown, ...]
    choice: NoticeChoice
    unread: int
    kind: str


def choice_of(user: User) -> NoticeChoice:
    """How a person is told; what holds for everyone while they did not choose."""
    return NoticeChoice.objects.filter(user=user).first() or NoticeChoice(user=user)


def inbox(user: User, place: Place, *, kind: str = "", only_unread: bool = False) -> Inbox:
    """A page of a person's notices, the latest first; five queries."""
    choice = choice_of(user)
    rows = SupplierNotice.objects.visible_to(user)
    unread = rows.unread_by(user, choice.read_up_to)
    sought = unread if only_unread else rows
    if kind:
        sought = sought.filter(kind=kind)
    page = page_or_first(sought.select_related("claim", "supplier"), LATEST_FIRST, PAGE_SIZE, place)
    read = set(NoticeRead.objects.filter(user=user, notice__in=page.rows).values_list("notice", flat=True))
    shown = tuple(shown_as(row, is_read=row.pk <= choice.read_up_to or row.pk in read) for row in page.rows)
    return Inbox(page, shown, choice, unread.count(), kind)


def shown_as(notice: SupplierNotice, *, is_read: bool) -> NoticeShown:
    return NoticeShown(notice, sentence_of(notice), address_of(notice), is_read)


def sentence_of(notice: SupplierNotice) -> str:
    words = OUTCOMES[LineOutcome(notice.outcome)] if is_about_decision(notice) else SENTENCES[NoticeKind(notice.kind)]
    return words.format(claim=notice.claim or "")


def is_about_decision(notice: SupplierNotice) -> bool:
    return notice.kind in (NoticeKind.CLAIM_DECIDED, NoticeKind.CLAIM_HELD)


def address_of(notice: SupplierNotice) -> str:
    """Where a notice leads on the pages; one about records to the request that its source names."""
    kind, _, named = notice.source.partition("/")
    if kind == "records_request":
        return reverse("review:request", args=[named.partition("/")[0]])
    if notice.claim:
        return reverse("claims:claim", args=[notice.claim.icn])
    if notice.file_id:
        return reverse("claims:file", args=[notice.file_id])
    return reverse("organization:keys", args=[notice.supplier_id]) if notice.kind == NoticeKind.KEY_EXPIRING else ""
