"""Overpayments in Chromium: accessible at two widths, and worked without scripts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from claims.adjustments.actions import void
from claims.daily import move_business_date
from claims.models import Claim, Overpayment, Refund
from tests.browser.helpers import accessible_at_both_widths, axe_clean, complaints_of, sign_in
from tests.claims.pages.scene import decided, line, world  # noqa: F401

pytestmark = pytest.mark.browser


@pytest.fixture
def overpayment(live_server: LiveServer, decided: Callable[..., Claim]) -> Overpayment:  # noqa: F811
    """A claim that was paid, and voided when its supplier asked for it; the day's work has demanded what is owed."""
    claim = decided(lines=[line("G0088", dt.date(2026, 1, 5))])
    move_business_date(dt.date(2026, 2, 2))
    void(Claim.objects.get(pk=claim.pk), "Billed twice", by="a test")
    move_business_date(dt.date(2026, 2, 3))
    return Overpayment.objects.get()


def test_no_page_of_overpayments_has_axe_findings_or_scrolls_sideways(
    page: Page, live_server: LiveServer, overpayment: Overpayment, examiner: User
) -> None:
    complaints = complaints_of(page)
    sign_in(page, live_server.url, examiner)
    one = reverse("claims:overpayment", args=[overpayment.pk])
    remittance = reverse("claims:remittance", args=[overpayment.remittance_id])
    empty = f"{reverse('claims:overpayments')}?state=closed"
    for path in (reverse("claims:overpayments"), empty, remittance, one):
        page.goto(live_server.url + path)
        accessible_at_both_widths(page)
    page.get_by_role("button", name="Record the refund").click()
    expect(page.get_by_role("alert")).to_contain_text("Amount in dollars is required.")
    axe_clean(page)
    expect(page.get_by_role("heading", name="Demand of")).to_be_visible()
    assert complaints == []


def test_without_scripts_an_examiner_finds_an_overpayment_and_records_its_refund(
    plain: Page, overpayment: Overpayment
) -> None:
    page = plain
    page.goto(reverse("claims:worklist"))
    page.get_by_role("link", name="Remittances").first.click()
    page.get_by_role("link", name="Overpayments").click()
    page.get_by_role("link", name="Details").click()
    page.get_by_label("Amount in dollars").fill(str(overpayment.amount))
    page.get_by_label("Day it was received").fill("02/03/2026")
    page.get_by_label("Reference").fill("1001")
    page.get_by_role("button", name="Record the refund").click()
    expect(page.get_by_role("heading", name="Nothing is owed any more.")).to_be_visible()
    assert Refund.objects.get().amount == overpayment.amount
