"""Medical review in Chromium: from the suspended claim to the adjusted one, with scripts and without."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from claims.adjudication.queue import adjudicate_all
from claims.models import Claim, ClaimStatus
from medical_review.actions.assigning import take
from medical_review.actions.opening import open_due_cases
from medical_review.actions.writing import answer_point
from medical_review.models import Answer, Case, PageMark
from tests.beneficiaries.documents.making import pdf
from tests.browser.helpers import accessible_at_both_widths, complaints_of, sign_in
from tests.medical_review.scene import answer_all, document_of, incomplete, limited, suspended  # noqa: F401

pytestmark = pytest.mark.browser


def test_a_suspended_claim_is_reviewed_second_reviewed_and_decided_anew(
    page: Page,
    live_server: LiveServer,
    suspended: Claim,  # noqa: F811
    reviewer: User,
    medical_director: User,
) -> None:
    complaints = complaints_of(page)
    open_due_cases()
    limited(reviewer, 0)
    sign_in(page, live_server.url, reviewer)
    page.goto(live_server.url + reverse("review:queue") + "?queue=unassigned")
    accessible_at_both_widths(page)
    page.get_by_role("button", name="Take next").click()
    case = Case.objects.get()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Review case {case.number}")
    answer_all(case, reviewer, lacking=9)
    page.reload()
    page.get_by_role("radiogroup", name="Decision on line 1").get_by_text("Adjust").click()
    page.get_by_label("New code of line 1").select_option("G0068")
    page.get_by_label("Point on which line 1 rests").select_option("9")
    page.get_by_role("radiogroup", name="Decision on line 2").get_by_text("Deny").click()
    page.get_by_label("Point on which line 2 rests").select_option("9")
    expect(page.locator("#after-2")).to_have_text("0.00")
    expect(page.locator("#lacks-2")).to_contain_text("2 Plan of care, CO-272 N705")
    expect(page.locator("#rationale")).to_have_value(re.compile("Line 1, .*adjusted to G0068"))
    accessible_at_both_widths(page)
    page.get_by_role("button", name="Sign decision").click()
    expect(page.locator("#messages")).to_contain_text("It counts when a medical director agrees.")
    assert Claim.objects.get().status == ClaimStatus.SUSPENDED

    sign_in(page, live_server.url, medical_director)
    page.goto(live_server.url + reverse("review:queue") + "?queue=second")
    page.get_by_role("link", name=case.number).click()
    page.get_by_role("link", name="decide otherwise").click()
    accessible_at_both_widths(page)
    page.go_back()
    page.get_by_role("link", name="Say what you think of it").click()
    page.get_by_label("Why").fill("The signature is missing indeed.")
    page.get_by_role("button", name="Agree").click()
    expect(page.locator("#messages")).to_contain_text("the decision counts")
    adjudicate_all()
    claim = Claim.objects.get()
    assert claim.status == ClaimStatus.PAYABLE
    assert [line.outcome for line in claim.current_decision.lines.order_by("number")] == ["pay", "deny"]
    page.goto(live_server.url + reverse("claims:claim", args=[claim.icn]))
    expect(page.get_by_text(f"Medical review {case.number}: Decided").first).to_be_visible()
    accessible_at_both_widths(page)
    assert complaints == []


def test_without_scripts_a_reviewer_takes_answers_and_signs(
    plain: Page,
    live_server: LiveServer,
    suspended: Claim,  # noqa: F811
    reviewer: User,
) -> None:
    open_due_cases()
    sign_in(plain, live_server.url, reviewer)
    plain.goto(reverse("review:queue") + "?queue=unassigned")
    plain.get_by_role("link", name=Case.objects.get().number).click()
    plain.get_by_role("button", name="Take this case").click()
    for number in (4, 7, 8, 11, 13, 15, 16, 18, 19, 20):
        plain.get_by_label(f"P{number} met", exact=True).check()
        plain.get_by_label(f"Page for P{number}", exact=True).fill("2")
    for number in (1, 2):
        plain.get_by_role("radiogroup", name=f"Decision on line {number}").get_by_text("Affirm").click()
    plain.get_by_role("button", name="Sign decision").click()
    expect(plain.locator("#messages")).to_contain_text("It counts: the claim is decided anew by it.")
    adjudicate_all()
    assert Claim.objects.get().status == ClaimStatus.PAYABLE


def looked_at(page: Page, plain: Page) -> None:
    """The same address with scripts: axe needs them."""
    page.goto(plain.url)
    accessible_at_both_widths(page)


def test_without_scripts_a_page_is_turned_marked_and_found_again(
    plain: Page,
    page: Page,
    live_server: LiveServer,
    suspended: Claim,  # noqa: F811
    reviewer: User,
) -> None:
    """Two presses on the picture of a page make a box; the page that a finding names opens it."""
    complaints = complaints_of(plain)
    open_due_cases()
    case = take(Case.objects.get(), reviewer, by=reviewer)
    document_of(case, pdf("Dosage 12 g changed to 10 g, initialed EM", pages=14), pages=14)
    answer_point(case, 10, Answer.NOT_MET, page="3", note="Initialed, not signed.", by=reviewer)
    sign_in(plain, live_server.url, reviewer)
    sign_in(page, live_server.url, reviewer)
    plain.goto(reverse("review:case", args=[case.pk]))
    plain.get_by_role("link", name="Next page").click()
    expect(plain.get_by_text("Page 2 of 14")).to_be_visible()
    plain.get_by_role("link", name="Turn to page 3").click()
    expect(plain.get_by_role("img", name="Page 3 of record.pdf")).to_be_visible()
    plain.get_by_role("link", name="Mark this page").click()
    sheet = plain.locator("input[type=image]")
    sheet.click(position={"x": 64, "y": 100})
    expect(plain.locator(".box__corner")).to_have_count(1)
    sheet.click(position={"x": 384, "y": 160})
    expect(plain.get_by_label("Right edge")).to_have_value("600")
    plain.get_by_label("Point it shows").select_option("10")
    plain.get_by_label("Note").fill("Changed, initialed EM")
    looked_at(page, plain)
    plain.get_by_role("button", name="Put the mark on the page").click()
    expect(plain.locator(".box.not_met text")).to_have_text("P10")
    plain.get_by_role("link", name="Back to the case at this page").click()
    expect(plain.get_by_text("P10: Changed, initialed EM")).to_be_visible()
    assert plain.locator(".sheet img").evaluate("image => image.naturalWidth") == 1275
    looked_at(page, plain)
    assert PageMark.objects.get().right == 600
    assert complaints == []
