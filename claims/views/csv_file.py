"""Rows as a file that a browser saves."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from accounts.access import person_of
from accounts.actions import log_accesses
from claims.models import Claim
from claims.replay import LineChange
from claims.replay.writing import CsvWriter


def csv_file(name: str, rows: Iterable[Sequence[object]]) -> HttpResponse:
    """The rows as CSV under a file name without its ending; for as many as one answer holds."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    csv.writer(response).writerows(rows)
    return response


def changed_lines(
    request: HttpRequest, name: str, batches: Iterable[Sequence[tuple[Claim, LineChange]]], page: str
) -> StreamingHttpResponse:
    """Changed lines with their claims as CSV, a batch after the other, however many there are; the claims are noted as
    looked at on `page` while they go out.
    """
    parts = _parts(request, batches, page)
    response = StreamingHttpResponse(parts, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _parts(request: HttpRequest, batches: Iterable[Sequence[tuple[Claim, LineChange]]], page: str) -> Iterator[str]:
    buffer = io.StringIO(newline="")
    writer = CsvWriter(buffer)
    for batch in batches:
        log_accesses(person_of(request), {claim for claim, _ in batch}, page=page)
        writer.take([change for _, change in batch])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()
