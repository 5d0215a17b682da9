"""Questions that many edits ask of spans and stays, answered once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from claims.adjudication.facts import Span, Stay
from claims.edits.base import Fired
from claims.edits.context import LineContext


def unknown(what: str) -> Fired:
    """An edit lacks what it needs: it says so and suspends, for missing data is never a pass (reading 1)."""
    return Fired(f"Not on file: {what}.", missing=True)


def covering(spans: Sequence[Span], day: dt.date) -> Span | None:
    """The first span that the day lies in, both ends included (reading 11)."""
    for span in spans:
        if span.covers(day):
            return span
    return None


def any_covers(spans: Sequence[Span], day: dt.date) -> bool:
    return covering(spans, day) is not None


def say_nearest(visit: LineContext, spans: Sequence[Span]) -> str:
    """ "ended January 5", "begins January 6" or "is not on file": what is nearest to a day that no span covers."""
    ended = [span.end for span in spans if span.end is not None and span.end < visit.day]
    if ended:
        return f"ended {visit.say(max(ended))}"
    begins = [span.start for span in spans]
    return f"begins {visit.say(min(begins))}" if begins else "is not on file"


def inside_stay(visit: LineContext, stays: Sequence[Stay] | None, where: str) -> Fired | None:
    """Fires when the visit lies inside a stay; the days of admission and discharge are outside (reading 9)."""
    if stays is None:
        return unknown(f"whether the patient stayed in {where}")
    for stay in stays:
        if stay.is_inside(visit.day):
            until = f"discharged {visit.say(stay.discharged)}" if stay.discharged else "not discharged since"
            return Fired(
                f"The patient was admitted to {where} {visit.say(stay.admitted)}, {until}.",
                (("admitted", stay.admitted), ("discharged", stay.discharged)),
            )
    return None
