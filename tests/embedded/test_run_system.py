"""The whole system, started as an operator starts it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from hit_project.embedded.places import Places, places_of
from hit_project.embedded.postgres import Postgres
from hit_project.embedded.valkey import Valkey
from tests.embedded.conftest import ROOT, new_folder, wait_for

pytestmark = pytest.mark.faults


class Running:
    """A system that somebody has started in a terminal."""

    def __init__(self, places: Places) -> None:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        self.places = places
        self.terminal = places.var.parent / "terminal"
        without = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
        with self.terminal.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "run_system"],
                cwd=ROOT,
                env={**without, "HIT_VAR_DIR": str(places.var), "PORT": str(self.port), "DEMONSTRATION": "false"},
                stdout=output,
                stderr=output,
            )

    def said(self) -> str:
        return self.terminal.read_text()

    def wait_for_words(self, words: str) -> None:
        wait_for(lambda: words in self.said() or self.process.poll() is not None, seconds=240)
        assert words in self.said()

    def status_of(self, path: str) -> int:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=60) as response:
                return int(response.status)
        except urllib.error.HTTPError as error:
            return error.code

    def pids(self, *words: str) -> list[int]:
        """The processes of this system whose command line has all the words."""
        found = [entry for entry in Path("/proc").glob("[0-9]*") if _is_below(entry, self.process.pid)]
        return [int(entry.name) for entry in found if all(word in _command_line(entry) for word in words)]

    def end(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=120)


def _command_line(process: Path) -> str:
    try:
        return (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def _is_below(process: Path, parent: int) -> bool:
    try:
        return (process / "stat").read_text().rsplit(")", 1)[1].split()[1] == str(parent)
    except OSError:
        return False


@pytest.fixture(scope="module")
def var() -> Iterator[Path]:
    with new_folder() as made:
        yield made / "var"


@pytest.fixture
def system(var: Path) -> Iterator[Running]:
    running = Running(places_of(var))
    yield running
    if running.process.poll() is None:
        running.process.kill()
        running.process.wait()
    wait_for(lambda: not Postgres(running.places).is_running())


def test_it_serves_what_is_killed_is_started_again_until_it_is_asked_to_end(system: Running) -> None:
    system.wait_for_words("Ready: http://127.0.0.1")
    assert system.status_of("/healthz/ready") == 200
    [worker] = system.pids("celery", " worker ")
    os.kill(worker, signal.SIGKILL)
    system.wait_for_words("worker has ended by signal SIGKILL and is started again")
    os.kill(int((system.places.data("postgres") / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    system.wait_for_words("PostgreSQL has ended unexpectedly and is started again")
    wait_for(Postgres(system.places).is_ready)
    wait_for(lambda: system.status_of("/healthz/ready") == 200)
    children = system.pids()
    assert system.end(signal.SIGINT) == 0
    wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in children))
    assert not Postgres(system.places).is_running()
    assert not Valkey(system.places).is_running()


def test_nothing_stays_when_it_is_killed_itself(system: Running) -> None:
    system.wait_for_words("Ready: http://127.0.0.1")
    children = system.pids()
    system.process.kill()
    wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in children), seconds=120)
    wait_for(lambda: not Postgres(system.places).is_running() and not Valkey(system.places).is_running())
