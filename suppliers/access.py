"""At the door: whether a person or a program of suppliers holds the right that a page or an API view names.

A page names it with `accounts.access.allow(…, right=…)`, an API view by method:

    class ClaimList(OneShape, …):
        allowed_roles = EVERY_ROLE
        rights = {"GET": Right.CLAIMS_READ}

A program shows its key: `Authorization: Bearer hit_…`. What a view names no right for, nobody of a supplier may do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from allauth.account.auth_backends import AuthenticationBackend
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from accounts.access import RolePermission, declared_access
from accounts.models import Role, User
from suppliers.keys import key_with, note_use
from suppliers.models import ApiKey
from suppliers.rights import Held, Right, held_by, refusal, with_held

if TYPE_CHECKING:
    # REST framework imports its default permission, hence this module, before its own views exist.
    from rest_framework.views import APIView

# ---------- pages ----------


class Backend(AuthenticationBackend):
    """Signing in as allauth does it; who has signed in is read together with what they hold of suppliers."""

    def get_user(self, user_id: int) -> User | None:
        user = with_held(User.objects.filter(pk=user_id)).first()
        return user if user and self.user_can_authenticate(user) else None


class RightsMiddleware:
    """Lets people of suppliers reach a page that names a right only when they hold it for at least one supplier."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        match = request.resolver_match
        access = declared_access(match) if match else None
        if access and access.right and getattr(request.user, "role", "") == Role.SUPPLIER:
            right = Right(access.right)
            if not may_do(request, right):
                raise PermissionDenied(refusal(right))


def held_of(request: HttpRequest) -> tuple[Held, ...]:
    """What the person of a request holds; nothing where nobody is known, as for an error at the door."""
    user = getattr(request, "user", None)
    return held_by(user) if isinstance(user, User) else ()


def may_do(request: HttpRequest, right: Right) -> bool:
    """Whether the person of a request holds a right for at least one supplier."""
    return any(right in held.rights for held in held_of(request))


# ---------- the API ----------


class RightPermission(RolePermission):
    """The default permission of the API: the roles of the view, and for suppliers the right of its method."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        if not super().has_permission(request, view):
            return False
        assert isinstance(request.user, User)
        if request.user.role != Role.SUPPLIER:
            return True
        right = right_of(view, request.method or "")
        if right and any(right in held.rights for held in held_by(request.user)):
            return True
        self.message = _why_not(request, right)
        return False


def right_of(view: APIView, method: str) -> Right | None:
    """The right that a view names for a method; HEAD and OPTIONS are asked as GET."""
    rights: Mapping[str, Right] = getattr(view, "rights", {})
    return rights.get("GET" if method in SAFE_METHODS else method)


def _why_not(request: Request, right: Right | None) -> str:
    if right is None:
        return "This operation is not open to suppliers."
    if isinstance(request.auth, ApiKey):
        return f"The key “{request.auth}” lacks the scope {right.value}. An administrator can make one that has it."
    return refusal(right)


#: How a key is refused that does not work: the code, and what to do.
UNKNOWN = ("key_unknown", "There is no such key. Send the whole key as it was shown, after “Bearer ”.")
REVOKED = ("key_revoked", "This key was revoked. An administrator of the supplier can make another.")
EXPIRED = ("key_expired", "This key has expired. An administrator of the supplier can make another.")


class KeyAuthentication(BaseAuthentication):
    """A program's key. `request.user` is the program, `request.auth` the key."""

    def authenticate(self, request: Request) -> tuple[User, ApiKey] | None:
        scheme, _, secret = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != "bearer":
            return None
        key = key_with(secret.strip())
        if key is None:
            raise _refused(UNKNOWN)
        if key.revoked_at:
            raise _refused(REVOKED)
        if key.has_expired:
            raise _refused(EXPIRED)
        note_use(key)
        return key.account, key

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


def _refused(why: tuple[str, str]) -> AuthenticationFailed:
    code, sentence = why
    return AuthenticationFailed(sentence, code)


class KeyThrottle(SimpleRateThrottle):
    """How often a key may ask; counted for each key in the shared cache. People who have signed in are not counted."""

    scope = "key"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        return f"throttle_key_{request.auth.pk}" if isinstance(request.auth, ApiKey) else None


class KeyScheme(OpenApiAuthenticationExtension):
    """The key in the API's description."""

    target_class = KeyAuthentication
    name = "key"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "A key of your organization."}
