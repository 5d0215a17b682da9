"""The processes of a running system, watched: started again when one ends by itself, ended in order at the end."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from hit_project.embedded.guardian import ends_with_parent
from hit_project.embedded.places import Places
from hit_project.embedded.progress import Patience, say
from hit_project.embedded.refusals import ExitCode, Refusal
from hit_project.embedded.server import Server, turn_log

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
LOOK_EVERY_SECONDS = 0.5
#: A program that ends this often without having run for a minute has something wrong that a start does not mend.
SHORT_LIVES = 4
SHORT_SECONDS = 60.0


class StopRequest:
    """Whether somebody has asked the system to end: Ctrl-C, a supervisor's SIGTERM, a closed terminal.

    The first time all ends in order, the second time without waiting for programs, the third time at once: the kernel
    then tells programs and servers to end.
    """

    AT_ONCE = 3

    def __init__(self) -> None:
        self.times = 0

    def listen(self) -> None:
        for number in STOP_SIGNALS:
            signal.signal(number, self._count)

    def _count(self, number: int, frame: FrameType | None) -> None:
        self.times += 1
        if self.times >= self.AT_ONCE:
            raise KeyboardInterrupt


@dataclass
class Child:
    """One program of the system, in a group of its own so that Ctrl-C reaches only whoever ends it in order."""

    name: str
    command: Sequence[str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    short_lives: int = 0

    def start(self, environment: Mapping[str, str], inherited: Iterable[int]) -> None:
        """`inherited` are the locks of the servers: these stay until the child has ended, whatever becomes of us."""
        turn_log(self.log)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                pass_fds=tuple(inherited),
                preexec_fn=ends_with_parent(signal.SIGTERM),
            )
        self.started = time.monotonic()

    @property
    def has_ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def count_life(self) -> None:
        """Called once for each ending: a long life makes up for the short ones before it."""
        is_short = time.monotonic() - self.started < SHORT_SECONDS
        self.short_lives = self.short_lives + 1 if is_short else 0

    def how_it_ended(self) -> str:
        code = self.process.returncode if self.process else 0
        return f"by signal {signal.Signals(-code).name}" if code < 0 else f"with exit code {code}"

    def send(self, number: signal.Signals, *, to_group: bool = False) -> None:
        if self.process is None or self.has_ended:
            return
        if to_group:
            os.killpg(self.process.pid, number)
        else:
            self.process.send_signal(number)


class System:
    """Servers and children that run until somebody asks for the end."""

    def __init__(self, places: Places, servers: Sequence[Server], inherited: Sequence[int]) -> None:
        self.places = places
        self.servers = servers
        self.inherited = inherited
        self.children: list[Child] = []
        self.stop = StopRequest()

    def add(self, name: str, command: Sequence[str]) -> Child:
        child = Child(name, command, self.places.log(name))
        self.children.append(child)
        self._start(child)
        return child

    def run(self) -> None:
        """Watch until the end is asked for; a refusal when something ends again and again."""
        while not self.stop.times:
            self.look_after_servers()
            for child in self.children:
                self._look_after(child)
            time.sleep(LOOK_EVERY_SECONDS)

    def end(self) -> None:
        """End the children in the order in which they were added, each when it has finished what it does."""
        asked = self.stop.times
        for child in self.children:
            child.send(signal.SIGTERM)
            patience = Patience(f"Waiting for {child.name} to finish; press Ctrl-C once more to end it at once")
            while child.process is not None and not child.has_ended:
                if self.stop.times > asked:
                    child.send(signal.SIGKILL, to_group=True)
                patience.wait()

    def look_after_servers(self) -> None:
        """A server that was killed is started again; its own recovery finds what was committed."""
        for server in self.servers:
            if not server.is_running():
                say(f"{server.title} has ended unexpectedly and is started again; its log is {server.log}.")
                server.ensure_running()

    def _look_after(self, child: Child) -> None:
        if not child.has_ended:
            return
        child.count_life()
        ending = f"{child.name} has ended {child.how_it_ended()}"
        if child.short_lives >= SHORT_LIVES:
            raise Refusal(ExitCode.CHILD_FAILED, f"{ending}, {SHORT_LIVES} times in a row: its log is {child.log}.")
        say(f"{ending} and is started again; its log is {child.log}.")
        self._start(child)

    def _start(self, child: Child) -> None:
        child.start(dict(os.environ), self.inherited)


def wait_until(is_so: Callable[[], bool], child: Child, stop: StopRequest) -> bool:
    """Wait for something that `child` brings about; false when the end is asked for first, a refusal when it ends."""
    patience = Patience(f"Waiting for {child.name} to start")
    while not is_so():
        if stop.times:
            return False
        if child.has_ended:
            sentence = f"{child.name} did not start, it ended {child.how_it_ended()}: its log is {child.log}."
            raise Refusal(ExitCode.CHILD_FAILED, sentence)
        patience.wait()
    return True
