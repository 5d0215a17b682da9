"""What medical review adds to the remedies of a claim: late records, and a redetermination that was asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse

from claims.edits.wording import in_words
from claims.models import Claim
from claims.remedies import Name, Remedy, in_time, register
from medical_review.clocks import late_records_through
from medical_review.models import Case, RedeterminationEnd, RedeterminationRequest
from medical_review.states import CaseState
from policy.readers import tables_as_known


@register
def of_medical_review(claim: Claim, today: dt.date) -> Iterator[Remedy]:
    """Late records after a denial for want of them; where a redetermination stands; four queries at most."""
    yield from late_records(claim, today)
    request = RedeterminationRequest.objects.filter(claim=claim).select_related("case", "end").order_by("-pk").first()
    if request and (remedy := standing(request)):
        yield remedy


def late_records(claim: Claim, today: dt.date) -> Iterator[Remedy]:
    case = Case.objects.filter(claim=claim, state=CaseState.DECIDED).order_by("-ended_on", "-pk").first()
    decision = case.decisions.order_by("-number").first() if case else None
    if case is None or decision is None or decision.signed_by_id or case.ended_on is None:
        return
    words = "Send the records that were asked for: the review is taken up again, and no appeal is needed."
    last = late_records_through(case.ended_on, tables_as_known())
    asked = case.requests.order_by("-pk").first()
    address = reverse("review:request", args=[asked.pk]) if asked else ""
    remedy = Remedy(
        Name.LATE_RECORDS, words, last, "Pub. 100-08 ch. 3 §3.2.3.9", address=address, link="Send the records"
    )
    yield in_time(remedy, today)


def standing(request: RedeterminationRequest) -> Remedy | None:
    """Where a request stands; None where another one may still be made as if there had been none."""
    address = reverse("review:redetermination", args=[request.pk])
    asked = f"You asked on {in_words(request.received_on)} ({request.number})."
    end = getattr(request, "end", None)
    if end is None:
        decide_by = request.case.decide_by
        words = f"{asked} The decision is due by {in_words(decide_by)}." if decide_by else asked
    elif end.outcome in RedeterminationEnd.DECIDED:
        next_one = "" if end.outcome == end.Outcome.FAVORABLE else " The letter says how to ask for a reconsideration."
        words = f"{asked} Decided on {in_words(end.made_on)}: {end.get_outcome_display().lower()}.{next_one}"
    else:
        return None
    return Remedy(Name.REDETERMINATION, words, None, "42 CFR 405.950", is_open=False, address=address, link="See it")
