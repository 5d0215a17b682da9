from __future__ import annotations

import datetime as dt

from claims.edits.base import Fired, edit
from claims.edits.context import LineContext
from claims.edits.wording import in_words


def last_day_to_file(service: dt.date) -> dt.date:
    """The same calendar day one year on; February 29 becomes February 28 (reading 10)."""
    if (service.month, service.day) == (2, 29):
        return dt.date(service.year + 1, 2, 28)
    return service.replace(year=service.year + 1)


@edit(
    "HIT-102",
    cites=("42 CFR 424.44",),
    remedy="An exception of 42 CFR 424.44(b) that gives time through the day the claim came.",
)
def timely_filing(visit: LineContext) -> Fired | None:
    """The claim was filed more than one calendar year after the service

    Each line is judged by its own date. An exception of 42 CFR 424.44(b) is a determination that sets this edit aside.
    """
    last_day = last_day_to_file(visit.day)
    if visit.claim.received <= last_day:
        return None
    return Fired(
        f"The visit of {in_words(visit.day)} could be billed through {in_words(last_day)}; "
        f"the claim came on {in_words(visit.claim.received)}.",
        (("visit", visit.day), ("last day to file", last_day), ("received", visit.claim.received)),
    )
