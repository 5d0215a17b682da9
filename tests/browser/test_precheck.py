"""Check before billing in Chromium: check, fix, submit, decided; live while typing, and without scripts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from claims.adjudication.queue import adjudicate_all
from claims.models import Claim, ClaimDraft
from tests.browser.helpers import (
    WIDE,
    accessible_at_both_widths,
    complaints_of,
    page_of,
    sign_in,
)
from tests.claims.pages.scene import act_for, world  # noqa: F401
from tests.factories.beneficiaries import OutsideVisitFactory
from tests.factories.world import World

pytestmark = pytest.mark.browser

FIELDS = {
    "Medicare number": "1EG4-TE5-MK73",
    "Surname": "Evans",
    "Birth date": "02/15/1948",
    "Referring provider NPI": "1987654328",
    "Diagnosis": "I50.22",
    "Date of visit 1": "01/05/2026",
    "Minutes of visit 1": "90",
    "Charge of visit 1": "400",
}


@pytest.fixture
def biller(live_server: LiveServer, world: World, supplier_person: User) -> User:  # noqa: F811
    """Acts for the supplier of a patient who had a visit of another supplier 16 days before."""
    act_for(supplier_person, world.supplier)
    OutsideVisitFactory(beneficiary=world.beneficiary, date_of_service=dt.date(2025, 12, 20))
    return supplier_person


@pytest.fixture
def without_scripts(browser: Browser, live_server: LiveServer, biller: User) -> Iterator[Page]:
    with page_of(browser, live_server, biller, scripts=False) as page:
        yield page


def fill(page: Page) -> None:
    page.get_by_label("Code of visit 1").select_option("G0088")
    for label, value in FIELDS.items():
        page.get_by_label(label, exact=True).fill(value)


def test_a_draft_is_checked_while_typing_fixed_submitted_and_decided(
    page: Page, live_server: LiveServer, biller: User
) -> None:
    complaints = complaints_of(page)
    page.set_viewport_size(WIDE)
    sign_in(page, live_server.url, biller)
    page.goto(live_server.url + reverse("claims:check"))
    accessible_at_both_widths(page)
    page.get_by_role("button", name="New draft").click()
    expect(page.get_by_role("heading", name="Nothing is checked yet")).to_be_visible()
    fill(page)
    page.get_by_label("Charge of visit 1").press("Tab")
    expect(page.get_by_role("heading", name="The visit would be denied")).to_be_visible()
    expect(page.locator("#announcer")).to_have_text("The visit would be denied. Medicare pays $0.00.")
    expect(page.locator("#note-1")).to_contain_text("Initial, IV. Would be denied")
    expect(page.locator("#beside")).to_contain_text("Dora Evans, born February 15, 1948")
    expect(page.get_by_role("img", name="An initial visit is possible from day 61")).to_be_visible()
    page.get_by_text("Show all 45 checks").click()
    accessible_at_both_widths(page)
    page.get_by_role("button", name="Use G0068 on visit 1").click()
    expect(page.get_by_role("heading", name="The visit would be paid")).to_be_visible()
    expect(page.get_by_label("Code of visit 1")).to_have_value("G0068")
    page.get_by_role("button", name="Add a visit").click()
    page.get_by_role("button", name="Remove visit 2").click()
    expect(page.get_by_label("Date of visit 2")).to_have_count(0)
    page.reload()
    expect(page.get_by_label("Code of visit 1")).to_have_value("G0068")
    accessible_at_both_widths(page)
    page.get_by_role("button", name="Submit claim").click()
    expect(page.locator("#messages")).to_contain_text("Received as claim 02")
    adjudicate_all()
    page.reload()
    expect(page.get_by_role("heading", name="The visit pays $163.42.")).to_be_visible()
    overtaken = f"failed: {reverse('claims:check_draft', args=[ClaimDraft.objects.get().pk])}"
    assert [complaint for complaint in complaints if complaint != overtaken] == []


def test_without_scripts_a_draft_is_checked_fixed_and_submitted(without_scripts: Page) -> None:
    page = without_scripts
    page.goto(reverse("claims:check"))
    page.get_by_role("button", name="New draft").click()
    fill(page)
    page.get_by_role("button", name="Save and check").click()
    expect(page.get_by_role("heading", name="The visit would be denied")).to_be_visible()
    page.goto(reverse("claims:check"))
    page.get_by_role("link", name=f"Draft {ClaimDraft.objects.get().pk}").click()
    page.get_by_role("button", name="Use G0068 on visit 1").click()
    expect(page.get_by_role("heading", name="The visit would be paid")).to_be_visible()
    page.get_by_label("Charge of visit 1").press("Enter")
    expect(page.get_by_role("heading", name="The visit would be paid")).to_be_visible()
    page.get_by_role("button", name="Submit claim").click()
    expect(page.locator("#messages")).to_contain_text("The 999 and the 277CA stand with the file")
    assert Claim.objects.count() == 1
