"""Probe rounds in Chromium: drawn and decided by staff and read by the supplier, without scripts; accessible."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from medical_review.models import Case, Probe
from medical_review.probes.actions import find_due_results
from tests.browser.helpers import accessible_at_both_widths, sign_in
from tests.claims.pages.scene import act_for
from tests.factories.world import World
from tests.medical_review.scene import payable  # noqa: F401
from tests.medical_review.test_probes import claims, settle

pytestmark = pytest.mark.browser


def test_a_round_is_drawn_found_and_read_by_the_supplier(
    plain: Page,
    page: Page,
    live_server: LiveServer,
    payable: World,  # noqa: F811
    reviewer: User,
    supplier_person: User,
) -> None:
    claims(payable, 20)
    act_for(supplier_person, payable.supplier)
    sign_in(plain, live_server.url, reviewer)
    plain.goto(reverse("review:choose_probe"))
    plain.get_by_label("Supplier’s NPI").fill(payable.supplier.npi)
    plain.get_by_label("Why this supplier").fill("Twice as many initial visits as its peers.")
    plain.get_by_role("button", name="Choose").click()
    plain.get_by_role("link", name="Draw a round").click()
    plain.get_by_label("Received from").fill("01/16/2026")
    plain.get_by_label("Received through").fill("01/16/2026")
    plain.get_by_role("button", name="Draw a round").click()
    expect(plain.get_by_role("heading", name="Round 1")).to_be_visible()
    for case in Case.objects.order_by("draw_position"):
        settle(case, reviewer, "deny" if (case.draw_position or 0) <= 5 else "affirm")
    assert find_due_results() == 1
    probe = Probe.objects.get()
    plain.goto(reverse("review:probe", args=[probe.pk]))
    expect(plain.get_by_role("cell", name="$2,000.00 ÷ $8,000.00")).to_be_visible()
    plain.get_by_role("link", name="Go on to the next round").click()
    plain.get_by_label("Reason").fill("A quarter of the charges.")
    plain.get_by_role("button", name="Go on to the next round").click()

    sign_in(page, live_server.url, reviewer)
    for name, arguments in (("probes", ()), ("probe", (probe.pk,)), ("probe_act", (probe.pk, "educate"))):
        page.goto(live_server.url + reverse(f"review:{name}", args=arguments))
        accessible_at_both_widths(page)
    sign_in(page, live_server.url, supplier_person)
    page.goto(live_server.url + reverse("review:own_probe", args=[probe.pk]))
    accessible_at_both_widths(page)

    sign_in(plain, live_server.url, supplier_person)
    plain.goto(reverse("review:own_probes"))
    plain.get_by_role("link", name=payable.supplier.name).click()
    expect(plain.get_by_text("Another round follows the education.")).to_be_visible()
