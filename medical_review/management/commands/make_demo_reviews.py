"""`manage.py make_demo_reviews`: a handful of review cases in different states, in the demonstration's world."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from medical_review.demo import make_demo_reviews
from medical_review.models import Case


class Command(BaseCommand):
    help = "Opens the cases that wait in the demonstration's world and works some of them."

    def handle(self, **options: Any) -> None:
        if not settings.IS_DEMONSTRATION:
            raise CommandError("This is no demonstration (DEMONSTRATION=0): no synthetic data is put into it.")
        if Case.objects.exists():
            raise CommandError("There are cases already.")
        counted = make_demo_reviews()
        self.stdout.write("review cases: " + ", ".join(f"{count} {state.lower()}" for state, count in counted.items()))
