"""Adjustments in Chromium: accessible at two widths, and worked from the claim to the second person without scripts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import Role, User
from claims.adjudication.queue import adjudicate_all
from claims.adjustments.actions import reopen
from claims.daily import move_business_date
from claims.models import Adjustment, Claim, ClaimStatus
from tests.accounts.cast import make_person
from tests.browser.helpers import accessible_at_both_widths, axe_clean, complaints_of, page_of, sign_in
from tests.claims.adjustments.conftest import limit
from tests.claims.pages.scene import decided, line, world  # noqa: F401

pytestmark = pytest.mark.browser

Decide = Callable[..., Claim]


@pytest.fixture
def proposed(live_server: LiveServer, decided: Decide, examiner: User) -> Adjustment:  # noqa: F811
    """A claim that was paid, decided anew, told again, and is to be reopened once more, above the examiner's limit."""
    claim = decided(lines=[line("G0088", dt.date(2026, 1, 5))])
    move_business_date(dt.date(2026, 2, 2))
    reopen(claim, "The place was keyed wrong", by=examiner)
    adjudicate_all()
    move_business_date(dt.date(2026, 2, 6))
    return reopen(claim, "The day was keyed wrong", by=limit(examiner, "1.00"))


def test_no_page_of_adjustments_has_axe_findings_or_scrolls_sideways(
    page: Page, live_server: LiveServer, proposed: Adjustment, examiner: User
) -> None:
    complaints = complaints_of(page)
    sign_in(page, live_server.url, examiner)
    icn = proposed.claim.icn
    for path in (
        reverse("claims:adjustments"),
        f"{reverse('claims:adjustments')}?state=refused&kind=",
        reverse("claims:claim", args=[icn]),
        reverse("claims:adjustment", args=[proposed.pk]),
        reverse("claims:reopen", args=[icn]),
        reverse("claims:void", args=[icn]),
    ):
        page.goto(live_server.url + path)
        accessible_at_both_widths(page)
    page.get_by_role("button", name="Void").click()
    expect(page.get_by_role("alert")).to_contain_text("Reason is required.")
    axe_clean(page)
    assert complaints == []


def test_without_scripts_a_second_examiner_finds_the_proposal_and_approves_it(
    browser: Browser, live_server: LiveServer, proposed: Adjustment
) -> None:
    with page_of(browser, live_server, make_person("Sela Second", Role.EXAMINER), scripts=False) as page:
        page.goto(reverse("claims:adjustments"))
        page.locator("tbody th a").click()
        page.get_by_label("Why", exact=True).fill("The receipt shows it")
        page.get_by_role("button", name="Approve").click()
        expect(page.get_by_text("The claim is in the queue and is decided anew in a moment.")).to_be_visible()
    claim = Claim.objects.get(pk=proposed.claim_id)
    assert claim.status == ClaimStatus.QUEUED
