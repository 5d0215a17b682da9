"""The virus scanner: clamd, asked over its socket (INSTREAM), where the settings name one."""

from __future__ import annotations

import socket
import struct
from typing import IO

from django.conf import settings

from beneficiaries.models import Document

CHUNK = 64 * 1024


class ScannerAway(Exception):
    """The scanner did not answer, or not with a verdict; `str()` says why. What it was asked about stays held."""


def has_scanner() -> bool:
    return bool(settings.CLAMAV_ADDRESS)


def scan(content: IO[bytes]) -> Document.Scan:
    """What the scanner says of the bytes, CLEAN or INFECTED; NOT_SCANNED where there is none. Raises ScannerAway."""
    if not has_scanner():
        return Document.Scan.NOT_SCANNED
    try:
        with connect(settings.CLAMAV_ADDRESS) as connection:
            connection.sendall(b"zINSTREAM\0")
            while chunk := content.read(CHUNK):
                connection.sendall(struct.pack("!L", len(chunk)) + chunk)
            connection.sendall(struct.pack("!L", 0))
            answer = connection.makefile("rb").read().rstrip(b"\0\n").decode(errors="replace")
    except OSError as error:
        raise ScannerAway(str(error)) from error
    if answer.endswith(" OK"):
        return Document.Scan.CLEAN
    if answer.endswith(" FOUND"):
        return Document.Scan.INFECTED
    raise ScannerAway(answer or "no answer")


def connect(address: str) -> socket.socket:
    """A connection to "unix:/run/clamav/clamd.ctl" or "tcp:host:3310"."""
    scheme, _, rest = address.partition(":")
    if scheme == "unix":
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(settings.CLAMAV_SECONDS)
        connection.connect(rest)
        return connection
    host, _, port = rest.rpartition(":")
    return socket.create_connection((host, int(port)), settings.CLAMAV_SECONDS)
