from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from tests.accounts.cast import *  # noqa: F403
from tests.browser.helpers import WIDE, sign_in


@pytest.fixture(params=[True, False], ids=["scripts", "plain"])
def scripts(request: pytest.FixtureRequest) -> bool:
    """Whether the browser runs scripts."""
    return bool(request.param)


@pytest.fixture
def desk(browser: Browser, scripts: bool, live_server: LiveServer, examiner: User) -> Iterator[Page]:
    """An examiner's page with and without scripts."""
    context = browser.new_context(java_script_enabled=scripts, viewport=WIDE, base_url=live_server.url)
    page = context.new_page()
    sign_in(page, live_server.url, examiner)
    yield page
    context.close()


@pytest.fixture
def plain(browser: Browser, live_server: LiveServer, examiner: User) -> Iterator[Page]:
    """An examiner's page without scripts."""
    context = browser.new_context(java_script_enabled=False, viewport=WIDE, base_url=live_server.url)
    page = context.new_page()
    sign_in(page, live_server.url, examiner)
    yield page
    context.close()
