"""A database of its own for a benchmark: made on the embedded server, filled with the policy tables, dropped again."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hit_project.settings")

#: The business date of everything that is measured.
TODAY = dt.date(2026, 1, 16)


@contextmanager
def measured_database(*, broker: bool = False) -> Iterator[str]:
    """The name of a new database with the policy tables, the default connection set to it."""
    import django
    from django.conf import settings

    from hit_project.embedded import servers

    with servers(Path(settings.VAR_DIR), broker=broker):
        django.setup()
        from django.core.management import call_command
        from django.db import connection
        from django.test.utils import setup_databases, teardown_databases

        from policy import clock

        config = setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
        try:
            call_command("load_policy", verbosity=0)
            clock.set_today(TODAY)
            yield str(connection.settings_dict["NAME"])
        finally:
            teardown_databases(config, verbosity=0)


def join(database: str) -> None:
    """Set up Django in another process, on the database that is measured."""
    import django

    django.setup()
    from django.db import connection

    connection.settings_dict["NAME"] = database
