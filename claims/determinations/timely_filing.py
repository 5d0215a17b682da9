"""The exceptions to the year in which a claim must be filed (42 CFR 424.44(b)), and the time that each gives."""

from __future__ import annotations

import calendar
import datetime as dt

from claims.models import Determination

Ground = Determination.Ground

#: Through the last day of the sixth calendar month after the month of the notice, or of the recovery.
EXTENDED_BY_MONTHS = 6
#: What a State Medicaid agency or a plan took back must have been taken back this long after the visit, or later.
RECOVERED_AFTER_MONTHS = 6
#: These count from the day on which somebody took a payment back, the others from that of a notice.
RECOVERIES = (Ground.MEDICAID, Ground.DISENROLLMENT)


def extended_through(day: dt.date) -> dt.date:
    """The last day on which a claim is in time, for a notice or a recovery of that day."""
    month = months_after(day.replace(day=1), EXTENDED_BY_MONTHS)
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def earliest_recovery(visit: dt.date) -> dt.date:
    """The first day on which a payment taken back for a visit gives more time."""
    return months_after(visit, RECOVERED_AFTER_MONTHS)


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or its last day where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + years, month + 1)[1]
    return dt.date(day.year + years, month + 1, min(day.day, last))
