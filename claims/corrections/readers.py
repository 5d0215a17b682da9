"""Reads of corrections: the requests that wait, those of a claim, the draft that is open."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import User
from claims.corrections.routes import Route, Way, route_of_correction, route_of_taking_back
from claims.models import Claim, ClaimDraft, CorrectionRequest
from claims.pages.keyset import Order, Page, Place, page_or_first
from policy import clock
from policy.readers import tables_as_known
from suppliers.rights import Right, may

PAGE_SIZE = 25
OLDEST_FIRST = Order(("asked_on", "id"))


@dataclass(frozen=True, slots=True)
class CorrectionsOfClaim:
    """What the page of a claim says of corrections; `draft` is the one that is open, for who may see it."""

    requests: tuple[CorrectionRequest, ...]
    correct: Route | None
    take_back: Route | None
    draft: ClaimDraft | None
    may_correct: bool = False
    may_send: bool = False

    @property
    def is_shown(self) -> bool:
        return bool(self.requests or self.draft or (self.correct and self.correct.way != Way.NONE))


def open_requests(place: Place) -> Page[CorrectionRequest]:
    """A page of what waits for an examiner, the oldest first; one query."""
    rows = CorrectionRequest.objects.open().select_related("claim", "asked_by").defer("values")
    return page_or_first(rows, OLDEST_FIRST, PAGE_SIZE, place)


def corrections_of(claim: Claim, user: User) -> CorrectionsOfClaim:
    """For staff the requests, one query; for a supplier also how the claim may be corrected or taken back."""
    requests = tuple(claim.correction_requests.select_related("asked_by", "made").order_by("-pk"))
    if user.is_contractor_staff:
        return CorrectionsOfClaim(requests, None, None, None)
    today, tables = clock.today(), tables_as_known()
    supplier = claim.supplier_id or 0
    return CorrectionsOfClaim(
        requests=requests,
        correct=route_of_correction(claim, today, tables),
        take_back=route_of_taking_back(claim, today, tables),
        draft=claim.corrections.visible_to(user).open().first(),
        may_correct=may(user, Right.CHECKS, supplier),
        may_send=may(user, Right.CLAIMS_SEND, supplier),
    )
