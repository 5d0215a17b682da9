"""What is read of the policy desk: prices and code book without signing in, checklist, an edit, a case that is run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from policy import clock, readers
from tests.browser.helpers import accessible_at_both_widths, complaints_of, sign_in
from tests.factories.policy import load_small_tables

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def served(live_server: LiveServer) -> Iterator[str]:
    clock.set_today(dt.date(2026, 3, 10))
    load_small_tables()
    yield live_server.url
    readers.forget()


def test_what_the_desk_shows_is_read_and_a_case_is_run(page: Page, served: str, administrator: User) -> None:
    complaints = complaints_of(page)
    page.goto(f"{served}/codebook/home-infusion-drugs/J1171/")
    expect(page.get_by_text("J1170 became J1171")).to_be_visible()
    accessible_at_both_widths(page)

    page.goto(f"{served}/prices/")
    page.get_by_label("ZIP of the visit").fill("21201")
    page.get_by_role("button", name="Show the price").click()
    expect(page.get_by_role("heading", name="Estimated: these are not CMS’s figures")).to_be_visible()
    expect(page.get_by_role("row", name="National amount")).to_be_visible()
    accessible_at_both_widths(page)

    sign_in(page, served, administrator)
    for address in ("/policy/checklist/?year=2027", "/claims/edits/HIT-501/"):
        page.goto(served + address)
        accessible_at_both_widths(page)

    page.goto(f"{served}/scenarios/new/")
    page.get_by_role("button", name="Run it", exact=True).click()
    expect(page.get_by_role("heading", name="It holds")).to_be_visible()
    page.get_by_label("Why it is kept or changed").fill("The rule of 30 days")
    accessible_at_both_widths(page)
    page.get_by_role("button", name="Run it and keep it").click()
    expect(page.get_by_role("heading", name="drug-30-days-before", exact=True)).to_be_visible()
    assert complaints == []
