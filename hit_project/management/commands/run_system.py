"""`manage.py run_system`, what `make run` calls: the whole system on this machine until Ctrl-C."""

from __future__ import annotations

import errno
import http
import http.client
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from hit_project.embedded import ExitCode, Refusal
from hit_project.embedded.commands import embedded_servers, running
from hit_project.embedded.locks import FileLock
from hit_project.embedded.places import Places, places_of
from hit_project.embedded.preparation import prepare_system
from hit_project.embedded.processes import System, wait_until
from hit_project.embedded.progress import say

HOST = "127.0.0.1"
DEFAULT_PORT = "8000"
LIVE = "/healthz/live"
#: Sized for two cores: pages wait for the database more than they compute, decisions are the other way round.
WEB = ["gunicorn", "hit_project.wsgi:application", "--preload", "--no-control-socket"]
WEB += ["--workers", "2", "--threads", "4", "--graceful-timeout", "30"]
CELERY = ["celery", "--app", "hit_project.celery:app"]
WORKER = [*CELERY, "worker", "--queues", "adjudicate,intake,letters", "--concurrency", "2"]
QUIET = ["--without-mingle", "--without-gossip"]


class Command(BaseCommand):
    help = "Starts everything on this machine: servers, pages, worker, scheduler. Ctrl-C ends it in order."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        places = places_of(settings.VAR_DIR)
        with only_run(places):
            run(places, free_port())


def run(places: Places, port: int) -> None:
    """Start all, watch, and end all in order: pages, worker, scheduler, then the servers."""
    servers = embedded_servers(settings.VAR_DIR, broker=True)
    if servers:
        say("Starting the database and the broker …")
    with running(servers) as inherited:
        prepare_system()
        system = System(places, servers, inherited)
        system.stop.listen()
        try:
            start_children(system, port)
            system.run()
        finally:
            say("Ending: pages, worker, scheduler, servers …")
            system.end()
    say("Ended.")


def start_children(system: System, port: int) -> None:
    """Start the three programs together and say where the system is once it answers."""
    say("Starting the pages, the worker and the scheduler …")
    web = system.add("web", program(*WEB, "--bind", f"{HOST}:{port}"))
    system.add("worker", program(*WORKER, *QUIET))
    schedule_file = system.places.var / "run" / "schedule"
    system.add("scheduler", program(*CELERY, "beat", "--schedule", str(schedule_file), "--pidfile="))
    if wait_until(lambda: answers(port), web, system.stop):
        introduce(port)


def program(name: str, *arguments: str) -> list[str]:
    """A program of this Python environment, whatever the path says."""
    return [sys.executable, "-m", name, *arguments]


@contextmanager
def only_run(places: Places) -> Iterator[None]:
    places.create()
    with FileLock(places.lock("run_system")) as lock:
        if not lock.try_exclusive():
            raise Refusal(ExitCode.ALREADY_RUNNING, f"The system of {places.var} is running already.")
        yield


def free_port() -> int:
    """The port from the environment or the usual one, if nobody listens there."""
    text = os.environ.get("PORT") or DEFAULT_PORT
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise Refusal(ExitCode.PORT_IN_USE, f"PORT must be a number from 1 to 65535, not “{text}”.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(text)))
        except OSError as error:
            reason = "is in use by another program" if error.errno == errno.EADDRINUSE else "is not open to this user"
            sentence = f"Port {text} {reason}: choose another one, for example with `PORT=8001 make run`."
            raise Refusal(ExitCode.PORT_IN_USE, sentence) from error
    return int(text)


def answers(port: int) -> bool:
    """Whether the pages answer, which also warms them up; a refusal when the answer is an error."""
    connection = http.client.HTTPConnection(HOST, port, timeout=30)
    try:
        connection.request("GET", LIVE)
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    if status >= http.HTTPStatus.INTERNAL_SERVER_ERROR:
        raise Refusal(ExitCode.CHILD_FAILED, f"The pages answer {LIVE} with an error ({status}): see web.log.")
    return True


def introduce(port: int) -> None:
    """Say where to go, and in a demonstration as whom."""
    say(f"\nReady: http://{HOST}:{port}\n")
    if settings.IS_DEMONSTRATION:
        from accounts.demo import sign_ins

        for role, email, password in sign_ins():
            say(f"  {role:<18} {email:<28} {password}")
        say("")
    say("Ctrl-C ends it.")
