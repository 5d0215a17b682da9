"""Eligibility and claim status in Chromium: asked without scripts, refused, answered; axe at both widths."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from claims.adjudication.queue import adjudicate_all
from tests.browser.helpers import NARROW, WIDE, accessible_at_both_widths, sign_in
from tests.claims.pages.scene import act_for, world  # noqa: F401
from tests.factories.beneficiaries import OutsideVisitFactory
from tests.factories.world import World

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(
    browser: Browser,
    live_server: LiveServer,
    world: World,  # noqa: F811
    supplier_person: User,
) -> Iterator[tuple[Page, Page]]:
    """A biller's page without scripts, and a narrow one with them for axe."""
    act_for(supplier_person, world.supplier)
    OutsideVisitFactory(beneficiary=world.beneficiary, date_of_service=dt.date(2025, 12, 20))
    plain = browser.new_context(java_script_enabled=False, viewport=WIDE, base_url=live_server.url)
    scripted = browser.new_context(viewport=NARROW, base_url=live_server.url)
    pages = plain.new_page(), scripted.new_page()
    for page in pages:
        sign_in(page, live_server.url, supplier_person)
    yield pages
    plain.close()
    scripted.close()


def ask(page: Page, surname: str) -> None:
    page.goto(reverse("claims:eligibility"))
    for label, value in {"Medicare number": "1EG4-TE5-MK73", "Surname": surname, "Birth date": "02/15/1948"}.items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_role("button", name="Ask").click()


def test_eligibility_and_status_are_asked_and_answered(desk: tuple[Page, Page], world: World) -> None:  # noqa: F811
    plain, narrow = desk
    ask(plain, "Ewans")
    expect(plain.get_by_role("heading", name="Nothing is told")).to_be_visible()
    for page in desk:
        ask(page, "Evans")
        expect(page.get_by_text("The last visit, of another supplier, was on December 20, 2025.")).to_be_visible()
        assert page.url.endswith(reverse("claims:eligibility"))
    claim = world.claim(patient_control_number="ACCOUNT7")
    adjudicate_all()
    accessible_at_both_widths(narrow)
    plain.goto(reverse("claims:status"))
    plain.get_by_label("Your account number").fill("ACCOUNT7")
    plain.get_by_role("button", name="Find").click()
    expect(plain.get_by_role("link", name=claim.icn)).to_be_visible()
    narrow.goto(reverse("claims:status") + "?account=ACCOUNT7")
    accessible_at_both_widths(narrow)
