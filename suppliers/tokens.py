"""Secrets that are shown once and kept as a hash: keys of programs, links of invitations.

A secret has 256 random bits, so nobody finds it by trying, and its plain SHA-256 tells nothing of it. A slow hash makes
the guessing of chosen passwords dear; here it would only make every request dear.
"""

from __future__ import annotations

import hashlib
import secrets


def new_secret() -> str:
    """43 characters that stand in addresses and headers as they are."""
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """What is kept of a secret: its SHA-256 in hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()
