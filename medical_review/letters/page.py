"""What the pages of letters show: the list with how far the background is, and one letter to read."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from accounts.models import Role, User
from claims.pages.keyset import Order, Page, Place, page_or_first
from medical_review.models import Letter
from policy import clock

PAGE_SIZE = 25
LATEST = Order(("arrival",), is_descending=True)


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the letters of a day have their PDF."""

    written: int
    made: int

    @property
    def is_running(self) -> bool:
        return self.made < self.written


@dataclass(frozen=True, slots=True)
class LetterList:
    page: Page[Letter]
    progress: Progress
    is_staff: bool


def letter_list(person: User, place: Place) -> LetterList:
    """The letters that a person may see, the latest first, and today's progress; two queries."""
    seen = Letter.objects.visible_to(person)
    rows = seen.select_related("supplier", "file", "case", "request").defer("text")
    today = seen.filter(made_on=clock.today()).order_by().aggregate(written=Count("pk"), made=Count("file"))
    return LetterList(page_or_first(rows, LATEST, PAGE_SIZE, place), Progress(**today), person.role != Role.SUPPLIER)
