"""Living through the year: files are received, drug bills arrive, claims are decided and paid, day by day."""

from __future__ import annotations

import datetime as dt
from collections import Counter, deque
from collections.abc import Callable, Mapping

from claims.actions import look_at_arrivals
from claims.adjudication.queue import adjudicate_all
from claims.daily import work_days
from claims.demo.days import FIRST_DAY, MAILING_DAYS
from claims.demo.drafts import DrugBill
from claims.demo.store import drugs_arrive
from claims.demo.world import DemoWorld
from claims.demo.write_837p import write_837p
from claims.intake.receive import receive_file
from policy import clock

#: Told at the end of each month: the day, and what was counted since the year began.
Tell = Callable[[dt.date, Mapping[str, int]], None]


def live_through(world: DemoWorld, tell: Tell) -> Counter[str]:
    """From the first day to the last; the business date ends on the last mailing day."""
    clock.set_today(FIRST_DAY)
    drug_bills = deque(world.drug_bills)
    counted: Counter[str] = Counter()
    month = FIRST_DAY.month
    for day in MAILING_DAYS:
        if day.month != month:
            month = day.month
            tell(clock.today(), counted)
        live_through_day(world, day, drug_bills, counted)
    tell(clock.today(), counted)
    return counted


def live_through_day(world: DemoWorld, day: dt.date, drug_bills: deque[DrugBill], counted: Counter[str]) -> None:
    """Move on to a mailing day: what fell due on the way, the drug bills since, the day's files, the decisions."""
    work_days(day)
    arrived = []
    while drug_bills and drug_bills[0].arrives <= day:
        arrived.append(drug_bills.popleft())
    drugs_arrive(arrived, day)
    look_at_arrivals()
    for mailing in world.mailings.get(day, ()):
        receipt = receive_file(write_837p(mailing), f"{mailing.sender.lower()}-{day:%Y%m%d}.x12")
        counted["files"] += 1
        counted["claims accepted"] += receipt.file.accepted
        counted["claims refused"] += receipt.file.rejected
    counted["decisions"] += adjudicate_all()


def receive_samples(files: Mapping[str, bytes]) -> int:
    """Receive the sample files and decide their claims; how many decisions."""
    for name, content in files.items():
        receive_file(content, name)
    return adjudicate_all()
