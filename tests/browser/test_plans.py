"""A new plan of care from the PDF to complete, as a supplier walks it; with scripts and without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from beneficiaries.models import PlanOfCareVersion
from policy import clock, readers
from tests.beneficiaries.documents.making import pdf
from tests.browser.helpers import (
    NARROW,
    WIDE,
    accessible_at_both_widths,
    axe_clean,
    complaints_of,
    sign_in,
)
from tests.claims.pages.scene import TODAY, act_for
from tests.claims.plans.writing import COMPLETE
from tests.factories.policy import load_small_tables
from tests.factories.world import MBI, World, base_world

pytestmark = pytest.mark.browser


@pytest.fixture
def world(transactional_db: None, supplier_person: User) -> Iterator[World]:
    load_small_tables()
    clock.set_today(TODAY)
    world = base_world(plan=None)
    act_for(supplier_person, world.supplier)
    yield world
    readers.forget()


@pytest.fixture
def signed_pdf(tmp_path: Path) -> Path:
    path = tmp_path / "signed plan.pdf"
    path.write_bytes(pdf(f"Plan of care, MBI {MBI}", pages=2))
    return path


def find_patient(page: Page, world: World) -> None:
    page.goto("/plans/")
    page.get_by_role("link", name="New plan").click()
    page.get_by_label("Medicare number").fill(MBI)
    page.get_by_label("Surname").fill(world.beneficiary.last_name)
    page.get_by_label("Birth date").fill(f"{world.beneficiary.birth_date:%m/%d/%Y}")
    page.get_by_role("button", name="Find the patient").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("New plan of care")
    expect(page.locator("#completeness h2")).to_have_text("0 of 16 in place")


def send_files(page: Page, *files: Path) -> None:
    page.get_by_label("Send the signed plan").set_input_files(files)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".doc")).to_contain_text("signed plan.pdf")


def fill(page: Page, *, leave_out: str) -> None:
    for name, value in COMPLETE.items():
        if name in (leave_out, "professional_services", "drugs", "credential", "route", "discipline", "changed_on"):
            continue
        page.locator(f"#id_{name}").fill(value)
    for name in ("credential", "route", "discipline"):
        page.locator(f"#id_{name}").select_option(COMPLETE[name])
    page.locator("#id_drugs_0").select_option(COMPLETE["drugs"][0])
    page.get_by_label("Nursing assessment").check()


def test_from_the_pdf_to_complete(
    browser: Browser, live_server: LiveServer, world: World, supplier_person: User, signed_pdf: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty.pdf").write_bytes(b"")
    context = browser.new_context(viewport=WIDE, base_url=live_server.url)
    page = context.new_page()
    sign_in(page, live_server.url, supplier_person)
    complaints = complaints_of(page)
    find_patient(page, world)
    page.locator("#id_needs").fill("Daily weights.")
    page.locator("#id_needs").blur()
    # A save still under way would be broken off by the files.
    expect(page.locator("#draft-state")).to_contain_text("saved")
    send_files(page, signed_pdf, tmp_path / "empty.pdf")
    expect(page.get_by_text("empty.pdf is empty.")).to_be_visible()
    expect(page.locator("#id_needs")).to_have_value("Daily weights.")
    fill(page, leave_out="signed")
    page.locator("#id_dosage").blur()
    expect(page.locator("#completeness h2")).to_have_text("15 of 16 in place")
    expect(page.locator(".cons")).to_contain_text("HIT-403")
    expect(page.locator("#draft-state")).to_contain_text("saved")
    page.locator("#completeness").get_by_role("link", name="Signed and dated").click()
    page.locator("#id_signed").fill("01/13/2026")
    page.locator("#id_signed").blur()
    expect(page.locator("#completeness h2")).to_have_text("16 of 16 in place")
    expect(page.locator("#announcer")).to_have_text("16 of 16 points are in place.")
    axe_clean(page)
    page.get_by_role("button", name="Save plan").click()
    expect(page.get_by_text("The plan of care is on file.")).to_be_visible()
    axe_clean(page)
    with page.expect_download() as downloaded:
        page.get_by_role("link", name="signed plan.pdf").click()
    assert downloaded.value.path().read_bytes() == signed_pdf.read_bytes()
    for address in (page.url, "/plans/", "/plans/new/"):
        page.goto(address)
        accessible_at_both_widths(page)
    # A download ends the navigation that led to it.
    assert [each for each in complaints if not re.search("/documents/|ERR_ABORTED", each)] == []
    context.close()


def test_the_same_without_scripts(
    browser: Browser, live_server: LiveServer, world: World, supplier_person: User, signed_pdf: Path
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=NARROW, base_url=live_server.url)
    page = context.new_page()
    sign_in(page, live_server.url, supplier_person)
    find_patient(page, world)
    fill(page, leave_out="discipline_")
    send_files(page, signed_pdf)
    expect(page.locator("#completeness h2")).to_have_text("16 of 16 in place")
    page.locator("#id_dosage").fill("")
    page.get_by_role("button", name="Check and save draft").click()
    expect(page.locator("#completeness h2")).to_have_text("15 of 16 in place")
    page.locator("#id_dosage").fill("0.375 mcg/kg/min")
    page.get_by_role("button", name="Save plan").click()
    expect(page.get_by_text("The plan of care is on file.")).to_be_visible()
    version = PlanOfCareVersion.objects.get()
    assert [each.name for each in version.documents.all()] == ["signed plan.pdf"]
    page.get_by_role("button", name="Change the plan").click()
    page.locator("#id_changed_on").fill("01/15/2026")
    page.locator("#id_dosage").fill("0.5 mcg/kg/min")
    page.get_by_role("button", name="Save the change").click()
    expect(page.get_by_text("The change of January 15 to the plan of care is not signed.")).to_be_visible()
    context.close()
