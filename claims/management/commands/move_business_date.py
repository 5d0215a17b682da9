"""`manage.py move_business_date`: move the business date on and work every day on the way."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.daily import DayWorked, move_business_date
from policy import clock


class Command(BaseCommand):
    help = "Moves the business date on, a day at a time: looks at held claims, decides, pays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        where = parser.add_mutually_exclusive_group()
        where.add_argument("--to", type=dt.date.fromisoformat, metavar="YYYY-MM-DD", help="the day to stand on")
        where.add_argument("--days", type=int, help="how many days to move on")

    def handle(self, *args: Any, **options: Any) -> None:
        today = clock.today()
        if options["to"] is None and options["days"] is None:
            self.stdout.write(f"The business date is {today}.")
            return
        to_day = options["to"] or today + dt.timedelta(days=options["days"])
        try:
            move_business_date(to_day, self.tell)
        except ValueError as refusal:
            raise CommandError(str(refusal)) from None

    def tell(self, worked: DayWorked) -> None:
        self.stdout.write(
            f"{worked.day}: {worked.looked_at} looked at again, {worked.decided} decided, "
            f"{worked.remittances} remittances sent"
        )
