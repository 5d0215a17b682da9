"""The manual's text with an anchor for each section."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.access import signed_in
from policy.manual import PUBLICATION, sections


@signed_in
def manual(request: HttpRequest) -> HttpResponse:
    """Pub. 100-02 chapter 15 §320; `#s320.8.1` is §320.8.1."""
    return render(request, "policy/manual.html", {"sections": sections(), "publication": PUBLICATION})
