"""What is open to everyone is limited, may be kept by caches, and is not sent again to whoever has it."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import quote_etag
from rest_framework.request import Request
from rest_framework.throttling import AnonRateThrottle
from rest_framework.views import APIView

#: For how many seconds a cache may keep an answer without asking.
FRESH_FOR = 300

View = Callable[..., HttpResponse]


class PublicThrottle(AnonRateThrottle):
    """How often one address may ask without signing in: the setting `PUBLIC_RATE`, for pages and API together."""

    scope = "public"


def public_reading(view: View) -> View:
    """For a page that everyone may read: asked too often, 429; unchanged since the last time, 304.

    Whoever signed in sees a frame of their own, so that their pages are neither counted nor kept.
    """

    @wraps(view)
    def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        throttle = PublicThrottle()
        if not throttle.allow_request(cast(Request, request), cast(APIView, view)):
            return _too_often(throttle.wait())
        response = view(request, *args, **kwargs)
        patch_vary_headers(response, ("Cookie",))
        return keep_in_caches(request, response)

    return limited


def keep_in_caches(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let caches keep an answer that is the same for everyone; 304 where the asker has this very one already."""
    if response.status_code != 200:
        return response
    etag = quote_etag(hashlib.sha256(response.content).hexdigest())
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=FRESH_FOR)
    conditional = get_conditional_response(request, etag=etag, response=response)
    return cast(HttpResponse, conditional)


def _too_often(wait: float | None) -> HttpResponse:
    seconds = max(1, math.ceil(wait or 1))
    words = f"Too many pages were asked for from this address. Wait {seconds} seconds and ask again.\n"
    return HttpResponse(
        words, status=429, content_type="text/plain; charset=utf-8", headers={"Retry-After": str(seconds)}
    )
