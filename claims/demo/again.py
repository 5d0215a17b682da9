"""Emptying a demonstration's database, so that the demonstration can be made again."""

from __future__ import annotations

import pgtrigger
from django.apps import apps
from django.db import connection
from django.db.models import Model

from accounts.models import AccessLog, Event, IdempotencyKey

#: Rooms whose tables are emptied; people and policy stay.
ROOMS = ("suppliers", "beneficiaries", "claims", "medical_review")


def empty_everything() -> None:
    """Remove every supplier, patient and claim, with all that was decided, reviewed, paid and written down about them.

    Append-only tables refuse this, as they should: their triggers are set aside for this one statement.
    """
    models: list[type[Model]] = [Event, AccessLog, IdempotencyKey]
    models += [model for room in ROOMS for model in apps.get_app_config(room).get_models(include_auto_created=True)]
    tables = sorted({model._meta.db_table for model in models})
    names = ", ".join(connection.ops.quote_name(table) for table in tables)
    with pgtrigger.ignore(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {names} RESTART IDENTITY")
