"""The chain on the claim's page, the forms, the list: what they say, and to whom."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AccessLog, User
from claims.adjudication.queue import adjudicate_all
from claims.adjustments.actions import propose, refuse, reopen, void
from claims.daily import move_business_date
from claims.models import Adjustment, Claim, ClaimStatus
from policy import clock
from tests.claims.adjustments.conftest import again, limit
from tests.claims.pages.scene import TODAY, line
from tests.factories.claims import ClaimFactory
from tests.factories.world import World

Decide = Callable[..., Claim]
Kind, State = Adjustment.Kind, Adjustment.State

SECRET = "The phone call of Tuesday"


@pytest.fixture
def payable(decided: Decide) -> Claim:
    return decided()


def words_of(response: object) -> str:
    """The words of a page, without its tags, with single spaces."""
    content = response.content.decode()  # type: ignore[attr-defined]
    words = re.sub(r"<[^>]+>", " ", content.replace("&#x27;", "'"))
    return re.sub(r"\s+", " ", words)


def page(client: Client, claim: Claim) -> str:
    response = client.get(reverse("claims:claim", args=[claim.icn]))
    assert response.status_code == 200
    return words_of(response)


def form_address(name: str, claim: Claim) -> str:
    return reverse(f"claims:{name}", args=[claim.icn])


def adjusted(claim: Claim, examiner: User) -> None:
    """Paid, reopened, decided anew, told again."""
    move_business_date(dt.date(2026, 2, 2))
    reopen(claim, SECRET, by=examiner)
    adjudicate_all()
    move_business_date(dt.date(2026, 2, 6))


# ---------- the chain ----------


def test_a_claim_that_was_never_adjusted_offers_only_what_one_may_do(
    staff: Client, billing: Client, payable: Claim
) -> None:
    assert form_address("reopen", payable) in staff.get(reverse("claims:claim", args=[payable.icn])).content.decode()
    assert "Paid before" not in page(staff, payable)
    assert "Adjustments" not in page(billing, payable)


def test_the_chain_says_what_stood_why_and_on_which_remittance(staff: Client, payable: Claim, examiner: User) -> None:
    adjusted(payable, examiner)
    text = page(staff, payable)
    assert "January 16, 2026" in text
    assert f"Clerical reopening: {SECRET}" in text
    assert "Asked by Erin Examiner, approved by Erin Examiner: Within the amount limit of who asked" in text
    assert re.search(r"Decision 1 Pays – 198\.76 told January 30, 2026 , reversed February", text)
    assert re.search(r"Decision 2 Pays .* 198\.76 198\.76 told February", text)


def test_a_supplier_sees_the_chain_without_who_and_the_inner_reason(
    billing: Client, payable: Claim, examiner: User
) -> None:
    adjusted(payable, examiner)
    text = page(billing, payable)
    assert "Clerical reopening" in text
    assert SECRET not in text
    assert "Erin" not in text
    assert form_address("reopen", payable) not in text


def test_a_supplier_sees_no_proposal_and_no_refusal(billing: Client, payable: Claim, examiner: User) -> None:
    proposed = propose(payable, Kind.HISTORY, SECRET, by="the history sweep")
    assert SECRET not in page(billing, payable)
    refuse(proposed, by=examiner, reason="Not so")
    assert "Not so" not in page(billing, payable)


def test_a_replaced_claim_and_its_replacement_show_one_chain(staff: Client, world: World, payable: Claim) -> None:
    replacement = world.claim(replaces=payable, frequency="7", lines=[line("G0088", dt.date(2026, 1, 5), 150)])
    adjudicate_all()
    for claim, other in ((payable, replacement), (replacement, payable)):
        response = staff.get(reverse("claims:claim", args=[claim.icn]))
        assert f'href="{reverse("claims:claim", args=[other.icn])}"' in response.content.decode()
        told = r"Decision 1 Pays – 198\.76 .*Decision 1 Pays .*198\.76 117\.60"
        assert re.search(told, words_of(response))


def test_a_void_and_a_refusal_are_steps_of_the_chain(staff: Client, payable: Claim, examiner: User) -> None:
    refuse(propose(payable, Kind.HISTORY, "A bill was denied", by="a job"), by=examiner, reason="Not so")
    void(payable, "Billed by mistake", by=examiner)
    text = page(staff, payable)
    assert "Refused" in text
    assert "Asked by a job, refused by Erin Examiner: Not so" in text
    assert re.search(r"Voided .*Billed by mistake.* 198\.76 0\.00", text)


def test_a_claim_that_took_another_back_says_so(staff: Client, world: World, payable: Claim) -> None:
    claim = world.claim(replaces=payable, frequency="8", status=ClaimStatus.VOIDED, original_claim_number=payable.icn)
    assert "The claim took another one back; there is nothing to decide on it." in page(staff, claim)


def test_an_outsider_sees_nothing(outsider: Client, payable: Claim, examiner: User) -> None:
    proposed = reopen(payable, SECRET, by=limit(examiner, "1.00"))
    assert outsider.get(reverse("claims:claim", args=[payable.icn])).status_code == 404
    for address in (
        form_address("reopen", payable),
        form_address("void", payable),
        reverse("claims:adjustments"),
        reverse("claims:adjustment", args=[proposed.pk]),
    ):
        assert outsider.get(address).status_code == 403
        assert outsider.post(address, {"reason": "x", "approve": ""}).status_code in (403, 405)
    assert again(payable).status == ClaimStatus.PAYABLE


def test_the_queries_of_the_page_do_not_grow_with_the_chain(staff: Client, payable: Claim, examiner: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page(staff, payable)
        return len(captured)

    adjusted(payable, examiner)
    queries()
    once = queries()
    for _ in range(3):
        reopen(payable, SECRET, by=examiner)
        adjudicate_all()
    assert queries() == once


# ---------- asking ----------


def test_an_examiner_reopens_by_a_form_and_is_told_what_becomes_of_it(staff: Client, payable: Claim) -> None:
    address = form_address("reopen", payable)
    text = words_of(staff.get(address))
    assert "$198.76 are at stake. You have no amount limit, so it is done at once." in text
    assert "Needed after January 16, 2027, and possible through January 16, 2030" in text
    response = staff.post(address, {"reason": "Keyed wrong"}, follow=True)
    assert "The claim is in the queue and is decided anew in a moment." in words_of(response)
    assert again(payable).status == ClaimStatus.QUEUED
    assert AccessLog.objects.filter(about_id=str(payable.pk), page="Reopen the claim").exists()


@pytest.mark.parametrize("name", ["reopen", "void"])
def test_an_error_names_its_field_and_nothing_happens(staff: Client, payable: Claim, name: str) -> None:
    assert "Reason is required." in words_of(staff.post(form_address(name, payable), {"reason": "  "}))
    clock.set_today(TODAY + dt.timedelta(days=366))
    text = words_of(staff.post(form_address(name, payable), {"reason": "Keyed wrong"}))
    assert "The claim could be reopened for any reason through January 16, 2027." in text
    assert again(payable).status == ClaimStatus.PAYABLE
    assert not Adjustment.objects.exists()


def test_above_the_limit_the_form_says_that_a_second_examiner_must_approve(
    staff: Client, payable: Claim, examiner: User
) -> None:
    limit(examiner, "100.00")
    text = words_of(staff.get(form_address("void", payable)))
    assert "Your limit is $100.00: a second examiner must approve." in text
    response = staff.post(form_address("void", payable), {"reason": "By mistake"}, follow=True)
    assert "The claim stays as it is until a second person approves." in words_of(response)
    assert again(payable).status == ClaimStatus.PAYABLE


# ---------- settling ----------


def test_the_panel_lets_a_second_examiner_approve(
    payable: Claim, examiner: User, second_examiner: User, signed_in_as: Callable[[User], Client]
) -> None:
    proposed = reopen(payable, "Keyed wrong", by=limit(examiner, "1.00"))
    second = signed_in_as(second_examiner)
    address = reverse("claims:adjustment", args=[proposed.pk])
    assert f'action="{address}"' in second.get(reverse("claims:claim", args=[payable.icn])).content.decode()
    assert "Why is required." in words_of(second.post(address, {"reason": "", "approve": ""}))
    second.post(address, {"reason": "Seen", "approve": ""})
    assert again(payable).status == ClaimStatus.QUEUED


def test_who_asked_may_withdraw_but_another_must_approve(staff: Client, payable: Claim, examiner: User) -> None:
    proposed = reopen(payable, "Keyed wrong", by=limit(examiner, "1.00"))
    text = page(staff, payable)
    assert "A second person must approve it; you may withdraw it." in text
    assert "Approve" not in text.partition("you may withdraw it.")[2]
    response = staff.post(reverse("claims:adjustment", args=[proposed.pk]), {"reason": "Sure", "approve": ""})
    assert "You asked for this adjustment. A second person must approve it." in words_of(response)
    assert again(payable).status == ClaimStatus.PAYABLE


def test_a_proposal_is_refused_by_the_other_button(
    staff: Client, payable: Claim, signed_in_as: Callable[[User], Client], reviewer: User
) -> None:
    proposed = propose(payable, Kind.HISTORY, "A bill was denied", by="the history sweep")
    address = reverse("claims:adjustment", args=[proposed.pk])
    response = signed_in_as(reviewer).post(address, {"reason": "Not so", "refuse": ""})
    assert "This kind of adjustment is for the role examiner." in words_of(response)
    staff.post(address, {"reason": "Not so", "refuse": ""})
    proposed.refresh_from_db()
    assert (proposed.state, proposed.settled_reason) == (State.REFUSED, "Not so")


# ---------- the list ----------


def list_page(client: Client, query: str = "") -> str:
    return words_of(client.get(reverse("claims:adjustments") + query))


def test_the_list_begins_with_what_waits_and_is_narrowed_by_state_and_kind(
    staff: Client, payable: Claim, decided: Decide, examiner: User
) -> None:
    propose(payable, Kind.HISTORY, "A bill was denied", by="the history sweep")
    other = decided(lines=[line("G0068", dt.date(2026, 1, 8))])
    void(other, "Billed by mistake", by=examiner)
    assert "A bill was denied" in list_page(staff)
    assert "Billed by mistake" not in list_page(staff)
    everything = list_page(staff, "?state=&kind=")
    assert everything.index("Billed by mistake") < everything.index("A bill was denied")
    assert "A bill was denied" not in list_page(staff, "?state=&kind=void")
    assert "No adjustment is in this list" in list_page(staff, "?state=refused&kind=")
    assert "Select a valid choice" in list_page(staff, "?state=nonsense&kind=")


def test_the_list_goes_on_by_pages_and_its_queries_do_not_grow(staff: Client, payable: Claim) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            list_page(staff)
        return len(captured)

    def waiting() -> Adjustment:
        claim = ClaimFactory(payable=True, supplier=payable.supplier, beneficiary=payable.beneficiary)
        return Adjustment(
            claim=claim,
            kind=Kind.HISTORY,
            reason="Moved",
            money_at_stake=Decimal(1),
            asked_by_label="a job",
            asked_on=TODAY,
        )

    Adjustment.objects.bulk_create([waiting()])
    few = queries()
    Adjustment.objects.bulk_create([waiting() for _ in range(26)])
    assert queries() == few
    response = staff.get(reverse("claims:adjustments"))
    assert len(response.context["page"].rows) == 25
    following = staff.get(reverse("claims:adjustments"), {"after": response.context["page"].next})
    assert len(following.context["page"].rows) == 2
