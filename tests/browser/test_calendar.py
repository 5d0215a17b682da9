"""The visit calendar and the page of a beneficiary in Chromium: axe at two widths, by keyboard, without scripts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from claims.models import Claim
from tests.browser.helpers import NARROW, WIDE, accessible_at_both_widths, complaints_of, sign_in
from tests.claims.pages.scene import decided, line, world  # noqa: F401
from tests.factories.beneficiaries import CoverageFactory, OutsideVisitFactory, PlanVersionFactory, StayFactory
from tests.factories.world import World

pytestmark = pytest.mark.browser


@pytest.fixture
def claims(live_server: LiveServer, world: World, decided: Callable[..., Claim]) -> list[Claim]:  # noqa: F811
    """Two claims of a patient of whom everything is on file that a calendar draws."""
    OutsideVisitFactory(beneficiary=world.beneficiary, date_of_service=dt.date(2025, 12, 20), supplier_name="Harbor")
    CoverageFactory(beneficiary=world.beneficiary, kind="hospice")
    StayFactory(beneficiary=world.beneficiary, admitted=dt.date(2026, 1, 12), discharged=dt.date(2026, 1, 14))
    PlanVersionFactory(plan=world.plan, number=2, changed_on=dt.date(2026, 1, 6))
    days = (dt.date(2026, 1, 5), dt.date(2026, 1, 6), dt.date(2026, 1, 7), dt.date(2026, 2, 9))
    first = decided(lines=[line("G0088", days[0]), *(line("G0068", day) for day in days[1:])])
    return [first, decided(lines=[line("G0068", dt.date(2026, 1, 9))])]


def test_calendars_have_no_axe_findings_and_are_drawn_for_the_width(
    page: Page, live_server: LiveServer, claims: list[Claim], examiner: User
) -> None:
    complaints = complaints_of(page)
    sign_in(page, live_server.url, examiner)
    for path in (
        reverse("claims:claim", args=[claims[0].icn]),
        reverse("beneficiary", args=[claims[0].beneficiary_id]),
        f"{reverse('beneficiary', args=[claims[0].beneficiary_id])}?begin=2025-10-05&weeks=53",
    ):
        page.goto(live_server.url + path)
        page.evaluate("document.querySelectorAll('main details').forEach(each => each.open = true)")
        accessible_at_both_widths(page)
        for window in (WIDE, NARROW):
            page.set_viewport_size(window)
            expect(page.locator("svg.cal--wide").first).to_be_visible(visible=window == WIDE)
            expect(page.locator("svg.cal--narrow").first).to_be_visible(visible=window == NARROW)
    assert complaints == []


def test_brackets_lead_through_the_list_and_the_name_to_the_patient(
    page: Page, live_server: LiveServer, claims: list[Claim], examiner: User
) -> None:
    page.set_viewport_size(WIDE)
    sign_in(page, live_server.url, examiner)
    page.goto(f"{live_server.url}{reverse('claims:claim', args=[claims[0].icn])}?list=order%3Dicn")
    page.keyboard.press("]")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Claim {claims[1].icn}")
    page.keyboard.press("[")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Claim {claims[0].icn}")
    page.get_by_role("link", name="Evans, Dora").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dora Q Evans")
    expect(page.get_by_role("img", name=re.compile("Visit calendar of Dora Evans"))).to_be_visible()


def test_without_scripts_other_weeks_are_shown(plain: Page, claims: list[Claim]) -> None:
    plain.goto(reverse("beneficiary", args=[claims[0].beneficiary_id]))
    plain.get_by_role("textbox", name="From").fill("09/01/2025")
    plain.get_by_label("How long").select_option("Half a year")
    plain.get_by_role("button", name="Show these weeks").click()
    expect(plain.get_by_role("img", name=re.compile("August 31, 2025 to February 28, 2026"))).to_be_visible()
    plain.get_by_text(re.compile("The same as a table")).first.click()
    expect(plain.get_by_role("rowheader", name="Dec 20, 2025", exact=True)).to_be_visible()
