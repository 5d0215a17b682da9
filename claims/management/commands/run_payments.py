"""`manage.py run_payments`: pay the claims that are due and send the remittances."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.payment.actions import RunSummary, run_payment_day
from claims.payment.ledger import discrepancies
from policy import clock
from policy.calendar import business_day_on_or_after, is_business_day


class Command(BaseCommand):
    help = "Pays what is due on a banking day, a supplier at a time. May be run again: nothing is paid twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--day",
            type=dt.date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="the payment day; default: the business date",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        today = clock.today()
        day = options["day"] or today
        if day > today:
            raise CommandError(f"{day} has not come: the business date is {today}.")
        if not is_business_day(day):
            self.stdout.write(f"{day} is no banking day; the next is {business_day_on_or_after(day)}.")
            return
        summary = run_payment_day(day)
        self.tell(summary)
        if faults := [*summary.refused, *discrepancies()]:
            raise CommandError("\n".join(faults))

    def tell(self, summary: RunSummary) -> None:
        self.stdout.write(
            f"{summary.day}: {summary.remittances} remittances over {summary.paid}, {summary.interest} of it interest; "
            f"{summary.claims_paid} claims paid, {summary.denials_told} denials told"
        )
        if summary.voids_told or summary.kept or summary.overpaid:
            self.stdout.write(
                f"{summary.voids_told} voids told; {summary.kept} kept for overpayments; "
                f"{summary.overpaid} newly overpaid, to be demanded"
            )
        if summary.without_interest:
            self.stdout.write(
                f"{summary.without_interest} claims were paid late without interest: "
                "no clean-claim interest rate is in force on the day"
            )
