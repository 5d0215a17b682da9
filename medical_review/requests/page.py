"""What the pages of requests show: each document asked for with what came for it, receipts, days left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.models import Role, User
from beneficiaries.documents.readers import DocumentShown, documents_shown
from claims.models import Claim
from claims.pages.keyset import Order, Page, Place, page_or_first
from medical_review.models import Case, Letter, ReceivedRecord, RecordsReceipt, RecordsRequest, RequestedDocument
from medical_review.models.request import days_left
from medical_review.requests.answering import takes_answers
from medical_review.states import REVIEWS, CaseState
from policy import clock

PAGE_SIZE = 25
LATEST = Order(("arrival",), is_descending=True)


@dataclass(frozen=True, slots=True)
class Came:
    """A document that came, with what to look at, and its receipt."""

    shown: DocumentShown
    receipt: RecordsReceipt


@dataclass(frozen=True, slots=True)
class SlotShown:
    """A document asked for, and what came for it."""

    slot: RequestedDocument
    came: tuple[Came, ...]

    @property
    def is_missing(self) -> bool:
        return not self.came and not self.slot.lacking


@dataclass(frozen=True, slots=True)
class ClaimShown:
    """A claim of the request, with its case and its documents."""

    claim: Claim
    case: Case
    slots: tuple[SlotShown, ...]


@dataclass(frozen=True, slots=True)
class RequestPage:
    """All that the page of a request shows; `is_open` while an answer is taken."""

    request: RecordsRequest
    claims: tuple[ClaimShown, ...]
    receipts: tuple[RecordsReceipt, ...]
    letters: tuple[Letter, ...]
    is_open: bool
    is_late: bool
    left: str

    @property
    def slots(self) -> list[SlotShown]:
        return [slot for claim in self.claims for slot in claim.slots]

    @property
    def missing(self) -> list[SlotShown]:
        return [slot for slot in self.slots if slot.is_missing]

    @property
    def answered(self) -> int:
        return len(self.slots) - len(self.missing)

    @property
    def may_finish(self) -> bool:
        """Whether there is anything that could be said to be all."""
        return self.is_open and self.answered > 0


def request_page(request: RecordsRequest) -> RequestPage:
    """The page of a request; as many queries for one claim as for many, but for those whose cases are decided."""
    today = clock.today()
    return RequestPage(
        request=request,
        claims=tuple(claims_of(request)),
        receipts=tuple(request.receipts.select_related("request", "made_by")),
        letters=tuple(request.letters.select_related("file").order_by("pk")),
        is_open=takes_answers(request),
        is_late=today > request.due,
        left=days_left(request.due, today),
    )


def claims_of(request: RecordsRequest) -> Iterable[ClaimShown]:
    slots = list(request.slots.select_related("case__claim"))
    came = came_for(slots)
    for case, each in groupby(slots, key=lambda slot: slot.case):
        yield ClaimShown(case.claim, case, tuple(SlotShown(slot, tuple(came.get(slot.pk, ()))) for slot in each))


def came_for(slots: Iterable[RequestedDocument]) -> dict[int, list[Came]]:
    """What came, by slot; two queries."""
    rows = list(
        ReceivedRecord.objects.filter(slot__in=list(slots))
        .select_related("document", "receipt__request")
        .order_by("pk")
    )
    shown = {each.document.pk: each for each in documents_shown(row.document for row in rows)}
    found: dict[int, list[Came]] = {}
    for row in rows:
        found.setdefault(row.slot_id, []).append(Came(shown[row.document_id], row.receipt))
    return found


# ---------- lists ----------


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request of the list: what is still to come, the days left while somebody waits."""

    request: RecordsRequest
    left: str

    @property
    def is_waiting(self) -> bool:
        return bool(self.left)


@dataclass(frozen=True, slots=True)
class RequestList:
    page: Page[RecordsRequest]
    rows: tuple[RequestRow, ...]
    shows_all: bool
    is_staff: bool


def request_list(person: User, shows_all: bool, place: Place) -> RequestList:
    """The requests that wait for an answer, or all, the latest first; three queries."""
    waits = Case.objects.filter(requests=OuterRef("pk"), state=CaseState.RECORDS)
    rows = RecordsRequest.objects.visible_to(person).select_related("supplier").annotate(waits=Exists(waits))
    rows = rows if shows_all else rows.filter(waits=True, completed_on=None)
    page = page_or_first(with_counts(rows), LATEST, PAGE_SIZE, place)
    today = clock.today()
    found = tuple(
        RequestRow(row, days_left(row.due, today) if row.waits and not row.completed_on else "")  # type: ignore[attr-defined]
        for row in page.rows
    )
    return RequestList(page, found, shows_all, person.role != Role.SUPPLIER)


def with_counts(rows: QuerySet[RecordsRequest]) -> QuerySet[RecordsRequest]:
    """With how many documents are asked for and how many have an answer."""
    answered = Q(slots__records__isnull=False) | ~Q(slots__lacking="")
    return rows.annotate(
        asked=Count("slots", distinct=True),
        answered=Count("slots", filter=answered, distinct=True),
        claims=Count("cases", distinct=True),
    )


@dataclass(frozen=True, slots=True)
class CaseRecords:
    """What was asked for on a case, what came, what is missing, and its letters; for the page of the case."""

    requests: tuple[RequestPage, ...]
    letters: tuple[Letter, ...]
    may_ask: bool


def case_records(case: Case, person: User) -> CaseRecords:
    """The panel of a case."""
    requests = case.requests.select_related("supplier").order_by("pk")
    return CaseRecords(
        tuple(request_page(each) for each in requests),
        tuple(Letter.objects.visible_to(person).about(case).select_related("file").distinct().order_by("-pk")),
        person.role in REVIEWS,
    )
