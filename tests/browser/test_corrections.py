"""A denied claim corrected in Chromium: compared with its claim, sent and decided; with scripts and without."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from claims.adjudication.queue import adjudicate_all
from claims.models import Claim, ClaimDraft, CorrectionRequest
from tests.browser.helpers import WIDE, accessible_at_both_widths, complaints_of, sign_in
from tests.claims.corrections.conftest import files_taken_in, world  # noqa: F401
from tests.claims.pages.scene import act_for
from tests.factories.beneficiaries import OutsideVisitFactory
from tests.factories.world import World

pytestmark = pytest.mark.browser


@pytest.fixture
def denied(live_server: LiveServer, world: World, supplier_person: User) -> Claim:  # noqa: F811
    """An initial visit 16 days after a visit of another supplier."""
    act_for(supplier_person, world.supplier)
    OutsideVisitFactory(beneficiary=world.beneficiary, date_of_service=dt.date(2025, 12, 20))
    claim = world.claim()
    adjudicate_all()
    return claim


@pytest.fixture
def without_scripts(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False, viewport=WIDE, base_url=live_server.url)
    yield context.new_page()
    context.close()


def clean(page: Page) -> None:
    accessible_at_both_widths(page)


@pytest.mark.usefixtures("files_taken_in")
def test_a_denied_claim_is_corrected_compared_sent_and_decided(
    page: Page, live_server: LiveServer, denied: Claim, supplier_person: User
) -> None:
    complaints = complaints_of(page)
    sign_in(page, live_server.url, supplier_person)
    page.goto(live_server.url + reverse("claims:claim", args=[denied.icn]))
    expect(page.get_by_role("heading", name="What you can do")).to_be_visible()
    clean(page)
    page.get_by_role("button", name="Correct", exact=True).click()
    expect(page.get_by_label("Code of visit 1")).to_have_value("G0088")
    page.get_by_role("button", name="Use G0068 on visit 1").click()
    expect(page.get_by_role("heading", name="The visit would be paid")).to_be_visible()
    page.get_by_role("button", name="Compare and send").click()
    expect(page.get_by_role("heading", name="The correction would pay $163.42 more.")).to_be_visible()
    clean(page)
    page.get_by_role("button", name="Send the replacement").click()
    expect(page.locator("#messages")).to_contain_text("Received as claim 02")
    adjudicate_all()
    page.reload()
    expect(page.get_by_role("heading", name="The visit pays $163.42.")).to_be_visible()
    overtaken = f"failed: {reverse('claims:check_draft', args=[ClaimDraft.objects.get().pk])}"
    assert [complaint for complaint in complaints if complaint != overtaken] == []


def test_without_scripts_it_is_asked_for_and_carried_out(
    without_scripts: Page, live_server: LiveServer, denied: Claim, supplier_person: User, examiner: User
) -> None:
    page = without_scripts
    sign_in(page, live_server.url, supplier_person)
    page.goto(reverse("claims:claim", args=[denied.icn]))
    page.get_by_role("button", name="Correct", exact=True).click()
    page.get_by_role("button", name="Use G0068 on visit 1").click()
    page.get_by_role("button", name="Compare and send").click()
    page.get_by_label("Reason").fill("A visit of another supplier was not known to us")
    page.get_by_role("button", name="Ask for the correction").click()
    expect(page.locator("#messages")).to_contain_text("Your request is with the examiners.")
    sign_in(page, live_server.url, examiner)
    page.goto(reverse("claims:correction_request", args=[CorrectionRequest.objects.get().pk]))
    page.get_by_label("Answer to the supplier").fill("The other visit is on file")
    page.get_by_role("button", name="Carry it out").click()
    expect(page.locator("#messages")).to_contain_text("carried out")
    adjudicate_all()
    sign_in(page, live_server.url, supplier_person)
    page.goto(reverse("claims:claim", args=[denied.icn]))
    expect(page.get_by_text("The other visit is on file")).to_be_visible()
    expect(page.get_by_role("heading", name="Another claim stands in the place of this one.")).to_be_visible()
