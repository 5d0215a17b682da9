"""How long a claim may be reopened. Pure.

42 CFR 405.980(b): within one year of the initial determination for any reason, within four years for good cause
(405.986). The years are dated settings, by the day on which the claim was received.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from claims.edits.wording import in_words
from policy.calendar import years_after
from policy.refusals import Refused
from policy.tables import PolicyTables

ANY_REASON_YEARS = "reopening_years_any_reason"
GOOD_CAUSE_YEARS = "reopening_years_good_cause"


@dataclass(frozen=True, slots=True)
class ReopeningWindow:
    """The last days, both included, on which a claim may be reopened for any reason and for good cause."""

    any_reason_through: dt.date
    good_cause_through: dt.date

    def check(self, day: dt.date, good_cause: str) -> None:
        """Refuses a reopening on a day that is too late, or that needs a good cause and gives none."""
        if day > self.good_cause_through:
            raise Refused(
                f"The claim could be reopened for good cause through {in_words(self.good_cause_through)}; "
                "that day is past (42 CFR 405.980(b)).",
                "too_late",
            )
        if day > self.any_reason_through and not good_cause:
            raise Refused(
                f"The claim could be reopened for any reason through {in_words(self.any_reason_through)}. Until "
                f"{in_words(self.good_cause_through)} it needs a good cause (42 CFR 405.986): say in words what it is.",
                "needs_good_cause",
                "good_cause",
            )


def reopening_window(first_decided: dt.date, received: dt.date, tables: PolicyTables) -> ReopeningWindow:
    """The window of a claim received on one day whose first final decision was made on another."""
    any_reason = int(tables.setting_on(ANY_REASON_YEARS, received, "1"))
    good_cause = int(tables.setting_on(GOOD_CAUSE_YEARS, received, "4"))
    return ReopeningWindow(years_after(first_decided, any_reason), years_after(first_decided, good_cause))
