"""Deny by default: a view that does not say who may use it answers nobody.

A page says it with a decorator, an API view with the attribute `allowed_roles`:

    @allow(Role.EXAMINER, Role.REVIEWER)
    def worklist(request): ...

    class ClaimViewSet(ModelViewSet):
        allowed_roles = STAFF_ROLES

Views of other packages are named in one table, `accounts.third_party`. `DenyByDefaultMiddleware` enforces all three.
Which rows of a table a person may see is another question, answered by the query set's `visible_to(user)`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.urls import ResolverMatch
from django_htmx.http import HttpResponseClientRedirect
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from accounts.declarations import NOBODY, PUBLIC, SIGNED_IN, Access, allow, public, signed_in, staff
from accounts.models import User
from accounts.second_factor import lacks_second_factor
from accounts.third_party import third_party_rule

if TYPE_CHECKING:
    # REST framework imports its default permission, hence this module, before its own views exist.
    from rest_framework.views import APIView

__all__ = [
    "NOBODY",
    "PUBLIC",
    "SIGNED_IN",
    "Access",
    "DenyByDefaultMiddleware",
    "RolePermission",
    "allow",
    "declared_access",
    "person_of",
    "public",
    "signed_in",
    "staff",
    "visible_or_404",
]

M = TypeVar("M", bound=models.Model)
M_co = TypeVar("M_co", bound=models.Model, covariant=True)


def declared_access(match: ResolverMatch) -> Access | None:
    """What the view behind a resolved address declares, or nothing when it declares nothing."""
    view_class = getattr(match.func, "cls", None) or getattr(match.func, "view_class", None)
    own = getattr(match.func, "access", None) or getattr(view_class, "access", None)
    if own is not None:
        return own
    roles = getattr(view_class, "allowed_roles", None)
    if roles is not None:
        return Access(frozenset(roles))
    rule = third_party_rule(match)
    return rule.access if rule else None


class DenyByDefaultMiddleware:
    """Lets a request reach its view only when the view declares that this person may use it.

    Someone who has not signed in is sent to the sign-in page; a person of another role gets 403, and so does everyone
    where nothing is declared. API views answer for themselves, in JSON, through `RolePermission`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            # Pages hold health information: the Back button must not show them after signing out.
            response["Cache-Control"] = "private, no-store"
        rule = third_party_rule(request.resolver_match) if request.resolver_match else None
        if rule and rule.policy:
            response._csp_update = {name: list(sources) for name, sources in rule.policy.items()}  # type: ignore[attr-defined]
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        assert match is not None
        access = declared_access(match)
        if access is None:
            raise PermissionDenied("This page does not say who may open it, so nobody may.")
        if access.is_public or answers_for_itself(view):
            return None
        if not request.user.is_authenticated:
            return ask_to_sign_in(request)
        if not access.admits(request.user):
            raise PermissionDenied("This page is not open to your role.")
        if lacks_second_factor(request.user) and match.url_name not in WITHOUT_SECOND_FACTOR:
            return redirect("mfa_index")
        return None


#: What a person reaches who still has to set up the second step of signing in.
WITHOUT_SECOND_FACTOR = frozenset(
    {
        "account_logout",
        "account_reauthenticate",
        "help",
        "mfa_index",
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "mfa_add_webauthn",
    }
)


def answers_for_itself(view: Callable[..., Any]) -> bool:
    """Whether it is an API view that names its roles and lets `RolePermission` ask for them, which refuses in JSON."""
    view_class = getattr(view, "cls", None)
    asked = getattr(view_class, "permission_classes", ())
    return hasattr(view_class, "allowed_roles") and any(issubclass(each, RolePermission) for each in asked)


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """The way to the sign-in page and back; when htmx asked for a part, the whole page goes there."""
    sign_in = resolve_url(settings.LOGIN_URL)
    if not getattr(request, "htmx", False):
        return redirect_to_login(request.get_full_path(), sign_in)
    here = urlsplit(request.htmx.current_url or "/")  # type: ignore[attr-defined]
    back = f"{here.path}?{here.query}" if here.query else here.path
    return HttpResponseClientRedirect(redirect_to_login(back, sign_in).url)


class RolePermission(BasePermission):
    """The view of an API names its roles in `allowed_roles`, or nobody may use it."""

    message = "This operation is not open to your role."

    def has_permission(self, request: Request, view: APIView) -> bool:
        access = Access(frozenset(getattr(view, "allowed_roles", ())))
        return access.admits(request.user) and not lacks_second_factor(request.user)


def person_of(request: HttpRequest) -> User:
    """Who signed in; for views that are not public. The person comes from the session, never from the request."""
    assert isinstance(request.user, User)
    return request.user


class SeesRows(Protocol[M_co]):
    """A manager or query set that knows which of its rows a person may see."""

    def visible_to(self, user: User) -> models.QuerySet[M_co]: ...


def visible_or_404(rows: SeesRows[M], user: User, **lookup: object) -> M:
    """The one row that `lookup` names, if `user` may see it; a row out of sight does not exist for that person."""
    row = rows.visible_to(user).filter(**lookup).first()
    if row is None:
        raise Http404("No such record.")
    return row
