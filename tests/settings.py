"""The settings of the tests: the project's own, with servers, files and messages that a running system never sees.

`HIT_VAR_DIR` may name another folder, so that two test runs at the same time do not meet.
"""

from __future__ import annotations

import os
from pathlib import Path

os.environ.setdefault("HIT_VAR_DIR", str(Path(__file__).resolve().parent.parent / "var" / "tests"))
os.environ.setdefault("STATIC_STORAGE", "django.contrib.staticfiles.storage.StaticFilesStorage")
# Playwright's event loop runs in the thread of the test, which also asks the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

from hit_project.settings import *  # noqa: F403
from hit_project.settings import BROKER_URL, VAR_DIR

#: "gw0", "gw1", … when several processes share the work; each has its own database, files and messages.
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")

MEDIA_ROOT = VAR_DIR / f"files{WORKER}"
CELERY_BROKER_URL = f"{BROKER_URL}?virtual_host={1 + int(WORKER.removeprefix('gw') or 0)}"
# A slow hash protects real passwords and only slows tests down.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
