"""The second step of signing in: an app, passkeys, recovery codes."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from accounts.models import Event, User
from tests.accounts.cast import PASSWORD

SignIn = Callable[[User], Client]


def current_code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def own_browser(examiner: User, signed_in_as: SignIn) -> Client:
    """The examiner's, who has just confirmed the password, as sensitive acts require."""
    client = signed_in_as(examiner)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


@pytest.fixture
def secret(own_browser: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> str:
    """The examiner's authenticator app, set up."""
    key = own_browser.get(reverse("mfa_activate_totp")).context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        answer = own_browser.post(reverse("mfa_activate_totp"), {"code": current_code(key)})
    assert answer.status_code == 302, answer.context["form"].errors
    return str(key)


@pytest.mark.parametrize(
    "name", ["mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn", "account_change_password"]
)
def test_the_pages_of_ones_own_account_open_in_the_frame(name: str, own_browser: Client) -> None:
    answer = own_browser.get(reverse(name))
    assert answer.status_code == 200
    assert b"Skip to main content" in answer.content


def test_changing_the_protection_asks_for_the_password_once_more(examiner: User, signed_in_as: SignIn) -> None:
    answer = signed_in_as(examiner).get(reverse("mfa_activate_totp"))
    assert answer.url.startswith(reverse("account_reauthenticate"))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "name", ["mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_deactivate_totp", "mfa_reauthenticate"]
)
def test_the_pages_behind_a_second_step_open_in_the_frame(name: str, own_browser: Client, secret: str) -> None:
    answer = own_browser.get(reverse(name))
    assert answer.status_code == 200
    assert b"Skip to main content" in answer.content


def test_what_changes_the_protection_leaves_events(own_browser: Client, secret: str) -> None:
    own_browser.post(reverse("mfa_deactivate_totp"))
    said = [event.sentence for event in Event.objects.filter(verb__startswith="second_step").order_by("pk")]
    assert "Erin Examiner set up an authenticator app." in said
    assert "Erin Examiner removed an authenticator app." in said


def test_setting_up_an_app_gives_recovery_codes(own_browser: Client, secret: str) -> None:
    assert len(own_browser.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]) == 10


def test_signing_in_then_asks_for_the_code(examiner: User, secret: str) -> None:
    client = Client()
    answer = client.post(reverse("account_login"), {"login": examiner.email, "password": PASSWORD})
    assert answer.url == reverse("mfa_authenticate")  # type: ignore[attr-defined]
    assert "_auth_user_id" not in client.session
    assert b"Second step of signing in" in client.get(answer.url).content  # type: ignore[attr-defined]
    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    assert "_auth_user_id" not in client.session


def test_a_recovery_code_lets_one_in_once(examiner: User, own_browser: Client, secret: str) -> None:
    code = own_browser.get(reverse("mfa_view_recovery_codes")).context["unused_codes"][0]
    for expected in (302, 200):
        client = Client()
        client.post(reverse("account_login"), {"login": examiner.email, "password": PASSWORD})
        assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == expected


def test_the_apps_key_is_not_readable_in_the_database(secret: str) -> None:
    assert secret not in str(Authenticator.objects.get(type=Authenticator.Type.TOTP).data)


def test_where_it_is_required_a_second_step_must_be_set_up_first(
    examiner: User, signed_in_as: SignIn, settings: Settings
) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    browser = signed_in_as(examiner)
    assert browser.get(reverse("account_change_password")).url == reverse("mfa_index")  # type: ignore[attr-defined]
    assert browser.get(reverse("mfa_index")).status_code == 200


def test_with_a_second_step_everything_opens(own_browser: Client, secret: str, settings: Settings) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    assert own_browser.get(reverse("account_change_password")).status_code == 200
