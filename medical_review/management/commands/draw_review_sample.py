"""`manage.py draw_review_sample`: draw claims for review by a seed, or draw a kept sample again and compare."""

from __future__ import annotations

import argparse
import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from medical_review.actions.drawing import Criteria, draw_again, draw_sample
from medical_review.models import Draw
from policy.refusals import Refused
from suppliers.models import Supplier


class Command(BaseCommand):
    help = "Draws a sample of claims for medical review; with --again draws a kept one anew and compares."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--again", type=int, metavar="DRAW", help="number of a draw; nothing is written")
        parser.add_argument("--method", choices=Draw.Method.values, default=Draw.Method.RANDOM)
        parser.add_argument("--size", type=int, default=20)
        parser.add_argument("--seed", default="", help="any text; one is thrown where none is given")
        parser.add_argument("--from", dest="first_day", type=dt.date.fromisoformat, metavar="DAY")
        parser.add_argument("--through", dest="last_day", type=dt.date.fromisoformat, metavar="DAY")
        parser.add_argument("--before-payment", action="store_true")
        parser.add_argument("--npi", help="of one supplier")
        parser.add_argument("--least", type=Decimal, default=Decimal("0.00"), help="dollars charged, or paid")
        parser.add_argument("--by", help="e-mail address of the reviewer who draws")

    def handle(self, *, again: int | None, **given: Any) -> None:
        if again:
            self.compare(again)
            return
        if not (given["first_day"] and given["last_day"] and given["by"]):
            raise CommandError("Give --from, --through and --by, or --again with the number of a draw.")
        try:
            draw = draw_sample(
                self.criteria(given), given["method"], given["size"], seed=given["seed"], by=self.person(given["by"])
            )
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{draw}: frame of {len(draw.frame)} {draw.frame_hash}, seed {draw.seed}")
        self.stdout.write("\n".join(draw.sample))

    def compare(self, number: int) -> None:
        draw = Draw.objects.filter(pk=number).first()
        if draw is None:
            raise CommandError(f"There is no draw {number}.")
        if draw_again(draw) != draw.sample:
            raise CommandError(f"{draw} is not what its frame and seed give.")
        self.stdout.write(f"{draw} drawn again: the same {len(draw.sample)} claims.")

    def criteria(self, given: dict[str, Any]) -> Criteria:
        supplier = None
        if given["npi"]:
            supplier = Supplier.objects.filter(npi=given["npi"]).first()
            if supplier is None:
                raise CommandError(f"No supplier has the NPI {given['npi']}.")
        return Criteria(given["first_day"], given["last_day"], given["before_payment"], supplier, given["least"])

    def person(self, email: str) -> User:
        person = User.objects.filter(email__iexact=email).first()
        if person is None:
            raise CommandError(f"Nobody signs in as {email}.")
        return person
