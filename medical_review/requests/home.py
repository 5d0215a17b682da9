"""What medical review asks of suppliers, for their home page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import Exists, OuterRef
from django.urls import reverse

from claims.edits.wording import how_many, in_words
from claims.pages.supplier_home.answers import MOST_READ, Answers, Asked, Thing, answers, register
from medical_review.models import Case, RecordsRequest
from suppliers.rights import Right


@register
def records_requests(asked: Asked) -> Answers:
    """Requests for records that are not answered yet, those due first in front; two queries."""
    rows = RecordsRequest.objects.filter(supplier__in=asked.allowing(Right.RECORDS)).unanswered()
    of_appeal = Case.objects.filter(requests=OuterRef("pk"), kind=Case.Kind.REDETERMINATION)
    rows = rows.annotate(is_of_appeal=Exists(of_appeal))
    found = list(rows.order_by("due", "pk").prefetch_related("slots__records")[: MOST_READ + 1])
    address = reverse("review:requests")
    counted = "request for records" if len(found) == 1 else "requests for records"
    return answers("Records", ("page", "waits"), counted, address, list(_things(found)))


def _things(found: Sequence[RecordsRequest]) -> Iterator[Thing]:
    for request in found:
        slots = request.slots.all()
        came = sum(bool(slot.records.all() or slot.lacking) for slot in slots)
        missing = how_many(len(slots) - came, "document")
        of_appeal = request.is_of_appeal  # type: ignore[attr-defined] # it is annotated
        decided = "what you appealed is decided without" if of_appeal else "the lines are denied"
        words = f"{missing} of {len(slots)} still to come by {in_words(request.due)}, or {decided}."
        if request.is_attestation:
            words = f"The author of an entry attests the signature by {in_words(request.due)}."
        elif came == len(slots):
            words = "Every document has its answer. Say that it is all, and the review goes on."
        what = f"{request.get_kind_display()} request {request.number}"
        yield Thing(
            what, reverse("review:request", args=[request.pk]), request.supplier_id, words, request.due, request
        )
