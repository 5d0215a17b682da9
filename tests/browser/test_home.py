"""Home and reports in Chromium: accessible at two widths, from a figure to its list without scripts."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from claims.inventory.counting import count_inventory
from claims.reports.catalogue import REPORTS
from tests.browser.helpers import accessible_at_both_widths, complaints_of, sign_in
from tests.claims.inventory.lives import grown
from tests.claims.inventory.test_home import broken_off
from tests.claims.pages.scene import world  # noqa: F401
from tests.factories.world import World

pytestmark = pytest.mark.browser


@pytest.fixture
def busy(live_server: LiveServer, world: World, examiner: User) -> World:  # noqa: F811
    """A world with claims in every state, and a file whose receipt broke off."""
    grown(world, examiner)
    broken_off()
    count_inventory()
    return world


def test_home_and_reports_have_no_axe_findings_and_do_not_scroll_sideways(
    page: Page, live_server: LiveServer, busy: World, examiner: User
) -> None:
    complaints = complaints_of(page)
    sign_in(page, live_server.url, examiner)
    reports = (reverse(f"reports:{report.name}") for report in REPORTS)
    for path in ("/", reverse("reports:index"), *reports, f"{reverse('reports:work')}?first=x"):
        page.goto(live_server.url + path)
        page.evaluate("document.querySelectorAll('main details').forEach(each => each.open = true)")
        accessible_at_both_widths(page)
    assert complaints == []


def test_without_scripts_one_goes_from_a_figure_to_its_list_and_runs_stuck_work_again(plain: Page, busy: World) -> None:
    plain.goto("/")
    expect(plain.get_by_role("img", name="Open claims by days on the clean-claim clock")).to_be_visible()
    row = plain.get_by_role("table", name="Open claims by state").get_by_role("row", name="On hold for a drug")
    number = str(row.get_by_role("link").last.text_content())
    row.get_by_role("link").last.click()
    expect(plain.get_by_role("status").filter(has_text=f"{number} claim")).to_be_visible()
    plain.get_by_role("link", name="Home", exact=True).first.click()
    expect(plain.get_by_text("Its receipt was broken off")).to_be_visible()
    plain.get_by_role("button", name="Run again").click()
    expect(plain.get_by_text("A worker was asked to run it again.")).to_be_visible()


def test_a_report_is_narrowed_to_other_days_and_printed_without_its_form(plain: Page, busy: World) -> None:
    plain.goto(reverse("reports:index"))
    plain.get_by_role("link", name="Denials", exact=True).click()
    plain.get_by_label("From").fill("01/01/2020")
    plain.get_by_label("To").fill("01/31/2020")
    plain.get_by_role("button", name="Show").click()
    expect(plain.get_by_text("Nothing of this was in these days.").first).to_be_visible()
    plain.get_by_role("link", name="Three months").click()
    expect(plain.get_by_role("table", name="Denied lines by the edit that gave the reason")).to_be_visible()
    plain.emulate_media(media="print")
    expect(plain.get_by_role("form", name="Span of days")).to_be_hidden()
    expect(plain.get_by_role("table", name="Denied lines by the edit that gave the reason")).to_be_visible()
