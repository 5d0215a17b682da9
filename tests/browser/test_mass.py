"""Mass adjustments in Chromium: accessible at two widths, worked from the claims list to the end without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import Role, User
from claims.mass.actions import approve
from claims.mass.actions import reverse as take_back
from claims.mass.working import work_all
from claims.models import Claim, MassAdjustment, MassState
from tests.accounts.cast import make_person
from tests.browser.helpers import accessible_at_both_widths, axe_clean, complaints_of, sign_in
from tests.claims.mass.conftest import TITLE, WHY, previewed, publish_amount
from tests.claims.pages.scene import decided, world  # noqa: F401

pytestmark = pytest.mark.browser

Decide = Callable[..., Claim]


@pytest.fixture
def claim(live_server: LiveServer, decided: Decide) -> Claim:  # noqa: F811
    """A payable claim that would pay less now."""
    found = decided()
    publish_amount("100.00")
    return found


def test_no_page_of_mass_adjustments_has_axe_findings_or_scrolls_sideways(
    page: Page, live_server: LiveServer, claim: Claim, examiner: User
) -> None:
    complaints = complaints_of(page)
    second = make_person("Sela Second", Role.EXAMINER)
    waiting, done = previewed(examiner, str(claim.icn)), previewed(examiner)
    approve(done, by=second, reason="Seen")
    work_all()
    back = take_back(done, "The figure was wrong", by=examiner)
    work_all()
    sign_in(page, live_server.url, second)
    for path in (
        reverse("claims:mass_adjustments"),
        reverse("claims:mass_new"),
        reverse("claims:worklist"),
        *(reverse("claims:mass_adjustment", args=[mass.pk]) for mass in (waiting, done, back)),
        reverse("claims:mass_claims", args=[done.pk]),
        reverse("claims:mass_lines", args=[done.pk]),
    ):
        page.goto(live_server.url + path)
        accessible_at_both_widths(page)
    page.goto(live_server.url + reverse("claims:mass_new"))
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("alert")).to_contain_text("Title is required.")
    axe_clean(page)
    assert complaints == []


def test_the_page_shows_by_itself_when_the_preview_is_whole(
    page: Page, live_server: LiveServer, claim: Claim, examiner: User
) -> None:
    sign_in(page, live_server.url, examiner)
    page.goto(f"{live_server.url}{reverse('claims:mass_new')}?claims={claim.icn}")
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("Why").fill(WHY)
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("heading", name="Being previewed")).to_be_visible()
    axe_clean(page)
    work_all()
    expect(page.get_by_role("heading", name="Waits for approval")).to_be_visible()
    expect(page.get_by_text("1 changed line")).to_be_visible()


def test_without_scripts_two_people_work_it_to_the_end(plain: Page, live_server: LiveServer, claim: Claim) -> None:
    page = plain
    page.goto(f"{reverse('claims:worklist')}?status=payable")
    page.locator("main summary", has_text="More").click()
    page.get_by_role("link", name="Decide these anew").click()
    expect(page.get_by_label("Claims", exact=True)).to_have_value("status=payable")
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("Why").fill(WHY)
    page.get_by_role("button", name="Preview").click()
    work_all()
    page.get_by_role("link", name="Load this page again").click()
    expect(page.get_by_text("You made this.")).to_be_visible()
    sign_in(page, live_server.url, make_person("Sela Second", Role.EXAMINER))
    page.reload()
    page.get_by_label("Why").fill("Seen")
    page.get_by_role("button", name="Approve and run").click()
    work_all()
    page.get_by_role("link", name="Load this page again").click()
    expect(page.get_by_role("heading", name="Done", exact=True)).to_be_visible()
    assert MassAdjustment.objects.get().state == MassState.DONE
    assert claim.decisions.count() == 2
