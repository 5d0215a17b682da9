"""Webhooks of an organization: made, tried, stopped; what was sent and answered."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import allow, person_of, visible_or_404
from accounts.models import Role
from claims.models import WebhookDelivery, WebhookEndpoint
from claims.pages.keyset import Order, page_or_first, place_in
from claims.webhooks import actions
from policy.refusals import Refused
from suppliers.models import Supplier
from suppliers.rights import Right, require

changes_webhooks = allow(Role.SUPPLIER, Role.ADMINISTRATOR, right=Right.KEYS)

LATEST_FIRST = Order(("id",), is_descending=True)
PAGE_SIZE = 50


class WebhookForm(forms.Form):
    """A webhook: where, and what it is told."""

    url = forms.CharField(
        label="Address",
        max_length=actions.LONGEST_URL,
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
        help_text="It begins with https:// and is reached from outside: https://billing.example.com/hooks/claims",
    )
    kinds = forms.MultipleChoiceField(
        label="What it is told",
        choices=[(kind.value, f"{kind.label} ({kind.value})") for kind in actions.KINDS],
        widget=forms.CheckboxSelectMultiple,
    )


def supplier_or_404(request: HttpRequest, pk: int) -> Supplier:
    supplier = visible_or_404(Supplier.objects, person_of(request), pk=pk)
    require(person_of(request), Right.KEYS, pk)
    return supplier


def webhook_or_404(request: HttpRequest, pk: int, webhook: int) -> WebhookEndpoint:
    return get_object_or_404(supplier_or_404(request, pk).webhooks.select_related("supplier"), pk=webhook)


@changes_webhooks
@require_http_methods(["GET", "POST"])
def webhooks(request: HttpRequest, pk: int) -> HttpResponse:
    """The webhooks of an organization; a secret is shown in the answer that makes it and never again."""
    supplier, form, shown = supplier_or_404(request, pk), WebhookForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            shown = actions.make_webhook(supplier, **form.cleaned_data, by=person_of(request))
            form = WebhookForm()
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    rows = list(supplier.webhooks.select_related("made_by", "stopped_by"))
    context = {"supplier": supplier, "form": form, "shown": shown}
    context["working"] = [row for row in rows if not row.stopped_at]
    context["stopped"] = [row for row in rows if row.stopped_at]
    return render(request, "claims/webhooks/list.html", context)


@changes_webhooks
@require_GET
def webhook(request: HttpRequest, pk: int, webhook: int) -> HttpResponse:
    """What was sent to a webhook, the latest first, with each request and its answer."""
    found = webhook_or_404(request, pk, webhook)
    sent = found.deliveries.select_related("notice__claim").prefetch_related("attempts")
    page = page_or_first(sent, LATEST_FIRST, PAGE_SIZE, place_in(request.GET))
    dead = found.deliveries.filter(state=WebhookDelivery.State.DEAD).count()
    context = {"supplier": found.supplier, "webhook": found, "page": page, "dead": dead}
    return render(request, "claims/webhooks/webhook.html", context)


def _done(request: HttpRequest, act: Callable[[], object], sentence: str, pk: int, webhook: int) -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, sentence)
    return redirect("organization:webhook", pk, webhook)


@changes_webhooks
@require_POST
def try_webhook(request: HttpRequest, pk: int, webhook: int) -> HttpResponse:
    """Send a test event."""
    found = webhook_or_404(request, pk, webhook)
    sentence = "A test event is on its way. Its answer stands here in a few seconds."
    return _done(request, lambda: actions.send_test(found, by=person_of(request)), sentence, pk, webhook)


@changes_webhooks
@require_POST
def stop(request: HttpRequest, pk: int, webhook: int) -> HttpResponse:
    """Stop a webhook for good."""
    found = webhook_or_404(request, pk, webhook)
    sentence = "Nothing goes to this address any more."
    return _done(request, lambda: actions.stop_webhook(found, by=person_of(request)), sentence, pk, webhook)


@changes_webhooks
@require_POST
def again(request: HttpRequest, pk: int, webhook: int, delivery: int) -> HttpResponse:
    """Send an event once more."""
    found = webhook_or_404(request, pk, webhook)
    event = get_object_or_404(found.deliveries.select_related("endpoint__supplier"), pk=delivery)
    sentence = "The event is on its way again."
    return _done(request, lambda: actions.send_again(event, by=person_of(request)), sentence, pk, webhook)
