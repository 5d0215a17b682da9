"""Programs that end by themselves are started again, but not for ever."""

from __future__ import annotations

import threading
from functools import partial
from pathlib import Path

import pytest

from hit_project.embedded import ExitCode, Refusal, processes
from hit_project.embedded.places import places_of
from hit_project.embedded.processes import Child, System
from tests.embedded.conftest import wait_for


@pytest.fixture
def system(tmp_path: Path) -> System:
    places = places_of(tmp_path / "var")
    places.create()
    return System(places, servers=[], inherited=[])


def is_up(child: Child) -> bool:
    return "up" in child.log.read_text()


def test_a_program_that_ends_again_and_again_ends_the_system(system: System) -> None:
    system.add("web", ["false"])
    with pytest.raises(Refusal, match="web has ended with exit code 1, 4 times in a row") as refused:
        system.run()
    assert refused.value.code is ExitCode.CHILD_FAILED


def test_a_long_life_makes_up_for_short_ones(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    child = system.add("web", ["true"])
    child.count_life()
    assert child.short_lives == 1
    monkeypatch.setattr(processes, "SHORT_SECONDS", 0)
    child.count_life()
    assert child.short_lives == 0
    system.end()


def test_programs_are_ended_in_the_order_in_which_they_were_added(system: System, tmp_path: Path) -> None:
    order = tmp_path / "order"
    for name in ("web", "worker"):
        log = f"trap 'sleep 0.2; echo {name} >> {order}; exit 0' TERM; echo up; while :; do sleep 0.05; done"
        child = system.add(name, ["sh", "-c", log])
        wait_for(partial(is_up, child))
    system.end()
    assert order.read_text().split() == ["web", "worker"]


def test_a_second_request_ends_a_program_that_does_not_listen(system: System) -> None:
    child = system.add("worker", ["sh", "-c", "trap '' TERM; echo up; while :; do sleep 0.05; done"])
    wait_for(lambda: is_up(child))
    system.stop.times = 1
    second_request = threading.Timer(0.5, lambda: setattr(system.stop, "times", 2))
    second_request.start()
    system.end()
    second_request.join()
    assert child.how_it_ended() == "by signal SIGKILL"
