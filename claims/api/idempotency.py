"""Requests with an `Idempotency-Key`: the same request sent again is answered as the first time, not done again."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable

import orjson
from django.db import IntegrityError
from django.utils import timezone
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import IdempotencyKey, User
from claims.api.errors import Conflict, KeyReused

HEADER = "Idempotency-Key"
LONGEST_KEY = 100

#: A first request that was not answered for so long was broken off; the next one with its key does it.
BROKEN_OFF_AFTER = dt.timedelta(minutes=10)


def done_once(request: Request, person: User, content: bytes, work: Callable[[], Response]) -> Response:
    """The answer of `work`, or the one that this person's key was given before; `content` is what was sent."""
    key = request.headers.get(HEADER, "")
    if not key:
        return work()
    if len(key) > LONGEST_KEY:
        raise exceptions.ValidationError({HEADER: [f"A key has at most {LONGEST_KEY} characters."]})
    kept, is_new = _taken(person, key, _hash(request, content))
    if not is_new:
        if kept.request_hash != _hash(request, content):
            raise KeyReused
        if kept.response_status is not None:
            return _answered(kept)
        if timezone.now() - kept.created_at < BROKEN_OFF_AFTER:
            raise Conflict("The first request with this key is still being worked. Send it again in a minute.")
    return _worked(kept, work)


def _taken(person: User, key: str, request_hash: str) -> tuple[IdempotencyKey, bool]:
    """The row of a key, and whether this request is the first with it."""
    try:
        return IdempotencyKey.objects.get_or_create(user=person, key=key, defaults={"request_hash": request_hash})
    except IntegrityError:
        # Another request had the key, failed and freed it, all while this one looked.
        raise Conflict("A request with this key has failed at this moment. Send it again.") from None


def _answered(kept: IdempotencyKey) -> Response:
    return Response(orjson.loads(kept.response_body), kept.response_status, headers={"Idempotent-Replay": "true"})


def _hash(request: Request, content: bytes) -> str:
    head = f"{request.method} {request.path}\n".encode()
    return hashlib.sha256(head + content).hexdigest()


def _worked(kept: IdempotencyKey, work: Callable[[], Response]) -> Response:
    """Do the work and keep its answer; a request that fails leaves its key free."""
    try:
        response = work()
    except BaseException:
        kept.delete()
        raise
    kept.response_status = response.status_code
    kept.response_body = orjson.dumps(response.data, default=str).decode()
    kept.save(update_fields=["response_status", "response_body"])
    return response
