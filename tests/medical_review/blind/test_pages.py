"""The pages of blind review: what the second reviewer sees and does not see, the comparison, the agreement."""

from __future__ import annotations

import csv
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AccessLog, Role, User
from medical_review.actions.deciding import sign
from medical_review.actions.marking import Box, mark_page
from medical_review.blind import actions
from medical_review.blind.desk import blind_desk
from medical_review.blind.states import BlindState
from medical_review.models import BlindReview, Case, LineVerdict
from tests.accounts.cast import make_person
from tests.beneficiaries.documents.making import pdf
from tests.medical_review.blind.scene import judge
from tests.medical_review.scene import document_of, ready
from tests.medical_review.test_pages import fields_in

SignIn = Callable[[User], Client]
AFFIRM, DENY = LineVerdict.AFFIRM, LineVerdict.DENY


@pytest.fixture
def at_work(second_reviewer: User, signed_in_as: SignIn) -> Client:
    return signed_in_as(second_reviewer)


def desk_of(client: Client, review: BlindReview) -> str:
    return client.get(reverse("review:blind", args=[review.pk])).content.decode()


def test_the_desk_shows_nothing_of_the_first_judgement(
    blind: BlindReview, at_work: Client, reviewer: User, second_reviewer: User
) -> None:
    page = desk_of(at_work, blind)
    for word in (str(reviewer), "The date is missing", 'value="9" selected', 'aria-label="P9 not met" checked'):
        assert word not in page, word
    assert blind.case.claim.patient_name in page
    assert "of 20 answered" in page
    assert at_work.get(reverse("review:case", args=[blind.case_id])).status_code == 404
    assert blind.case.number not in at_work.get(reverse("review:queue"), {"queue": "ended"}).content.decode()
    seen = AccessLog.objects.filter(person=second_reviewer, about_type="claims.claim").values_list("page", flat=True)
    assert set(seen) == {"Blind review"}


def test_marks_of_the_first_reviewer_are_not_drawn(
    case: Case, reviewer: User, second_reviewer: User, medical_director: User, at_work: Client
) -> None:
    document = document_of(case, pdf("Milrinone", pages=2), 2)
    mark_page(case, document, 1, Box(100, 100, 300, 300), by=reviewer, note="No date beside it", point=9)
    sign(ready(case, reviewer, AFFIRM, DENY), by=reviewer)
    actions.choose(case, why="Look again", by=medical_director)
    review = actions.take_next(by=second_reviewer)
    assert review is not None
    page = desk_of(at_work, review)
    assert "Page 1 of 2" in page
    assert "No date beside it" not in page
    assert f"/review/blind/{review.pk}/?document={document.pk}&amp;page=2#viewer" in page


def test_what_is_written_is_kept_priced_and_signed_without_scripts(
    blind: BlindReview, at_work: Client, medical_director: User, signed_in_as: SignIn
) -> None:
    fields = fields_in(desk_of(at_work, blind))
    address = reverse("review:blind_keep", args=[blind.pk])
    answers = {f"p{number}": "met" for number in range(1, 21)} | {f"p{number}-page": "2" for number in range(1, 21)}
    lines = {"l1": "adjust", "l1-code": "G0068", "l1-point": "18", "l2": "affirm"}
    lacking = {"p18": "not_met", "p18-note": "Not the first visit."}
    page = at_work.post(address, {**fields, **answers, **lines, **lacking}, follow=True).content.decode()
    assert "kept." in page
    blind.refresh_from_db()
    money = blind_desk(blind).judge()
    assert f"{money.paid_after:,.2f}" in page
    assert money.paid_after < money.paid_before
    wrong = at_work.post(address, {**fields_in(page), **lines, "l2-codes": "XX-9"}).content.decode()
    assert "Line 2: Give reason codes as in" in wrong
    answer = at_work.post(reverse("review:blind_sign", args=[blind.pk]), {**fields_in(page), **lines})
    assert answer.status_code == 302
    blind.refresh_from_db()
    assert (blind.state, blind.was_blind) == (BlindState.SIGNED, True)
    both = at_work.get(answer["Location"]).content.decode()
    assert "Adjust to G0068" in both
    assert "Rosa Reviewer" in both
    assert (
        "Compare with the blind judgement"
        in signed_in_as(medical_director).get(reverse("review:case", args=[blind.case_id])).content.decode()
    )


def test_what_lacks_is_said_and_nothing_is_lost(blind: BlindReview, at_work: Client) -> None:
    fields = {**fields_in(desk_of(at_work, blind)), "p8": "met", "p8-page": "7"}
    page = at_work.post(reverse("review:blind_sign", args=[blind.pk]), fields).content.decode()
    assert "It cannot be signed yet" in page
    blind.refresh_from_db()
    assert blind.draft["p8"] == ["met", "7", ""]


def test_who_may_open_what(
    blind: BlindReview,
    reviewer: User,
    second_reviewer: User,
    medical_director: User,
    examiner: User,
    supplier_person: User,
    signed_in_as: SignIn,
) -> None:
    other = make_person("Ona Other", Role.REVIEWER)
    desk, both = reverse("review:blind", args=[blind.pk]), reverse("review:blind_compare", args=[blind.case_id])
    for person, status in ((second_reviewer, 200), (reviewer, 404), (medical_director, 404), (other, 404)):
        assert signed_in_as(person).get(desk).status_code == status, person
        assert signed_in_as(person).get(both).status_code == 404, "Nobody compares before both have signed."
    for person in (examiner, supplier_person):
        for name in ("blind_reviews", "agreement", "agreement_csv", "training"):
            assert signed_in_as(person).get(reverse(f"review:{name}")).status_code == 403
    judge(blind, second_reviewer, AFFIRM, DENY)
    actions.sign(blind, by=second_reviewer)
    for person, status in ((second_reviewer, 200), (reviewer, 200), (medical_director, 200), (other, 404)):
        assert signed_in_as(person).get(both).status_code == status, person
        assert signed_in_as(person).get(desk).status_code == 404, "It is signed."


def test_the_list_gives_the_next_and_names_no_claim(
    signed: Case, medical_director: User, second_reviewer: User, at_work: Client, signed_in_as: SignIn
) -> None:
    director = signed_in_as(medical_director)
    chosen = director.post(reverse("review:blind_choose", args=[signed.pk]), {"why": "Look again"}, follow=True)
    assert signed.number in chosen.content.decode(), "A director sees that it is open."
    assert signed.number not in at_work.get(reverse("review:blind_reviews")).content.decode()
    taken = at_work.post(reverse("review:blind_take_next"))
    review = BlindReview.objects.get()
    assert taken["Location"] == reverse("review:blind", args=[review.pk])
    assert at_work.post(reverse("review:blind_hand_back", args=[review.pk]), {"why": "Ill"}).status_code == 302
    assert director.post(reverse("review:blind_call_off", args=[review.pk]), {"why": "No use"}).status_code == 302
    review.refresh_from_db()
    assert review.state == BlindState.CALLED_OFF
    assert "No case waits" in at_work.post(reverse("review:blind_take_next"), follow=True).content.decode()


def test_the_desk_takes_few_queries(
    blind: BlindReview, second_reviewer: User, at_work: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    at_work.get(reverse("review:blind_reviews"))
    judge(blind, second_reviewer, AFFIRM, DENY)
    with django_assert_max_num_queries(16):
        desk_of(at_work, blind)


@pytest.fixture
def both_signed(blind: BlindReview, second_reviewer: User) -> BlindReview:
    """They agree on the lines, and on the points but P9 and P10."""
    judge(blind, second_reviewer, AFFIRM, DENY, lacking=10, note="Not initialed.")
    return actions.sign(blind, by=second_reviewer)


def rows_of(client: Client) -> list[dict[str, str]]:
    text = client.get(reverse("review:agreement_csv")).content.decode()
    return list(csv.DictReader(StringIO(text)))


def test_the_agreement_has_counts_kappa_and_why_there_is_none(
    both_signed: BlindReview, medical_director: User, signed_in_as: SignIn
) -> None:
    director = signed_in_as(medical_director)
    rows = {(row["table"], row["name"], row["about"]): row for row in rows_of(director)}
    points = rows["All reviewers", "Points", "answers to P1 to P20"]
    # 18 of 20 agree; each said "not met" once: expected = (19/20)² + (1/20)² = 181/200, kappa = −1/19.
    assert (points["pairs"], points["agreed"], points["percent agreement"]) == ("20", "18", "90.0")
    assert (points["expected agreement"], points["kappa"]) == ("181/200", "-0.053")
    lines = rows["All reviewers", "Lines", "verdict, and the code where adjusted"]
    assert (lines["pairs"], lines["agreed"], lines["kappa"]) == ("2", "2", "1.000")
    p8 = next(row for row in rows.values() if row["name"] == "P8")
    assert (p8["pairs"], p8["kappa"]) == ("1", "")
    assert p8["why no kappa"].startswith("not defined")
    assert {row["name"] for row in rows.values() if row["table"] == "By reviewer"} == {"Rosa Reviewer", "Sina Second"}
    page = director.get(reverse("review:agreement")).content.decode()
    assert "fewer than 30 pairs" in page
    assert "chance alone would agree as fully" in page


def test_a_reviewer_reads_their_own_row_alone(both_signed: BlindReview, reviewer: User, signed_in_as: SignIn) -> None:
    names = {row["name"] for row in rows_of(signed_in_as(reviewer)) if row["table"] == "By reviewer"}
    assert names == {"Rosa Reviewer"}


def test_what_was_not_blind_counts_in_no_figure(
    both_signed: BlindReview, medical_director: User, signed_in_as: SignIn
) -> None:
    BlindReview.objects.update(was_blind=False)
    director = signed_in_as(medical_director)
    assert {row["pairs"] for row in rows_of(director)} == {"0"}
    assert "1 comparison left out" in director.get(reverse("review:agreement")).content.decode()
    compared = director.get(reverse("review:blind_compare", args=[both_signed.case_id])).content.decode()
    assert "counts in no figure" in compared


def test_agreement_and_comparison_take_few_queries(
    both_signed: BlindReview,
    medical_director: User,
    signed_in_as: SignIn,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    director = signed_in_as(medical_director)
    director.get(reverse("review:agreement"))
    with django_assert_max_num_queries(13):
        director.get(reverse("review:agreement"))
    with django_assert_max_num_queries(15):
        director.get(reverse("review:blind_compare", args=[both_signed.case_id]))
