"""The worklist in Chromium: many claims at once, saved filters, columns; with and without scripts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from claims.models import Claim, SavedFilter
from tests.browser.helpers import accessible_at_both_widths, axe_clean, complaints_of, sign_in
from tests.claims.pages.scene import decided, line, world  # noqa: F401
from tests.factories.world import World

pytestmark = pytest.mark.browser

Decide = Callable[..., Claim]

#: Claims of one bulk act in these journeys.
MANY = 200


@pytest.fixture
def claims(live_server: LiveServer, world: World, decided: Decide) -> list[Claim]:  # noqa: F811
    """One claim that pays, one that waits."""
    waits = decided(lines=[line("G0068", dt.date(2026, 2, 9), 300)], received_on=dt.date(2026, 2, 10))
    return [decided(lines=[line("G0088", dt.date(2026, 1, 5))]), waits]


@pytest.fixture
def many(world: World, claims: list[Claim]) -> int:  # noqa: F811
    """Two hundred claims in all; copies of one that was decided, since what is tested is the list."""
    copied = claims[0]
    rows = [Claim.objects.get(pk=copied.pk) for _ in range(MANY - len(claims))]
    for number, row in enumerate(rows):
        row.pk, row.icn, row.arrival = None, f"99{number:011d}", copied.arrival + 1000 + number
    Claim.objects.bulk_create(rows)
    return MANY


def test_no_page_around_the_list_has_axe_findings_or_scrolls_sideways(
    page: Page, live_server: LiveServer, claims: list[Claim], examiner: User
) -> None:
    complaints = complaints_of(page)
    SavedFilter.objects.create(owner=examiner, name="Waits", query="status=on_hold", is_shared=True)
    sign_in(page, live_server.url, examiner)
    for name in ("worklist", "saved_filters", "save_filter", "columns", "export_page"):
        page.goto(f"{live_server.url}{reverse(f'claims:{name}')}?status=payable")
        accessible_at_both_widths(page)
    page.goto(f"{live_server.url}{reverse('claims:worklist')}")
    page.locator("input[name=claim]").first.check()
    page.get_by_role("button", name="Release").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Release claims")
    accessible_at_both_widths(page)
    assert complaints == []


def test_a_filter_is_saved_shared_and_opened(
    desk: Page, scripts: bool, claims: list[Claim], examiner: User, reviewer: User
) -> None:
    desk.goto(reverse("claims:worklist"))
    desk.locator("#status-payable").check()
    if not scripts:
        desk.get_by_role("button", name="Apply filters").click()
    expect(desk.get_by_role("link", name="Status: Payable remove")).to_be_visible()
    desk.get_by_role("link", name="Save filters").click()
    desk.get_by_label("Name", exact=True).fill("Will be paid")
    desk.get_by_label("Share with colleagues").check()
    desk.get_by_role("button", name="Save").click()
    tab = desk.get_by_role("navigation", name="Saved filters").get_by_role("link", name="Will be paid")
    expect(tab).to_have_attribute("aria-current", "page")
    expect(tab).to_contain_text("1")
    sign_in(desk, desk.url.partition("/claims")[0], reviewer)
    desk.goto(reverse("claims:worklist"))
    desk.get_by_role("link", name=f"shared by {examiner}: Will be paid").click()
    expect(desk.get_by_role("status").first).to_contain_text("1 claim")
    desk.get_by_role("link", name="Status: Payable remove").click()
    expect(desk.get_by_role("status").first).to_contain_text("2 claims")


def test_two_hundred_claims_are_assigned_at_once(desk: Page, many: int, examiner: User) -> None:
    desk.goto(reverse("claims:worklist"))
    expect(desk.get_by_role("button", name="Assign", exact=True)).to_be_hidden()
    desk.get_by_label(f"All {many} claims of this list").check()
    desk.get_by_role("button", name="Assign", exact=True).click()
    expect(desk.get_by_text(f"{many} of {many} chosen claims would change")).to_be_visible()
    desk.get_by_role("button", name="Assign them").click()
    expect(desk.get_by_text(f"{many} claims changed hands.")).to_be_visible()
    assert Claim.objects.filter(assigned_to=examiner).count() == many


def test_claims_are_found_by_mbi_and_exported(desk: Page, claims: list[Claim]) -> None:
    desk.goto(reverse("claims:worklist"))
    desk.locator("#find").fill(claims[0].mbi.lower())
    desk.get_by_role("button", name="Find claims").click()
    expect(desk.get_by_role("status").first).to_contain_text("2 claims")
    assert claims[0].mbi not in desk.url
    with desk.expect_download() as download:
        desk.get_by_role("link", name="Export CSV").click()
    rows = Path(download.value.path()).read_text().splitlines()
    assert {row[:13] for row in rows[1:]} == {claim.icn for claim in claims}


def test_the_keys_are_listed_over_the_page_and_can_be_switched_off(
    page: Page, live_server: LiveServer, claims: list[Claim], examiner: User
) -> None:
    sign_in(page, live_server.url, examiner)
    page.goto(f"{live_server.url}{reverse('claims:worklist')}")
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(keys.get_by_text("next row, previous row")).to_be_visible()
    axe_clean(page)
    page.keyboard.press("/")
    expect(page.locator("#search")).not_to_be_focused()
    keys.get_by_label("Keyboard shortcuts are on").uncheck()
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    page.keyboard.press("?")
    expect(keys).to_be_hidden()


def test_a_waiting_claim_is_found_by_mbi_ticked_by_keyboard_and_released(
    page: Page, live_server: LiveServer, claims: list[Claim], examiner: User
) -> None:
    _, waits = claims
    sign_in(page, live_server.url, examiner)
    page.goto(f"{live_server.url}{reverse('claims:worklist')}")
    page.locator("#find").fill(waits.mbi.lower())
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("2 claims")
    assert waits.mbi not in page.url
    page.get_by_role("link", name=str(waits.icn)).focus()
    page.keyboard.press("x")
    expect(page.get_by_label(f"Choose {waits.icn}")).to_be_checked()
    page.get_by_role("button", name="Release").click()
    page.get_by_label("Reason").fill("The drug bill came by letter")
    page.get_by_role("button", name="Release them").click()
    expect(page.get_by_text("1 claim will be decided anew.")).to_be_visible()


def test_columns_are_chosen_without_scripts(plain: Page, claims: list[Claim]) -> None:
    plain.goto(reverse("claims:worklist"))
    plain.get_by_role("link", name="Columns").click()
    plain.get_by_label("Assigned to").check()
    plain.get_by_label("Age").uncheck()
    plain.get_by_role("button", name="Show these").click()
    expect(plain.get_by_role("columnheader", name="Assigned to")).to_be_visible()
    expect(plain.get_by_role("columnheader", name="Age")).to_have_count(0)
