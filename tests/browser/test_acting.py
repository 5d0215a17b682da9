"""Working a claim in Chromium: from a denial to its release, notes and drafts, two people, the supplier's page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from claims.determinations.referrals import send_to_review
from claims.models import Claim, NoteDraft
from claims.notes import keep_draft, write_note
from suppliers.spans import days
from tests.browser.helpers import accessible_at_both_widths, axe_clean, complaints_of, sign_in
from tests.claims.determinations.scene import line, not_at_home
from tests.claims.pages.scene import decided, world  # noqa: F401
from tests.factories.suppliers import LicenseFactory
from tests.factories.world import World

pytestmark = pytest.mark.browser

Decide = Callable[..., Claim]


@pytest.fixture
def waiting(live_server: LiveServer, world: World, decided: Decide) -> Claim:  # noqa: F811
    """A claim on hold: its visit has no drug bill within 30 days."""
    return decided(lines=[line("G0068", dt.date(2026, 2, 9))], received_on=dt.date(2026, 2, 10))


def test_the_pages_of_acting_have_no_axe_findings_and_do_not_scroll_sideways(
    page: Page,
    live_server: LiveServer,
    waiting: Claim,
    world: World,  # noqa: F811
    examiner: User,
) -> None:
    complaints = complaints_of(page)
    sign_in(page, live_server.url, examiner)
    write_note(waiting, "Called the supplier", by=examiner)
    keep_draft(waiting, "Ask for", by=examiner)
    send_to_review(waiting, reason="Look at the dose", by=examiner)
    LicenseFactory(supplier=world.supplier, state="VA", in_force=days(dt.date(2021, 1, 1), dt.date(2026, 2, 1)))
    acts = ("claim", "assign", "note", "end_review")
    for path in (
        *(reverse(f"claims:{act}", args=[waiting.icn]) for act in acts),
        reverse("supplier", args=[world.supplier.pk]),
    ):
        page.goto(live_server.url + path)
        if "More" in page.locator("main").inner_text():
            page.locator("summary", has_text="More").click()
        accessible_at_both_widths(page)
    assert complaints == []


def walk_from_the_supplier_to_the_release(page: Page, waiting: Claim) -> None:
    """What was decided and why, who bills, the release, and that it holds again."""
    page.goto(reverse("claims:claim", args=[waiting.icn]))
    expect(page.get_by_role("heading", level=2).first).to_contain_text("waits for its drug bill")
    page.get_by_role("link", name="Evergreen Home Infusion").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Evergreen Home Infusion")
    page.get_by_role("link", name="1 claim").click()
    page.get_by_role("link", name=waiting.icn or "").first.click()
    page.get_by_role("link", name="Release", exact=True).click()
    expect(page.get_by_text("HIT-501 on line 1: ")).to_be_visible()
    page.get_by_label("Reason").fill("The supplier says that the bill was sent")
    page.get_by_role("button", name="Release").click()
    expect(page.locator("#messages")).to_contain_text("Released: the claim is decided anew.")


def test_an_examiner_understands_a_hold_and_releases_it(
    page: Page, live_server: LiveServer, waiting: Claim, examiner: User
) -> None:
    sign_in(page, live_server.url, examiner)
    page.goto(live_server.url)
    page.goto(live_server.url + reverse("claims:claim", args=[waiting.icn]))
    page.keyboard.press("n")
    expect(page.get_by_label("Write a note")).to_be_focused()
    page.keyboard.type("Ask for the discharge note")
    expect(page.locator("#draft-state")).to_contain_text("Draft kept")
    assert NoteDraft.objects.get().text == "Ask for the discharge note"
    page.reload()
    expect(page.get_by_label("Write a note")).to_have_value("Ask for the discharge note")
    page.get_by_role("button", name="Write the note").click()
    expect(page.get_by_role("list").filter(has_text="Ask for the discharge note")).to_be_visible()
    page.locator("summary", has_text="More").click()
    expect(page.get_by_text("waits for its drug bill and has no final decision yet").first).to_be_visible()


def test_without_scripts_an_examiner_understands_a_hold_and_releases_it(plain: Page, waiting: Claim) -> None:
    walk_from_the_supplier_to_the_release(plain, waiting)
    plain.get_by_label("Write a note").fill("The bill is on its way")
    plain.get_by_role("button", name="Keep as a draft").click()
    expect(plain.get_by_label("Write a note")).to_have_value("The bill is on its way")
    plain.get_by_role("button", name="Write the note").click()
    expect(plain.locator("#messages")).to_contain_text("The note is written.")


def test_the_second_of_two_people_sees_both_versions_and_loses_nothing(
    page: Page,
    plain: Page,
    live_server: LiveServer,
    decided: Decide,  # noqa: F811
    world: World,  # noqa: F811
    medical_director: User,
) -> None:
    denied = not_at_home(decided)
    override, hold = (reverse(f"claims:{name}", args=[denied.icn]) for name in ("override", "hold"))
    plain.goto(hold)
    plain.get_by_label("Hold until").fill("02/02/2026")
    plain.get_by_label("Reason").fill("Asked the supplier for the place")
    sign_in(page, live_server.url, medical_director)
    page.goto(live_server.url + override)
    page.get_by_label("Edit").select_option("HIT-105 on line 1")
    page.get_by_label("Reason").fill("A letter of January 9")
    page.get_by_role("button", name="Override").click()
    expect(page.locator("#messages")).to_contain_text("the claim is decided anew")
    expect(plain.get_by_text("Somebody else was faster")).not_to_be_visible()
    plain.get_by_role("button", name="Hold").click()
    both = plain.get_by_role("region", name="Somebody else was faster, so nothing was done")
    expect(both).to_contain_text("Override of HIT-105 on line 1: A letter of January 9")
    expect(both.get_by_role("row", name="Status")).to_contain_text("Denied")
    expect(plain.get_by_label("Reason")).to_have_value("Asked the supplier for the place")
    axe_clean(page)
    plain.get_by_role("button", name="Hold").click()
    expect(plain.locator("#messages")).to_contain_text("Held by hand until 2026-02-02")
    page.goto(live_server.url + reverse("claims:claim", args=[denied.icn]))
    expect(page.get_by_text("Also open: Erin Examiner")).to_be_visible()
