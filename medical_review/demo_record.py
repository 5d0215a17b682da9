"""The record of a case of the demonstration, as a supplier sends it: visit notes on paper, synthetic like all of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from beneficiaries.documents.receiving import SentFile
from claims.edits.wording import in_words
from claims.models import Claim, ClaimLine

#: Points from the foot of a letter page to its first line, from its left edge, from line to line, and the size.
TOP, LEFT, LEADING, SIZE = 730, 60, 19, 11

#: The objects of a PDF before its pages: the catalogue, the list of pages, the font.
CATALOG, PAGES, FONT = 1, 2, 3


def record_of(claim: Claim) -> SentFile:
    """A file with a note for each visit; that of the last one leaves out when the infusion began."""
    lines = list(claim.lines.order_by("number"))
    content = pdf_of([note_of(claim, line, is_whole=line != lines[-1]) for line in lines])
    file = SentFile("visit notes.pdf", "application/pdf")
    file.write(content)
    file.flush()
    file.size, file.sha256 = len(content), hashlib.sha256(content).hexdigest()
    return file


def note_of(claim: Claim, line: ClaimLine, *, is_whole: bool) -> list[str]:
    """The lines of a note."""
    began = "Infusion began: 9:20 AM" if is_whole else "Infusion began:"
    return [
        "HOME INFUSION VISIT NOTE",
        "",
        f"Supplier: {claim.supplier}",
        f"Patient: {claim.patient_name}",
        f"Visit of {in_words(line.date_of_service)}, at the patient's home",
        "",
        "Time in: 9:05 AM        Time out: 10:35 AM",
        began,
        "Infusion ended: 10:25 AM",
        "",
        "Line: PICC, right arm. Dressing dry and whole, changed today. Flushed before and after.",
        "Pump: settings checked against the order. No alarm.",
        "Blood pressure 118/72, pulse 76, temperature 98.2 F.",
        "Weight steady. No swelling. The patient names two signs to call about.",
        "Taught: storing the drug, reading the pump's display. Taught back without help.",
        "",
        "No reaction. Next visit as ordered in the plan of care.",
        "",
        "Signed: R. Example, RN",
    ]


def pdf_of(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF with these lines of text (Latin letters) on letter pages."""
    objects = [*_head(len(pages)), *(part for number, lines in enumerate(pages) for part in _page(number, lines))]
    content, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    trailer = b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, CATALOG, len(content))
    return content + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + trailer


def _head(count: int) -> Iterator[bytes]:
    kids = b" ".join(b"%d 0 R" % (FONT + 1 + 2 * number) for number in range(count))
    yield b"<< /Type /Catalog /Pages %d 0 R >>" % PAGES
    yield b"<< /Type /Pages /Kids [%b] /Count %d >>" % (kids, count)
    yield b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def _page(number: int, lines: Sequence[str]) -> Iterator[bytes]:
    """The page and the text on it, two objects."""
    resources, text = b"<< /Font << /F %d 0 R >> >>" % FONT, FONT + 2 + 2 * number
    sheet = b"/Parent %d 0 R /MediaBox [0 0 612 792] /Resources %b /Contents %d 0 R" % (PAGES, resources, text)
    yield b"<< /Type /Page %b >>" % sheet
    shown = "".join(f"({_escaped(line)}) Tj T* " for line in lines)
    stream = f"BT /F {SIZE} Tf {LEADING} TL {LEFT} {TOP} Td {shown}ET".encode("cp1252", "replace")
    yield b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream)


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
