"""Who may use the views of other packages, which cannot be decorated: one table, by name or by namespace.

An address that matches no line is refused, and `tests/permissions` fails on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.urls import ResolverMatch

from accounts.declarations import NOBODY, PUBLIC, SIGNED_IN, Access
from accounts.models import Role

#: Additions to the content security policy, by directive.
Policy = Mapping[str, tuple[str, ...]]

#: The Django admin sets styles on elements.
ADMIN_POLICY: Policy = {"style-src": ("'self'", "'unsafe-inline'")}


@dataclass(frozen=True, slots=True)
class ThirdParty:
    """One line of the table: who may, and what its pages need that our content security policy does not give."""

    access: Access
    policy: Policy = field(default_factory=dict)


NAMES: dict[str, ThirdParty] = {
    # allauth: signing in and out, one's own password; the sign-up page says that it is closed
    "account_login": ThirdParty(PUBLIC),
    "account_signup": ThirdParty(PUBLIC),
    "account_logout": ThirdParty(SIGNED_IN),
    "account_inactive": ThirdParty(PUBLIC),
    "account_reauthenticate": ThirdParty(SIGNED_IN),
    "account_change_password": ThirdParty(SIGNED_IN),
    # allauth: what is not offered here. Administrators make people, set their address and a new password.
    "account_set_password": ThirdParty(NOBODY),
    "account_email": ThirdParty(NOBODY),
    "account_email_verification_sent": ThirdParty(NOBODY),
    "account_confirm_email": ThirdParty(NOBODY),
    "account_reset_password": ThirdParty(NOBODY),
    "account_reset_password_done": ThirdParty(NOBODY),
    "account_reset_password_from_key": ThirdParty(NOBODY),
    "account_reset_password_from_key_done": ThirdParty(NOBODY),
    "account_confirm_login_code": ThirdParty(NOBODY),
    # allauth: the second step of signing in
    "mfa_authenticate": ThirdParty(PUBLIC),
    "mfa_login_webauthn": ThirdParty(PUBLIC),
    "mfa_trust": ThirdParty(NOBODY),
    "mfa_reauthenticate": ThirdParty(SIGNED_IN),
    "mfa_reauthenticate_webauthn": ThirdParty(SIGNED_IN),
    "mfa_index": ThirdParty(SIGNED_IN),
    "mfa_activate_totp": ThirdParty(SIGNED_IN),
    "mfa_deactivate_totp": ThirdParty(SIGNED_IN),
    "mfa_view_recovery_codes": ThirdParty(SIGNED_IN),
    "mfa_generate_recovery_codes": ThirdParty(SIGNED_IN),
    "mfa_download_recovery_codes": ThirdParty(SIGNED_IN),
    "mfa_list_webauthn": ThirdParty(SIGNED_IN),
    "mfa_add_webauthn": ThirdParty(SIGNED_IN),
    "mfa_edit_webauthn": ThirdParty(SIGNED_IN),
    "mfa_remove_webauthn": ThirdParty(SIGNED_IN),
    "mfa_signup_webauthn": ThirdParty(NOBODY),
}

NAMESPACES: dict[str, ThirdParty] = {
    "admin": ThirdParty(Access(frozenset({Role.ADMINISTRATOR})), ADMIN_POLICY),
}


def third_party_rule(match: ResolverMatch) -> ThirdParty | None:
    """The line of the table for a resolved address, or nothing."""
    if match.namespaces:
        return NAMESPACES.get(match.namespaces[0])
    return NAMES.get(match.url_name or "")
