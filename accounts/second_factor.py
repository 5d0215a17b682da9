"""The second step of signing in: who still has to set it up, and the events that its changes leave."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.dispatch import receiver

from accounts.actions import record_own_act
from accounts.models import User

WORDS = {
    Authenticator.Type.TOTP: "an authenticator app",
    Authenticator.Type.WEBAUTHN: "a passkey",
    Authenticator.Type.RECOVERY_CODES: "recovery codes",
}


def is_second_factor_required() -> bool:
    """`REQUIRE_SECOND_FACTOR`; without it, everywhere but in a demonstration, whose passwords are printed on a page."""
    return settings.REQUIRE_SECOND_FACTOR


def lacks_second_factor(user: Any) -> bool:
    """Whether a person still has to set one up; a program does not sign in, its key is all it has."""
    if not is_second_factor_required() or not user.is_authenticated or user.is_program:
        return False
    return not is_mfa_enabled(user)


@receiver(authenticator_added)
def record_added(user: User, authenticator: Authenticator, **signal: Any) -> None:
    record_own_act("second_step_added", user, f"set up {WORDS[authenticator.type]}")


@receiver(authenticator_removed)
def record_removed(user: User, authenticator: Authenticator, **signal: Any) -> None:
    record_own_act("second_step_removed", user, f"removed {WORDS[authenticator.type]}")


@receiver(authenticator_reset)
def record_reset(user: User, authenticator: Authenticator, **signal: Any) -> None:
    record_own_act("second_step_renewed", user, f"renewed {WORDS[authenticator.type]}")
