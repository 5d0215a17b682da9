"""Determinations and paper claims in Chromium: accessible at two widths, and usable without scripts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from claims.determinations.actions import override
from claims.determinations.holds import hold_until
from claims.models import Claim, Determination
from tests.browser.helpers import accessible_at_both_widths, axe_clean, complaints_of, sign_in
from tests.claims.determinations.scene import decide_again, not_at_home, person_with_limit
from tests.claims.pages.scene import decided, world  # noqa: F401
from tests.factories.world import World

pytestmark = pytest.mark.browser


@pytest.fixture
def denied(live_server: LiveServer, world: World, decided: Callable[..., Claim], examiner: User) -> Claim:  # noqa: F811
    """A denied claim that is held by hand, with an override that waits for a second person."""
    claim = not_at_home(decided)
    override(claim, "HIT-105", 1, reason="Seen", by=person_with_limit(Decimal(0)))
    hold_until(claim, dt.date(2026, 3, 1), reason="Asked the supplier", by=examiner)
    return claim


def test_no_page_of_determinations_or_paper_has_axe_findings_or_scrolls_sideways(
    page: Page, live_server: LiveServer, denied: Claim, medical_director: User
) -> None:
    complaints = complaints_of(page)
    sign_in(page, live_server.url, medical_director)
    acts = ("claim", "override", "waive", "more_time", "drug_category", "hold", "release")
    made = Determination.objects.get()
    for path in (
        *(reverse(f"claims:{act}", args=[denied.icn]) for act in acts),
        reverse("claims:approvals"),
        reverse("claims:settle", args=[made.pk]),
        reverse("claims:revoke", args=[made.pk]),
        reverse("claims:end_hold", args=[denied.holds.get().pk]),
    ):
        page.goto(live_server.url + path)
        accessible_at_both_widths(page)
    assert complaints == []


def test_the_forms_with_their_errors_are_as_accessible(
    page: Page, live_server: LiveServer, denied: Claim, examiner: User
) -> None:
    sign_in(page, live_server.url, examiner)
    for path, button in (
        (reverse("claims:override", args=[denied.icn]), "Override"),
        (reverse("claims:more_time", args=[denied.icn]), "Grant"),
        (reverse("claims:paper"), "Take the claim in"),
    ):
        page.goto(live_server.url + path)
        axe_clean(page)
        page.get_by_role("button", name=button, exact=True).click()
        expect(page.get_by_role("alert")).to_contain_text("Please look at this again")
        accessible_at_both_widths(page)


def test_an_override_above_ones_limit_pays_after_a_second_person_approved_it(
    desk: Page,
    live_server: LiveServer,
    world: World,  # noqa: F811
    decided: Callable[..., Claim],  # noqa: F811
    examiner: User,
) -> None:
    claim = not_at_home(decided)
    sign_in(desk, live_server.url, person_with_limit(Decimal(0)))
    desk.goto(reverse("claims:claim", args=[claim.icn]))
    desk.locator("summary", has_text="More").click()
    desk.get_by_role("link", name="Override an edit").click()
    desk.get_by_label("Edit").select_option("HIT-105 on line 1")
    desk.get_by_label("Reason").fill("The record says that it was the home")
    desk.get_by_role("button", name="Override").click()
    expect(desk.get_by_role("heading", level=2).first).to_contain_text("is denied")
    sign_in(desk, live_server.url, examiner)
    desk.goto(reverse("claims:claim", args=[claim.icn]))
    desk.get_by_role("link", name="Waits for a second person").click()
    desk.get_by_label("Reason").fill("I saw it too")
    desk.get_by_role("button", name="Approve").click()
    expect(desk.locator("#messages")).to_contain_text("Approved: Override of HIT-105 on line 1.")
    expect(desk.get_by_text("Nothing waits for your approval")).to_be_visible()
    desk.goto(reverse("claims:claim", args=[decide_again(claim).icn]))
    expect(desk.get_by_role("heading", level=2).first).to_contain_text("The visit pays $198.76")


def test_without_scripts_a_paper_claim_is_keyed_and_an_error_leads_to_its_field(plain: Page, denied: Claim) -> None:
    plain.goto(reverse("claims:paper"))
    for label, value in {
        "Received on": "01/16/2026",
        "26. Patient’s account number": "A-17",
        "1a. Medicare number (MBI)": "1EG4-TE5-MK73",
        "2. Last name": "Evans",
        "First name": "Dora",
        "3. Birth date": "02/15/1948",
        "5. Street": "12 Elm Street",
        "City": "Baltimore",
        "State": "MD",
        "ZIP code": "21201",
        "21. Diagnoses": "I50.22",
        "25. Tax id": "52-1234567",
        "28. Total charge": "400",
        "33. Billing provider’s name": "Evergreen Home Infusion",
        "33a. Billing provider’s NPI": "1234567890",
        "33. Billing provider’s street": "100 Main Street",
        "33. Billing provider’s city": "Baltimore",
        "33. Billing provider’s State": "MD",
        "33. Billing provider’s ZIP code": "21201",
    }.items():
        plain.get_by_label(label, exact=True).fill(value)
    plain.get_by_label("Sex").select_option("F")
    line = plain.get_by_role("group", name="Line 1", exact=True)
    for label, value in {
        "24A. From": "01/07/2026",
        "24B. Place": "12",
        "24D. Code": "G0068",
        "24E. A to L": "A",
        "24F. Charge": "400",
        "24G. Units": "6",
    }.items():
        line.get_by_label(label).fill(value)
    plain.get_by_role("button", name="Take the claim in").click()
    expect(plain.get_by_role("link", name="not ten digits with the right check digit")).to_be_visible()
    plain.get_by_label("33a. Billing provider’s NPI", exact=True).fill("1234567893")
    plain.get_by_role("button", name="Take the claim in").click()
    expect(plain.locator("#messages")).to_contain_text("Keyed as claim 0326016")
    expect(plain.get_by_text("Keyed from paper by Erin Examiner")).to_be_visible()
