"""Which commands start which servers, and what the settings are given."""

from __future__ import annotations

import stat
from pathlib import Path

import dj_database_url
import pytest

from hit_project.embedded import addresses
from hit_project.embedded.commands import DATABASE_ONLY, embedded_servers, needs_database
from hit_project.embedded.places import places_of


@pytest.fixture(autouse=True)
def no_servers_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("BROKER_URL", raising=False)


def names(var: Path, *, broker: bool = True) -> list[str]:
    return [server.name for server in embedded_servers(var, broker=broker)]


@pytest.mark.parametrize("command", ["migrate", "load_policy", "receive_837", "makemigrations", "shell"])
def test_commands_that_work_on_the_database_get_it(command: str) -> None:
    assert needs_database(["manage.py", command])


@pytest.mark.parametrize(
    "arguments",
    [[], ["help"], ["--help"], ["--version"], ["migrate", "--help"], ["check_scenarios", "-q"], ["collectstatic"]],
)
def test_commands_that_need_no_database_start_nothing(arguments: list[str]) -> None:
    assert not needs_database(["manage.py", *arguments])


def test_commands_that_leave_messages_get_the_broker_too() -> None:
    assert "receive_837" not in DATABASE_ONLY
    assert "migrate" in DATABASE_ONLY


def test_both_servers_are_ours_by_default(tmp_path: Path) -> None:
    assert names(tmp_path) == ["postgres", "valkey"]
    assert names(tmp_path, broker=False) == ["postgres"]


def test_a_server_whose_address_is_given_is_left_to_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://db.example/claims")
    assert names(tmp_path) == ["valkey"]
    monkeypatch.setenv("BROKER_URL", "redis://broker.example")
    assert names(tmp_path) == []


def test_the_database_address_is_understood_for_any_path() -> None:
    var = Path("/srv/Claims, 2026/über var")
    parsed = dj_database_url.parse(addresses.database_url(var))
    assert parsed["HOST"] == str(places_of(var).sockets)
    assert (parsed["USER"], parsed["NAME"], parsed["PORT"]) == ("hit", "hit", 5432)


def test_the_secret_key_is_made_once_and_is_private(tmp_path: Path) -> None:
    var = tmp_path / "var"
    key = addresses.secret_key(var)
    assert len(key) > 50
    assert addresses.secret_key(var) == key
    assert stat.S_IMODE((var / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in var.iterdir()] == ["secret_key"]
