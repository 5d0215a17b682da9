"""Whether a person still has to set up the second step of signing in (an authenticator app or a passkey)."""

from __future__ import annotations

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings


def is_second_factor_required() -> bool:
    """`REQUIRE_SECOND_FACTOR`; without it, everywhere but in a demonstration, whose passwords are printed on a page."""
    return bool(getattr(settings, "REQUIRE_SECOND_FACTOR", not settings.IS_DEMONSTRATION))


def lacks_second_factor(user: Any) -> bool:
    return is_second_factor_required() and user.is_authenticated and not is_mfa_enabled(user)
