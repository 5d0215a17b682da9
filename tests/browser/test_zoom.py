"""The workbench at 200 %: half as wide in CSS pixels, drawn twice as large."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from claims.inventory.counting import count_inventory
from claims.models import Claim, SavedFilter
from claims.reports.catalogue import REPORTS
from tests.browser.helpers import BUT_CONTRAST, ZOOMED, axe_clean, complaints_of, scrolls_sideways, sign_in
from tests.claims.inventory.lives import grown
from tests.claims.pages.scene import world  # noqa: F401
from tests.factories.world import World

pytestmark = pytest.mark.browser


def addresses(claim: Claim) -> list[str]:
    """The pages of an examiner's day."""
    alone = ("worklist", "saved_filters", "columns", "export_page", "approvals", "adjustments", "mass_adjustments")
    about = ("claim", "assign", "note", "override", "hold", "release")
    return [
        "/",
        *(reverse(f"claims:{name}") for name in alone),
        *(reverse(f"claims:{name}", args=[claim.icn]) for name in about),
        reverse("beneficiary", args=[claim.beneficiary_id]),
        reverse("suppliers:list"),
        reverse("supplier", args=[claim.supplier_id]),
        *(reverse(f"reports:{report.name}") for report in REPORTS),
    ]


def test_no_page_of_the_workbench_has_axe_findings_or_scrolls_sideways_at_twice_the_size(
    browser: Browser,
    live_server: LiveServer,
    world: World,  # noqa: F811
    examiner: User,
) -> None:
    grown(world, examiner)
    count_inventory()
    SavedFilter.objects.create(owner=examiner, name="Waits", query="status=on_hold", is_shared=True)
    waiting = Claim.objects.filter(status="on_hold").earliest("pk")
    context = browser.new_context(**ZOOMED, base_url=live_server.url)
    page = context.new_page()
    complaints = complaints_of(page)
    sign_in(page, live_server.url, examiner)
    for path in addresses(waiting):
        page.goto(path)
        page.evaluate("document.querySelectorAll('main details').forEach(each => each.open = true)")
        axe_clean(page, BUT_CONTRAST)
        assert not scrolls_sideways(page), path
    assert complaints == []
    context.close()
