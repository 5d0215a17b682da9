"""Copies of a database: the same rows with the same numbers, for every run that is to be compared with another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager

import psycopg
from django.db import connection
from psycopg import sql

#: Where sessions that make and drop other databases connect to.
HOME = "postgres"


@contextmanager
def using(name: str, host: str | None = None) -> Iterator[None]:
    """Inside the block this process works on the database of that name, on the server whose sockets are in `host`."""
    before = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(NAME=name, **({"HOST": host} if host else {}))
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)


@contextmanager
def copied(name: str) -> Iterator[str]:
    """A copy of the database that this process works on; dropped after the block, whoever is still connected."""
    copy = f"{name}_copy"
    make_copy(name, copy)
    try:
        yield copy
    finally:
        drop(copy)


def make_copy(name: str, copy: str) -> None:
    """Make `copy` in place of a database that may have that name. Whoever else is connected to `name` is cut off."""
    connection.close()
    cut_off(name)
    drop(copy)
    execute("CREATE DATABASE {} TEMPLATE {}", copy, name)


def drop(name: str) -> None:
    """Not WITH (FORCE), which needs a right over the server's own vacuuming; without it that gives way."""
    cut_off(name)
    execute("DROP DATABASE IF EXISTS {}", name)


def cut_off(name: str) -> None:
    """End whoever is connected to a database."""
    sessions = (
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s AND usesysid IS NOT NULL"
    )
    with closing(connect(HOME)) as session:
        session.execute(sessions, [name])


def execute(statement: str, *names: str, database: str = HOME) -> None:
    """Run one statement with names in it, outside any transaction."""
    with closing(connect(database)) as session:
        session.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def ask(question: str, values: Sequence[object] = ()) -> list[tuple[object, ...]]:
    """The rows of a query in a session of its own, beside the one that the test works in."""
    with closing(connect(connection.settings_dict["NAME"])) as session:
        return session.execute(question.encode(), values).fetchall()


def connect(database: str) -> psycopg.Connection[tuple[object, ...]]:
    given = connection.settings_dict
    return psycopg.connect(
        host=given["HOST"],
        port=given["PORT"],
        user=given["USER"],
        password=given["PASSWORD"],
        dbname=database,
        autocommit=True,
    )
