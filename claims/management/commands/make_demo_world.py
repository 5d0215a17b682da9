"""`manage.py make_demo_world`: a synthetic year of claims, decided and paid by the real engine."""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import time
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from claims.demo.again import empty_everything
from claims.demo.cast import FIRST_MBI
from claims.demo.samples import sample_files
from claims.demo.store import store_world
from claims.demo.world import PATIENTS, SEED, make_world
from claims.demo.year import live_through, receive_samples
from claims.inventory.counting import count_inventory
from claims.models import Claim
from policy.models import Publication


class Command(BaseCommand):
    help = "Fills an empty database with a synthetic year that ends on March 10 2026."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--patients", type=int, default=PATIENTS, choices=range(FIRST_MBI + 1), metavar="COUNT")
        parser.add_argument("--seed", type=int, default=SEED, help="another seed gives another year")
        parser.add_argument("--again", action="store_true", help="remove all suppliers, patients and claims first")

    def handle(self, *, patients: int, seed: int, again: bool, **options: Any) -> None:
        if not settings.IS_DEMONSTRATION:
            raise CommandError("This is no demonstration (DEMONSTRATION=0): no synthetic data is put into it.")
        if again:
            empty_everything()
        elif Claim.objects.exists():
            raise CommandError("There are claims already. Use --again to remove everything and make it anew.")
        self.began = time.monotonic()
        self.make(patients, seed)

    def make(self, patients: int, seed: int) -> None:
        with connection.cursor() as cursor:
            # Nothing is lost if the machine stops: the world is simply made again.
            cursor.execute("SET synchronous_commit TO off")
        if not Publication.objects.exists():
            call_command("load_policy", stdout=self.stdout)
        world = make_world(patients, seed)
        # The world lives to the end: looking through it again and again for garbage costs a tenth of the time.
        gc.freeze()
        rows = store_world(world)
        self.say(f"{len(world.suppliers)} suppliers and {len(world.drafts)} patients, {rows} rows")
        live_through(world, self.tell_month)
        decided = receive_samples(sample_files(world.cast))
        self.say(f"sample files received, {decided} of their claims decided")
        count_inventory()
        self.say(f"ready: {Claim.objects.count()} claims; the business date is March 10 2026")

    def tell_month(self, day: dt.date, counted: Mapping[str, int]) -> None:
        self.say(f"{day:%B %Y}: " + ", ".join(f"{number:,} {what}" for what, number in counted.items()))

    def say(self, sentence: str) -> None:
        self.stdout.write(f"[{time.monotonic() - self.began:5.1f} s] {sentence}")
