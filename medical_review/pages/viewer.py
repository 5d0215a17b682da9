"""The record viewer: one page of one document as a picture, its marks, and the ways to the other pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.urls import reverse

from beneficiaries.documents.pages import Page, page_of
from beneficiaries.documents.readers import DocumentShown
from beneficiaries.models import Document
from medical_review.models import Case, PageMark
from medical_review.models.mark import WHOLE

#: Page numbers beside the one shown that are offered, and those of a span "10–90" that become links.
NEAR, MOST_LINKS = 3, 12

#: "3", "3, 10" and "10–12" as reviewers write pages.
SPANS = re.compile(r"(\d{1,4})(?:\s*[-–]\s*(\d{1,4}))?")


class PageLink(NamedTuple):
    """A page of a document as a link; `is_shown` when it is the one that lies there."""

    number: int
    address: str
    is_shown: bool = False
    is_marked: bool = False


#: Height of a label in the units of the image.
LABEL_HEIGHT = 32


@dataclass(frozen=True, slots=True)
class MarkShown:
    """A mark as it is drawn over its page, in an image 1000 units wide; `answer` is that of its point."""

    mark: PageMark
    answer: str
    x: int
    y: int
    width: int
    height: int

    @property
    def label_width(self) -> int:
        return 24 + 17 * len(self.mark.name)

    @property
    def label_at(self) -> tuple[int, int]:
        """Left upper corner of the label: beside the box, else above it, so that it covers nothing in the box."""
        right = self.x + self.width
        if right + self.label_width <= WHOLE:
            return right, self.y
        return self.x, max(self.y - LABEL_HEIGHT, 0)


class Viewer:
    """What lies in the viewer of a case: nothing is drawn or read before the template asks for it."""

    def __init__(
        self,
        case: Case,
        documents: Sequence[DocumentShown],
        answers: Mapping[int, str],
        *,
        document: Document | None,
        number: int,
    ) -> None:
        self.case, self.documents, self.answers = case, documents, answers
        self.document, self.number = document, number

    @cached_property
    def page(self) -> Page | None:
        """The page with its picture; None when the record is empty or the document is held."""
        if self.document is None or not self.document.may_be_opened:
            return None
        return page_of(self.document, self.number)

    @cached_property
    def all_marks(self) -> list[PageMark]:
        """Those that stand on the document; one query."""
        found = PageMark.objects.standing().filter(case=self.case, document=self.document)
        return list(found.select_related("made_by", "document", "case"))

    @cached_property
    def marks(self) -> list[MarkShown]:
        """Those on the page."""
        return [self._shown(mark) for mark in self.all_marks if mark.page == self.number]

    def _shown(self, mark: PageMark) -> MarkShown:
        scale = self.height / WHOLE
        top, bottom = round(mark.top * scale), round(mark.bottom * scale)
        answer = self.answers.get(mark.point or 0, "")
        return MarkShown(mark, answer, mark.left, top, mark.right - mark.left, bottom - top)

    @property
    def height(self) -> int:
        """The height of the page where its width is 1000."""
        page = self.page
        return round(WHOLE * page.height / page.width) if page and page.width else WHOLE

    @property
    def last(self) -> int:
        return self.document.pages if self.document else 0

    @property
    def previous_page(self) -> str:
        return self.address(self.number - 1) if self.number > 1 else ""

    @property
    def next_page(self) -> str:
        return self.address(self.number + 1) if self.number < self.last else ""

    @property
    def choices(self) -> list[PageLink]:
        """The first page, the last, those around the one shown and those with marks."""
        marked = {mark.page for mark in self.all_marks}
        near = range(max(1, self.number - NEAR), min(self.last, self.number + NEAR) + 1)
        numbers = sorted({1, self.last, *near, *marked})
        return [PageLink(each, self.address(each), each == self.number, each in marked) for each in numbers]

    def address(self, number: int, document: int | None = None) -> str:
        """The case with that page in its viewer."""
        shown = document or (self.document.pk if self.document else 0)
        return f"{reverse('review:case', args=[self.case.pk])}?document={shown}&page={number}#viewer"

    @property
    def here(self) -> str:
        return self.address(self.number)

    def links(self, written: str, document_id: int | None) -> tuple[PageLink, ...]:
        """The pages that a reviewer wrote, as links into the document that lay there then, else into this one."""
        by_id = {each.document.pk: each.document for each in self.documents}
        document = by_id.get(document_id or 0, self.document)
        if document is None:
            return ()
        numbers = [number for number in pages_in(written) if 1 <= number <= document.pages]
        return tuple(PageLink(each, self.address(each, document.pk)) for each in numbers[:MOST_LINKS])


def pages_in(written: str) -> Iterator[int]:
    """3, 10, 11, 12 of "3, 10–12"."""
    for first, last in SPANS.findall(written):
        yield from range(int(first), min(int(last or first), int(first) + MOST_LINKS) + 1)


def viewer_of(
    case: Case,
    documents: Sequence[DocumentShown],
    answers: Mapping[int, str],
    place: Mapping[str, str],
    kind: type[Viewer] = Viewer,
) -> Viewer:
    """The viewer at the place that an address or a form names; at the first page where it names none of the record."""
    by_id = {str(each.document.pk): each.document for each in documents}
    document = by_id.get(place.get("document", "")) or next(iter(by_id.values()), None)
    asked = place.get("page", "")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 1
    number = max(1, min(number, document.pages)) if document else 1
    return kind(case, documents, answers, document=document, number=number)
