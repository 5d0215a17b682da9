"""Check before billing: drafts of one's suppliers, each checked while it is written; a whole file checked at once."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import retarget

from accounts.access import allow, person_of, visible_or_404
from accounts.models import Role
from claims.models import ClaimDraft
from claims.pages.numbers import whole_number
from claims.paper.entry import NotAccepted
from claims.precheck.drafts import ChangedMeanwhile, begin_draft, delete_draft, save_draft, submit_draft
from claims.precheck.files import MOST_CLAIMS, check_file
from claims.precheck.forms import CheckFileForm, Typed, changed, forms_of, typed_in, with_visit, without_visit
from claims.precheck.page import draft_page
from claims.views.refusals import do_and_tell
from policy import clock
from policy.readers import tables_as_known
from policy.refusals import Refused
from suppliers.models import Supplier
from suppliers.rights import Right, require

#: Parts of the page and their templates; "" is the whole.
TEMPLATES = {"": "draft", "live": "_live", "pair": "_pair"}

DRAFTS = ClaimDraft.objects.select_related("supplier", "saved_by", "claim", "corrects")


def draft_or_404(request: HttpRequest, pk: int, right: Right = Right.CHECKS) -> ClaimDraft:
    found = visible_or_404(DRAFTS, person_of(request), pk=pk)
    require(person_of(request), right, found.supplier_id)
    return found


@allow(Role.SUPPLIER, right=Right.CHECKS)
@require_http_methods(["GET", "POST"])
def drafts(request: HttpRequest) -> HttpResponse:
    """The drafts that were not submitted, offered again; a new one begins here."""
    person = person_of(request)
    suppliers = Supplier.objects.allowing(person, Right.CHECKS)
    if request.method == "POST":
        supplier = get_object_or_404(suppliers, pk=number_in(request, "supplier"))
        return redirect("claims:check_draft", begin_draft(supplier, by=person).pk)
    context = {"drafts": DRAFTS.visible_to(person).open(), "suppliers": suppliers}
    return render(request, "claims/precheck/drafts.html", context)


@allow(Role.SUPPLIER, right=Right.CHECKS)
@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft with the verdict on it. What is sent is saved; htmx gets the parts that may have changed."""
    began = timezone.now()
    found = draft_or_404(request, pk)
    if found.claim:
        return redirect("claims:claim", found.claim.icn)
    if found.corrects and found.requests.open().exists():
        return redirect("claims:correction_compare", pk)
    if request.method == "GET":
        return page(request, found)
    typed, place = acted(request, typed_in(request.POST))
    try:
        found = saved(request, found, typed, began)
    except ChangedMeanwhile as meanwhile:
        found.values = typed
        return page(request, found, meanwhile=meanwhile.draft)
    except Refused:
        return redirect("claims:check_draft", pk)
    return page(request, found) if is_live(request) else redirect(reverse("claims:check_draft", args=[pk]) + place)


def acted(request: HttpRequest, typed: Typed) -> tuple[Typed, str]:
    """What was typed with what the button does to it that was pressed, and the place on the page that changes."""
    if token := request.POST.get("use"):
        return changed(typed, token, forms_of(typed, tables_as_known()).checked), "#verdict"
    if "add" in request.POST:
        typed = with_visit(typed)
        return typed, f"#id_v{len(typed['lines'])}-day"
    number = number_in(request, "remove")
    return (without_visit(typed, number), "#add") if number else (typed, "")


def saved(request: HttpRequest, draft: ClaimDraft, typed: Typed, began: dt.datetime) -> ClaimDraft:
    seen = None if "keep" in request.POST else number_in(request, "seen")
    return save_draft(draft, typed, by=person_of(request), at=began, seen=seen)


def page(request: HttpRequest, draft: ClaimDraft, *, meanwhile: ClaimDraft | None = None, **more: Any) -> HttpResponse:
    """The whole page; for htmx the verdict with the notes beside the fields, or form and all for a conflict."""
    part = "" if not is_live(request) else "pair" if meanwhile else "live"
    context = {
        "draft": draft,
        "page": draft_page(draft, person_of(request)),
        "meanwhile": meanwhile,
        "is_part": bool(part),
        "is_live": part == "live",
        "address": reverse("claims:check_draft", args=[draft.pk]),
        **more,
    }
    response = render(request, f"claims/precheck/{TEMPLATES[part]}.html", context)
    return retarget(response, "#pair") if part == "pair" else response


@allow(Role.SUPPLIER, right=Right.CLAIMS_SEND)
@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Save the draft and submit it as a claim, whatever the check says of it."""
    found = draft_or_404(request, pk, Right.CLAIMS_SEND)
    if found.claim:
        return redirect("claims:claim", found.claim.icn)
    try:
        found = saved(request, found, typed_in(request.POST), timezone.now())
    except ChangedMeanwhile as meanwhile:
        found.values = typed_in(request.POST)
        return page(request, found, meanwhile=meanwhile.draft)
    if found.corrects:
        return redirect("claims:correction_compare", pk)
    forms = forms_of(found.values, tables_as_known())
    refusals = refusals_of(forms.lacking, [visit.number for visit in forms.unfinished])
    if refusals or not forms.claim.is_valid():
        return page(request, found, refusals=refusals or ["Correct what is marked first."])
    try:
        claim = submit_draft(found, forms.bill(f"D{pk}"), by=person_of(request))
    except NotAccepted:
        return page(request, found, refusals=["It cannot be taken in yet: correct what is marked first."])
    file = claim.file
    assert file is not None
    sentence = f"Received as claim {claim.icn}. The 999 and the 277CA stand with the file {file.name}."
    messages.success(request, f"{sentence} It is decided within minutes.")
    return redirect("claims:claim", claim.icn)


def refusals_of(lacking: list[str], unfinished: list[int]) -> list[str]:
    """Why nothing can be sent yet: what is missing from what was typed."""
    found = [f"Fill in: {', '.join(lacking)}."] if lacking else []
    return found + [f"Fill in visit {number}, or remove it." for number in unfinished]


@allow(Role.SUPPLIER, right=Right.CHECKS)
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a draft."""
    found = draft_or_404(request, pk)
    do_and_tell(request, lambda: delete_draft(found), f"Draft {pk} is deleted.")
    return redirect("claims:check")


@allow(Role.SUPPLIER, right=Right.CHECKS)
@require_http_methods(["GET", "POST"])
def file(request: HttpRequest) -> HttpResponse:
    """Check an 837P: its claims with the verdict on each. The file is neither received nor kept."""
    form = CheckFileForm(request.POST or None, request.FILES or None)
    result = None
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        result = check_file(sent.read(), by=person_of(request), today=clock.today(), tables=tables_as_known())
    context = {"form": form, "result": result, "most": MOST_CLAIMS}
    return render(request, "claims/precheck/file.html", context)


def is_live(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))


def number_in(request: HttpRequest, name: str) -> int:
    """A whole number that the form sends; 0 for none."""
    return whole_number(request.POST.get(name, "")) or 0
