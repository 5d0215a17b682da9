"""The process beside each embedded server: it starts the server, and stops it when nobody uses it any more.

Run as a script of its own, with the standard library only, in a session of its own: Ctrl-C in a terminal does not
reach it, so that a command can end its work before the server goes. Each command holds a shared lock on the users
file; the guardian waits for the exclusive one, which the kernel grants when the last command has ended, be it by
kill -9. A server never outlives its guardian: it is told to stop when its parent dies.

Usage: guardian.py USERS_FILE STOP_SIGNAL UID GID PROGRAM [ARGUMENT...]
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any

PR_SET_PDEATHSIG = 1


def ends_with_parent(stop: signal.Signals) -> Callable[[], None]:
    """What a child does between fork and exec to be sent `stop` when its parent dies; Linux knows how."""
    library = ctypes.CDLL(None)
    parent = os.getpid()

    def ask_the_kernel() -> None:
        library.prctl(PR_SET_PDEATHSIG, int(stop))
        if os.getppid() != parent:
            os._exit(1)

    return ask_the_kernel


def start(command: list[str], stop: signal.Signals, uid: int, gid: int) -> subprocess.Popen[bytes]:
    credentials: dict[str, Any] = {} if uid == os.geteuid() else {"user": uid, "group": gid, "extra_groups": []}
    return subprocess.Popen(
        command,
        cwd="/",
        stdin=subprocess.DEVNULL,
        process_group=0,
        preexec_fn=ends_with_parent(stop),
        **credentials,
    )


def stop_when_unused(users_file: str, server: subprocess.Popen[bytes], stop: signal.Signals) -> None:
    """Hold the exclusive lock from then on: a command that comes now waits until the server is gone."""
    fcntl.flock(os.open(users_file, os.O_RDWR), fcntl.LOCK_EX)
    server.send_signal(stop)


def main() -> int:
    users_file, stop_signal, uid, gid, *command = sys.argv[1:]
    stop = signal.Signals(int(stop_signal))
    server = start(command, stop, int(uid), int(gid))
    signal.signal(signal.SIGTERM, lambda *_: server.send_signal(stop))
    threading.Thread(target=stop_when_unused, args=(users_file, server, stop), daemon=True).start()
    return abs(server.wait())


if __name__ == "__main__":
    sys.exit(main())
