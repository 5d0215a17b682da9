"""`manage.py mass_adjustment`: preview a mass adjustment, or go on with one, in this process."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from claims.edits.wording import dollars
from claims.mass.actions import preview
from claims.mass.readers import standing
from claims.mass.working import work
from claims.models import MassAdjustment
from policy.refusals import Refused


class Command(BaseCommand):
    help = (
        "Previews a mass adjustment, or goes on with one that is being previewed or was approved, until it is done, "
        "paused, or waits for claims that a worker decides. It is made and approved on its page."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=("preview", "work"))
        parser.add_argument("number", type=int, metavar="NUMBER", help="of the mass adjustment")
        parser.add_argument("--by", default="", metavar="E-MAIL", help="who previews it; needed for preview")

    def handle(self, *args: Any, **options: Any) -> None:
        mass = MassAdjustment.objects.filter(pk=options["number"]).first()
        if mass is None:
            raise CommandError(f"There is no mass adjustment {options['number']}.")
        if options["act"] == "preview":
            self._ask_for_preview(mass, options["by"])
        work(mass.pk)
        mass.refresh_from_db()
        where = standing(mass)
        self.stdout.write(f"{mass}: {mass.get_state_display().lower()}. {mass.note}".rstrip())
        self.stdout.write(
            f"{where.same:,} come out the same, {where.changes:,} would change, {where.decided:,} were decided anew, "
            f"{where.left_out:,} are left out; {dollars(mass.before)} before, {dollars(mass.after)} after."
        )

    def _ask_for_preview(self, mass: MassAdjustment, email: str) -> None:
        person = User.objects.filter(email__iexact=email, is_active=True).first()
        if person is None:
            raise CommandError("Say who previews it: --by and the e-mail address of a person who may sign in.")
        try:
            preview(mass, by=person)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
