"""The scene of papers: files whose claim announces some, covers, and files as they are sent."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from beneficiaries.documents.receiving import SentFile
from claims.attachments.actions import Paper, Taken, receive_attachment
from claims.attachments.matching import Cover
from claims.intake.receive import Receipt
from claims.models import Claim
from tests.beneficiaries.documents.making import pdf
from tests.claims.intake.files import file_of
from tests.factories.world import MBI, SUPPLIER_NPI

__all__ = ["announcing"]

VISIT = dt.date(2026, 1, 5)
FIRST_LINES = b"HI*ABK:I5022~"


def announcing_file(*segments: str, number: int = 1, **given: Any) -> bytes:
    """A file of one claim with PWK segments ("PWK*08*FX***AC*ACN-1~") where they stand in an 837P."""
    content = file_of(control_number=number, **given)
    announced = "".join(f"{each}\n" for each in segments).encode()
    (count,) = (part for part in content.split(b"~\n") if part.startswith(b"SE*"))
    more = int(count.split(b"*")[1]) + len(segments)
    whole = content.replace(FIRST_LINES, announced + FIRST_LINES)
    return whole.replace(count, b"SE*%d*0001" % more)


def pwk(control_number: str, way: str = "FX", kind: str = "08") -> str:
    return f"PWK*{kind}*{way}***AC*{control_number}~"


@pytest.fixture
def announcing(sent: Callable[..., Receipt]) -> Callable[..., Claim]:
    """A claim that announces papers, received; `number` is that of its interchange."""

    def receive(*segments: str, **given: Any) -> Claim:
        file = sent(announcing_file(*segments, **given)).file
        return Claim.objects.get(file=file)

    return receive


def cover(control_number: str = "ACN-1", **given: Any) -> Cover:
    return Cover(**{"control_number": control_number, "npi": SUPPLIER_NPI, "mbi": MBI, "service_day": VISIT, **given})


def paper(content: bytes | None = None, name: str = "plan.pdf", **given: Any) -> Paper:
    """A file as a page hands it over."""
    content = pdf() if content is None else content
    file = SentFile(name, "application/pdf")
    file.write(content)
    file.flush()
    file.size, file.sha256 = len(content), hashlib.sha256(content).hexdigest()
    return Paper(file, **given)


def send(to: Cover, papers: Sequence[Paper], **options: Any) -> Taken:
    """Papers received as a page does it: drafts that were not kept are gone afterwards."""
    try:
        return receive_attachment(to, papers, **options)
    finally:
        for each in papers:
            each.file.close()
