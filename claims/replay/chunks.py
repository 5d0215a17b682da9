"""Working through many ids in chunks, in this process or in several, with the results in order and memory flat."""

from __future__ import annotations

import multiprocessing
from array import array
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from typing import Any, TypeVar

from django.db import connection, connections

from claims.adjudication.queue import without_collection

Result = TypeVar("Result")
Work = Callable[[Sequence[int]], Result]

CHUNK = 250

#: Chunks that are under way or done and not yet taken, for each process.
AHEAD = 3


def in_chunks(work: Work[Result], ids: Iterable[int], processes: int = 1, size: int = CHUNK) -> Iterator[Result]:
    """What `work` gives for each chunk of ids, in their order.

    Several processes each have a connection of their own and see only what is committed: raises ValueError inside a
    transaction. What `work` holds reaches them by the fork, what it gives has to be picklable.
    """
    if processes < 1:
        raise ValueError(f"{processes} processes cannot work; give 1 or more.")
    chunks = _chunks(ids, size)
    if processes == 1:
        for chunk in chunks:
            with without_collection():
                done = work(chunk)
            yield done
    else:
        yield from _in_processes(work, chunks, processes)


def as_ids(ids: Iterable[int]) -> array[int]:
    """Ids at eight bytes each, however many."""
    return ids if isinstance(ids, array) else array("q", ids)


def _chunks(ids: Iterable[int], size: int) -> Iterator[list[int]]:
    left = iter(ids)
    while chunk := list(islice(left, size)):
        yield chunk


def _in_processes(work: Work[Result], chunks: Iterator[list[int]], processes: int) -> Iterator[Result]:
    if connection.in_atomic_block:
        raise ValueError("Several processes see only what is committed: call this outside a transaction, or use one.")
    connections.close_all()  # a connection must not be shared with the processes that are forked
    fork = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(processes, mp_context=fork, initializer=_begin, initargs=(work,)) as pool:
        under_way: deque[Future[Any]] = deque()
        for chunk in chunks:
            under_way.append(pool.submit(_do, chunk))
            if len(under_way) == processes * AHEAD:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()


_work: Work[Any]


def _begin(work: Work[Any]) -> None:
    global _work  # noqa: PLW0603 - a process of the pool has one work for its whole life
    _work = work
    for inherited in connections.all(initialized_only=True):
        inherited.connection = None  # another thread's of the process that forked; its sessions stay that one's


def _do(chunk: list[int]) -> Any:
    with without_collection():
        return _work(chunk)
