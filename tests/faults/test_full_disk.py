"""The disk of documents is full: the sender is told in words, nothing is half received, and later all of it is.

A limit on the size of files lets a write begin and breaks it off in the middle, as a full disk does, for any user. The
full disk itself is a file system of 64 kB, which only root may mount and only the child sees.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client, override_settings
from django.urls import reverse

from claims.intake.keeping import NotKept, content_of, keep_file
from claims.models import Claim, ReceivedFile
from hit_project.storage import WholeFiles
from tests.accounts.cast import *  # noqa: F403
from tests.claims.pages.scene import *  # noqa: F403
from tests.embedded.conftest import ROOT
from tests.factories.world import World
from tests.faults.room import CLAIMS, LARGE_FILE, no_room

pytestmark = pytest.mark.faults

SENTENCE = "The disk for documents is full, so nothing of the file was received."


def by_page(client: Client, file: Path) -> str:
    sent = SimpleUploadedFile(file.name, file.read_bytes())
    return client.post(reverse("claims:upload"), {"file": sent}, follow=True).content.decode()


def by_api(client: Client, file: Path) -> str:
    sent = SimpleUploadedFile(file.name, file.read_bytes())
    response = client.post(reverse("api:files"), {"file": sent}, headers={"Idempotency-Key": "the same one"})
    assert response.status_code in (201, 507)
    return str(response.json())


def by_command(client: Client, file: Path) -> str:
    try:
        call_command("receive_837", str(file), verbosity=0)
    except CommandError as error:
        return str(error)
    return ""


@pytest.fixture
def empty_disk(tmp_path: Path) -> Iterator[None]:
    """A file that another test has stored already would find room: it is there."""
    with override_settings(MEDIA_ROOT=tmp_path / "documents"):
        yield


@pytest.mark.parametrize("send", [by_page, by_api, by_command])
@pytest.mark.usefixtures("empty_disk")
def test_who_sends_a_file_is_told_that_the_disk_is_full_and_may_send_it_again(
    send: Callable[[Client, Path], str], billing: Client, tmp_path: Path
) -> None:
    file = tmp_path / "claims.x12"
    file.write_bytes(LARGE_FILE)
    with no_room():
        assert SENTENCE in send(billing, file)
    assert not ReceivedFile.objects.exists()
    assert stored_files() == set(), "no part of the file is left"
    assert SENTENCE not in send(billing, file)
    received = ReceivedFile.objects.get()
    assert (received.state, received.accepted) == (ReceivedFile.State.FINISHED, CLAIMS)
    assert content_of(received) == LARGE_FILE


def stored_files() -> set[Path]:
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


def test_a_disk_that_refuses_for_another_reason_says_which(db: None, tmp_path: Path) -> None:
    (tmp_path / "received").touch()
    reason = r"The disk for documents refused it \(.+\), so nothing"
    with override_settings(MEDIA_ROOT=tmp_path), pytest.raises(NotKept, match=reason):
        keep_file(LARGE_FILE, "claims.x12", None)
    assert not ReceivedFile.objects.exists()


#: Receives a file on a full disk, then makes room and receives it again; says what it found.
CHILD = """
import json, sys
from pathlib import Path
import django
django.setup()
from claims.intake.keeping import NotKept, content_of
from claims.intake.receive import receive_file
from django.conf import settings

disk, content = Path(settings.MEDIA_ROOT), Path(sys.argv[1]).read_bytes()
(disk / "filler").write_bytes(bytes(52 * 1024))
try:
    refusal = receive_file(content, "claims.x12").account
except NotKept as error:
    refusal = str(error)
(disk / "filler").unlink()
left = [path.name for path in disk.rglob("*") if path.is_file()]
file = receive_file(content, "claims.x12").file
print(json.dumps([refusal, left, content_of(file) == content]))
"""
MOUNT = 'mount -t tmpfs -o size=64k none "$0" && exec "$@"'


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a file system")
def test_a_disk_that_is_really_full(world: World, child_environment: dict[str, str], tmp_path: Path) -> None:
    documents, file = tmp_path / "files", tmp_path / "claims.x12"
    documents.mkdir()
    file.write_bytes(LARGE_FILE)
    command = ["unshare", "--mount", "sh", "-c", MOUNT, str(documents), sys.executable, "-c", CHILD, str(file)]
    environment = {**child_environment, "HIT_VAR_DIR": str(tmp_path)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    refusal, left, is_whole = json.loads(done.stdout)
    assert refusal.startswith(SENTENCE)
    assert (left, is_whole) == ([], True)
    assert Claim.objects.count() == CLAIMS


#: Is killed when half of a file is written.
HALF = """
import os, signal, sys
from django.conf import settings
settings.configure()
from django.core.files.base import ContentFile
from hit_project.storage import WholeFiles

class Half(ContentFile):
    def chunks(self, chunk_size=None):
        yield self.read(100_000)
        os.kill(os.getpid(), signal.SIGKILL)

WholeFiles(location=sys.argv[1]).save("received/a-file", Half(bytes(200_000)))
"""


def test_a_process_killed_while_it_writes_leaves_no_file_of_that_name(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", HALF, str(tmp_path)], cwd=ROOT, check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    storage = WholeFiles(location=tmp_path)
    assert not storage.exists("received/a-file")
    assert [path.suffix for path in (tmp_path / "received").iterdir()] == [".draft"]
    assert storage.save("received/a-file", ContentFile(b"whole")) == "received/a-file"
