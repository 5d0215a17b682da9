"""An organization in Chromium: invite, join, change, end, a key; the home page of suppliers; also without scripts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.core import mail
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from claims.models import ClaimStatus
from claims.precheck.drafts import begin_draft
from suppliers.models import Accreditation
from suppliers.spans import days
from tests.accounts.cast import PASSWORD
from tests.browser.helpers import WIDE, accessible_at_both_widths, complaints_of, page_of, sign_in
from tests.claims.pages.scene import TODAY, act_for, world  # noqa: F401
from tests.factories.beneficiaries import PlanOfCareFactory
from tests.factories.claims import ClaimFactory
from tests.factories.suppliers import SupplierFactory
from tests.factories.world import World

pytestmark = pytest.mark.browser


@pytest.fixture
def head(live_server: LiveServer, world: World, supplier_person: User) -> User:  # noqa: F811
    """Administrator of a supplier whose accreditation ends, and of another; there is something of each kind to do."""
    Accreditation.objects.filter(supplier=world.supplier).update(
        in_force=days(dt.date(2025, 1, 1), TODAY + dt.timedelta(days=20))
    )
    act_for(supplier_person, world.supplier)
    act_for(supplier_person, SupplierFactory(name="Bayline Infusion"))
    ClaimFactory(supplier=world.supplier, on_hold=True)
    ClaimFactory(supplier=world.supplier, status=ClaimStatus.PAID, paid_amount=Decimal("150.00"))
    begin_draft(world.supplier, by=supplier_person)
    PlanOfCareFactory(supplier=world.supplier, ends=TODAY + dt.timedelta(days=5))
    return supplier_person


@pytest.fixture
def without_scripts(browser: Browser, live_server: LiveServer, head: User) -> Iterator[Page]:
    with page_of(browser, live_server, head, scripts=False) as page:
        yield page


def clean(page: Page) -> None:
    """At both widths."""
    accessible_at_both_widths(page)


def test_home_and_organization_are_clean_at_both_widths(page: Page, live_server: LiveServer, head: User) -> None:
    complaints = complaints_of(page)
    sign_in(page, live_server.url, head)
    page.goto(live_server.url)
    expect(page.get_by_role("heading", name="What needs an answer")).to_be_visible()
    clean(page)
    page.get_by_label("Show").select_option("Evergreen Home Infusion, as administrator")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("At risk: $150.00")).to_be_visible()
    page.get_by_role("link", name="Organization", exact=True).first.click()
    clean(page)
    page.get_by_role("link", name="Evergreen Home Infusion").click()
    clean(page)
    page.get_by_role("link", name="Change Sam Supplier").click()
    clean(page)
    page.go_back()
    page.get_by_role("link", name="Keys of programs").click()
    page.get_by_label("Name", exact=True).fill("Nightly billing")
    page.get_by_label("Send claims and files (claims:send)").check()
    page.get_by_role("button", name="Make the key").click()
    expect(page.locator("#secret")).to_have_text(re.compile(r"^hit_[\w-]{43}$"))
    clean(page)
    assert complaints == []


def test_without_scripts_a_person_is_invited_joins_is_changed_and_leaves(
    without_scripts: Page,
    browser: Browser,
    world: World,  # noqa: F811
    live_server: LiveServer,
) -> None:
    page = without_scripts
    page.goto(reverse("organization:organization", args=[world.supplier.pk]))
    page.get_by_label("E-mail address").fill("nina@example.org")
    page.get_by_label("Duty").select_option("Clinician")
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.locator("#messages")).to_contain_text("nina@example.org is invited.")
    (path,) = re.findall(r"/join/\S+/", mail.outbox[-1].body)
    theirs = browser.new_context(java_script_enabled=False, viewport=WIDE, base_url=live_server.url).new_page()
    theirs.goto(path)
    theirs.get_by_label("Your name").fill("Nina Novak, RN")
    theirs.get_by_label("Password").fill(PASSWORD)
    theirs.get_by_role("button", name="Make my account").click()
    theirs.locator("input[name=login]").fill("nina@example.org")
    theirs.get_by_label("Password").fill(PASSWORD)
    theirs.get_by_role("button", name="Sign in", exact=True).click()
    expect(theirs.get_by_text("You are clinician here.")).to_be_visible()
    expect(theirs.get_by_role("link", name="Check before billing")).to_have_count(0)
    page.reload()
    page.get_by_role("link", name="Change Nina Novak, RN").click()
    page.locator("#id_duty").select_option("Biller")
    page.get_by_role("button", name="Change the duty").click()
    theirs.reload()
    expect(theirs.get_by_role("link", name="Check before billing")).to_be_visible()
    page.get_by_role("link", name="Change Nina Novak, RN").click()
    page.get_by_role("button", name="End the access of Nina Novak, RN").click()
    expect(page.locator("#messages")).to_contain_text("does not act for Evergreen Home Infusion any more.")
    theirs.reload()
    expect(theirs.get_by_text("You act for no supplier")).to_be_visible()
    theirs.context.close()
