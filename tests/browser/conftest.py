from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from tests.accounts.cast import *  # noqa: F403
from tests.browser.helpers import page_of


@pytest.fixture(scope="session", autouse=True)
def patience() -> None:
    """On a busy machine a page takes its time; what never comes fails all the same."""
    expect.set_options(timeout=20_000)


@pytest.fixture(params=[True, False], ids=["scripts", "plain"])
def scripts(request: pytest.FixtureRequest) -> bool:
    """Whether the browser runs scripts."""
    return bool(request.param)


@pytest.fixture
def desk(browser: Browser, scripts: bool, live_server: LiveServer, examiner: User) -> Iterator[Page]:
    """An examiner's page with and without scripts."""
    with page_of(browser, live_server, examiner, scripts=scripts) as page:
        yield page


@pytest.fixture
def plain(browser: Browser, live_server: LiveServer, examiner: User) -> Iterator[Page]:
    """An examiner's page without scripts."""
    with page_of(browser, live_server, examiner, scripts=False) as page:
        yield page
