"""Denials told to nobody: the list, the notice to print, the word that it was mailed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import allow, person_of, staff
from accounts.actions import log_access
from accounts.models import Role
from claims.notices.actions import mail_notice
from claims.notices.readers import claims_without_payee, notice_list, notice_of
from claims.pages.keyset import place_in
from claims.views.refusals import do_and_tell


@staff
@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """The denials that wait to be told on paper."""
    page = notice_list(person_of(request), place_in(request.GET))
    return render(request, "claims/notices/list.html", {"page": page})


@staff
@require_GET
def notice(request: HttpRequest, icn: str) -> HttpResponse:
    """A denial as a letter to the billing address."""
    person = person_of(request)
    claim = get_object_or_404(claims_without_payee(person).select_related("current_decision"), icn=icn)
    log_access(person, claim, page="Paper notice")
    return render(request, "claims/notices/notice.html", {"claim": claim, "notice": notice_of(claim)})


@allow(Role.EXAMINER)
@require_http_methods(["POST"])
def mailed(request: HttpRequest, icn: str) -> HttpResponse:
    """Notes that the letter went out."""
    claim = get_object_or_404(claims_without_payee(person_of(request)), icn=icn)
    do_and_tell(request, lambda: mail_notice(claim, by=person_of(request)), "Noted: the notice went out today.")
    return redirect("claims:notices")
