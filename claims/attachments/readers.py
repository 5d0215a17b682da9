"""What is shown of papers: what a claim announces and what of it is here, for its page and for its review."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from accounts.models import User
from beneficiaries.documents.readers import DocumentShown, documents_shown
from beneficiaries.models import Document
from claims.attachments.announced import waited_until
from claims.edits.wording import days, in_words, listed
from claims.models import AnnouncedAttachment, Attachment, AttachmentDocument, Claim
from claims.pages.keyset import Order, Page, Place, page_or_first
from policy.tables import PolicyTables

PAGE_SIZE = 25
LATEST = Order(("arrival",), is_descending=True)

#: PWK01 as people say it: the report types that home infusion claims use; others are named by their code.
REPORT_TYPES = {
    "03": "report justifying treatment",
    "04": "drugs administered",
    "08": "plan of treatment",
    "09": "progress report",
    "77": "support data for verification",
    "B3": "physician order",
    "M1": "medical record",
    "OD": "orders and treatments document",
    "OZ": "support data for claim",
    "PN": "physical therapy notes",
    "PY": "physician’s report",
}


@dataclass(frozen=True, slots=True)
class PaperShown:
    """A document that came, with the attachment that brought it."""

    shown: DocumentShown
    attachment: Attachment


@dataclass(frozen=True, slots=True)
class Papers:
    """The papers of a claim under one control number; `until` is the last day of waiting, none for unannounced ones."""

    control_number: str
    what: str
    until: dt.date | None
    came: tuple[PaperShown, ...]
    today: dt.date

    @property
    def is_waited_for(self) -> bool:
        """Whether a review waits for them: announced, not here, and the last day has not passed."""
        return not self.came and self.until is not None and self.today <= self.until

    @property
    def standing(self) -> str:
        """ "not here yet, waited for until January 23 (3 days left)"."""
        if self.came:
            first = min(paper.attachment.came_on for paper in self.came)
            late = f", after {in_words(self.until)}" if self.until and first > self.until else ""
            return f"received on {in_words(first)}{late}"
        assert self.until is not None
        if not self.is_waited_for:
            return f"did not come by {in_words(self.until)}"
        left = (self.until - self.today).days
        return f"not here yet, waited for until {in_words(self.until)} ({f'{days(left)} left' if left else 'today'})"


def papers_of(claim: Claim, tables: PolicyTables, today: dt.date) -> tuple[Papers, ...]:
    """The papers that a claim announces or that came for it; two queries, one more where some came.

    A claim that replaces another is shown what came for that one under the numbers that it announces again.
    """
    announced = sorted(claim.announced.all(), key=lambda each: each.control_number)
    by_number = {number: list(rows) for number, rows in groupby(announced, key=lambda each: each.control_number)}
    came = _came_for(claim, by_number)
    return tuple(
        _papers(number, by_number.get(number, []), came, claim, tables, today) for number in {**by_number, **came}
    )


def _came_for(claim: Claim, announced: Iterable[str]) -> dict[str, list[PaperShown]]:
    """What came, by its control number; one query, two where something did."""
    of_claims = AttachmentDocument.objects.filter(attachment__claim__in=[claim.pk, *filter(None, [claim.replaces_id])])
    rows = of_claims.exclude(document__scan=Document.Scan.INFECTED)
    found = [
        row
        for row in rows.select_related("attachment", "document").order_by("pk")
        if row.attachment.claim_id == claim.pk or row.attachment.control_number in announced
    ]
    came: dict[str, list[PaperShown]] = {}
    for row, shown in zip(found, documents_shown(row.document for row in found) if found else (), strict=True):
        came.setdefault(row.attachment.control_number, []).append(PaperShown(shown, row.attachment))
    return came


def _papers(
    number: str,
    announced: Sequence[AnnouncedAttachment],
    came: dict[str, list[PaperShown]],
    claim: Claim,
    tables: PolicyTables,
    today: dt.date,
) -> Papers:
    until = max((waited_until(each.way, claim.received_on, tables) for each in announced), default=None)
    return Papers(
        number,
        listed(list(dict.fromkeys(map(_what, announced)))) if announced else "",
        until,
        tuple(came.get(number, ())),
        today,
    )


def _what(announced: AnnouncedAttachment) -> str:
    """ "plan of treatment, by fax, for line 2"."""
    kind = REPORT_TYPES.get(announced.report_type, f"report type {announced.report_type}")
    line = f", for line {announced.line}" if announced.line else ""
    return f"{kind}, {announced.get_way_display()}{line}"


def attachment_page(person: User, is_waiting: bool, place: Place) -> Page[Attachment]:
    """What came under control numbers, the latest first: all of it, or what waits for its claim."""
    rows = (
        Attachment.objects.visible_to(person)
        .select_related("supplier", "claim")
        .prefetch_related("documents__document")
    )
    return page_or_first(rows.filter(claim=None) if is_waiting else rows, LATEST, PAGE_SIZE, place)
