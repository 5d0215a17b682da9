"""The payment floor and the payment day: the day on which a decided claim is paid, or told its denial (reading 22).

42 USC 1395u(c)(3)(B): no payment is issued within 13 calendar days of the day on which a claim was received
electronically, within 28 days for any other claim. A claim received on day R is therefore paid on R + 14 or R + 29 at
the earliest. All days here are calendar days of the business date; banking days are those of `policy.calendar`.
"""

from __future__ import annotations

import datetime as dt

from policy.calendar import business_day_on_or_after
from policy.tables import PolicyTables

#: Channel: the dated setting that holds its floor, and the statute's floor where none is loaded.
FLOORS = {
    "electronic": ("payment_floor_days_electronic", "14"),
    "paper": ("payment_floor_days_paper", "29"),
}

ONE_DAY = dt.timedelta(days=1)


def earliest_payment(received: dt.date, channel: str, tables: PolicyTables) -> dt.date:
    """The first calendar day on which the claim may be paid; the setting is the one in force on the day of receipt."""
    name, statutory = FLOORS[channel]
    return received + dt.timedelta(days=int(tables.setting_on(name, received, statutory)))


def payment_day(*, received: dt.date, decided: dt.date, channel: str, is_denied: bool, tables: PolicyTables) -> dt.date:
    """The banking day on which the remittance of a claim decided on `decided` goes out.

    What is decided on a day goes out on a later one, so that a payment day is closed before its run begins. A denial
    goes out on the next banking day; a payment waits for the first banking day on or after the floor.
    """
    earliest = decided + ONE_DAY
    if not is_denied:
        earliest = max(earliest, earliest_payment(received, channel, tables))
    return business_day_on_or_after(earliest)
