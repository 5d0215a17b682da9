"""What is sealed, and what is not sealed yet: rows that a transaction under way could still add to."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from accounts.actions import record_event
from accounts.models import Event
from claims.models import Seal
from claims.tasks import seal
from claims.verification.digests import columns_of, digest_of
from claims.verification.sealing import LOWEST_ID, seal_records, sealed_tables, seals_made
from claims.verification.settled import settled
from claims.verification.verifying import verify

EVENTS = "accounts_event"
TODAY = dt.date(2026, 1, 16)


def event(sentence: str = "A thing was done.") -> Event:
    return record_event("tested", by="a test", on=TODAY, sentence=sentence)


def ranges() -> list[tuple[int, int, int]]:
    return list(Seal.objects.filter(table=EVENTS).values_list("first_id", "last_id", "row_count"))


@pytest.fixture
def no_seal_made(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval('claims_seals_made', 0)")


@pytest.fixture
def committed(transactional_db: None) -> Iterator[None]:
    """Real transactions, with no seal made before or left behind."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval('claims_seals_made', 0)")
    yield
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval('claims_seals_made', 0)")


def test_every_append_only_table_is_sealed() -> None:
    assert {
        "accounts_event",
        "accounts_accesslog",
        "claims_decision",
        "claims_linedecision",
        "claims_ledgertransfer",
        "claims_remittance",
    } <= {*sealed_tables()}
    assert "claims_seal" not in sealed_tables()


def test_rows_are_sealed_once_and_each_range_follows_the_one_before(no_seal_made: None) -> None:
    first = [event(), event()][-1]
    assert seal_records().rows == 2
    assert seal_records().seals == 0
    second = event()
    assert seal_records().rows == 1
    assert ranges() == [(LOWEST_ID, first.pk, 2), (first.pk + 1, second.pk, 1)]
    assert verify().findings == ()


def test_the_task_seals(no_seal_made: None) -> None:
    event()
    assert seal() == 1
    assert seal() == 0


def test_many_rows_make_several_seals(no_seal_made: None) -> None:
    rows = [event() for _ in range(5)]
    sealed = seal_records(rows_a_seal=2)
    assert (sealed.seals, sealed.rows) == (3, 5)
    assert ranges() == [
        (LOWEST_ID, rows[1].pk, 2),
        (rows[1].pk + 1, rows[3].pk, 2),
        (rows[3].pk + 1, rows[4].pk, 1),
    ]
    assert [seal.number for seal in Seal.objects.all()] == [1, 2, 3]
    assert verify().findings == ()


def test_the_digest_does_not_depend_on_the_settings_of_the_session(no_seal_made: None) -> None:
    row = event()
    digest = digest_of(EVENTS, columns_of(EVENTS), row.pk, row.pk)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TimeZone = 'Asia/Tokyo'")
        cursor.execute("SET LOCAL DateStyle = 'German'")
    assert digest_of(EVENTS, columns_of(EVENTS), row.pk, row.pk) == digest


def test_a_column_added_later_leaves_old_seals_as_they_are(no_seal_made: None) -> None:
    event()
    seal_records()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE accounts_event ADD COLUMN added_later integer DEFAULT 1")
    assert verify().findings == ()


def test_a_seal_refuses_to_be_changed(no_seal_made: None) -> None:
    event()
    seal_records()
    for statement in (Seal.objects.filter(number=1).delete, lambda: Seal.objects.update(row_count=2)):
        with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic():
            statement()


def test_sealing_takes_the_same_queries_for_any_number_of_rows(no_seal_made: None) -> None:
    counts = []
    for rows in (1, 20):
        for _ in range(rows):
            event()
        with CaptureQueriesContext(connection) as queries:
            seal_records()
        counts.append(len(queries))
    assert counts[0] == counts[1]


@contextmanager
def another_session() -> Iterator[tuple[threading.Event, list[int]]]:
    """Another session that has written an event and not committed; the ids it took. It ends when told."""
    written, may_end, ids = threading.Event(), threading.Event(), list[int]()

    def work() -> None:
        try:
            with transaction.atomic():
                ids.append(event("Written early, committed late.").pk)
                written.set()
                may_end.wait(30)
        finally:
            connections.close_all()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        assert written.wait(30)
        yield may_end, ids
    finally:
        may_end.set()
        thread.join(30)


def test_rows_behind_an_open_transaction_wait_for_the_next_run(committed: None) -> None:
    with another_session() as (_, ids):
        later = event("Written late, committed early.")
        assert ids[0] < later.pk
        sealed = seal_records(patience=0.2)
        assert (sealed.seals, sealed.waiting) == (0, (EVENTS,))
    assert seal_records().rows == 2
    assert ranges() == [(LOWEST_ID, later.pk, 2)]
    assert verify().findings == ()


def test_a_transaction_that_ends_in_time_is_waited_for(committed: None) -> None:
    with another_session() as (may_end, ids):
        threading.Timer(0.3, may_end.set).start()
        assert settled([EVENTS], patience=10) == {EVENTS: ids[0]}
    assert Event.objects.filter(pk=ids[0]).exists()


def test_numbers_taken_after_the_look_are_not_waited_for(committed: None) -> None:
    """A session that keeps writing does not hold up the sealing of what was there."""
    mine = event()
    bounds = settled([EVENTS], patience=0)
    with another_session() as (_, ids):
        assert bounds == {EVENTS: mine.pk}
        assert ids[0] > mine.pk


def test_an_id_whose_transaction_failed_stays_empty_for_ever(committed: None) -> None:
    with pytest.raises(RuntimeError, match="given up"), transaction.atomic():
        lost = event()
        raise RuntimeError("given up")
    kept = event()
    seal_records()
    assert ranges() == [(LOWEST_ID, kept.pk, 1)]
    Event.objects.create(pk=lost.pk, on=TODAY, verb="forged", sentence="It was so all along.", actor_label="nobody")
    [finding] = verify().findings
    assert (finding.kind, finding.table, finding.row) == ("row_added", EVENTS, lost.pk)


def test_the_last_seals_when_removed_are_missed(committed: None) -> None:
    for _ in range(3):
        event()
        seal_records()
    assert seals_made() == 3
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE claims_seal DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM claims_seal WHERE number = 3")
        cursor.execute("ALTER TABLE claims_seal ENABLE TRIGGER USER")
    [finding] = verify().findings
    assert (finding.kind, finding.row) == ("seal_removed", 3)
    seal_records()
    assert list(Seal.objects.values_list("number", flat=True)) == [1, 2, 4]
    assert [finding.kind for finding in verify().findings] == ["seal_removed"]


def test_two_jobs_at_once_seal_each_row_once(committed: None) -> None:
    for _ in range(6):
        event()

    def work() -> None:
        try:
            seal_records(rows_a_seal=1)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert [count for _, _, count in ranges()] == [1] * 6
    assert verify().findings == ()
