"""What all tests share: the servers, the effort spent on properties, the browser.

The people and the data of the tests are in `tests/factories` and in the conftest files of the folders.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings as project_settings
from django.db import connection
from hypothesis import HealthCheck, settings

from hit_project.embedded import servers
from tests.emptying import emptied_quickly

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")

settings.register_profile("default", max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("proof", parent=settings.get_profile("default"), max_examples=1000)
settings.load_profile("proof" if os.environ.get("HIT_PROOF") else "default")


@pytest.fixture(scope="session")
def embedded_servers() -> Iterator[None]:
    """PostgreSQL and Valkey; several test processes share them, and the last one stops them."""
    with servers(project_settings.VAR_DIR):
        yield


@pytest.fixture(scope="session")
def django_db_setup(embedded_servers: None, django_db_setup: None) -> None:
    """The test database needs the servers first."""


@pytest.fixture(scope="session", autouse=True)
def folders() -> None:
    """Documents of an earlier run are not found by this one; static files, taken from their sources, need a folder."""
    shutil.rmtree(project_settings.MEDIA_ROOT, ignore_errors=True)
    project_settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="session", autouse=True)
def emptying() -> Iterator[None]:
    """After a test with real transactions the database is emptied in a moment."""
    with emptied_quickly():
        yield


@pytest.fixture
def child_environment(transactional_db: None) -> dict[str, str]:
    """The environment in which a child process works on this test's database and messages.

    A child sees only what is committed, hence the transactional database.
    """
    database = connection.settings_dict
    address = f"{quote(database['HOST'], safe='')}:{database['PORT']}"
    return {
        **os.environ,
        "DATABASE_URL": f"postgres://{database['USER']}:{quote(database['PASSWORD'])}@{address}/{database['NAME']}",
        "BROKER_URL": project_settings.CELERY_BROKER_URL,
        "DJANGO_SETTINGS_MODULE": "hit_project.settings",
    }


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium; as root it runs without its sandbox, and it asks nobody outside."""
    arguments = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "headless": True, "args": arguments}
