"""Events of a case; those that change what becomes of the claim stand in the record of the claim too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from accounts.actions import Actor, build_event, record_event, record_events
from accounts.models import Event
from medical_review.models import Case, RecordsRequest
from policy import clock


def tell(verb: str, case: Case, by: Actor, sentence: str, data: Mapping[str, Any] | None = None) -> None:
    """An event about the case alone."""
    record_event(verb, by=by, on=clock.today(), about=case, sentence=sentence, data=data)


def tell_both(verb: str, case: Case, by: Actor, sentence: str) -> None:
    """An event about the case, and one about its claim that names the case."""
    record_events(events_of_both(verb, case, by, sentence, clock.today()))


def tell_request(verb: str, request: RecordsRequest, by: Actor, sentence: str) -> None:
    """An event about a request for records."""
    record_event(verb, by=by, on=clock.today(), about=request, sentence=sentence)


def events_of_both(verb: str, case: Case, by: Actor, sentence: str, on: dt.date) -> Iterator[Event]:
    """The same, not yet written: for acts on many cases."""
    yield build_event(verb, by=by, on=on, about=case, sentence=sentence)
    yield build_event(
        verb,
        by=by,
        on=on,
        about=("claims.claim", str(case.claim_id)),
        sentence=f"Medical review {case.number}: {sentence}",
        data={"case": case.pk},
    )
