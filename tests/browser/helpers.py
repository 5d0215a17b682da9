"""What tests in a real browser share: signing in, accessibility, and a page that must not complain."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize
from pytest_django.live_server_helper import LiveServer

from accounts.models import User

#: Window sizes.
WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 320, "height": 700}
#: What 200 % zoom of a window 1280 pixels wide is, as options of a browser context.
ZOOMED: dict[str, Any] = {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2}

#: WCAG 2.1 A and AA, with axe's best practices; Section 508 asks for the first two.
AXE_RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "section508", "best-practice"]},
    # What passes is not described, which takes more than half of the time.
    "resultTypes": ["violations"],
    "preload": False,
}
#: Contrast takes three quarters of axe's time and does not depend on the width: it is measured once a page, in
#: `make proof` always.
BUT_CONTRAST = {**AXE_RULES, "rules": {"color-contrast": {"enabled": bool(os.environ.get("HIT_PROOF"))}}}


def axe_clean(page: Page, rules: dict[str, Any] = AXE_RULES) -> None:
    """Fails with axe's own words when it finds anything on the page as it is now."""
    violations = Axe().run(page, options=rules).response["violations"]
    assert not violations, "\n".join(map(_in_words, violations))


def accessible_at_both_widths(page: Page) -> None:
    """Fails when the page as it is now has axe findings, or is wider than the window, on a desk or on a phone."""
    for window, rules in ((WIDE, AXE_RULES), (NARROW, BUT_CONTRAST)):
        page.set_viewport_size(window)
        axe_clean(page, rules)
        assert not scrolls_sideways(page), f"{page.url} at {window['width']} pixels"
    page.set_viewport_size(WIDE)


def _in_words(violation: dict[str, Any]) -> str:
    places = "\n".join(f"    {node['html'][:200]}" for node in violation["nodes"][:5])
    return f"{violation['id']}: {violation['help']}\n{places}"


def sign_in(page: Page, server: str, person: User) -> None:
    """Gives the browser a session of `person` at `server` (the address of `live_server`), without the sign-in page."""
    client = Client()
    client.force_login(person)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": server}])


@contextmanager
def page_of(browser: Browser, server: LiveServer, person: User, *, scripts: bool = True) -> Iterator[Page]:
    """A wide page of a person who is signed in, with scripts or without."""
    context = browser.new_context(java_script_enabled=scripts, viewport=WIDE, base_url=server.url)
    page = context.new_page()
    sign_in(page, server.url, person)
    yield page
    context.close()


def complaints_of(page: Page) -> list[str]:
    """A list that fills with errors of the page: refusals of the content policy, scripts that fail, missing files."""
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.append(f"failed: {urlsplit(request.url).path}"))
    return complaints


def scrolls_sideways(page: Page) -> bool:
    """Whether the page as a whole is wider than the window, which WCAG 1.4.10 (reflow) forbids."""
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))
