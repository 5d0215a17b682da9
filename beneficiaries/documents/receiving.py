"""Files on their way in: each goes to a draft on the disk while it is hashed, and is gone unless it is kept."""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from beneficiaries.documents.names import clean_name
from policy.refusals import Refused

MEGABYTE = 1024 * 1024
#: Limits that are told before anything is sent: bytes of a file, bytes of all that is sent at once, number of files.
MOST_BYTES, MOST_TOGETHER, MOST_FILES = 40 * MEGABYTE, 150 * MEGABYTE, 20
LIMITS = (
    f"PDF, TIFF, JPEG or PNG; up to {MOST_BYTES // MEGABYTE} MB a file, "
    f"{MOST_TOGETHER // MEGABYTE} MB and {MOST_FILES} files at once."
)

#: The field of forms and of the API.
FIELD = "files"


class SentFile(UploadedFile):
    """A file that was sent, in a draft on the disk of the storage. Closing deletes it, unless it was moved."""

    def __init__(self, name: str, content_type: str | None) -> None:
        folder = Path(settings.MEDIA_ROOT) / "drafts"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = tempfile.NamedTemporaryFile(dir=folder, suffix=".draft")  # noqa: SIM115 # open while the request lasts
        super().__init__(draft, name, content_type, 0)
        self.sha256 = ""

    def temporary_file_path(self) -> str:
        """Lets the storage move the draft to its place instead of copying it."""
        assert self.file is not None
        return str(self.file.name)

    def close(self) -> None:
        with suppress(FileNotFoundError):
            super().close()


class DocumentUploads(FileUploadHandler):
    """Takes the files of a request one after another; what is beyond the limits is read past and said in `refusals`."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.refusals: list[Refused] = []
        self.together = 0
        self.number = 0

    def new_file(self, *arguments: Any, **options: Any) -> None:
        super().new_file(*arguments, **options)
        self.number += 1
        if self.number > MOST_FILES:
            self.refusals = [_too_many()]
            raise StopUpload(connection_reset=False)
        assert self.file_name is not None
        self.file = SentFile(self.file_name, self.content_type)
        self.hash = hashlib.sha256()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.together += len(raw_data)
        if self.together > MOST_TOGETHER:
            self.refusals = [_too_much()]
            raise StopUpload(connection_reset=False)
        if start + len(raw_data) > MOST_BYTES:
            self.refusals.append(_too_large(self.file_name or ""))
            raise SkipFile
        self.file.write(raw_data)
        self.hash.update(raw_data)

    def file_complete(self, file_size: int) -> SentFile:
        self.file.flush()
        self.file.size = file_size
        self.file.sha256 = self.hash.hexdigest()
        return self.file

    def upload_interrupted(self) -> None:
        if hasattr(self, "file"):
            self.file.close()


def _too_large(name: str) -> Refused:
    remedy = "Scan it in black and white at 300 dpi, or send it in parts."
    sentence = f"{clean_name(name)} is larger than {MOST_BYTES // MEGABYTE} MB. {remedy}"
    return Refused(sentence, "too_large", FIELD)


def _too_much() -> Refused:
    size = MOST_TOGETHER // MEGABYTE
    return _none_kept(f"The files are larger than {size} MB together", "too_large")


def _too_many() -> Refused:
    return _none_kept(f"More than {MOST_FILES} files came at once", "too_many")


def _none_kept(what: str, code: str) -> Refused:
    return Refused(f"{what}; none of them was kept. Send them in several goes.", code, FIELD)


def stream_documents(request: HttpRequest) -> DocumentUploads:
    """Have the files of a request streamed to drafts; before anything of its body is read."""
    uploads = DocumentUploads(request)
    request.upload_handlers = [uploads]
    request.document_uploads = uploads  # type: ignore[attr-defined]
    return uploads


View = Callable[..., HttpResponse]


def receives_documents(view: View) -> View:
    """For views that take documents: the token against forgery is in the body, so it is asked for after streaming."""
    protected = csrf_protect(view)

    @wraps(view)
    def streaming(request: HttpRequest, *arguments: Any, **options: Any) -> HttpResponse:
        stream_documents(request)
        return protected(request, *arguments, **options)

    return csrf_exempt(streaming)


@contextmanager
def sent_files(request: HttpRequest, field: str = FIELD) -> Iterator[tuple[list[SentFile], list[Refused]]]:
    """The files of a field, with the refusals of those beyond the limits; drafts that were not kept are deleted."""
    files = [file for file in request.FILES.getlist(field) if isinstance(file, SentFile)]
    uploads: DocumentUploads = request.document_uploads  # type: ignore[attr-defined]
    is_beyond = uploads.number > MOST_FILES or uploads.together > MOST_TOGETHER
    try:
        yield ([] if is_beyond else files), uploads.refusals
    finally:
        for file in files:
            file.close()


def remove_abandoned_drafts(older_than: float = 24 * 3600) -> int:
    """Delete the drafts of requests whose process was killed, after so many seconds; how many."""
    drafts = (Path(settings.MEDIA_ROOT) / "drafts").glob("*.draft")
    abandoned = [draft for draft in drafts if time.time() - draft.stat().st_mtime > older_than]
    for draft in abandoned:
        draft.unlink(missing_ok=True)
    return len(abandoned)
