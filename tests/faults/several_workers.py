"""Worker processes that stay up between runs, and work off the queue of whichever database they are told to."""

from __future__ import annotations

import multiprocessing
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from typing import Any

MOST_AT_ONCE = 500
READY = "ready"
#: Seconds.
LONGEST_SILENCE = 120


@contextmanager
def worker_processes(count: int) -> Iterator[list[Connection]]:
    """Processes of their own, begun from nothing as on another host; the lines to talk to them."""
    fresh = multiprocessing.get_context("spawn")
    pipes = [fresh.Pipe() for _ in range(count)]
    processes = [fresh.Process(target=serve, args=(theirs,), daemon=True) for _, theirs in pipes]
    for process, (_, theirs) in zip(processes, pipes, strict=True):
        process.start()
        theirs.close()
    try:
        yield [ours for ours, _ in pipes]
    finally:
        for (ours, _), process in zip(pipes, processes, strict=True):
            ours.close()
            process.join(timeout=30)


def work_off(workers: list[Connection], settings: dict[str, Any], seed: int) -> list[int]:
    """Let these workers empty the queue together, in batches drawn from the seed; how many each decided."""
    for number, worker in enumerate(workers):
        worker.send((settings, seed * 100 + number))
    for worker in workers:
        assert answer_of(worker) == READY
    for worker in workers:
        worker.send("go")
    return [answer_of(worker) for worker in workers]


def answer_of(worker: Connection) -> Any:
    """What a worker says next. EOFError when it has ended; an error when it is silent for too long."""
    assert worker.poll(LONGEST_SILENCE), "a worker process does not answer"
    return worker.recv()


def serve(parent: Connection) -> None:
    """What a worker process does until its line is closed."""
    import django

    django.setup()
    with suppress(EOFError):
        while True:
            settings, seed = parent.recv()
            open_database(settings)
            parent.send(READY)
            parent.recv()
            parent.send(empty_the_queue(random.Random(seed)))


def open_database(settings: dict[str, Any]) -> None:
    from django.db import connection

    from policy import readers

    connection.close()
    connection.settings_dict.update(settings)
    connection.ensure_connection()
    readers.forget()


def empty_the_queue(chance: random.Random) -> int:
    """Batches of one to 500 claims until nothing is queued; small ones are as likely as large ones."""
    from django.db import connection

    from claims.adjudication.queue import adjudicate_queued
    from claims.models import Claim

    decided = 0
    while Claim.objects.filter(status="queued").exists():
        limit = min(int(1.0 + MOST_AT_ONCE ** chance.random()), MOST_AT_ONCE)
        done = adjudicate_queued(limit)
        decided += done
        if not done:
            time.sleep(0.002)
    connection.close()
    return decided
