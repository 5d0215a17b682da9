"""The days of a request: reminders on 30 and 40, the last day 45, the denial on 46, late records through 120."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from accounts.models import User
from claims.adjudication.queue import adjudicate_all
from claims.models import ClaimStatus
from medical_review.letters.due import write_due_letters
from medical_review.models import Case, Letter, LetterKind, RecordsRequest, ReviewDecision
from medical_review.requests.asking import ask, attestation_slots
from medical_review.states import CaseState
from medical_review.tasks import work_reviews
from policy import clock
from tests.medical_review.requests.scene import a_pdf, finish, on_day, send


def work_on(request: RecordsRequest, day: int) -> Case:
    """The work of a day, twice: the second time changes nothing."""
    on_day(request, day)
    for _ in range(2):
        work_reviews()
        write_due_letters()
        adjudicate_all()
    return Case.objects.get(pk=request.cases.get().pk)


@pytest.mark.parametrize(("day", "reminders"), [(29, 0), (30, 1), (31, 1), (39, 1), (40, 2), (45, 2)])
def test_reminders_go_out_on_days_30_and_40_once(asked: RecordsRequest, day: int, reminders: int) -> None:
    for earlier in (30, 40):
        if earlier < day:
            work_on(asked, earlier)
    case = work_on(asked, day)
    assert (case.reminders, case.state) == (reminders, CaseState.RECORDS)
    assert Letter.objects.filter(kind=LetterKind.REMINDER).count() == reminders


def test_a_reminder_names_only_what_is_missing(asked: RecordsRequest, billing: Client) -> None:
    send(billing, asked, files_1=a_pdf())
    work_on(asked, 30)
    text = Letter.objects.get(kind=LetterKind.REMINDER).text
    assert "Visit note, January 5" in text
    assert "Change orders" not in text
    assert "1 document came" in text


def test_day_45_waits_and_day_46_denies_with_a_letter(asked: RecordsRequest) -> None:
    assert work_on(asked, 45).state == CaseState.RECORDS
    case = work_on(asked, 46)
    assert (case.state, case.claim.status) == (CaseState.DECIDED, ClaimStatus.DENIED)
    decision = ReviewDecision.objects.get()
    assert {line.codes for line in decision.lines.all()} == {"CO-50 N706"}
    letter = Letter.objects.get(kind=LetterKind.RESULTS)
    assert letter.decision == decision
    late = clock.today() + dt.timedelta(days=120)
    assert f"{late:%B} {late.day}, {late.year}" in letter.text
    appeal = clock.today() + dt.timedelta(days=125)
    assert f"{appeal:%B} {appeal.day}, {appeal.year}" in letter.text


def test_an_answer_that_was_begun_is_reviewed_and_not_denied(asked: RecordsRequest, billing: Client) -> None:
    on_day(asked, 45)
    send(billing, asked, files_1=a_pdf())
    case = work_on(asked, 46)
    asked.refresh_from_db()
    assert (case.state, asked.completed_on) == (CaseState.IN_REVIEW, clock.today())
    assert asked.receipts.get(is_all=True).how == "job"
    assert not ReviewDecision.objects.exists()


@pytest.mark.parametrize(("days", "state"), [(120, CaseState.READY), (121, CaseState.DECIDED)])
def test_late_records_reopen_through_the_120th_day(
    asked: RecordsRequest, billing: Client, days: int, state: CaseState
) -> None:
    work_on(asked, 46)
    on_day(asked, 46 + days)
    page = send(billing, asked, files_2=a_pdf())
    finish(billing, asked)
    assert Case.objects.get().state == state
    is_taken = state == CaseState.READY
    assert Letter.objects.filter(kind=LetterKind.LATE).exists() is is_taken
    assert ("Your receipt number" in page) is is_taken
    assert ("none are taken" in page) is not is_taken


def test_late_records_that_nobody_ended_are_taken_up_the_next_day(asked: RecordsRequest, billing: Client) -> None:
    work_on(asked, 46)
    on_day(asked, 60)
    send(billing, asked, files_2=a_pdf())
    assert work_on(asked, 60).state == CaseState.DECIDED
    assert work_on(asked, 61).state == CaseState.READY
    assert Letter.objects.filter(kind=LetterKind.LATE).count() == 1


@pytest.mark.parametrize(("day", "state"), [(20, CaseState.RECORDS), (21, CaseState.IN_REVIEW)])
def test_an_attestation_that_does_not_come_in_20_days_denies_nothing(
    case: Case, reviewer: User, day: int, state: CaseState
) -> None:
    slots = attestation_slots(case, ["Visit note of January 5"])
    request = ask([case], slots, why="Cannot be read", by=reviewer, kind=RecordsRequest.Kind.ATTESTATION)
    assert work_on(request, day).state == state
    assert not ReviewDecision.objects.exists()
    assert not Letter.objects.filter(kind=LetterKind.REMINDER).exists()
