"""Files as they came: kept byte for byte under their SHA-256, before anything in them is read."""

from __future__ import annotations

import errno
import hashlib
import logging
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.models import User
from claims.models import ReceivedFile
from policy import clock

#: The largest file that is taken in, in bytes: about 40,000 claims.
MOST_BYTES = 20 * 1024 * 1024

logger = logging.getLogger(__name__)


class NotKept(Exception):
    """The storage did not take a file, so nothing of it was received; `str()` is the sentence for who sent it."""

    def __init__(self, error: OSError) -> None:
        is_full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        reason = "is full" if is_full else f"refused it ({error.strerror})"
        super().__init__(
            f"The disk for documents {reason}, so nothing of the file was received. "
            "Send the same file again when whoever runs the system has put this right."
        )


def keep_file(content: bytes, name: str, by: User | None) -> ReceivedFile:
    """Keep the bytes and note that they came; the same bytes again give the row of the first time.

    Raises NotKept when the storage does not take them.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    file = ReceivedFile.objects.filter(sha256=sha256).first()
    if file is None:
        file, _ = ReceivedFile.objects.get_or_create(
            sha256=sha256,
            defaults={
                "name": PurePosixPath(name.replace("\\", "/")).name[:200] or "unnamed",
                "size": len(content),
                "path": store(content, sha256),
                "received_on": clock.today(),
                "received_at": clock.now(),
                "submitted_by": by,
            },
        )
    return file


def store(content: bytes, sha256: str) -> str:
    """The path of the bytes in the storage; written once, whoever comes second finds them."""
    path = f"received/{sha256[:2]}/{sha256}"
    if not default_storage.exists(path):
        try:
            default_storage.save(path, ContentFile(content))
        except OSError as error:
            logger.exception("A file could not be kept in the storage")
            raise NotKept(error) from error
    return path


def content_of(file: ReceivedFile) -> bytes:
    """The bytes of a kept file. Raises when they are not what came: the hash is checked."""
    with default_storage.open(file.path) as stored:
        content = stored.read()
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise ValueError(f"The stored bytes of file {file.pk} are not those that came: their SHA-256 differs.")
    return content
