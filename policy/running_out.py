"""Tables that run out: said on the pages of administrators, and once by the daily work as an event."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from accounts.actions import record_event
from accounts.models import Event
from policy.readers import RunningOut, current_publication, on_forgetting, warn_tables_running_out
from policy.words import day_in_words

DAILY_WORK = "the daily work"
VERB = "policy_table_runs_out"


def tables_running_out(today: dt.date) -> tuple[RunningOut, ...]:
    """The tables that run out within 60 days of `today`; one query, more after a publication or on a new day."""
    return _running_out(current_publication(), today)


@lru_cache(maxsize=4)
def _running_out(publication: int, today: dt.date) -> tuple[RunningOut, ...]:
    return tuple(warn_tables_running_out(today=today))


on_forgetting(_running_out.cache_clear)


def tell_of_tables_running_out(today: dt.date) -> int:
    """Write an event for each table that runs out, once for each last day; how many were written."""
    told = 0
    for found in tables_running_out(today):
        about = ("policy.table", found.table.name)
        last_day = found.last_day.isoformat()
        said = Event.objects.filter(verb=VERB, about_type=about[0], about_id=about[1], data__last_day=last_day)
        if not said.exists():
            record_event(
                VERB, by=DAILY_WORK, on=today, about=about, sentence=_sentence(found), data={"last_day": last_day}
            )
            told += 1
    return told


def _sentence(found: RunningOut) -> str:
    return (
        f"The table “{found.table.title}” runs out on {day_in_words(found.last_day)}: {found.subjects} of its rows "
        "have none to follow. Load what CMS publishes for the days after it."
    )
