"""Secrets and signatures as Standard Webhooks has them: HMAC-SHA256 over id, time and body (standardwebhooks.com)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from accounts.adapter import EncryptingMfaAdapter

PREFIX = "whsec_"
BYTES = 32


def new_secret() -> str:
    """A secret as its owner is shown it once."""
    return PREFIX + base64.b64encode(secrets.token_bytes(BYTES)).decode()


def sealed(secret: str) -> str:
    """The secret as it is kept: encrypted with a key derived from `SECRET_KEY`."""
    return EncryptingMfaAdapter().encrypt(secret)


def opened(kept: str) -> str:
    return EncryptingMfaAdapter().decrypt(kept)


def signature(secret: str, message: str, moment: int, body: bytes) -> str:
    """The value of `webhook-signature` for a message sent at a moment (seconds since 1970)."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{message}.{moment}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
