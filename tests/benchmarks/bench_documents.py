"""A document of 40 MB on its way in: seconds, and the memory that the server and the process that opens it take.

python -m tests.benchmarks.bench_documents
"""

from __future__ import annotations

import http.client
import multiprocessing
import os
import resource
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

from tests.benchmarks.database import join, measured_database
from tests.benchmarks.report import Figure, report

os.environ.setdefault("STATIC_STORAGE", "django.contrib.staticfiles.storage.StaticFilesStorage")

MEGABYTE = 1024 * 1024
BOUNDARY = "document-of-a-benchmark"
TOKEN = "t" * 32


def main() -> None:
    with measured_database() as database:
        address, cookies = a_draft()
        fresh = multiprocessing.get_context("spawn")
        ours, theirs = fresh.Pipe()
        server = fresh.Process(target=serve, args=(database, theirs))
        server.start()
        port = ours.recv()
        send(port, address, cookies, a_pdf(1))
        before = asked(ours)
        sent = time.perf_counter()
        send(port, address, cookies, a_pdf(39))
        seconds = time.perf_counter() - sent
        after, opening = asked(ours), asked(ours, "children")
        server.terminate()
        server.join()
    report(
        Figure("receipt of a document of 39 MB, with all checks", seconds, "s"),
        Figure("memory of the server after a document of 1 MB, at its peak", before, "MB"),
        Figure("growth of that peak by a document of 39 MB", after - before, "MB", "≤ 10"),
        Figure("memory of the process that opens a document of 39 MB, at its peak", opening, "MB", "≤ 1,536"),
    )


def a_draft() -> tuple[str, str]:
    """The address that takes documents of a draft, and the cookies of a person who may send them."""
    from django.conf import settings
    from django.test import Client
    from django.urls import reverse

    from accounts.models import Role
    from beneficiaries.plans.actions import begin_plan
    from tests.accounts.cast import make_person
    from tests.claims.pages.scene import act_for
    from tests.factories.world import base_world

    world = base_world()
    person = make_person("Sam Supplier", Role.SUPPLIER)
    act_for(person, world.supplier)
    client = Client()
    client.force_login(person)
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    draft = begin_plan(world.supplier, world.beneficiary.pk, by=person)
    return reverse("plans:draft_documents", args=[draft.pk]), f"{session.key}={session.value}; csrftoken={TOKEN}"


def a_pdf(megabytes: int) -> bytes:
    """A scan: pages with pictures of one megabyte each that cannot be packed."""
    from pypdf.generic import DecodedStreamObject

    from tests.beneficiaries.documents.making import pdf

    def add(writer: Any) -> None:
        for _ in range(megabytes):
            stream = DecodedStreamObject()
            stream.set_data(os.urandom(MEGABYTE))
            writer._add_object(stream)

    return pdf(pages=megabytes, change=add)


def send(port: int, address: str, cookies: str, content: bytes) -> None:
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{TOKEN}\r\n'
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="scan.pdf"\r\n'
        "Content-Type: application/pdf\r\n\r\n"
    )
    body = head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
    connection = http.client.HTTPConnection("127.0.0.1", port)
    headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", "Cookie": cookies}
    connection.request("POST", address, body, headers)
    response = connection.getresponse()
    said = response.read()
    assert response.status == 302, said[:500]
    from beneficiaries.models import Document

    assert Document.objects.latest("pk").size == len(content)


def asked(server: Connection, what: str = "peak") -> float:
    server.send(what)
    return float(server.recv())


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        """A benchmark prints its figures only."""


def serve(database: str, parent: Connection) -> None:
    """Serve pages; tell the port first, then the peak of this process, or of those it started, in megabytes."""
    join(database)
    from django.core.wsgi import get_wsgi_application

    with make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Quiet) as server:
        server.timeout = 0.1
        parent.send(server.server_port)
        while True:
            server.handle_request()
            if parent.poll():
                parent.send(peak() if parent.recv() == "peak" else of_children())


def peak() -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def of_children() -> float:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


if __name__ == "__main__":
    main()
