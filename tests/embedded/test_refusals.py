"""What cannot run says why in a sentence, and each reason has its exit code."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hit_project.embedded import ExitCode, Refusal, servers
from hit_project.embedded import server as server_module
from hit_project.embedded.locks import FileLock
from hit_project.embedded.places import Places, places_of
from hit_project.embedded.postgres import Postgres
from hit_project.embedded.valkey import Valkey
from tests.embedded.conftest import ROOT


@pytest.fixture
def damaged(places: Places, folder: Path) -> Iterator[Places]:
    """A copy of a good data folder, to be damaged."""
    with servers(places.var):
        pass
    copy = places_of(folder / "var")
    copy.create()
    subprocess.run(["cp", "-a", places.data("postgres"), places.data("valkey"), copy.var], check=True)
    yield copy


def refusal_of(places: Places) -> Refusal:
    with pytest.raises(Refusal) as refused, servers(places.var):
        pass
    assert not Postgres(places).is_running()
    return refused.value


def test_data_of_another_major_version(damaged: Places) -> None:
    (damaged.data("postgres") / "PG_VERSION").write_text("17\n")
    refusal = refusal_of(damaged)
    assert refusal.code is ExitCode.BROKEN_DATA
    assert "made by PostgreSQL 17" in str(refusal)


def test_a_data_folder_without_its_control_file(damaged: Places) -> None:
    (damaged.data("postgres") / "global" / "pg_control").unlink()
    refusal = refusal_of(damaged)
    assert refusal.code is ExitCode.BROKEN_DATA
    assert "restore a backup" in str(refusal)


def test_a_data_folder_without_its_write_ahead_log(damaged: Places) -> None:
    shutil.rmtree(damaged.data("postgres") / "pg_wal")
    assert refusal_of(damaged).code is ExitCode.BROKEN_DATA


def test_a_folder_of_other_files_is_not_overwritten(folder: Path) -> None:
    foreign = folder / "var" / "postgres"
    foreign.mkdir(parents=True)
    (foreign / "letter.txt").write_text("mine")
    os.chown(foreign, 65534, 65534) if os.geteuid() == 0 else None
    assert refusal_of(places_of(folder / "var")).code is ExitCode.BROKEN_DATA
    assert (foreign / "letter.txt").read_text() == "mine"


def test_broken_messages_of_valkey_may_be_removed(damaged: Places) -> None:
    for file in (damaged.data("valkey") / "appendonlydir").glob("*.manifest"):
        file.write_text("nonsense\n")
    refusal = refusal_of(damaged)
    assert refusal.code is ExitCode.BROKEN_DATA
    assert "nothing is lost" in str(refusal)


def test_a_disk_with_too_little_room_is_refused_before_anything_is_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_module, "LEAST_FREE_BYTES", 2**60)
    refusal = refusal_of(places_of(folder / "var"))
    assert refusal.code is ExitCode.DISK_FULL
    assert not (folder / "var" / "postgres").exists()


@pytest.mark.parametrize("server", [Postgres, Valkey])
def test_a_disk_that_fills_up_during_the_start_is_named(places: Places, server: type[Postgres | Valkey]) -> None:
    log = "FATAL:  could not write lock file: No space left on device"
    assert server(places).explain(log).code is ExitCode.DISK_FULL


def test_other_reasons_are_quoted_from_the_log(places: Places) -> None:
    refusal = Postgres(places).explain("LOG:  starting\nFATAL:  could not map anonymous shared memory\n")
    assert refusal.code is ExitCode.SERVER_FAILED
    assert "could not map anonymous shared memory" in str(refusal)


def test_a_folder_that_the_server_may_not_read_is_not_called_damaged(places: Places) -> None:
    log = 'FATAL:  role "hit" does not exist\nFATAL:  could not open file "base/1/2": Permission denied\n'
    assert Postgres(places).explain(log).code is ExitCode.NOT_PERMITTED


def run_system(var: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command as an operator starts it."""
    without = {key: value for key, value in os.environ.items() if key not in {"PORT", "DJANGO_SETTINGS_MODULE"}}
    return subprocess.run(
        [sys.executable, "manage.py", "run_system"],
        cwd=ROOT,
        env={**without, "HIT_VAR_DIR": str(var), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def assert_is_a_sentence(result: subprocess.CompletedProcess[str], code: ExitCode, words: str) -> None:
    assert result.returncode == code
    assert words in result.stderr
    assert "Traceback" not in result.stderr


def test_a_port_in_use(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        result = run_system(folder / "var", PORT=str(other.getsockname()[1]))
    assert_is_a_sentence(result, ExitCode.PORT_IN_USE, "in use by another program")


def test_a_port_that_is_no_number(folder: Path) -> None:
    assert_is_a_sentence(run_system(folder / "var", PORT="http"), ExitCode.PORT_IN_USE, "must be a number")


def test_another_run_of_the_same_system(folder: Path) -> None:
    places = places_of(folder / "var")
    places.create()
    with FileLock(places.lock("run_system")) as lock:
        assert lock.try_exclusive()
        result = run_system(places.var)
    assert_is_a_sentence(result, ExitCode.ALREADY_RUNNING, "is running already")


def test_a_broken_data_folder(damaged: Places) -> None:
    (damaged.data("postgres") / "PG_VERSION").unlink()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    assert_is_a_sentence(run_system(damaged.var, PORT=str(port)), ExitCode.BROKEN_DATA, "PG_VERSION is missing")
