"""Times on pages are told in the person's own time zone, or else in that of the business."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone


class TimeZoneMiddleware:
    """Activates the zone for the length of one request; stands after the authentication middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        own = request.user.zone if request.user.is_authenticated else None
        with timezone.override(own or ZoneInfo(settings.BUSINESS_TIME_ZONE)):
            return self.get_response(request)
