"""Events and looks at records are only ever added."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from accounts.actions import build_event, log_access, log_accesses, record_event, record_events
from accounts.models import AccessLog, Event, User

DAY = dt.date(2026, 3, 10)


@pytest.fixture
def event(examiner: User) -> Event:
    return record_event("claim_released", by=examiner, on=DAY, about=("claims.claim", "17"), sentence="Released.")


def test_an_event_keeps_who_did_what_about_which_record(event: Event, examiner: User) -> None:
    event.refresh_from_db()
    assert (event.actor, event.actor_label) == (examiner, "Erin Examiner, examiner")
    assert (event.about_type, event.about_id, event.on) == ("claims.claim", "17", DAY)
    assert event.at is not None


def test_a_job_acts_by_its_name(db: None) -> None:
    event = record_event("claim_looked_at", by="the recycling sweep", on=DAY, sentence="Looked at again.")
    assert (event.actor, event.actor_label, event.about_type) == (None, "the recycling sweep", "")


def test_details_may_hold_days_and_amounts(examiner: User) -> None:
    event = record_event("x", by=examiner, on=DAY, sentence="x", data={"amount": Decimal("12.50"), "day": DAY})
    event.refresh_from_db()
    assert event.data == {"amount": "12.50", "day": "2026-03-10"}


def test_a_row_names_itself_as_the_subject(examiner: User, reviewer: User) -> None:
    event = record_event("x", by=examiner, on=DAY, about=reviewer, sentence="x")
    assert (event.about_type, event.about_id) == ("accounts.user", str(reviewer.pk))


def test_many_events_are_written_at_once(examiner: User, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    events = [build_event("x", by=examiner, on=DAY, about=("claims.claim", str(n)), sentence="x") for n in range(50)]
    with django_assert_num_queries(1):
        assert record_events(events) == 50


REFUSED = "only ever added"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_event SET sentence = 'Nothing happened.'",
        "DELETE FROM accounts_event",
        "TRUNCATE accounts_event",
        "UPDATE accounts_accesslog SET reason = 'none'",
        "DELETE FROM accounts_accesslog",
        "TRUNCATE accounts_accesslog",
    ],
)
def test_the_database_refuses_to_change_what_happened(statement: str, event: Event, examiner: User) -> None:
    log_access(examiner, event, page="claims:claim")
    with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic(), connection.cursor() as cursor:
        # References are checked at the end of the test's transaction; until then nothing may be truncated anyway.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement)
    assert Event.objects.get(pk=event.pk).sentence == "Released."
    assert AccessLog.objects.count() == 1


def test_models_meet_the_same_refusal(event: Event) -> None:
    event.sentence = "Nothing happened."
    with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
        event.save()
    with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
        Event.objects.all().delete()


def test_a_look_at_a_record_is_noted(examiner: User, reviewer: User) -> None:
    log_access(examiner, reviewer, page="claims:claim", reason="Telephone call")
    look = AccessLog.objects.get()
    assert (look.person, look.about_type, look.about_id) == (examiner, "accounts.user", str(reviewer.pk))
    assert (look.page, look.reason) == ("claims:claim", "Telephone call")


def test_all_records_of_a_list_are_noted_at_once(
    examiner: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    records = [("claims.claim", str(number)) for number in range(100)]
    with django_assert_num_queries(1):
        log_accesses(examiner, records, page="claims:export")
    assert AccessLog.objects.count() == 100
