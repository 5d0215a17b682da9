"""What happens to documents: they are received, scanned, and removed from a draft."""

from __future__ import annotations

import errno
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import connection, transaction

from accounts.actions import record_event
from accounts.models import User
from beneficiaries.documents.checks import Opened, open_document
from beneficiaries.documents.names import clean_name
from beneficiaries.documents.pages import forget_pages
from beneficiaries.documents.receiving import FIELD, SentFile
from beneficiaries.documents.scanning import ScannerAway, scan
from beneficiaries.models import BeneficiaryMbi, Document, PlanDraft, PlanOfCareVersion
from policy import clock
from policy.refusals import Refused

logger = logging.getLogger(__name__)

INFECTED = "{} carries a virus, the scanner says, and was not kept. Have the computer that it comes from looked at."


@dataclass(frozen=True, slots=True)
class ForRecords:
    """Where a document goes that is about a patient and with no plan of care; `words` name what it answers."""

    beneficiary_id: int
    supplier_id: int
    words: str


#: What a document is received with.
Goal = PlanDraft | PlanOfCareVersion | ForRecords


@dataclass(frozen=True, slots=True)
class Received:
    """What became of the files of one request: documents that were kept, and why others were not."""

    documents: tuple[Document, ...]
    refusals: tuple[Refused, ...]


def receive_documents(files: Sequence[SentFile], to: Goal, *, by: User, refused: Sequence[Refused] = ()) -> Received:
    """Receive each file for itself: one that is not fit keeps out no other. `refused` were not taken before."""
    documents, refusals = [], list(refused)
    for file in files:
        try:
            documents.append(receive_document(file, to, by=by))
        except Refused as refusal:
            refusals.append(refusal)
    return Received(tuple(documents), tuple(refusals))


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that is fit to be kept: its name as people read it, what it is, and what the scanner said."""

    file: SentFile
    name: str
    opened: Opened
    verdict: Document.Scan


def receive_document(file: SentFile, to: Goal, *, by: User) -> Document:
    """Check a file, have it scanned, keep it with where it goes. Raises `Refused`, and nothing is left then."""
    return keep_document(check_file(file), to, by=by)


def check_file(file: SentFile) -> CheckedFile:
    """Whether a file can be kept, and what it is. Raises `Refused`."""
    name = clean_name(file.name or "")
    opened = open_document(Path(file.temporary_file_path()), name)
    verdict = _scanned(file)
    if verdict == Document.Scan.INFECTED:
        raise Refused(INFECTED.format(name), "infected", FIELD)
    return CheckedFile(file, name, opened, verdict)


def keep_document(checked: CheckedFile, to: Goal, *, by: User) -> Document:
    """Keep a checked file with where it goes. Raises `Refused` when the storage refuses it."""
    file, opened, verdict = checked.file, checked.opened, checked.verdict
    whose = to.plan if isinstance(to, PlanOfCareVersion) else to
    document = Document(
        beneficiary_id=whose.beneficiary_id,
        supplier_id=whose.supplier_id,
        version=to if isinstance(to, PlanOfCareVersion) else None,
        draft=to if isinstance(to, PlanDraft) else None,
        sha256=file.sha256,
        size=file.size or 0,
        kind=opened.kind,
        name=checked.name,
        pages=opened.pages,
        other_mbi_pages=_pages_of_others(opened.numbers, whose.beneficiary_id),
        scan=verdict,
        scanned_at=clock.now() if verdict == Document.Scan.CLEAN else None,
        sent_by=by,
        sent_on=clock.today(),
    )
    _keep(document, file, by, to.words if isinstance(to, ForRecords) else _place_of(document))
    return document


def _scanned(file: SentFile) -> Document.Scan:
    file.seek(0)
    try:
        return scan(file)
    except ScannerAway:
        logger.warning("The scanner did not answer; a document is held until it does", exc_info=True)
        return Document.Scan.WAITING


def _pages_of_others(numbers: dict[int, tuple[str, ...]] | None, beneficiary_id: int) -> list[int] | None:
    """Pages whose text names a Medicare number that this patient never had."""
    if numbers is None:
        return None
    own = set(BeneficiaryMbi.objects.filter(beneficiary=beneficiary_id).values_list("mbi", flat=True))
    return [page for page, found in sorted(numbers.items()) if not own.issuperset(found)]


@transaction.atomic
def _keep(document: Document, file: SentFile, by: User, place: str) -> None:
    """The bytes first, then the row; when the row fails, bytes that no other row names go again."""
    with bytes_locked(document.sha256):
        is_new = not default_storage.exists(document.path)
        if is_new:
            _store(document.path, file)
        try:
            with transaction.atomic():
                document.save(force_insert=True)
                said = f"{document.name} was received with {place}: {document.get_kind_display()}, "
                said += f"{document.pages} pages, SHA-256 {document.sha256[:12]}…"
                record_event("document_received", by=by, on=document.sent_on, about=document, sentence=said)
        except BaseException:
            if is_new:
                default_storage.delete(document.path)
            raise


def _place_of(document: Document) -> str:
    if document.version:
        return f"version {document.version.number} of plan of care {document.version.plan_id}"
    return f"draft {document.draft_id}"


def _store(path: str, file: SentFile) -> None:
    try:
        default_storage.save(path, file)
    except OSError as error:
        logger.exception("A document could not be kept in the storage")
        is_full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        reason = "is full" if is_full else "refused it"
        sentence = (
            f"The disk for documents {reason}, so {clean_name(file.name or '')} was not kept. Send it again later."
        )
        raise Refused(sentence, "storage_refused", FIELD) from error


@contextmanager
def bytes_locked(sha256: str) -> Iterator[None]:
    """One at a time keeps or deletes these bytes; until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(sha256[:15], 16)])
    yield


@transaction.atomic
def remove_document(document: Document, *, by: User) -> None:
    """Take a document back from a draft; bytes that no other document names are deleted. Raises `Refused` on file."""
    document = Document.objects.select_for_update().get(pk=document.pk)
    if not document.draft_id:
        raise Refused("A document on file stays. Send the right one; both are kept.", "on_file")
    sentence = f"{document.name} was taken back from {_place_of(document)}."
    record_event("document_removed", by=by, on=clock.today(), about=document, sentence=sentence)
    with bytes_locked(document.sha256):
        document.delete()
        _delete_unnamed_bytes(document.sha256, document.path)


def _delete_unnamed_bytes(sha256: str, path: str) -> None:
    """Last in its transaction: what is deleted from a disk does not come back."""
    named = Document.objects.filter(sha256=sha256).exclude(scan=Document.Scan.INFECTED)
    if not named.exists():
        default_storage.delete(path)
        forget_pages(sha256)


def scan_waiting(limit: int = 100) -> int:
    """Scan documents that are held because the scanner was away; how many have a verdict now."""
    waiting = Document.objects.filter(scan=Document.Scan.WAITING).values_list("pk", flat=True)[:limit]
    return sum(_scan_anew(pk) for pk in list(waiting))


@transaction.atomic
def _scan_anew(pk: int) -> bool:
    waiting = Document.objects.select_for_update(skip_locked=True).filter(pk=pk, scan=Document.Scan.WAITING)
    document = waiting.first()
    if document is None:
        return False
    with default_storage.open(document.path) as content:
        try:
            document.scan = scan(content)
        except ScannerAway:
            logger.warning("The scanner still does not answer", exc_info=True)
            return False
    document.scanned_at = clock.now() if document.scan != Document.Scan.NOT_SCANNED else None
    document.save(update_fields=["scan", "scanned_at"])
    sentence = f"{document.name}: {document.get_scan_display().lower()}."
    record_event("document_scanned", by="the virus scan", on=clock.today(), about=document, sentence=sentence)
    if document.scan == Document.Scan.INFECTED:
        with bytes_locked(document.sha256):
            _delete_unnamed_bytes(document.sha256, document.path)
    return True
