"""Acts on many claims: the choice, the preview, the act; who may, and in how many queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Event, User
from claims.bulk import choice
from claims.bulk.actions import release_all
from claims.determinations.holds import WAITING
from claims.models import Claim, ClaimStatus, MassAdjustment, MassState
from policy.refusals import Refused
from tests.claims.pages.scene import line

Decide = Callable[..., Claim]


@pytest.fixture
def waiting(decided: Decide) -> list[Claim]:
    """Three claims whose visits have no drug bill in their window: they wait."""
    days = (dt.date(2026, 2, 9), dt.date(2026, 2, 16), dt.date(2026, 2, 23))
    held = [decided(lines=[line("G0068", day)], received_on=dt.date(2026, 2, 24)) for day in days]
    assert {claim.status for claim in held} <= set(WAITING)
    return held


@pytest.fixture
def payable(decided: Decide) -> Claim:
    return decided()


def post(browser: Client, action: str, claims: list[Claim], **given: Any) -> Any:
    data = {"action": action, "claim": [claim.pk for claim in claims], **given}
    return browser.post(reverse("claims:bulk"), data, follow=True)


def test_assigning_shows_what_becomes_of_each_claim_and_then_does_it(
    staff: Client, waiting: list[Claim], reviewer: User, examiner: User
) -> None:
    Claim.objects.filter(pk=waiting[0].pk).update(assigned_to=reviewer)
    page = post(staff, "assign", waiting, to=reviewer.pk).content.decode()
    assert "2 of 3 chosen claims would change" in page
    assert f"{reviewer} has it already." in page
    assert Claim.objects.filter(assigned_to=reviewer).count() == 1, "a preview changes nothing"
    done = post(staff, "assign", waiting, to=reviewer.pk, do="yes", reason="Vacation cover").content.decode()
    assert "2 claims changed hands." in done
    assert Claim.objects.filter(assigned_to=reviewer).count() == 3
    assert Event.objects.filter(sentence__contains="Vacation cover", actor=examiner).count() == 2


def test_releasing_leaves_out_what_does_not_wait_and_says_why(
    staff: Client, waiting: list[Claim], payable: Claim
) -> None:
    page = post(staff, "release", [*waiting, payable]).content.decode()
    assert "3 of 4 chosen claims would change" in page
    assert "It does not wait. Choose “Decide anew” for what is decided." in page
    done = post(staff, "release", [*waiting, payable], do="yes", reason="The drug bills came").content.decode()
    assert "3 claims will be decided anew." in done
    assert set(Claim.objects.filter(status=ClaimStatus.QUEUED)) == set(waiting)
    again = post(staff, "release", waiting, do="yes", reason="Twice").content.decode()
    assert "0 claims will be decided anew." in again


def test_an_act_needs_a_reason_where_the_act_asks_for_one(staff: Client, waiting: list[Claim]) -> None:
    page = post(staff, "release", waiting, do="yes", reason=" ").content.decode()
    assert "usa-error-message" in page
    assert not Claim.objects.filter(status=ClaimStatus.QUEUED).exists()


def test_all_claims_of_the_filters_are_meant_when_that_is_chosen(
    staff: Client, waiting: list[Claim], payable: Claim
) -> None:
    page = post(staff, "release", [], all="yes", filters="status=on_hold&status=suspended").content.decode()
    assert "3 of 3 chosen claims would change" in page
    assert payable.icn and payable.icn not in page


def test_the_way_back_leads_to_the_list_as_it_was(staff: Client, waiting: list[Claim]) -> None:
    answer = post(staff, "assign", waiting, to="", do="yes", filters="status=on_hold&order=icn")
    assert answer.redirect_chain[-1][0].endswith("?status=on_hold&order=icn")


@pytest.mark.parametrize(
    ("action", "sentence"),
    [("release", "No claim is chosen."), ("pay", "Choose what is to be done"), ("", "Choose what is to be done")],
)
def test_nothing_chosen_or_nothing_to_do_is_said(staff: Client, world: object, action: str, sentence: str) -> None:
    assert sentence in post(staff, action, []).content.decode()


def test_too_many_are_refused(staff: Client, waiting: list[Claim], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choice, "MOST", 2)
    assert "More than 2 claims are chosen." in post(staff, "assign", waiting).content.decode()


def test_numbers_that_are_none_choose_nothing(staff: Client, waiting: list[Claim]) -> None:
    data = {"action": "assign", "claim": ["x", "²", "9" * 30, "-1"]}
    assert "No claim is chosen." in staff.post(reverse("claims:bulk"), data, follow=True).content.decode()


def test_a_supplier_and_an_administrator_may_not(
    billing: Client, waiting: list[Claim], administrator: User, signed_in_as: Callable[[User], Client]
) -> None:
    for browser in (billing, signed_in_as(administrator)):
        assert browser.post(reverse("claims:bulk"), {"action": "assign"}).status_code == 403


def test_a_reviewer_assigns_but_does_not_release(
    waiting: list[Claim], reviewer: User, signed_in_as: Callable[[User], Client]
) -> None:
    browser = signed_in_as(reviewer)
    assert "3 of 3 chosen claims would change" in post(browser, "assign", waiting, to=reviewer.pk).content.decode()
    assert "Choose what is to be done" in post(browser, "release", waiting).content.decode()
    with pytest.raises(Refused):
        release_all([waiting[0].pk], reason="No", by=reviewer)


def test_two_hundred_take_no_more_queries_than_two(
    staff: Client, waiting: list[Claim], payable: Claim, decided: Decide, examiner: User
) -> None:
    def queries(claims: list[Claim]) -> int:
        with CaptureQueriesContext(connection) as found:
            post(staff, "assign", claims, to=examiner.pk, do="yes")
        return len(found)

    few = queries(waiting[:2])
    many = [*waiting, *(decided(lines=[line("G0088", dt.date(2025, 5, day))]) for day in range(1, 6))]
    Claim.objects.update(assigned_to=None)
    assert queries(many) == few


def test_a_claim_that_is_being_replaced_is_not_released(waiting: list[Claim], examiner: User) -> None:
    first, second, _ = waiting
    Claim.objects.filter(pk=second.pk).update(replaces=first)
    assert release_all([first.pk], reason="The drug bill came", by=examiner) == 0
    page = post_as(examiner, [first])
    assert "Another claim is about to take this one’s place. Release that one." in page


def post_as(person: User, claims: list[Claim]) -> str:
    browser = Client()
    browser.force_login(person)
    return str(post(browser, "release", claims).content.decode())


def test_what_is_decided_is_decided_anew_by_a_mass_adjustment_that_a_second_person_approves(
    staff: Client, waiting: list[Claim], payable: Claim
) -> None:
    page = post(staff, "anew", [*waiting, payable]).content.decode()
    assert "1 of 4 chosen claims would change" in page
    assert "Release it instead." in page
    title = {"title": "New drug bills", "reason": "The loader left them out"}
    done = post(staff, "anew", [*waiting, payable], do="yes", **title)
    mass = MassAdjustment.objects.get()
    assert done.redirect_chain[-1][0] == reverse("claims:mass_adjustment", args=[mass.pk])
    assert (mass.state, mass.approved_by, mass.reason) == (MassState.PREVIEWING, None, "The loader left them out")
    payable.refresh_from_db()
    assert payable.status == ClaimStatus.PAYABLE, "nothing has been decided yet"


def test_deciding_anew_asks_for_title_and_reason(staff: Client, payable: Claim) -> None:
    assert "usa-error-message" in post(staff, "anew", [payable], do="yes", title="T", reason="").content.decode()
    assert not MassAdjustment.objects.exists()


def test_a_thousand_claims_come_in_one_field(staff: Client, waiting: list[Claim]) -> None:
    ids = ",".join(map(str, [*range(1_000_000, 1_000_990), *(claim.pk for claim in waiting)]))
    answer = staff.post(reverse("claims:bulk"), {"action": "assign", "claim": ids, "to": ""})
    assert answer.status_code == 200
    assert answer.context["choice"].ids == tuple(claim.pk for claim in waiting)
