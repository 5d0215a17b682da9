from __future__ import annotations

import datetime as dt

from claims.edits.base import Fired, edit
from claims.edits.context import LineContext
from claims.edits.wording import in_words

FIRST_DAY = dt.date(2021, 1, 1)


@edit(
    "HIT-101",
    cites=("Pub. 100-02 ch. 15 §320",),
    remedy="A visit before January 1, 2021 is never payable under this benefit; a new claim helps only if the date was "
    "wrong.",
    quote="Effective January 1, 2021, section 5012 of the 21st Century Cures Act … established a new Medicare home "
    "infusion therapy services benefit.",
)
def before_the_benefit(visit: LineContext) -> Fired | None:
    """The service is before the benefit began on January 1 2021

    By the date of service; no table has amounts or rates for earlier visits, so nothing lets such a line through.
    """
    if visit.day >= FIRST_DAY:
        return None
    return Fired(
        f"The visit of {in_words(visit.day)} is before January 1, 2021, the first day of the benefit.",
        (("visit", visit.day), ("first day of the benefit", FIRST_DAY)),
        absolute=True,
    )
