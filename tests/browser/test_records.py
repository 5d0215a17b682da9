"""Records in Chromium without scripts: asked for, answered in two places, a receipt, and the reviewer sees it."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from medical_review.models import Case, RecordsReceipt, RecordsRequest
from tests.browser.helpers import WIDE, accessible_at_both_widths, sign_in
from tests.claims.pages.scene import act_for
from tests.medical_review.requests.scene import a_pdf
from tests.medical_review.scene import case, incomplete, suspended  # noqa: F401

pytestmark = pytest.mark.browser


def a_file(name: str) -> dict[str, object]:
    content = a_pdf(name)
    return {"name": name, "mimeType": "application/pdf", "buffer": content.read()}


def test_records_are_asked_for_and_answered_without_scripts(
    browser: Browser,
    live_server: LiveServer,
    case: Case,  # noqa: F811
    reviewer: User,
    supplier_person: User,
) -> None:
    assert case.supplier is not None
    act_for(supplier_person, case.supplier)
    page = browser.new_context(viewport=WIDE, java_script_enabled=True).new_page()
    sign_in(page, live_server.url, reviewer)
    page.goto(live_server.url + reverse("review:case", args=[case.pk]))
    page.get_by_role("link", name="Ask for records").click()
    accessible_at_both_widths(page)
    page.get_by_label("Change orders").check()
    page.get_by_label("Why").fill("The claim does not show times.")
    page.get_by_role("button", name="See the letter").click()
    expect(page.get_by_text("Nothing is sent yet")).to_be_visible()
    accessible_at_both_widths(page)
    page.get_by_role("button", name="Send the request").click()
    asked = RecordsRequest.objects.get()
    expect(page.get_by_text(f"Request {asked.number} is sent.")).to_be_visible()
    answered_without_scripts(browser, live_server, supplier_person, asked)
    page.goto(live_server.url + reverse("review:case", args=[case.pk]))
    panel = page.get_by_role("region", name="Records and letters")
    expect(panel).to_contain_text("orders.pdf")
    accessible_at_both_widths(page)
    page.goto(live_server.url + reverse("review:letter", args=[asked.letters.get().pk]))
    accessible_at_both_widths(page)
    for name in ("letters", "requests"):
        page.goto(live_server.url + reverse(f"review:{name}") + "?show=all")
        accessible_at_both_widths(page)


def answered_without_scripts(browser: Browser, live_server: LiveServer, person: User, asked: RecordsRequest) -> None:
    """Two documents in their places, then that it is all; the page as axe sees it needs scripts of its own."""
    page: Page = browser.new_context(viewport=WIDE, java_script_enabled=False).new_page()
    sign_in(page, live_server.url, person)
    page.goto(live_server.url + reverse("home"))
    page.get_by_role("link", name=f"Records request {asked.number}").click()
    page.locator("#files-1").set_input_files([a_file("orders.pdf")])  # type: ignore[list-item]
    page.locator("#files-2").set_input_files([a_file("note.pdf")])  # type: ignore[list-item]
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text(f"Your receipt number is {RecordsReceipt.objects.get().number}.")).to_be_visible()
    with_axe = browser.new_context(viewport=WIDE).new_page()
    sign_in(with_axe, live_server.url, person)
    with_axe.goto(page.url)
    accessible_at_both_widths(with_axe)
    page.get_by_role("link", name="That is all").click()
    with_axe.goto(page.url)
    accessible_at_both_widths(with_axe)
    page.get_by_role("button", name="Yes, that is all").click()
    expect(page.get_by_text("The answer is complete.")).to_be_visible()
