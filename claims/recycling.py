"""When a claim that waits for its drug is looked at again (reading 6), counted from the day of receipt. Pure.

The interval and the number of looks are dated settings, by the day of receipt; no source publishes them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from claims.adjudication.decision import Decision, LineDecision
from policy.calendar import add_business_days
from policy.tables import PolicyTables

#: The edit whose hold waits for a drug bill.
DRUG_EDIT = "HIT-501"

EVERY_BUSINESS_DAYS = "recycle_every_business_days"
LOOKS = "recycle_looks"

#: Used only where no setting is in force.
DEFAULT_BUSINESS_DAYS = 5
DEFAULT_LOOKS = 3


@dataclass(frozen=True, slots=True)
class LookRule:
    """How often a waiting claim is looked at: every so many business days after receipt, so many times.

    `rows` are the settings it comes from.
    """

    every_business_days: int
    looks: int
    rows: tuple[str, ...] = ()

    def is_exhausted(self, looks_done: int) -> bool:
        """Whether the last look is done, so that a drug still missing denies."""
        return looks_done >= self.looks

    def next_look(self, received: dt.date, looks_done: int) -> dt.date | None:
        """The day of the next look, or None after the last."""
        if self.is_exhausted(looks_done):
            return None
        return add_business_days(received, self.every_business_days * (looks_done + 1))

    def look_days(self, received: dt.date) -> tuple[dt.date, ...]:
        """The days of all looks, for a claim received on that day."""
        step = self.every_business_days
        return tuple(add_business_days(received, step * number) for number in range(1, self.looks + 1))


def look_rule(tables: PolicyTables, received: dt.date) -> LookRule:
    """The rule in force on the day of receipt."""
    interval = tables.settings.on(EVERY_BUSINESS_DAYS, received)
    looks = tables.settings.on(LOOKS, received)
    return LookRule(
        every_business_days=int(interval.value) if interval else DEFAULT_BUSINESS_DAYS,
        looks=int(looks.value) if looks else DEFAULT_LOOKS,
        rows=tuple(row.row for row in (interval, looks) if row),
    )


def line_waits_for_drug(line: LineDecision) -> bool:
    """Whether the line is on hold for its drug, or suspended with its drug missing too (fine point d)."""
    return line.outcome in ("hold", "suspend") and any(
        finding.edit == DRUG_EDIT and finding.disposition == "hold" and finding.decides for finding in line.findings
    )


def waits_for_drug(decision: Decision) -> bool:
    """Whether a drug bill that arrives for the patient is a reason to look at the claim again, whole."""
    return any(line_waits_for_drug(line) for line in decision.lines)
