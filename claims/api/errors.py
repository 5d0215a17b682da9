"""One shape for every refusal of the API: a code, a sentence, and the fields that are wrong, if any."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from rest_framework import exceptions, serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView, set_rollback

from accounts.models import User


class ErrorSerializer(serializers.Serializer[Any]):
    """What every refusal looks like."""

    code = serializers.CharField(help_text="What kind of refusal it is; does not change.")
    message = serializers.CharField(help_text="What happened and what to do, in words.")
    fields_in_error = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()), help_text="What is wrong, by field."
    )


class Conflict(exceptions.APIException):
    """The request cannot be done as things stand now."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "conflict"


class TooLarge(exceptions.APIException):
    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "too_large"


class StorageRefused(exceptions.APIException):
    """Nothing was received, for a reason that is ours; the same request may succeed later."""

    status_code = status.HTTP_507_INSUFFICIENT_STORAGE
    default_code = "storage_refused"


class KeyReused(exceptions.APIException):
    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY
    default_code = "key_reused"
    default_detail = "This Idempotency-Key was sent with another request. Take a new key for a new request."


SENTENCES = {
    "not_found": "There is no such record, or it is not yours to see.",
    "not_authenticated": "Sign in first, or send a key as “Authorization: Bearer hit_…”.",
    "invalid": "Some values are not right; they are named by field.",
}


def in_one_shape(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """The answer to an exception of a view; None for a fault of ours, which the server answers."""
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    if isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied(str(error) or None)
    if not isinstance(error, exceptions.APIException):
        return None
    set_rollback()
    return Response(_body(error), status=error.status_code, headers=_headers(error))


@csrf_exempt
def not_there(request: HttpRequest, rest: str) -> JsonResponse:
    """The answer to an address below the API's that is none, in the shape of all its refusals."""
    return JsonResponse(_body(exceptions.NotFound()), status=status.HTTP_404_NOT_FOUND)


def _body(error: exceptions.APIException) -> dict[str, Any]:
    if isinstance(error, exceptions.ValidationError):
        fields = _by_field(error.detail)
        return {"code": "invalid", "message": SENTENCES["invalid"], "fields_in_error": fields}
    code = str(error.get_codes())
    return {"code": code, "message": SENTENCES.get(code, str(error.detail)), "fields_in_error": {}}


def _by_field(detail: Any) -> dict[str, list[str]]:
    if isinstance(detail, Mapping):
        return {name: [str(each) for each in _as_list(found)] for name, found in detail.items()}
    return {"request": [str(each) for each in _as_list(detail)]}


def _as_list(found: Any) -> list[Any]:
    return list(found) if isinstance(found, (list, tuple)) else [found]


def _headers(error: exceptions.APIException) -> dict[str, str]:
    wait = getattr(error, "wait", None)
    challenge = getattr(error, "auth_header", None)
    found = {"Retry-After": str(max(1, math.ceil(wait))) if wait is not None else None, "WWW-Authenticate": challenge}
    return {name: value for name, value in found.items() if value}


class OneShape(APIView):
    """The base of the API's views: its refusals, and who may change something where more may read."""

    #: Roles that may send something to the view; `allowed_roles` may read.
    sending_roles: tuple[str, ...] = ()

    @property
    def person(self) -> User:
        """Who asks; nobody else gets past the permission."""
        assert isinstance(self.request.user, User)
        return self.request.user

    def get_exception_handler(self) -> Any:
        return in_one_shape

    def check_permissions(self, request: Any) -> None:
        super().check_permissions(request)
        if request.method not in ("GET", "HEAD", "OPTIONS") and request.user.role not in self.sending_roles:
            self.permission_denied(request, message="This operation is not open to your role.")
