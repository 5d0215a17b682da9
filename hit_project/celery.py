"""The Celery application. `apps.py` imports it in every process, so that tasks know their broker.

Tasks are sent with `task.delay_on_commit(...)`: a worker never sees a row before it is committed.
"""

from __future__ import annotations

import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging, worker_process_init
from kombu.transport.redis import Channel

from claims.schedule import SCHEDULE
from medical_review.schedule import SCHEDULE as REVIEW_SCHEDULE

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hit_project.settings")

app = Celery("hit_project")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {**SCHEDULE, **REVIEW_SCHEDULE}

# A message is only a nudge, so none is put back: it counts as done when it is taken up. When a broker has ended, kombu
# 5.7 would still try to put back what a worker held, on the connection that is gone, and the worker would end too.
Channel.do_restore = False


@setup_logging.connect
def keep_the_logging_of_the_settings(**_: Any) -> None:
    """Celery would put its own formatters in place, which redact nothing; a receiver keeps it from doing so."""


@worker_process_init.connect
def open_own_database_connections(**_: Any) -> None:
    """Two processes must not share a connection: each worker process opens its own after the fork."""
    from django.db import connections

    connections.close_all()
