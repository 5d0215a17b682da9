"""The Celery application. Imported by every entrance (`manage.py`, `wsgi.py`), so that tasks know their broker.

Tasks are sent with `task.delay_on_commit(...)`: a worker never sees a row before it is committed.
"""

from __future__ import annotations

import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging, worker_process_init

from claims.schedule import SCHEDULE

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hit_project.settings")

app = Celery("hit_project")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = SCHEDULE


@setup_logging.connect
def keep_the_logging_of_the_settings(**_: Any) -> None:
    """Celery would put its own formatters in place, which redact nothing; a receiver keeps it from doing so."""


@worker_process_init.connect
def open_own_database_connections(**_: Any) -> None:
    """Two processes must not share a connection: each worker process opens its own after the fork."""
    from django.db import connections

    connections.close_all()
