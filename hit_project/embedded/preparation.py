"""What a system needs before it can serve; each step looks first whether there is anything to do."""

from __future__ import annotations

import errno
import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from psycopg.errors import DiskFull

from hit_project.embedded.progress import say
from hit_project.embedded.refusals import ExitCode, Refusal

#: Folders of static files that installed packages bring and no page here uses.
UNUSED_FILES = ["redoc", "rest_framework"]


def prepare_system() -> None:
    """Bring database and static files up to the installed version of the project; quick when they are."""
    if not settings.IS_DEMONSTRATION:
        # Real data must never be taken for a demonstration that was interrupted: those are removed.
        _unfinished_demonstration().unlink(missing_ok=True)
    try:
        for is_needed, sentence, act in STEPS:
            if is_needed():
                with announced(sentence):
                    act()
    except (OperationalError, OSError) as error:
        if is_full_disk(error):
            raise Refusal(ExitCode.DISK_FULL, f"The disk is full: make room and start again ({error}).") from error
        raise
    connection.close()


def is_full_disk(error: BaseException) -> bool:
    """Whether the database or this process found no room to write."""
    return isinstance(error.__cause__, DiskFull) or getattr(error, "errno", None) == errno.ENOSPC


@contextmanager
def announced(sentence: str) -> Iterator[None]:
    """Say what begins, and how long it took when that was noticeable."""
    began = time.monotonic()
    say(f"{sentence} …")
    yield
    if (took := time.monotonic() - began) > 2:
        say(f"  done in {took:.0f} s")


def _migrations_are_missing() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _migrate() -> None:
    call_command("migrate", interactive=False, verbosity=0)


def _policy_is_missing() -> bool:
    return not apps.get_model("policy", "Publication").objects.filter(is_baseline=True).exists()


def _load_policy() -> None:
    call_command("load_policy")


def _demonstration_is_missing() -> bool:
    return settings.IS_DEMONSTRATION and (
        _unfinished_demonstration().exists() or not apps.get_model("claims", "Claim").objects.exists()
    )


def _make_demonstration() -> None:
    """A world whose making was interrupted is not completed but made anew."""
    mark = _unfinished_demonstration()
    was_interrupted = mark.exists()
    mark.touch()
    call_command("make_demo_world", again=was_interrupted)
    call_command("make_demo_reviews")
    mark.unlink()


def _unfinished_demonstration() -> Path:
    return settings.VAR_DIR / "run" / "demonstration.unfinished"


def _static_files_have_changed() -> bool:
    stamp = _static_stamp()
    return not stamp.exists() or stamp.read_text() != _static_fingerprint()


def _collect_static_files() -> None:
    call_command("collectstatic", interactive=False, verbosity=0, clear=True, ignore_patterns=UNUSED_FILES)
    _static_stamp().write_text(_static_fingerprint())


def _static_stamp() -> Path:
    return Path(settings.STATIC_ROOT) / ".collected"


def _static_fingerprint() -> str:
    """Changes when a file of any application is added, removed or written."""
    digest = hashlib.sha256(repr(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for name, storage in finder.list(None):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


#: Whether a step is needed, what to say, what to do; in this order.
STEPS: tuple[tuple[Callable[[], bool], str, Callable[[], None]], ...] = (
    (_migrations_are_missing, "Bringing the database's tables up to date", _migrate),
    (_policy_is_missing, "Loading the policy tables", _load_policy),
    (_demonstration_is_missing, "Making the demonstration's world", _make_demonstration),
    (_static_files_have_changed, "Collecting the static files", _collect_static_files),
)
