"""The claims pages in Chromium: accessible at two widths, filters with and without scripts, the keyboard."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from claims.adjudication.queue import adjudicate_all
from claims.daily import move_business_date
from claims.models import Claim, ClaimStatus, Remittance
from tests.browser.helpers import WIDE, accessible_at_both_widths, axe_clean, complaints_of, sign_in
from tests.claims.intake.files import file_of
from tests.claims.pages.scene import act_for, decided, line, sent, world  # noqa: F401
from tests.factories.beneficiaries import OutsideVisitFactory
from tests.factories.world import World

pytestmark = pytest.mark.browser


Decide = Callable[..., Claim]


@pytest.fixture
def claims(live_server: LiveServer, world: World, decided: Decide, sent: Callable[..., object]) -> list[Claim]:  # noqa: F811
    """A claim of three lines of which one pays, one is denied and one waits; one that is paid; two of a file."""
    OutsideVisitFactory(beneficiary=world.beneficiary, date_of_service=dt.date(2025, 12, 20), supplier_name="Harbor")
    mixed = decided(
        lines=[
            line("G0088", dt.date(2026, 1, 5)),
            line("G0068", dt.date(2026, 1, 7), 300),
            line("G0068", dt.date(2026, 2, 9), 300),
        ],
        received_on=dt.date(2026, 2, 10),
    )
    paid = decided(lines=[line("G0068", dt.date(2026, 1, 8))])
    move_business_date(dt.date(2026, 2, 2))
    sent(file_of(claims=2, mbis=("1EG4TE5MK73", "1EG4TE5MKXX")))
    return [mixed, paid]


def rows(page: Page) -> int:
    return page.locator("table.list__t tbody tr").count()


# ---------- accessibility ----------


def test_no_page_of_claims_has_axe_findings_or_scrolls_sideways(
    page: Page, live_server: LiveServer, claims: list[Claim], examiner: User
) -> None:
    complaints = complaints_of(page)
    sign_in(page, live_server.url, examiner)
    rejected = Claim.objects.get(status=ClaimStatus.REJECTED)
    for path in (
        reverse("claims:worklist"),
        f"{reverse('claims:worklist')}?status=on_hold&received_from=x",
        *(reverse("claims:claim", args=[claim.icn]) for claim in claims),
        reverse("claims:rejected", args=[rejected.pk]),
        reverse("claims:files"),
        reverse("claims:file", args=[rejected.file_id]),
        reverse("claims:upload"),
        reverse("claims:remittances"),
        reverse("claims:remittance", args=[Remittance.objects.first().pk]),
        reverse("claims:edits"),
    ):
        page.goto(live_server.url + path)
        accessible_at_both_widths(page)
    assert complaints == []


def test_a_denial_told_by_letter_has_no_axe_findings(
    page: Page,
    live_server: LiveServer,
    sent: Callable[..., object],  # noqa: F811
    examiner: User,
) -> None:
    sent(file_of().replace(b"XX*1234567893", b"XX*1987654328"), by=examiner)
    adjudicate_all()
    sign_in(page, live_server.url, examiner)
    for path in (reverse("claims:notices"), reverse("claims:notice", args=[Claim.objects.get().icn])):
        page.goto(live_server.url + path)
        accessible_at_both_widths(page)
    page.get_by_role("button", name="It was printed and mailed").click()
    expect(page.get_by_text("Noted: the notice went out today.")).to_be_visible()
    expect(page.get_by_text("Every denial has been told")).to_be_visible()


def test_everything_folded_is_as_accessible_when_it_is_open(
    page: Page, live_server: LiveServer, claims: list[Claim], examiner: User
) -> None:
    sign_in(page, live_server.url, examiner)
    for path in (reverse("claims:worklist"), reverse("claims:claim", args=[claims[0].icn])):
        page.goto(live_server.url + path)
        page.evaluate("document.querySelectorAll('main details').forEach(each => each.open = true)")
        accessible_at_both_widths(page)


# ---------- the worklist ----------


def test_a_tick_narrows_the_list_in_place_and_the_address_follows(
    page: Page, live_server: LiveServer, claims: list[Claim], examiner: User
) -> None:
    complaints = complaints_of(page)
    page.set_viewport_size(WIDE)
    sign_in(page, live_server.url, examiner)
    page.goto(live_server.url + reverse("claims:worklist"))
    before = rows(page)
    page.locator("#status-paid").check()
    expect(page.get_by_role("link", name="Status: Paid remove")).to_be_visible()
    assert rows(page) == 1 < before
    assert "status=paid" in page.url
    expect(page.locator("#status-paid")).to_be_focused()
    expect(page.locator("#announcer")).to_have_text("1 claim")
    assert "status=paid" in str(page.get_by_role("link", name="Export CSV").get_attribute("href"))
    page.get_by_role("link", name="Status: Paid remove").click()
    expect(page.locator(".chips .clear")).to_have_count(0)
    assert rows(page) == before
    assert complaints == []


def test_without_scripts_filters_search_and_claims_work_the_same(plain: Page, claims: list[Claim]) -> None:
    plain.goto(reverse("claims:worklist"))
    before = rows(plain)
    plain.locator("#status-paid").check()
    plain.get_by_role("button", name="Apply filters").click()
    expect(plain.get_by_role("link", name="Status: Paid remove")).to_be_visible()
    assert rows(plain) == 1 < before
    plain.get_by_role("link", name="Clear all").click()
    plain.get_by_label("Find", exact=True).fill(str(claims[0].icn))
    plain.get_by_role("button", name="Find claims").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text(f"Claim {claims[0].icn}")
    plain.get_by_text("Where each figure comes from").click()
    expect(plain.get_by_role("cell", name=re.compile("lesser of charge")).first).to_be_visible()


def test_a_claim_is_opened_by_keyboard_alone(
    page: Page, live_server: LiveServer, claims: list[Claim], examiner: User
) -> None:
    page.set_viewport_size(WIDE)
    sign_in(page, live_server.url, examiner)
    page.goto(live_server.url + reverse("claims:worklist"))
    first = page.locator("table.list__t tbody th a").first
    page.keyboard.press("j")
    expect(first).to_be_focused()
    number = str(first.text_content())
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Claim {number}")


def test_a_row_has_one_line_of_34_pixels(
    page: Page, live_server: LiveServer, claims: list[Claim], examiner: User
) -> None:
    page.set_viewport_size(WIDE)
    sign_in(page, live_server.url, examiner)
    page.goto(live_server.url + reverse("claims:worklist"))
    heights = page.locator("table.list__t tbody tr").evaluate_all(
        "rows => rows.map(row => Math.round(row.getBoundingClientRect().height))"
    )
    assert set(heights) <= {34, 35}, "34 and the hairline"


# ---------- files ----------


def test_a_supplier_sends_a_file_and_reads_its_answers(
    page: Page,
    live_server: LiveServer,
    world: World,  # noqa: F811
    supplier_person: User,
    tmp_path: Path,
) -> None:
    act_for(supplier_person, world.supplier)
    complaints = complaints_of(page)
    sign_in(page, live_server.url, supplier_person)
    file = tmp_path / "january.x12"
    file.write_bytes(file_of(claims=2))
    page.goto(live_server.url + reverse("claims:worklist"))
    page.get_by_role("link", name="Upload a file").first.click()
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Send the file").click()
    expect(page.get_by_role("heading", name="2 claims accepted, 0 claims rejected.")).to_be_visible()
    expect(page.get_by_text("2 claims accepted into adjudication, $800.00 charged.")).to_be_visible()
    axe_clean(page)
    assert complaints == []
