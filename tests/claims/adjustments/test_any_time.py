"""Reopening for fraud or similar fault: at any time, by a medical director or an administrator, and always by two."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from claims.adjudication.queue import adjudicate_all
from claims.adjustments.actions import approve, refuse, reopen, reopen_at_any_time
from claims.models import Adjustment, Claim, ClaimStatus
from policy import clock
from tests.accounts.cast import make_person
from tests.claims.adjustments.conftest import again, limit
from tests.claims.adjustments.test_adjustment_actions import Decide, events_about, refusal

State = Adjustment.State
EVIDENCE = "The nurse’s log shows that nobody came that day"
#: Five years after the claim was decided.
LONG_AFTER = dt.date(2031, 2, 3)


@pytest.fixture
def payable(decided: Decide) -> Claim:
    claim = decided()
    assert claim.status == ClaimStatus.PAYABLE
    return claim


def form_address(claim: Claim) -> str:
    return reverse("claims:reopen_at_any_time", args=[claim.icn])


def test_it_has_no_limit_of_time_and_waits_for_a_second_person(
    payable: Claim, examiner: User, medical_director: User, administrator: User
) -> None:
    clock.set_today(LONG_AFTER)
    with refusal("too_late"):
        reopen(payable, "A clerical error", by=examiner, good_cause="New evidence")
    asked = reopen_at_any_time(payable, EVIDENCE, by=medical_director)
    assert (asked.state, asked.kind, asked.reason) == (State.PROPOSED, "any_time", EVIDENCE)
    assert again(payable).status == ClaimStatus.PAYABLE
    with refusal("own_request"):
        approve(asked, by=medical_director, reason="I am sure")
    approve(asked, by=administrator, reason="The log was seen")
    assert adjudicate_all() == 1
    asked.refresh_from_db()
    assert (asked.state, asked.settled_by) == (State.DONE, administrator)
    decision = payable.decisions.latest("number")
    assert (decision.number, decision.reason) == (2, "Reopening at any time"), "the supplier reads no accusation"
    assert events_about(payable)[-2:] == ["adjustment_proposed", "adjustment_approved"]


@pytest.mark.parametrize("role", [Role.EXAMINER, Role.REVIEWER, Role.SUPPLIER])
def test_only_medical_directors_and_administrators_ask_and_settle(
    payable: Claim, administrator: User, role: Role
) -> None:
    person = make_person("Olive Other", role)
    with refusal("wrong_role"):
        reopen_at_any_time(payable, EVIDENCE, by=person)
    asked = reopen_at_any_time(payable, EVIDENCE, by=administrator)
    for act in (approve, refuse):
        with refusal("wrong_role"):
            act(asked, by=person, reason="Seen")


def test_the_second_persons_limit_covers_what_is_at_stake(
    payable: Claim, medical_director: User, administrator: User
) -> None:
    asked = reopen_at_any_time(payable, EVIDENCE, by=medical_director)
    with refusal("above_limit"):
        approve(asked, by=limit(administrator, str(asked.money_at_stake - Decimal("0.01"))), reason="Seen")
    assert approve(asked, by=limit(administrator, str(asked.money_at_stake)), reason="Seen").state == State.APPROVED


def test_it_needs_its_evidence(payable: Claim, administrator: User) -> None:
    with refusal("no_reason"):
        reopen_at_any_time(payable, "  ", by=administrator)


def test_it_is_asked_for_and_approved_on_the_pages(
    payable: Claim,
    medical_director: User,
    administrator: User,
    examiner: User,
    signed_in_as: Callable[[User], Client],
) -> None:
    asking, settling = signed_in_as(medical_director), signed_in_as(administrator)
    claim_page = reverse("claims:claim", args=[payable.icn])
    assert form_address(payable) in asking.get(claim_page).content.decode()
    assert form_address(payable) not in signed_in_as(examiner).get(claim_page).content.decode()
    assert signed_in_as(examiner).get(form_address(payable)).status_code == 403
    form = asking.get(form_address(payable))
    assert "a second person (medical director or administrator) must approve" in form.content.decode()
    assert list(form.context["form"].fields) == ["reason"], "no good cause: it has no limit of time"
    response = asking.post(form_address(payable), hidden_of(form) | {"reason": EVIDENCE}, follow=True)
    assert "until a second person approves" in response.content.decode()
    (asked,) = payable.adjustments.all()
    address = reverse("claims:adjustment", args=[asked.pk])
    page = settling.get(address)
    settling.post(address, hidden_of(page) | {"reason": "Seen", "approve": ""})
    assert again(payable).status == ClaimStatus.QUEUED


def hidden_of(response: object) -> dict[str, str]:
    """The hidden fields of the page's form: the version of the claim that was read."""
    text = response.content.decode()  # type: ignore[attr-defined]
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text)
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}
