"""The audit log: who did what when, and who looked at whose record; for administrators."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.actions import build_event, log_access, record_event, record_events
from accounts.models import Event, User
from accounts.readers import events_about, page_before

SignIn = Callable[[User], Client]
DAY = dt.date(2026, 3, 10)


@pytest.fixture
def events(examiner: User) -> list[Event]:
    return [
        record_event("a", by=examiner, on=DAY, about=("claims.claim", "17"), sentence="Claim 17 was released."),
        record_event("b", by="the sweep", on=DAY, about=("claims.claim", "18"), sentence="Claim 18 was looked at."),
        record_event("c", by="the sweep", on=dt.date(2026, 3, 11), sentence="The day was closed."),
    ]


def sentences(browser: Client, **query: str) -> list[str]:
    page = browser.get(reverse("accounts:audit"), query).context["page"]
    return [event.sentence for event in page.rows]


def test_events_are_found_by_who_record_and_day(events: list[Event], administrator: User, signed_in_as: SignIn) -> None:
    browser = signed_in_as(administrator)
    assert len(sentences(browser)) == 3
    assert sentences(browser, who="erin") == ["Claim 17 was released."]
    assert sentences(browser, record="18") == ["Claim 18 was looked at."]
    assert sentences(browser, record="claims.claim 17") == ["Claim 17 was released."]
    assert sentences(browser, since="03/11/2026") == ["The day was closed."]
    assert sentences(browser, until="03/10/2026", who="sweep") == ["Claim 18 was looked at."]


def test_a_filter_that_is_no_day_says_so(administrator: User, signed_in_as: SignIn) -> None:
    answer = signed_in_as(administrator).get(reverse("accounts:audit"), {"since": "yesterday"})
    assert b"From: Enter a valid date." in answer.content


def test_pages_follow_one_another_without_gap_or_repetition(examiner: User) -> None:
    record_events(build_event("x", by=examiner, on=DAY, sentence=f"{n}") for n in range(7))
    first = page_before(Event.objects.all(), None, size=3)
    second = page_before(Event.objects.all(), first.next_before, size=3)
    last = page_before(Event.objects.all(), second.next_before, size=3)
    found = [event.sentence for page in (first, second, last) for event in page.rows]
    assert found == [f"{n}" for n in reversed(range(7))]
    assert last.next_before is None


def test_the_number_of_queries_does_not_grow_with_the_rows(
    administrator: User, examiner: User, signed_in_as: SignIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    record_events(build_event("x", by=examiner, on=DAY, sentence="x") for _ in range(60))
    for number in range(60):
        log_access(examiner, ("claims.claim", str(number)), page="claims:claim")
    browser = signed_in_as(administrator)
    for name in ("accounts:audit", "accounts:accesses"):
        with django_assert_num_queries(3):  # session, person, rows
            browser.get(reverse(name))


def test_looks_at_records_are_found_by_person(examiner: User, administrator: User, signed_in_as: SignIn) -> None:
    log_access(examiner, ("beneficiaries.beneficiary", "5"), page="beneficiaries:beneficiary", reason="Telephone call")
    answer = signed_in_as(administrator).get(reverse("accounts:accesses"), {"who": "erin"})
    assert b"Telephone call" in answer.content


def test_a_record_tells_its_own_events(events: list[Event]) -> None:
    assert [event.verb for event in events_about(("claims.claim", "17"))] == ["a"]


@pytest.mark.parametrize("name", ["accounts:audit", "accounts:accesses", "accounts:people", "accounts:add_person"])
def test_nobody_but_administrators_reads_it(
    name: str, examiner: User, supplier_person: User, signed_in_as: SignIn
) -> None:
    for person in (examiner, supplier_person):
        assert signed_in_as(person).get(reverse(name)).status_code == 403


def test_people_are_changed_in_the_frame_too(examiner: User, administrator: User, signed_in_as: SignIn) -> None:
    browser = signed_in_as(administrator)
    address = reverse("accounts:change_person", args=[examiner.pk])
    form = {"name": "Erin E. Examiner", "email": examiner.email, "role": "examiner", "is_active": "on"}
    assert browser.post(address, form).status_code == 302
    assert b"The account of Erin E. Examiner was changed: name." in browser.get(address).content


def test_ones_own_account_is_another_administrators_affair(administrator: User, signed_in_as: SignIn) -> None:
    address = reverse("accounts:change_person", args=[administrator.pk])
    assert signed_in_as(administrator).get(address).status_code == 403


def test_a_new_account_needs_a_good_password(administrator: User, signed_in_as: SignIn) -> None:
    form = {"name": "Nina Nurse", "email": "nina@example.org", "role": "reviewer", "is_active": "on"}
    browser = signed_in_as(administrator)
    assert b"A new account needs a password." in browser.post(reverse("accounts:add_person"), form).content
    answer = browser.post(reverse("accounts:add_person"), form | {"new_password": "short"})
    assert b"This password is too short." in answer.content
    assert not User.objects.filter(email="nina@example.org").exists()
