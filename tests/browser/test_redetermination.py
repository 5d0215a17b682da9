"""A redetermination in Chromium: the supplier asks, another reviewer reverses it, the claim pays, the letter."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from claims.adjudication.queue import adjudicate_all
from claims.models import Claim, ClaimStatus
from medical_review.letters.due import write_due_letters
from medical_review.models import RedeterminationRequest
from tests.browser.helpers import accessible_at_both_widths, complaints_of, page_of
from tests.claims.pages.scene import act_for
from tests.medical_review.appeals.scene import WHY, colleague, denied  # noqa: F401
from tests.medical_review.requests.scene import a_pdf
from tests.medical_review.scene import payable  # noqa: F401

pytestmark = pytest.mark.browser


def test_a_denial_is_appealed_reversed_by_another_reviewer_paid_and_told(
    browser: Browser,
    live_server: LiveServer,
    denied: Claim,  # noqa: F811
    supplier_person: User,
    colleague: User,  # noqa: F811
) -> None:
    assert denied.supplier is not None
    act_for(supplier_person, denied.supplier)
    with page_of(browser, live_server, supplier_person) as page:
        page.goto(live_server.url + reverse("claims:claim", args=[denied.icn]))
        accessible_at_both_widths(page)
        page.get_by_role("link", name="Ask for a redetermination").click()
        accessible_at_both_widths(page)
    with page_of(browser, live_server, supplier_person, scripts=False) as page:
        page.goto(live_server.url + reverse("claims:claim", args=[denied.icn]))
        page.get_by_role("link", name="Ask for a redetermination").click()
        expect(page.get_by_label("Line 1, January 5, 2026, G0088")).to_be_checked()
        page.get_by_label("Why you disagree").fill(WHY)
        note = a_pdf("note")
        files = {"name": "note.pdf", "mimeType": "application/pdf", "buffer": note.read()}
        page.get_by_label("Documents").set_input_files([files])  # type: ignore[list-item]
        page.get_by_role("button", name="Send the request").click()
        request = RedeterminationRequest.objects.get()
        expect(page.get_by_text(f"Its number is {request.number}.")).to_be_visible()
    reversed_by(browser, live_server, colleague)
    adjudicate_all()
    assert Claim.objects.get().status == ClaimStatus.PAYABLE
    write_due_letters()
    with page_of(browser, live_server, supplier_person) as page:
        complaints = complaints_of(page)
        page.goto(live_server.url + reverse("claims:claim", args=[denied.icn]))
        page.get_by_role("link", name="See it").click()
        expect(page.get_by_text("Favorable").first).to_be_visible()
        accessible_at_both_widths(page)
        page.get_by_role("link", name=f"Redetermination {request.number}", exact=True).click()
        expect(page.get_by_text("The decision is favorable.")).to_be_visible()
        accessible_at_both_widths(page)
        assert complaints == []


def write_while_kept(page: Page, words: str) -> None:
    """The line is decided; the words come while the server still answers with a draft of its own, and stay."""
    rationale = page.get_by_role("textbox", name="Rationale")

    def answer_late(route: Route) -> None:
        answer = route.fetch()
        rationale.fill(words)
        route.fulfill(response=answer)

    page.route("**/keep/", answer_late, times=1)
    page.get_by_role("radiogroup", name="Decision on line 1").get_by_text("Pay as billed").click()
    expect(page.locator("#change-all")).not_to_have_text("0.00")
    expect(rationale).to_have_value(words)


def reversed_by(browser: Browser, live_server: LiveServer, person: User) -> None:
    """Another reviewer takes the next case, sees then beside now, and signs."""
    with page_of(browser, live_server, person) as page:
        page.goto(live_server.url + reverse("review:queue") + "?queue=unassigned")
        page.get_by_role("button", name="Take next").click()
        expect(page.get_by_role("heading", name="Decided then, and now")).to_be_visible()
        expect(page.get_by_text(WHY, exact=True)).to_be_visible()
        write_while_kept(page, "The note of the visit shows that it took place at home.")
        accessible_at_both_widths(page)
        page.get_by_role("button", name="Sign decision").click()
        expect(page.get_by_text("Decision 1 is signed. It counts: the claim is decided anew by it.")).to_be_visible()
