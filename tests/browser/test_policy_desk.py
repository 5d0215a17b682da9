"""The policy desk in Chromium: a drug from a file, its impact, a second person, the claim that pays, and back again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from claims.daily import move_business_date, work_day
from claims.impact.working import work_impacts_awhile
from claims.mass.working import work_all
from claims.models import Claim, ClaimStatus, MassAdjustment, MassState, Remittance
from claims.payment.ledger import discrepancies
from claims.tasks import work_impacts
from policy import clock, readers
from policy.models import ChangeSet, HomeInfusionDrug
from tests.browser.helpers import accessible_at_both_widths, complaints_of, page_of, sign_in
from tests.claims.impact.conftest import dearer
from tests.claims.mass.conftest import PAID, RECEIVED, again, decided, line, world_of
from tests.factories.policy import load_small_tables, second_administrator
from tests.policy.test_uploading import DRUG_HEADER

pytestmark = pytest.mark.browser

ROW = 'J9999,,{category},IV,"Synthetic drug, new, 1 mg",false,2025-01-01,,CR 99999,published,\n'


@pytest.fixture(autouse=True)
def tables(live_server: LiveServer) -> Iterator[None]:
    load_small_tables()
    clock.set_today(RECEIVED)
    yield
    readers.forget()


def approve(browser: Browser, live_server: LiveServer, person: User, title: str) -> None:
    """Another administrator finds the set, sees its impact and approves it, without scripts."""
    with page_of(browser, live_server, person, scripts=False) as page:
        page.goto(reverse("policy:change_sets"))
        page.get_by_role("link", name=title).first.click()
        page.get_by_label("Reason").fill("Read in the document")
        page.get_by_role("button", name="Approve").click()
        expect(page.get_by_role("status").first).to_contain_text("published.")


def test_a_drug_of_a_file_is_mended_its_impact_seen_approved_by_a_second_person_pays_and_is_rolled_back(
    page: Page, browser: Browser, live_server: LiveServer, administrator: User
) -> None:
    waiting = decided(world_of(0, drug_bill={"hcpcs": "J9999"}))
    assert waiting.status == ClaimStatus.ON_HOLD
    complaints = complaints_of(page)
    sign_in(page, live_server.url, administrator)
    page.goto(live_server.url + reverse("policy:change_set_new"))
    page.get_by_label("Title").fill("Quarterly update")
    page.get_by_label("Source").fill("Change request 99999")
    page.get_by_label("Reason").fill("One new drug")
    page.get_by_role("button", name="Keep").click()
    page.get_by_role("link", name="Rows from a file").click()
    for category, said in ((4, "Line 2, payment_category"), (1, "1 row")):
        text = DRUG_HEADER + ROW.format(category=category)
        file = {"name": "april.csv", "mimeType": "text/csv", "buffer": text.encode()}
        page.locator("input[type=file]").set_input_files(files=[file])
        page.get_by_role("button", name="Check and put in").click()
        expect(page.locator("main")).to_contain_text(said)
    expect(page.get_by_role("row", name="+ added J9999")).to_be_visible()
    page.get_by_role("button", name="Work out the impact").click()
    expect(page.get_by_role("heading", name="The impact is being worked out")).to_be_visible()
    assert work_impacts_awhile() > 0
    expect(page.get_by_role("heading", name="No decided claim changes. 1 waiting claim")).to_be_visible()
    accessible_at_both_widths(page)
    page.goto(live_server.url + reverse("policy:change_set", args=[ChangeSet.objects.get().pk]))
    page.get_by_role("button", name="Propose").click()
    expect(page.get_by_role("button", name="Approve")).to_be_disabled()
    accessible_at_both_widths(page)

    second = second_administrator()
    approve(browser, live_server, second, "Quarterly update")
    work_impacts()
    work_day(clock.today())
    assert again(waiting).status == ClaimStatus.PAYABLE
    page.reload()
    page.get_by_label("Reason").fill("The drug is not on the list after all")
    page.get_by_role("button", name="Roll back").click()
    page.get_by_role("button", name="Propose").click()
    expect(page.get_by_role("complementary", name="Approval")).to_contain_text("another administrator decides")
    work_impacts()
    approve(browser, live_server, second, "Roll back")
    assert not HomeInfusionDrug.objects.filter(hcpcs="J9999", superseded_in=None).exists()
    assert complaints == []


def test_a_rate_reissued_after_the_fact_goes_from_its_impact_by_a_mass_adjustment_to_the_835(
    page: Page, browser: Browser, live_server: LiveServer, administrator: User
) -> None:
    claim = decided(world_of(0), line("G0088", 5), line("G0068", 8))
    move_business_date(PAID)
    told = Remittance.objects.get()
    rates = dearer(administrator)
    sign_in(page, live_server.url, administrator)
    page.goto(live_server.url + reverse("policy:change_set", args=[rates.pk]))
    page.get_by_role("button", name="Propose").click()
    expect(page.get_by_role("complementary", name="Approval")).to_contain_text("another administrator decides")
    work_impacts()
    second = second_administrator()
    approve(browser, live_server, second, rates.title)
    page.goto(live_server.url + reverse("claims:impact", args=[rates.pk]))
    expect(page.get_by_role("heading", name="1 line of 1 claim changes")).to_be_visible()
    accessible_at_both_widths(page)
    page.get_by_role("button", name="mass adjustment").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Mass adjustment")
    work_all()
    with page_of(browser, live_server, second, scripts=False) as plain:
        plain.goto(reverse("claims:mass_adjustment", args=[MassAdjustment.objects.get().pk]))
        plain.get_by_label("Why").fill("Seen")
        plain.get_by_role("button", name="Approve and run").click()
    work_all()
    assert MassAdjustment.objects.get().state == MassState.DONE
    move_business_date(PAID + dt.timedelta(days=30))
    paid = Claim.objects.get(pk=claim.pk).paid_amount
    corrected = Remittance.objects.exclude(pk=told.pk).get()
    assert corrected.paid_amount == paid - claim.paid_amount > 0
    assert f"CLP*{claim.patient_control_number}*22*" in corrected.content, "the payment that is taken back"
    assert discrepancies() == ()
