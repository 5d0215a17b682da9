"""Deny by default: every page, API operation and admin page says who may use it, and nobody else gets in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve, reverse
from rest_framework.views import APIView

from accounts.access import NOBODY, Access, DenyByDefaultMiddleware, RolePermission, declared_access, public
from accounts.models import Role, User
from tests.permissions.addresses import Address, all_addresses

ADDRESSES = all_addresses()
WITHOUT_ARGUMENTS = [address for address in ADDRESSES if not address.takes_arguments]

#: Open to everyone on purpose. Whoever adds an address here says why.
PUBLIC_ADDRESSES = {
    "account_login": "the way in",
    "account_signup": "says that accounts are made by an administrator",
    "account_inactive": "says that an account is closed",
    "mfa_authenticate": "the second step of signing in, before one is signed in",
    "mfa_login_webauthn": "signing in by passkey",
    "join": "whoever was invited has no account yet; the token of the link is the secret",
    "help": "words, keys and accessibility; holds no data",
    "live": "a supervisor cannot sign in; tells only that the process lives",
    "ready": "a proxy cannot sign in; tells only that database and broker answer",
    "metrics": "a scraper cannot sign in; the view asks for its token",
    "not_there": "says that an address below the API's is none",
    "explorer": "prices of the benefit, without a person",
    "book": "the code book: the benefit's tables, without a person",
    "book_table": "a table of the code book",
    "book_code": "a code of the code book",
    "public_tables": "the code book by API",
    "public_table": "a table of the code book by API",
    "public_price": "prices of the benefit by API",
}


def access_of(address: Address) -> Access:
    return declared_access(address.match()) or NOBODY


def is_public(address: Address) -> bool:
    return access_of(address).is_public


def test_the_walk_finds_pages_api_and_admin() -> None:
    routes = {str(address) for address in ADDRESSES}
    assert {"/", "/accounts/login/", "/admin/", "/api/v1/schema/", "/metrics"} <= routes


def test_every_url_declares_its_permission() -> None:
    silent = [str(address) for address in ADDRESSES if declared_access(address.match()) is None]
    assert silent == [], (
        "These do not say who may use them: decorate the view with allow(…), name allowed_roles on the API view, "
        "or add a line to accounts/third_party.py"
    )


def test_whatever_is_public_is_so_on_purpose() -> None:
    assert {address.pattern.name for address in ADDRESSES if is_public(address)} <= set(PUBLIC_ADDRESSES)


def test_someone_not_signed_in_gets_nothing(client: Client, db: None) -> None:
    closed = [address for address in WITHOUT_ARGUMENTS if not is_public(address)]
    answers = {str(address): client.get(str(address)).status_code for address in closed}
    assert {path: status for path, status in answers.items() if status not in {302, 401, 403, 405}} == {}


def test_a_supplier_gets_only_what_is_open_to_suppliers(
    supplier_person: User, signed_in_as: Callable[[User], Client]
) -> None:
    browser = signed_in_as(supplier_person)
    closed = [address for address in WITHOUT_ARGUMENTS if not access_of(address).admits(supplier_person)]
    answers = {str(address): browser.get(str(address)).status_code for address in closed}
    assert {path: status for path, status in answers.items() if status != 403} == {}


def test_metrics_are_for_administrators_and_for_the_scraper(
    supplier_person: User, administrator: User, client: Client, signed_in_as: Callable[[User], Client], settings: object
) -> None:
    address = reverse("metrics")
    settings.METRICS_TOKEN = "known-to-the-scraper"  # type: ignore[attr-defined]
    assert client.get(address).status_code == 403
    assert client.get(address, headers={"Authorization": "Bearer guessed"}).status_code == 403
    assert client.get(address, headers={"Authorization": "Bearer known-to-the-scraper"}).status_code == 200
    assert signed_in_as(supplier_person).get(address).status_code == 403
    assert signed_in_as(administrator).get(address).status_code == 200


def test_without_a_token_no_token_opens_the_metrics(client: Client, db: None) -> None:
    assert client.get(reverse("metrics"), headers={"Authorization": "Bearer "}).status_code == 403


# ---------- the gate itself ----------


def undeclared(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Nobody said who may read this.")


def ask_the_gate(view: Callable[..., HttpResponse], user: User) -> HttpResponse | None:
    request = RequestFactory().get("/")
    request.user = user
    request.resolver_match = Address("", (), type("Pattern", (), {"callback": view, "name": None})()).match()  # type: ignore[arg-type]
    return DenyByDefaultMiddleware(lambda request: HttpResponse()).process_view(request, view, (), {})  # type: ignore[return-value]


def test_a_view_that_declares_nothing_answers_nobody(administrator: User) -> None:
    with pytest.raises(PermissionDenied, match="nobody may"):
        ask_the_gate(undeclared, administrator)


def test_a_view_that_is_public_is_reached(supplier_person: User) -> None:
    assert ask_the_gate(public(lambda request: HttpResponse()), supplier_person) is None


class Undeclared(APIView):
    """An API view without `allowed_roles`."""


class ForExaminers(APIView):
    allowed_roles = (Role.EXAMINER,)


def test_an_api_view_that_names_no_role_answers_nobody(examiner: User, administrator: User) -> None:
    request = RequestFactory().get("/")
    for user, view, allowed in ((administrator, Undeclared(), False), (examiner, ForExaminers(), True)):
        request.user = user
        assert RolePermission().has_permission(request, view) is allowed  # type: ignore[arg-type]
    request.user = administrator
    assert not RolePermission().has_permission(request, ForExaminers())  # type: ignore[arg-type]


# ---------- what comes with an answer ----------


def test_the_way_back_is_kept_when_one_must_sign_in(client: Client, db: None) -> None:
    assert client.get("/admin/?q=1").url == "/accounts/login/?next=/admin/%3Fq%3D1"  # type: ignore[attr-defined]


def test_a_part_asked_for_by_htmx_takes_the_whole_page_to_the_sign_in(client: Client, db: None) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/admin/?q=1"}
    answer = client.get("/admin/", headers=headers)
    assert answer["HX-Redirect"] == "/accounts/login/?next=/admin/%3Fq%3D1"


def test_pages_of_someone_signed_in_are_never_stored(examiner: User, signed_in_as: Callable[[User], Client]) -> None:
    assert "no-store" in signed_in_as(examiner).get(reverse("account_change_password"))["Cache-Control"]


def test_only_the_admin_and_the_api_page_may_set_inline_styles(
    administrator: User, signed_in_as: Callable[[User], Client]
) -> None:
    browser = signed_in_as(administrator)
    policies = {path: browser.get(path)["Content-Security-Policy"] for path in ("/help/", "/admin/", "/api/v1/docs/")}
    assert "unsafe" not in policies["/help/"]
    assert "style-src 'self' 'unsafe-inline'" in policies["/admin/"]
    assert "style-src 'self' 'unsafe-inline'" in policies["/api/v1/docs/"]
    assert all("script-src" not in policy and "default-src 'self'" in policy for policy in policies.values())


def test_a_refusal_is_said_in_words(supplier_person: User, signed_in_as: Callable[[User], Client]) -> None:
    answer = signed_in_as(supplier_person).get("/admin/")
    assert answer.status_code == 403
    assert b"This page is not open to your role." in answer.content


def test_resolving_keeps_the_declaration(db: None) -> None:
    access = declared_access(resolve("/help/"))
    assert access is not None
    assert access.is_public
