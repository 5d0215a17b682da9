"""What is said about documents: warnings that keep nothing out, and where their bytes are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from beneficiaries.models import Document


@dataclass(frozen=True, slots=True)
class DocumentShown:
    """A document with what a person should look at before relying on it."""

    document: Document
    warnings: tuple[str, ...]

    @property
    def facts(self) -> str:
        document = self.document
        pages = "1 page" if document.pages == 1 else f"{document.pages:,} pages"
        return f"{document.get_kind_display()}, {pages}, {size_in_words(document.size)}"


def documents_shown(documents: Iterable[Document]) -> list[DocumentShown]:
    """Documents with their warnings; one query for the copies of all."""
    found = list(documents)
    copies = Document.objects.filter(sha256__in={each.sha256 for each in found}).order_by("pk")
    rows = list(copies.values_list("pk", "sha256", "beneficiary_id", "supplier_id", "name", "sent_on"))
    return [DocumentShown(each, tuple(_warnings(each, rows))) for each in found]


def _warnings(document: Document, copies: Sequence[tuple[int, str, int, int, str, dt.date]]) -> Iterator[str]:
    for pk, sha256, beneficiary_id, supplier_id, name, sent_on in copies:
        if pk != document.pk and sha256 == document.sha256 and supplier_id == document.supplier_id:
            whose = "" if beneficiary_id == document.beneficiary_id else ", for another patient"
            yield f"The same file was sent as {name} on {sent_on:%B} {sent_on.day}{whose}."
    if document.other_mbi_pages:
        pages = ", ".join(map(str, document.other_mbi_pages[:10]))
        where = "page" if len(document.other_mbi_pages) == 1 else "pages"
        yield f"Another patient’s Medicare number stands on {where} {pages}. Is this the right document?"
    if document.other_mbi_pages is None:
        yield "No text could be read in it, so it was not compared with the patient’s Medicare number."


def size_in_words(size: int) -> str:
    """ "412 kB", "1.4 MB"."""
    return f"{max(1, round(size / 1000)):,} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"
