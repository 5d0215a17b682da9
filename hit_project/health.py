"""Two questions for a proxy or a supervisor: does this process live, and can it serve?"""

from __future__ import annotations

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from kombu.exceptions import OperationalError

from hit_project.celery import app

BROKER_SECONDS = 2
NEVER_CACHED = {"Cache-Control": "no-store"}


def live(request: HttpRequest) -> JsonResponse:
    """200 while the process answers at all; a restart would not help against anything else."""
    return JsonResponse({"status": "ok"}, headers=NEVER_CACHED)


def ready(request: HttpRequest) -> JsonResponse:
    """200 when database and broker answer, else 503, so that no request is sent here; says which one does not."""
    checks = {name: "ok" if answers() else "unavailable" for name, answers in CHECKS.items()}
    is_ready = set(checks.values()) == {"ok"}
    return JsonResponse(
        {"status": "ok" if is_ready else "unavailable", "checks": checks},
        status=200 if is_ready else 503,
        headers=NEVER_CACHED,
    )


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _broker_answers() -> bool:
    try:
        with app.connection_for_write() as broker:
            broker.ensure_connection(max_retries=1, interval_start=0, timeout=BROKER_SECONDS)
    except OperationalError:
        return False
    return True


CHECKS: dict[str, Callable[[], bool]] = {"database": _database_answers, "broker": _broker_answers}
