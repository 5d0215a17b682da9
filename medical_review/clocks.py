"""The clocks of a case, in calendar days from dated settings, asked as of the day on which the clock begins."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from claims.edits.wording import days
from medical_review.models import Case
from policy.tables import PolicyTables

DECISION_DAYS = {
    Case.Kind.PREPAYMENT: ("review_days_prepayment", "30"),
    Case.Kind.POSTPAYMENT: ("review_days_postpayment", "60"),
    Case.Kind.REDETERMINATION: ("review_days_redetermination", "60"),
}


def decide_by(kind: str, begins: dt.date, tables: PolicyTables) -> dt.date:
    """The last day for the decision, counted from the opening or from the day the records came."""
    name, usual = DECISION_DAYS[Case.Kind(kind)]
    return begins + _days(name, begins, usual, tables)


#: Days by which records that came later lengthen a redetermination at most, each time that some were asked for
#: (42 CFR 405.946(b), 405.950(b)(3): recalled, not read in a source).
MOST_DAYS_WAITED = 14


def lengthened(decide_by: dt.date, asked_on: dt.date, came_on: dt.date) -> dt.date:
    """The last day of a redetermination for which records were asked, moved by the days that they were waited for."""
    return decide_by + dt.timedelta(days=min((came_on - asked_on).days, MOST_DAYS_WAITED))


def records_due(asked_on: dt.date, tables: PolicyTables) -> dt.date:
    """The last day on which records that were asked for are in time; on the day after the lines are denied."""
    return asked_on + _days("review_records_days", asked_on, "45", tables)


def attestation_due(asked_on: dt.date, tables: PolicyTables) -> dt.date:
    """The last day for the attestation of a signature (Pub. 100-08 ch. 3 §3.3.2.4)."""
    return asked_on + _days("review_attestation_days", asked_on, "20", tables)


def late_records_through(denied_on: dt.date, tables: PolicyTables) -> dt.date:
    """The last day on which late records reopen a denial for want of records."""
    return denied_on + _days("review_late_records_days", denied_on, "120", tables)


def reminder_days(asked_on: dt.date, tables: PolicyTables) -> list[dt.date]:
    """The days on which who was asked for records is reminded."""
    wanted = tables.setting_on("review_reminder_days", asked_on, "30 40")
    return [asked_on + dt.timedelta(days=int(number)) for number in wanted.split()]


def second_review_above(day: dt.date, tables: PolicyTables) -> Decimal:
    """Dollars taken from a claim above which a medical director looks at the decision."""
    return Decimal(tables.setting_on("second_review_above", day, "500.00"))


def second_review_share(day: dt.date, tables: PolicyTables) -> Decimal:
    """Share (0 to 1) of the other reviews with a denial that a medical director looks at."""
    return Decimal(tables.setting_on("second_review_share", day, "0.10"))


def _days(name: str, day: dt.date, usual: str, tables: PolicyTables) -> dt.timedelta:
    return dt.timedelta(days=int(tables.setting_on(name, day, usual)))


def left_or_overdue(left: int) -> str:
    """ "12 days left", "1 day overdue": what a clock with so many days left says."""
    return f"{days(abs(left))} {'left' if left >= 0 else 'overdue'}"
