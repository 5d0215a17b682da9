"""The embedded servers are shared, survive what happens to commands, and never stay behind."""

from __future__ import annotations

import os
import shutil
import signal
import stat
from collections.abc import Callable
from pathlib import Path
from subprocess import Popen

import psycopg
import pytest

from hit_project.embedded import ExitCode, Refusal, addresses, programs, servers
from hit_project.embedded.accounts import SERVICE_ACCOUNT
from hit_project.embedded.places import Places, places_of
from hit_project.embedded.postgres import Postgres
from hit_project.embedded.valkey import Valkey
from tests.embedded.conftest import wait_for

Start = Callable[[], Popen[str]]
AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs servers under another account")


def postmaster(places: Places) -> int:
    return int((places.data("postgres") / "postmaster.pid").read_text().split()[0])


def do(places: Places, *statements: str) -> None:
    with psycopg.connect(addresses.database_url(places.var)) as connection:
        for statement in statements:
            connection.execute(statement)  # type: ignore[call-overload]


def ask(places: Places, question: str) -> object:
    with psycopg.connect(addresses.database_url(places.var)) as connection:
        row = connection.execute(question).fetchone()  # type: ignore[call-overload]
    return row and row[0]


def test_the_servers_run_inside_the_block_and_not_after_it(places: Places, postgres: Postgres, valkey: Valkey) -> None:
    with servers(places.var):
        assert postgres.is_ready()
        assert valkey.is_ready()
    assert not postgres.is_running()
    assert not valkey.is_running()
    assert not list(places.sockets.iterdir())


def test_what_was_committed_is_there_at_the_next_start(places: Places) -> None:
    with servers(places.var, broker=False):
        do(places, "CREATE TABLE kept AS SELECT 42 AS answer")
    with servers(places.var, broker=False):
        assert ask(places, "SELECT answer FROM kept") == 42


def test_a_second_command_uses_the_server_of_the_first_and_leaves_it_running(
    places: Places, postgres: Postgres, another_command: Start
) -> None:
    another_command()
    first = postmaster(places)
    with servers(places.var):
        assert postmaster(places) == first
    assert postgres.is_ready()


def test_the_server_stays_until_the_last_command_ends_whoever_started_it(
    places: Places, postgres: Postgres, another_command: Start
) -> None:
    first = another_command()
    with servers(places.var):
        first.kill()
        first.wait()
        assert postgres.is_ready()
    assert not postgres.is_running()


def test_a_command_killed_without_a_chance_to_clean_up_leaves_no_server(
    postgres: Postgres, valkey: Valkey, another_command: Start
) -> None:
    another_command().kill()
    wait_for(lambda: not postgres.is_running() and not valkey.is_running())


def test_a_killed_server_is_noticed_and_recovers_what_was_committed(places: Places, postgres: Postgres) -> None:
    with servers(places.var, broker=False):
        do(places, "CREATE TABLE committed AS SELECT 'yes' AS word")
        os.kill(postmaster(places), signal.SIGKILL)
        wait_for(lambda: not postgres.is_running())
        postgres.ensure_running()
        assert ask(places, "SELECT word FROM committed") == "yes"


def test_a_server_does_not_outlive_its_guardian(places: Places, postgres: Postgres) -> None:
    with servers(places.var, broker=False):
        server = postmaster(places)
        guardian = int(Path(f"/proc/{server}/stat").read_text().rsplit(")", 1)[1].split()[1])
        os.kill(guardian, signal.SIGKILL)
        wait_for(lambda: not postgres.is_ready())
        postgres.ensure_running()
        assert postmaster(places) != server


def test_a_start_after_everything_was_killed_at_once_succeeds(places: Places, another_command: Start) -> None:
    command = another_command()
    server = postmaster(places)
    for process in (server, command.pid):
        os.kill(process, signal.SIGKILL)
    with servers(places.var):
        assert ask(places, "SELECT 1") == 1


def test_a_process_id_that_another_process_has_by_now_does_not_keep_the_server_from_starting(places: Places) -> None:
    with servers(places.var, broker=False):
        pass
    (places.data("postgres") / "postmaster.pid").write_text(f"{os.getppid()}\n{places.data('postgres')}\n1\n5432\n\n\n")
    with servers(places.var, broker=False):
        assert ask(places, "SELECT 1") == 1


def test_the_application_owns_its_database_without_being_a_superuser(places: Places) -> None:
    with servers(places.var, broker=False):
        assert ask(places, "SELECT current_user") == "hit"
        assert ask(places, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
        assert ask(places, "SELECT rolcreatedb FROM pg_roles WHERE rolname = current_user") is True
        do(places, "CREATE EXTENSION btree_gist", "CREATE EXTENSION pg_trgm")


def test_text_sorts_the_same_on_every_machine_and_commits_reach_the_disk(places: Places) -> None:
    with servers(places.var, broker=False):
        assert ask(places, "SELECT datlocale FROM pg_database WHERE datname = 'hit'") == "C.UTF-8"
        assert ask(places, "SHOW server_encoding") == "UTF8"
        assert ask(places, "SHOW fsync") == "on"


def test_nobody_reaches_the_servers_but_through_a_private_folder(places: Places) -> None:
    with servers(places.var):
        assert ask(places, "SHOW listen_addresses") == ""
        assert stat.S_IMODE(places.sockets.stat().st_mode) == 0o700


def test_a_folder_too_deep_for_sockets_works(folder: Path) -> None:
    deep = places_of(folder / ("deep" * 30) / "var")
    with servers(deep.var):
        assert ask(deep, "SELECT 1") == 1
    assert stat.S_IMODE(deep.sockets.stat().st_mode) == 0o700
    deep.sockets.rmdir()


def test_a_socket_folder_that_others_can_enter_is_refused(folder: Path) -> None:
    deep = places_of(folder / ("deep" * 30) / "var")
    deep.sockets.mkdir(mode=0o755)
    with pytest.raises(Refusal, match="not a private folder") as refused, servers(deep.var):
        pass
    assert refused.value.code is ExitCode.NOT_PERMITTED
    deep.sockets.rmdir()


@AS_ROOT
def test_as_root_the_servers_run_under_an_account_without_privileges(places: Places) -> None:
    with servers(places.var):
        assert Path(f"/proc/{postmaster(places)}").owner() == SERVICE_ACCOUNT
        assert places.data("postgres").owner() == places.data("valkey").owner() == SERVICE_ACCOUNT


@AS_ROOT
def test_as_root_below_a_closed_folder_the_data_lie_elsewhere_and_the_folder_stays_closed(folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    places = places_of(closed / "var")
    with servers(places.var):
        assert ask(places, "SELECT 1") == 1
        link = places.var / "postgres"
        assert link.is_symlink()
        assert not link.resolve().is_relative_to(closed)
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    with servers(places.var, broker=False):
        assert ask(places, "SELECT 1") == 1
    shutil.rmtree(places.base)


def test_programs_below_a_closed_folder_are_copied_for_others_to_run_but_not_to_change(folder: Path) -> None:
    packages = folder / "closed"
    for part in ("package/install/bin", "package.libs", "unrelated"):
        (packages / part).mkdir(parents=True, mode=0o700)
    (packages / "package/install/bin/server").touch(mode=0o700)
    (packages / "package.libs/library.so").touch(mode=0o600)
    copy = programs.copied(packages, ["package/install", "package.libs", "absent"], folder / "copies" / "server-1")
    modes = {str(path.relative_to(copy)): oct(stat.S_IMODE(path.stat().st_mode)) for path in copy.rglob("*")}
    assert modes == {
        "package": "0o755",
        "package/install": "0o755",
        "package/install/bin": "0o755",
        "package/install/bin/server": "0o755",
        "package.libs": "0o755",
        "package.libs/library.so": "0o644",
    }
    assert programs.copied(packages, ["unrelated"], copy) == copy


def test_another_path_to_the_same_folder_leads_to_the_same_server(places: Places, folder: Path) -> None:
    link = folder / "link"
    link.symlink_to(places.var)
    assert addresses.database_url(link) == addresses.database_url(places.var)
