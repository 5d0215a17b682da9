"""Receiving papers under a control number, whatever way they come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from accounts.models import Role, User
from beneficiaries.documents.actions import CheckedFile, ForRecords, check_file, keep_document
from beneficiaries.documents.receiving import SentFile
from beneficiaries.models import Document
from claims.attachments.matching import Addressee, Cover, addressee_of, tell
from claims.edits.wording import how_many
from claims.models import Attachment, AttachmentDocument
from policy import clock
from policy.refusals import Refused
from suppliers.rights import Right, require

Source = Attachment.Source


@dataclass(frozen=True, slots=True)
class Paper:
    """A file with what it is, by LOINC or by PWK01, and the lines of the claim that it is about."""

    file: SentFile
    loinc: str = ""
    report_type: str = ""
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of papers: the attachment, if anything was kept or is here already, and why files were refused."""

    attachment: Attachment | None
    refusals: tuple[Refused, ...] = ()
    kept: int = 0


def receive_attachment(
    cover: Cover,
    papers: Sequence[Paper],
    *,
    by: User,
    source: Source = Source.PORTAL,
    came_on: dt.date | None = None,
    is_all: bool = True,
    is_whole: bool = False,
    refused: Sequence[Refused] = (),
) -> Taken:
    """Take papers for the claim under a control number, or hold them until it comes. Raises `Refused` for the cover.

    Each file is taken or refused for itself; `is_whole` takes all or none. Files that came under the number before
    are not kept again, so that sending the same once more does nothing.
    """
    to = addressee_of(cover, by)
    if by.role == Role.SUPPLIER:
        require(by, Right.RECORDS, to.supplier.pk)
    day = check_came_on(came_on or clock.today())
    before = _came_before(cover, to)
    new = [paper for paper in papers if paper.file.sha256 not in before]
    checked, refusals = check_papers(new)
    refusals = [*refused, *refusals]
    if refusals and is_whole:
        return Taken(None, tuple(refusals))
    if not checked:
        again = [before[paper.file.sha256] for paper in papers if paper.file.sha256 in before]
        return Taken(again[0] if again else None, tuple(refusals))
    goal = ForRecords(to.beneficiary_id, to.supplier.pk, f"control number {cover.control_number}")
    documents = [(paper, keep_document(file, goal, by=by)) for paper, file in checked]
    attachment = _write(cover, to, documents, by=by, source=source, came_on=day, is_all=is_all)
    return Taken(attachment, tuple(refusals), len(documents))


def check_came_on(day: dt.date) -> dt.date:
    if day > clock.today():
        raise Refused("The day is still to come. Give the day on which the papers came.", "to_come", "came_on")
    return day


def _came_before(cover: Cover, to: Addressee) -> dict[str, Attachment]:
    """The attachments of the same number, supplier and patient, by the hash of each of their documents."""
    rows = AttachmentDocument.objects.filter(
        attachment__control_number=cover.control_number,
        document__supplier=to.supplier,
        document__beneficiary=to.beneficiary_id,
    ).exclude(document__scan=Document.Scan.INFECTED)
    return {row.document.sha256: row.attachment for row in rows.select_related("document", "attachment__claim")}


def check_papers(papers: Iterable[Paper]) -> tuple[list[tuple[Paper, CheckedFile]], list[Refused]]:
    """The papers that are fit to be kept, and why others are not."""
    checked, refusals = [], []
    for paper in papers:
        try:
            checked.append((paper, check_file(paper.file)))
        except Refused as refusal:
            refusals.append(refusal)
    return checked, refusals


@transaction.atomic
def _write(
    cover: Cover,
    to: Addressee,
    documents: Sequence[tuple[Paper, Document]],
    *,
    by: User,
    source: Source,
    came_on: dt.date,
    is_all: bool,
) -> Attachment:
    attachment = Attachment.objects.create(
        control_number=cover.control_number,
        npi=cover.npi,
        mbi=cover.mbi,
        service_day=cover.service_day,
        supplier=to.supplier,
        claim=to.claim,
        source=source,
        came_on=came_on,
        is_all=is_all,
        sent_by=by,
    )
    AttachmentDocument.objects.bulk_create(
        AttachmentDocument(
            attachment=attachment,
            document=document,
            loinc=paper.loinc,
            report_type=paper.report_type,
            lines=list(paper.lines),
        )
        for paper, document in documents
    )
    tell(attachment, by=by, what=f"({how_many(len(documents), 'document')})")
    return attachment
