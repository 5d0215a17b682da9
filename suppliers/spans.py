"""Spans of days with both ends inside, as the database keeps them: a range that is open above."""

from __future__ import annotations

import datetime as dt

from django.db.backends.postgresql.psycopg_any import DateRange


def days(first: dt.date, last: dt.date | None = None) -> DateRange:
    """The days from `first` through `last`; without a last day the span is open."""
    return DateRange(first, last + dt.timedelta(days=1) if last else None)


def last_day_of(span: DateRange) -> dt.date | None:
    """The last day inside a span; None while it is open."""
    return span.upper - dt.timedelta(days=1) if span.upper else None
