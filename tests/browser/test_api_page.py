"""The page that describes the API, drawn by Swagger, in Chromium."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from tests.browser.helpers import AXE_RULES, axe_clean, complaints_of, sign_in

pytestmark = pytest.mark.browser


#: What Swagger itself leaves undone inside an opened operation; the OpenAPI file says the same without it.
OF_SWAGGER = {"select-name", "scrollable-region-focusable"}


def test_the_description_of_the_api_has_no_axe_findings(page: Page, live_server: LiveServer, examiner: User) -> None:
    complaints = complaints_of(page)
    sign_in(page, live_server.url, examiner)
    page.goto(live_server.url + reverse("api-docs"))
    page.locator(".opblock").first.wait_for()
    axe_clean(page)
    page.locator(".opblock-summary-control").first.click()
    page.locator(".opblock-body .responses-table").first.wait_for()
    found = Axe().run(page, options=AXE_RULES).response["violations"]
    assert {violation["id"] for violation in found} <= OF_SWAGGER
    assert complaints == []
