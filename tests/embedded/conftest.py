"""A `var/` of its own for tests of the launcher, where the account of the servers can reach it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hit_project.embedded.places import Places, places_of
from hit_project.embedded.postgres import Postgres
from hit_project.embedded.valkey import Valkey

ROOT = Path(__file__).resolve().parents[2]
HOLD = "import sys, time; from pathlib import Path; from hit_project.embedded import servers\n"
HOLD += "with servers(Path(sys.argv[1])): print('up', flush=True); time.sleep(600)"


@contextmanager
def new_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="hit-test-", dir="/tmp"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@pytest.fixture
def folder() -> Iterator[Path]:
    with new_folder() as made:
        yield made


@pytest.fixture(scope="session")
def places() -> Iterator[Places]:
    """A `var/` whose data folder is created once, by the first test that needs it."""
    with new_folder() as made:
        yield places_of(made / "var")


@pytest.fixture
def postgres(places: Places) -> Postgres:
    return Postgres(places)


@pytest.fixture
def valkey(places: Places) -> Valkey:
    return Valkey(places)


@pytest.fixture
def another_command(places: Places) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Start another process that uses the servers; returns when they run."""
    started: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        command = [sys.executable, "-c", HOLD, str(places.var)]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "up\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def wait_for(is_so: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)
