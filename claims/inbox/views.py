"""The inbox: what one is told, read and unread, and how one is mailed."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.access import allow, person_of, visible_or_404
from accounts.models import Role
from claims.inbox import actions
from claims.inbox.readers import address_of
from claims.inbox.readers import inbox as inbox_page
from claims.models import NoticeChoice, NoticeKind, SupplierNotice
from claims.pages.keyset import place_in

KINDS = [(kind.value, kind.label) for kind in NoticeKind if kind != NoticeKind.TEST]


class MailForm(forms.Form):
    """How one is told by e-mail."""

    mail = forms.ChoiceField(label="E-mail", choices=NoticeChoice.Mail.choices, widget=forms.RadioSelect)


@allow(Role.SUPPLIER)
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """One's notices, the latest first; all, those of a kind, or those that are unread."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in dict(KINDS) else ""
    only_unread = request.GET.get("unread") == "yes"
    shown = inbox_page(person_of(request), place_in(request.GET), kind=kind, only_unread=only_unread)
    form = MailForm(initial={"mail": shown.choice.mail})
    context = {"inbox": shown, "kinds": KINDS, "only_unread": only_unread, "form": form}
    return render(request, "claims/inbox/inbox.html", context)


@allow(Role.SUPPLIER)
@require_POST
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Read one notice and go to what it is about."""
    notices = SupplierNotice.objects.select_related("claim")
    notice = visible_or_404(notices, person_of(request), pk=pk)
    actions.read_notice(notice, by=person_of(request))
    return redirect(address_of(notice) or "inbox:inbox")


@allow(Role.SUPPLIER)
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Note as read what the page showed; what came since stays unread."""
    text = request.POST.get("up_to", "")
    if text.isascii() and text.isdigit() and len(text) <= 18:
        actions.read_all(int(text), by=person_of(request))
        messages.success(request, "All notices up to here are read.")
    return redirect("inbox:inbox")


@allow(Role.SUPPLIER)
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Choose how one is told by e-mail."""
    form = MailForm(request.POST)
    if form.is_valid():
        actions.choose_mail(form.cleaned_data["mail"], by=person_of(request))
        messages.success(request, "From now on: " + dict(NoticeChoice.Mail.choices)[form.cleaned_data["mail"]] + ".")
    else:
        messages.error(request, "Choose one of the three.")
    return redirect("inbox:inbox")
