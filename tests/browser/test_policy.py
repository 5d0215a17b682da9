"""The policy pages in a browser: readable by everyone, on every width, and usable without a script."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from policy import clock, readers
from policy.loaders import load_baseline
from policy.loaders.loading import BASELINE_FOLDER
from policy.models import HomeInfusionDrug
from tests.browser.helpers import accessible_at_both_widths, complaints_of, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = (
    "/policy/",
    "/policy/home-infusion-drugs/",
    "/policy/home-infusion-drugs/J7799/",
    "/policy/home-infusion-drugs/add/",
    "/policy/payment-amounts/",
    "/policy/edit-dispositions/",
    "/policy/interest/",
    "/policy/publications/",
    "/policy/manual/",
)


@pytest.fixture
def served(live_server: LiveServer, tmp_path: Path) -> Iterator[str]:
    """A server whose tables are the project's own, of the ZIP codes only a few."""
    for source in BASELINE_FOLDER.glob("*.csv"):
        lines = source.read_text(encoding="utf-8").splitlines(keepends=True)
        (tmp_path / source.name).write_text("".join(lines[:700]), encoding="utf-8")
    clock.set_today(dt.date(2026, 3, 10))
    load_baseline(folder=tmp_path)
    yield live_server.url
    readers.forget()


def test_policy_pages_are_accessible_and_fit(page: Page, served: str, administrator: User) -> None:
    sign_in(page, served, administrator)
    complaints = complaints_of(page)
    for address in PAGES:
        page.goto(served + address)
        accessible_at_both_widths(page)
    assert complaints == []


def test_a_row_is_ended_without_a_script(browser: Browser, served: str, administrator: User) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    sign_in(page, served, administrator)
    page.goto(f"{served}/policy/home-infusion-drugs/J1562/")
    page.get_by_role("link", name="End").click()
    page.get_by_label("Last day in force").fill("03/31/2026")
    page.get_by_label("Source").fill("LCD L33794")
    page.get_by_label("Basis").select_option("published")
    page.get_by_label("Reason for the change").fill("Off the list")
    page.get_by_role("button", name="Show what changes").click()
    expect(page.get_by_role("row", name="× ended")).to_contain_text("March 31, 2026")
    assert HomeInfusionDrug.objects.filter(hcpcs="J1562").count() == 1
    page.get_by_role("button", name="Put it into the change set").click()
    expect(page.get_by_role("status").first).to_contain_text("It is row 1 of change set")
    page.get_by_role("button", name="Propose").click()
    expect(page.get_by_role("complementary", name="Approval")).to_contain_text("another administrator decides")
    assert HomeInfusionDrug.objects.filter(hcpcs="J1562").count() == 1
    page.context.close()


def test_the_manual_opens_at_a_section(page: Page, served: str, administrator: User) -> None:
    sign_in(page, served, administrator)
    page.goto(f"{served}/policy/manual/#s320.8.1")
    expect(page.get_by_role("heading", name="Home Infusion Drug Payment Categories")).to_be_in_viewport()
