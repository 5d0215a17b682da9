"""Working a claim: assignment, the next that waits, notes and drafts, medical review."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client
from django.urls import reverse

from accounts.models import Event, User
from claims import notes
from claims.assignment import assign, take_next
from claims.determinations import referrals
from claims.models import Claim, ClaimNote, ClaimStatus, ClockStop, NoteDraft, ReviewReferral
from claims.payment.due import claims_due
from policy.refusals import Refused
from tests.claims.determinations.scene import Decide, decide_again, line
from tests.factories.claims import ClaimFactory
from tests.factories.world import World

SignIn = Callable[[User], Client]


@pytest.fixture
def paying(decided: Decide) -> Claim:
    claim = decided()
    assert claim.status == ClaimStatus.PAYABLE
    return claim


def said_of(claim: Claim) -> list[str]:
    events = Event.objects.filter(about_type="claims.claim", about_id=str(claim.pk)).order_by("pk")
    return list(events.values_list("sentence", flat=True))


# ---------- assignment ----------


def test_claims_change_hands_each_with_an_event_and_those_that_do_not_have_none(
    world: World, examiner: User, medical_director: User
) -> None:
    mine, free = ClaimFactory(suspended=True, assigned_to=examiner), ClaimFactory(denied=True)
    assert assign([mine.pk, free.pk], examiner, by=medical_director, reason="Leave") == 1
    assert (said_of(mine), said_of(free)) == ([], ["Assigned to Erin Examiner: Leave"])
    assert assign([mine.pk, free.pk], None, by="the morning job") == 2
    assert not Claim.objects.filter(assigned_to__isnull=False).exists()
    assert said_of(mine) == ["Assigned to nobody"]


def test_what_is_settled_is_passed_over(world: World, examiner: User) -> None:
    gone = ClaimFactory(status=ClaimStatus.VOIDED)
    assert assign([gone.pk], examiner, by=examiner) == 0


@pytest.mark.parametrize("person", ["administrator", "supplier_person"])
def test_only_who_decides_about_claims_assigns_or_is_assigned(
    world: World, examiner: User, person: str, request: pytest.FixtureRequest
) -> None:
    other, claim = request.getfixturevalue(person), ClaimFactory(suspended=True)
    with pytest.raises(Refused, match="does not work claims") as refused:
        assign([claim.pk], other, by=examiner)
    assert refused.value.field == "to"
    with pytest.raises(Refused, match="This is for the role"):
        assign([claim.pk], examiner, by=other)


def test_a_person_who_may_not_sign_in_is_assigned_nothing(world: World, examiner: User, reviewer: User) -> None:
    reviewer.is_active = False
    reviewer.save()
    with pytest.raises(Refused, match="who may sign in"):
        assign([ClaimFactory(suspended=True).pk], reviewer, by=examiner)


def test_the_next_claim_is_the_one_whose_clock_has_run_longest(world: World, examiner: User, reviewer: User) -> None:
    newer = ClaimFactory(suspended=True, received_on=dt.date(2026, 1, 9))
    oldest = ClaimFactory(suspended=True, received_on=dt.date(2026, 1, 5))
    stopped = ClaimFactory(suspended=True, received_on=dt.date(2026, 1, 2))
    ClockStop.objects.create(claim=stopped, stopped_on=dt.date(2026, 1, 8), reason="Records asked for")
    ClaimFactory(suspended=True, received_on=dt.date(2026, 1, 1), assigned_to=reviewer)
    ClaimFactory(on_hold=True, received_on=dt.date(2026, 1, 1))
    ClaimFactory(suspended=True, received_on=dt.date(2026, 1, 1), test_claim=True)
    assert [take_next(by=examiner), take_next(by=reviewer), take_next(by=reviewer)] == [oldest, newer, None]
    assert said_of(oldest) == ["Assigned to Erin Examiner: The next that waits for a person"]


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_get_two_claims(world: World, examiner: User, reviewer: User) -> None:
    first, second = (ClaimFactory(suspended=True, received_on=dt.date(2026, 1, day)) for day in (5, 6))

    def of_the_other() -> Claim | None:
        try:
            return take_next(by=reviewer)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        assert take_next(by=examiner) == first
        # The other session does not see what this one has not committed, and does not wait for it.
        assert pool.submit(of_the_other).result(timeout=10) == second
    assert Claim.objects.get(pk=second.pk).assigned_to == reviewer


def test_taking_the_next_opens_it_and_says_when_there_is_none(staff: Client, world: World, decided: Decide) -> None:
    claim = decided()
    Claim.objects.filter(pk=claim.pk).update(status=ClaimStatus.QUEUED)
    Claim.objects.filter(pk=claim.pk).update(status=ClaimStatus.SUSPENDED)
    assert staff.post(reverse("claims:take_next"))["Location"] == reverse("claims:claim", args=[claim.icn])
    response = staff.post(reverse("claims:take_next"), follow=True)
    assert "No claim waits for a person" in response.content.decode()


def test_a_claim_is_assigned_by_its_form(staff: Client, paying: Claim, medical_director: User, reviewer: User) -> None:
    address = reverse("claims:assign", args=[paying.icn])
    assert "Rosa Reviewer" in staff.get(address).content.decode()
    staff.post(address, {"to": medical_director.pk, "reason": "Yours"})
    paying.refresh_from_db()
    assert paying.assigned_to == medical_director
    staff.post(address, {"to": "", "reason": ""})
    paying.refresh_from_db()
    assert paying.assigned_to is None


# ---------- notes ----------


def test_a_note_is_never_changed(paying: Claim, examiner: User) -> None:
    note = notes.write_note(paying, " Called the supplier.\r\nThey look. ", by=examiner)
    assert note.text == "Called the supplier.\nThey look."
    assert said_of(paying) == ["A note was written."]
    with pytest.raises(ProgrammingError, match="only ever added"), transaction.atomic():
        ClaimNote.objects.filter(pk=note.pk).update(text="Other")


def test_an_empty_note_and_one_that_is_too_long_are_refused(staff: Client, paying: Claim, examiner: User) -> None:
    for text, words in ((" \n", "Write the note first"), ("x" * 4001, "at most 4,000 characters")):
        with pytest.raises(Refused, match=words) as refused:
            notes.write_note(paying, text, by=examiner)
        assert refused.value.field == "text"
    response = staff.post(reverse("claims:note", args=[paying.icn]), {"text": " "})
    assert response.context["form"].errors["text"]
    assert not ClaimNote.objects.exists()


def test_a_draft_is_its_persons_own_and_offered_again_until_the_note_is_written(
    staff: Client, paying: Claim, signed_in_as: SignIn, reviewer: User, examiner: User
) -> None:
    page, draft = (reverse(f"claims:{name}", args=[paying.icn]) for name in ("claim", "note_draft"))
    staff.post(draft, {"text": "Ask for the"})
    answer = staff.post(draft, {"text": "Ask for the discharge note"})
    assert "Draft kept" in answer.content.decode()
    assert "Ask for the discharge note" in staff.get(page).content.decode()
    assert "Ask for the discharge note" not in signed_in_as(reviewer).get(page).content.decode()
    staff.post(reverse("claims:note", args=[paying.icn]), {"text": "Ask for the discharge note of March"})
    assert not NoteDraft.objects.exists()
    assert "Ask for the discharge note of March" in signed_in_as(reviewer).get(page).content.decode()


def test_a_draft_emptied_is_gone_and_one_too_long_is_told_at_once(staff: Client, paying: Claim) -> None:
    address = reverse("claims:note_draft", args=[paying.icn])
    staff.post(address, {"text": "Half"})
    assert "Note must have at most 4000 characters" in staff.post(address, {"text": "x" * 4001}).content.decode()
    assert NoteDraft.objects.get().text == "Half"
    staff.post(address, {"text": ""})
    assert not NoteDraft.objects.exists()


def test_a_supplier_neither_reads_nor_writes_notes(billing: Client, paying: Claim, examiner: User) -> None:
    notes.write_note(paying, "The secret note", by=examiner)
    said = billing.get(reverse("claims:claim", args=[paying.icn])).content.decode()
    assert "secret" not in said
    assert "Write a note" not in said
    for name in ("note", "note_draft", "assign", "send_to_review", "end_review", "correct"):
        assert billing.post(reverse(f"claims:{name}", args=[paying.icn]), {"text": "x"}).status_code == 403


# ---------- medical review ----------


def test_what_is_sent_to_review_is_neither_paid_nor_told_until_the_review_is_done(
    paying: Claim, examiner: User, reviewer: User
) -> None:
    assert paying.payment_day is not None
    referral = referrals.send_to_review(paying, reason="Two visits on one day", by=examiner)
    assert not claims_due(paying.payment_day).exists()
    assert decide_again(paying).status == ClaimStatus.PAYABLE
    referrals.end_referral(referral, reason="The notes bear it out", by=reviewer)
    assert claims_due(paying.payment_day).get() == paying
    assert said_of(paying) == [
        "Sent to medical review: Two visits on one day",
        "Not in medical review any more: The notes bear it out",
    ]


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (ClaimStatus.QUEUED, "being decided at this moment"),
        (ClaimStatus.DENIED, "nothing to review before payment"),
        (ClaimStatus.PAID, "review comes before payment"),
        (ClaimStatus.ADJUSTED, "Another claim stands"),
        (ClaimStatus.VOIDED, "was voided"),
    ],
)
def test_a_claim_that_cannot_be_reviewed_before_payment_is_refused(
    world: World, examiner: User, status: ClaimStatus, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        referrals.send_to_review(ClaimFactory(status=status), reason="See", by=examiner)


def test_a_test_claim_a_second_referral_and_the_wrong_role_are_refused(
    world: World, examiner: User, reviewer: User
) -> None:
    waiting = ClaimFactory(suspended=True)
    with pytest.raises(Refused, match="for the role examiner"):
        referrals.send_to_review(waiting, reason="See", by=reviewer)
    referral = referrals.send_to_review(waiting, reason="See the dose", by=examiner)
    with pytest.raises(Refused, match="Erin Examiner sent it to medical review already: See the dose"):
        referrals.send_to_review(waiting, reason="See", by=examiner)
    with pytest.raises(Refused, match="A test claim"):
        referrals.send_to_review(ClaimFactory(suspended=True, test_claim=True), reason="See", by=examiner)
    referrals.end_referral(referral, reason="Enough", by=examiner)
    with pytest.raises(Refused, match="ended already"):
        referrals.end_referral(referral, reason="Enough", by=examiner)


def test_a_void_is_told_although_the_claim_was_sent_to_review(paying: Claim, examiner: User) -> None:
    assert paying.payment_day is not None
    referrals.send_to_review(paying, reason="See", by=examiner)
    Claim.objects.filter(pk=paying.pk).update(status=ClaimStatus.VOIDED)
    assert claims_due(paying.payment_day).get() == paying


def test_a_replacement_does_not_escape_the_review(paying: Claim, decided: Decide, examiner: User) -> None:
    referral = referrals.send_to_review(paying, reason="See", by=examiner)
    newer = decided(replaces=paying, lines=[line("G0068", dt.date(2026, 1, 9))])
    assert newer.payment_day is not None
    assert newer.status == ClaimStatus.PAYABLE
    assert newer not in claims_due(newer.payment_day)
    with pytest.raises(Refused, match="sent it to medical review already"):
        referrals.send_to_review(newer, reason="See", by=examiner)
    referrals.end_referral(referral, reason="Done", by=examiner)
    assert newer in claims_due(newer.payment_day)


def test_the_page_says_that_the_claim_is_in_review_and_how_it_is_called_back(staff: Client, paying: Claim) -> None:
    page = reverse("claims:claim", args=[paying.icn])
    assert "The payment goes out on" in staff.get(page).content.decode()
    response = staff.post(
        reverse("claims:send_to_review", args=[paying.icn]), {"reason": "Look at the dose"}, follow=True
    )
    said = response.content.decode()
    assert "In medical review since January 16, 2026." in said
    assert "It is held back: it is neither paid nor told" in said
    assert "The payment goes out on" not in said
    end = reverse("claims:end_review", args=[paying.icn])
    assert end in said
    staff.post(end, {"reason": "By mistake"})
    assert not ReviewReferral.objects.standing().exists()
    assert staff.get(end).status_code == 404
