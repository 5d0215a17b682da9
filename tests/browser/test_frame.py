"""The frame in Chromium: sign-in, menus, keyboard, narrow screens, printing."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.demo import make_people
from accounts.models import User
from tests.accounts.cast import PASSWORD
from tests.browser.helpers import NARROW, accessible_at_both_widths, axe_clean, complaints_of, sign_in

pytestmark = pytest.mark.browser


def test_the_sign_in_page_has_no_axe_findings(page: Page, live_server: LiveServer) -> None:
    make_people()
    complaints = complaints_of(page)
    page.goto(live_server.url)
    expect(page).to_have_title("Sign in · Home Infusion Claims")
    accessible_at_both_widths(page)
    assert complaints == []


def test_one_signs_in_and_out_by_keyboard_alone(page: Page, live_server: LiveServer, examiner: User) -> None:
    page.goto(f"{live_server.url}{reverse('account_login')}?next={reverse('help')}")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.get_by_label("Email").focus()
    page.keyboard.type(examiner.email)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Help")
    page.locator("summary", has_text="Erin Examiner").press("Enter")
    page.get_by_role("button", name="Sign out").press("Enter")
    expect(page).to_have_title("Sign in · Home Infusion Claims")


def test_a_person_of_the_demonstration_signs_in_by_one_press(page: Page, live_server: LiveServer) -> None:
    make_people()
    page.goto(f"{live_server.url}{reverse('account_login')}?next={reverse('help')}")
    page.get_by_role("button", name="Ingrid Sato").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Help")
    expect(page.locator("summary", has_text="Ingrid Sato")).to_be_visible()


def test_a_failed_sign_in_says_why_and_takes_the_focus_there(page: Page, live_server: LiveServer, db: None) -> None:
    page.goto(f"{live_server.url}{reverse('account_login')}")
    page.get_by_role("button", name="Sign in", exact=True).click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link", name="Email is required.")).to_have_attribute("href", "#id_login")
    expect(page.get_by_label("Password")).to_have_attribute("aria-invalid", "true")
    axe_clean(page)


def test_the_frame_has_no_axe_findings(page: Page, live_server: LiveServer, administrator: User) -> None:
    sign_in(page, live_server.url, administrator)
    complaints = complaints_of(page)
    for name in ("help", "accounts:people", "accounts:add_person", "accounts:audit", "accounts:accesses", "mfa_index"):
        page.goto(f"{live_server.url}{reverse(name)}")
        accessible_at_both_widths(page)
    assert complaints == []


def test_on_a_narrow_screen_everything_is_in_one_menu(page: Page, live_server: LiveServer, administrator: User) -> None:
    sign_in(page, live_server.url, administrator)
    page.set_viewport_size(NARROW)
    page.goto(f"{live_server.url}{reverse('accounts:audit')}")
    page.locator("summary", has_text="Menu").click()
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    expect(page.get_by_role("link", name="Audit log").first).to_have_attribute("aria-current", "page")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    axe_clean(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()


def test_a_slash_goes_to_the_search_but_not_while_typing(
    page: Page, live_server: LiveServer, administrator: User
) -> None:
    sign_in(page, live_server.url, administrator)
    page.goto(f"{live_server.url}{reverse('accounts:audit')}")
    page.keyboard.press("/")
    search = page.get_by_label("Search by claim number")
    expect(search.first).to_be_focused()
    page.get_by_label("Who").fill("")
    page.get_by_label("Who").press("/")
    expect(page.get_by_label("Who")).to_have_value("/")


def test_shortcuts_can_be_turned_off(page: Page, live_server: LiveServer, administrator: User) -> None:
    sign_in(page, live_server.url, administrator)
    page.goto(f"{live_server.url}{reverse('help')}")
    page.get_by_label("Keyboard shortcuts are on").uncheck()
    page.reload()
    expect(page.get_by_label("Keyboard shortcuts are on")).not_to_be_checked()
    page.locator("h1").click()
    page.keyboard.press("/")
    expect(page.get_by_label("Search by claim number").first).not_to_be_focused()


def test_rows_are_walked_by_j_and_k(page: Page, live_server: LiveServer, administrator: User, examiner: User) -> None:
    sign_in(page, live_server.url, administrator)
    page.goto(f"{live_server.url}{reverse('accounts:people')}")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Erin Examiner")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Erin Examiner")


def test_paper_shows_the_page_without_its_frame(page: Page, live_server: LiveServer, administrator: User) -> None:
    sign_in(page, live_server.url, administrator)
    page.goto(f"{live_server.url}{reverse('accounts:people')}")
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Main").first).to_be_hidden()
    expect(page.get_by_role("link", name="Add a person")).to_be_hidden()
    expect(page.get_by_role("table")).to_be_visible()


def test_an_authenticator_app_is_set_up_from_the_persons_menu(
    page: Page, live_server: LiveServer, examiner: User
) -> None:
    complaints = complaints_of(page)
    page.goto(f"{live_server.url}{reverse('account_login')}?next={reverse('mfa_index')}")
    page.get_by_label("Email").fill(examiner.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("link", name="Set up an authenticator app").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("img", name="The key as a picture")).to_be_visible()
    axe_clean(page)
    assert complaints == []
