"""How allauth behaves here: nobody signs up, what people do to their accounts leaves events, secrets are encrypted."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.encoding import force_bytes

from accounts.actions import record_own_act

log = structlog.get_logger(__name__)


class ClosedAdapter(DefaultAccountAdapter):
    """People are made by an administrator; there is no way to make an account oneself."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        record_own_act("signed_in", user, "signed in")
        return super().post_login(request, user, **kwargs)

    def set_password(self, user: Any, password: str) -> None:
        super().set_password(user, password)
        record_own_act("password_changed", user, "changed the password")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        # A log line, not an event: whoever has no account must not be able to fill the audit trail.
        log.warning("sign_in_failed", client=self.get_client_ip(request))
        super().authentication_failed(request, **credentials)


class EncryptingMfaAdapter(DefaultMFAAdapter):
    """Keeps the keys of authenticator apps and the seeds of recovery codes encrypted in the database.

    The key is derived from `SECRET_KEY`; those in `SECRET_KEY_FALLBACKS` still decrypt, so that it can be changed.
    """

    def get_totp_issuer(self) -> str:
        return "Home Infusion Claims"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": self.get_totp_issuer()}

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:  # noqa: A002 - allauth's name
        count = Authenticator.objects.filter(user=user, type=type).count()
        return "Passkey" if count == 0 else f"Passkey {count + 1}"

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> MultiFernet:
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    digests = (hashlib.sha256(b"second factor:" + force_bytes(secret)).digest() for secret in secrets)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
