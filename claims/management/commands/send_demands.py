"""`manage.py send_demands`: send the demand of every overpayment that waits for it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from claims.payment.overpayments import send_demands


class Command(BaseCommand):
    help = (
        "Sends the demand of every overpayment that is owed and was not demanded. May be run again: each is sent once."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{send_demands()} demands sent.")
