"""Papers for a claim in Chromium: announced, sent without scripts, seen on the claim; the pages as axe sees them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from claims.models import Attachment, Claim
from tests.beneficiaries.documents.making import pdf
from tests.browser.helpers import accessible_at_both_widths, page_of
from tests.claims.attachments.scene import announcing, pwk  # noqa: F401
from tests.claims.pages.scene import act_for, sent, world  # noqa: F401
from tests.factories.world import World

pytestmark = pytest.mark.browser


def test_papers_are_sent_without_scripts_and_stand_on_the_claim(
    browser: Browser,
    live_server: LiveServer,
    world: World,  # noqa: F811
    announcing: Callable[..., Claim],  # noqa: F811
    supplier_person: User,
) -> None:
    act_for(supplier_person, world.supplier)
    claim = announcing(pwk("ACN-2026-0001"))
    address = reverse("claims:claim", args=[claim.icn])
    with page_of(browser, live_server, supplier_person, scripts=False) as plain:
        plain.goto(address)
        papers = plain.get_by_role("region", name="Papers")
        expect(papers).to_contain_text("not here yet, waited for until January 23")
        papers.get_by_role("link", name="Send papers").click()
        plain.get_by_role("button", name="Send", exact=True).click()
        expect(plain.get_by_text("No file came.").first).to_be_visible()
        file = {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": pdf()}
        plain.get_by_label("Papers", exact=True).set_input_files([file])  # type: ignore[list-item]
        plain.get_by_role("button", name="Send", exact=True).click()
        expect(plain.get_by_text(Attachment.objects.get().number).first).to_be_visible()
        expect(plain.get_by_role("region", name="Papers")).to_contain_text("received on January 16")
    with page_of(browser, live_server, supplier_person) as page:
        for name in ("claims:attachments", "claims:attachment_send"):
            page.goto(reverse(name))
            accessible_at_both_widths(page)
        page.goto(address)
        accessible_at_both_widths(page)
