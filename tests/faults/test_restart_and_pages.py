"""PostgreSQL is restarted under the pages: no later request fails."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection

import pytest

from tests.embedded.conftest import ROOT, wait_for
from tests.faults.installation import Installation, kill_group

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

SOMEBODY = {"Cookie": "sessionid=a-session-that-the-database-is-asked-for"}
TO_THE_SIGN_IN = 302


@contextmanager
def pages(installation: Installation) -> Iterator[int]:
    """One thread that serves the pages, and so keeps its one connection; its port."""
    command = [sys.executable, "-m", "gunicorn", "hit_project.wsgi", "--workers", "1", "--bind", "127.0.0.1:0"]
    log = installation.places.log("web")
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=installation.environment, stdout=output, stderr=output, start_new_session=True
        )
    try:
        wait_for(lambda: "Listening at: " in log.read_text(), seconds=120)
        yield int(log.read_text().partition("Listening at: http://127.0.0.1:")[2].split()[0])
    finally:
        kill_group(process)


def status_of(port: int) -> int:
    request = HTTPConnection("127.0.0.1", port, timeout=120)
    request.request("GET", "/", headers=SOMEBODY)
    return request.getresponse().status


def test_no_request_fails_after_postgresql_was_killed_and_has_recovered(installation: Installation, day: None) -> None:
    with pages(installation) as port:
        assert status_of(port) == TO_THE_SIGN_IN
        installation.kill_postgres()
        installation.postgres.ensure_running()
        assert [status_of(port) for _ in range(5)] == [TO_THE_SIGN_IN] * 5
