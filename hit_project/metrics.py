"""Prometheus metrics, for administrators and for a scraper that knows the token."""

from __future__ import annotations

import hmac

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django_prometheus.exports import ExportToDjangoView

from accounts.access import public
from accounts.models import Role


@public
def metrics(request: HttpRequest) -> HttpResponse:
    """Public to the gate only, because a scraper cannot sign in: whoever calls is checked here.

    A scraper sends `Authorization: Bearer <METRICS_TOKEN>`; without that setting there is no way in by token.
    """
    if not (_has_token(request) or getattr(request.user, "role", "") == Role.ADMINISTRATOR):
        raise PermissionDenied("Metrics are open to administrators and to the scraper that has the token.")
    return ExportToDjangoView(request)


def _has_token(request: HttpRequest) -> bool:
    token = getattr(settings, "METRICS_TOKEN", "")
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(token) and hmac.compare_digest(given.encode(), token.encode())
