"""Where a webhook may go: https, and no address inside a network that others must not reach through us.

A name is resolved, every address that it has is judged, and the connection is made to the very address that was judged,
so that a name which points elsewhere a moment later changes nothing. Redirects are not followed.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from policy.refusals import Refused

#: Seconds for a step of a request, and for all of it; bytes that are read of an answer.
STEP_SECONDS, ALL_SECONDS, MOST_READ = 5.0, 10.0, 4096

#: Networks that carry an IPv4 address inside an IPv6 one: what they lead to is what counts.
NAT64 = ipaddress.ip_network("64:ff9b::/96")

PRIVATE = "This address lies in a network that webhooks must not reach. Give a public one."

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class NotReached(Exception):
    """No answer came; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Place:
    """An https address taken apart."""

    host: str
    port: int
    path: str


def place_of(url: str) -> Place:
    """The parts of an address; raises `Refused` for one that is no plain https address."""
    try:
        parts = urlsplit(url)
        port = parts.port or 443
    except ValueError as error:
        raise Refused("This is no address. Give one like https://claims.example.com/hook.", "no_url", "url") from error
    if parts.scheme != "https" or not parts.hostname:
        raise Refused("Give an address that begins with https://.", "not_https", "url")
    if parts.username or parts.password or parts.fragment:
        raise Refused("Leave out user name, password and what follows #.", "no_url", "url")
    if not url.isascii() or any(sign.isspace() or ord(sign) < 33 for sign in url):
        raise Refused("Write the address in plain letters, without spaces.", "no_url", "url")
    return Place(parts.hostname, port, _path(parts))


def _path(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def addresses_of(place: Place) -> list[str]:
    """The addresses of a place, every one of them allowed; raises `Refused` for one that is not, or for no name."""
    try:
        found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Refused(f"The name {place.host} leads nowhere. Check it.", "no_such_host", "url") from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not addresses or not all(is_allowed(address) for address in addresses):
        raise Refused(PRIVATE, "private", "url")
    return addresses


def is_allowed(text: str) -> bool:
    """Whether a webhook may go to an address: a public one, or one of the installation's own networks."""
    address = _meant(ipaddress.ip_address(text.partition("%")[0]))
    if any(address in ipaddress.ip_network(network) for network in settings.WEBHOOK_NETWORKS):
        return True
    return address.is_global and not address.is_multicast


def _meant(address: Address) -> Address:
    """The IPv4 address inside an IPv6 one that only carries it."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else address)


class _Pinned(http.client.HTTPSConnection):
    """A connection to an address that was judged, under the name that the certificate must have."""

    def __init__(self, place: Place, address: str) -> None:
        super().__init__(place.host, place.port, timeout=STEP_SECONDS, context=trust())
        self._address = address

    def connect(self) -> None:
        raw = socket.create_connection((self._address, self.port), STEP_SECONDS)
        self.sock = trust().wrap_socket(raw, server_hostname=self.host)


def trust() -> ssl.SSLContext:
    context = ssl.create_default_context()
    if settings.WEBHOOK_CERTIFICATES:
        context.load_verify_locations(settings.WEBHOOK_CERTIFICATES)
    return context


def post(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    """Send a request and give back the status of the answer, whatever it is. Raises `NotReached`."""
    try:
        place = place_of(url)
        address = addresses_of(place)[0]
    except Refused as refusal:
        raise NotReached(str(refusal)) from refusal
    connection = _Pinned(place, address)
    with _ended_after(ALL_SECONDS, connection):
        try:
            connection.request("POST", place.path, body, dict(headers))
            answer = connection.getresponse()
            answer.read(MOST_READ)
        except (OSError, http.client.HTTPException) as error:
            raise NotReached(in_words(error)) from error
        finally:
            connection.close()
    return answer.status


@contextmanager
def _ended_after(seconds: float, connection: http.client.HTTPSConnection) -> Iterator[None]:
    """Cuts a connection that is still open then, however slowly the other side goes on."""
    timer = threading.Timer(seconds, _cut, [connection])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _cut(connection: http.client.HTTPSConnection) -> None:
    if sock := connection.sock:
        with suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)


def in_words(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return f"No answer within {STEP_SECONDS:.0f} seconds."
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"The certificate is not accepted: {error.verify_message}."
    return f"No connection: {error}"[:300]
