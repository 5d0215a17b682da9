"""Plans of care: suppliers write their own, people of the contractor read them all."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import allow, person_of, visible_or_404
from accounts.actions import log_access, log_accesses
from accounts.models import Role
from beneficiaries.documents.actions import receive_documents, remove_document
from beneficiaries.documents.receiving import LIMITS, receives_documents, sent_files
from beneficiaries.models import PlanDraft, PlanOfCare, PlanOfCareVersion
from beneficiaries.plans.actions import (
    ChangedMeanwhile,
    begin_on,
    begin_plan,
    delete_draft,
    file_draft,
    record_review,
    save_draft,
)
from beneficiaries.plans.content import content_of
from beneficiaries.plans.readers import plans_with_dates
from beneficiaries.readers import PatientAsBilled
from claims.pages.keyset import place_in
from claims.plans import page as pages
from claims.plans.forms import AsOfForm, FindPatientForm, ReviewForm, typed_in, values_for_change, values_of
from claims.precheck.looks import look
from claims.views.refusals import do_and_tell
from policy import clock
from policy.readers import tables_as_known
from policy.refusals import Refused
from suppliers.access import may_do
from suppliers.models import Supplier
from suppliers.rights import Right, require

DRAFTS = PlanDraft.objects.select_related("supplier", "beneficiary", "plan", "saved_by")
PAGE = "Plan of care"


@allow(*Role)
@require_GET
def plan_list(request: HttpRequest) -> HttpResponse:
    """The plans that a person may see, with what lapses and which reviews are due."""
    person = person_of(request)
    found = pages.plan_list(person, request.GET.get("show", ""), place_in(request.GET))
    log_accesses(person, [*found.page.rows, *found.drafts], page="Plans of care")
    return render(request, "claims/plans/list.html", {"list": found, "may_write": may_do(request, Right.PLANS_WRITE)})


# ---------- drafts ----------


def draft_or_404(request: HttpRequest, pk: int) -> PlanDraft:
    found = visible_or_404(DRAFTS, person_of(request), pk=pk)
    require(person_of(request), Right.PLANS_WRITE, found.supplier_id)
    return found


@allow(Role.SUPPLIER, right=Right.PLANS_WRITE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Asks for whom the plan is; whoever is not named beyond doubt is not found, whatever does not match."""
    person = person_of(request)
    form = FindPatientForm(Supplier.objects.allowing(person, Right.PLANS_WRITE), request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        patient = PatientAsBilled(said["mbi"], said["birth_date"], said["last_name"])
        looked = look(
            said["supplier"], [patient], by=person, on=clock.today(), tables=tables_as_known(), page="New plan of care"
        )
        if beneficiary_id := looked.found.get(patient):
            return redirect("plans:draft", begin_plan(said["supplier"], beneficiary_id, by=person).pk)
        form.add_error(None, looked.why_not(patient))
    return render(request, "claims/plans/new.html", {"form": form})


@allow(Role.SUPPLIER, right=Right.PLANS_WRITE)
@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft with its completeness list. What is sent is saved; htmx gets the parts that may have changed."""
    found = draft_or_404(request, pk)
    if found.filed_id:
        return redirect("plans:plan", PlanOfCareVersion.objects.get(pk=found.filed_id).plan_id)
    if request.method == "GET":
        log_access(person_of(request), found, page="Draft of a plan of care")
        return draft_page(request, found)
    try:
        found = saved(request, found)
    except ChangedMeanwhile as meanwhile:
        found.values = typed_in(request.POST)
        return draft_page(request, found, meanwhile=meanwhile.draft)
    if getattr(request, "htmx", False):
        return draft_page(request, found)
    if "file" in request.POST:
        return put_on_file(request, found)
    messages.success(request, "The draft is saved.")
    return redirect("plans:draft", pk)


def saved(request: HttpRequest, draft: PlanDraft) -> PlanDraft:
    seen = request.POST.get("seen", "")
    number = int(seen) if seen.isascii() and seen.isdigit() and "keep" not in request.POST else None
    return save_draft(draft, typed_in(request.POST), by=person_of(request), seen=number)


def draft_page(request: HttpRequest, draft: PlanDraft, **more: Any) -> HttpResponse:
    """The whole page, or for htmx the list with what stands beside the fields."""
    is_live = bool(getattr(request, "htmx", False))
    page = more.pop("page", None) or pages.draft_page(draft)
    context = {
        "draft": draft,
        "page": page,
        "form": page.form,
        "is_live": is_live,
        "address": reverse("plans:draft", args=[draft.pk]),
        "limits": LIMITS,
        **more,
    }
    return render(request, f"claims/plans/{'_live' if is_live else 'draft'}.html", context)


def put_on_file(request: HttpRequest, draft: PlanDraft) -> HttpResponse:
    """What is wrong is said at its field and keeps the draft a draft; what is only missing does not."""
    page = pages.draft_page(draft)
    if page.form.is_valid():
        try:
            version = file_draft(draft, page.form.content, by=person_of(request))
        except Refused as refusal:
            page.form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _said_of(page))
            return redirect("plans:plan", version.plan_id)
    return draft_page(request, draft, page=page)


def _said_of(page: pages.DraftPage) -> str:
    missing = len(page.completeness.missing)
    if not missing:
        return "The plan of care is on file."
    return f"The plan of care is on file; {missing} {'point is' if missing == 1 else 'points are'} missing."


@allow(Role.SUPPLIER, right=Right.PLANS_WRITE)
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a draft with its documents."""
    found = draft_or_404(request, pk)
    do_and_tell(request, lambda: delete_draft(found, by=person_of(request)), f"Draft {pk} is deleted.")
    return redirect("plans:list")


# ---------- documents ----------


@receives_documents
@allow(Role.SUPPLIER, right=Right.PLANS_WRITE)
@require_POST
def draft_documents(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes documents for a draft; what was typed beside them is saved, too."""
    found = draft_or_404(request, pk)
    try:
        if "seen" in request.POST:
            found = saved(request, found)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return receive(request, found, reverse("plans:draft", args=[pk]))


@receives_documents
@allow(Role.SUPPLIER, right=Right.PLANS_WRITE)
@require_POST
def plan_documents(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes documents for the last version of a plan on file."""
    found = plan_to_write(request, pk)
    version = found.versions.order_by("-number").first()
    assert version is not None
    return receive(request, version, reverse("plans:plan", args=[pk]))


def receive(request: HttpRequest, to: PlanDraft | PlanOfCareVersion, back: str) -> HttpResponse:
    """Keep what is fit and say of each other file why it is not; a script that sent them is told where to go on."""
    with sent_files(request) as (files, refused):
        received = receive_documents(files, to, by=person_of(request), refused=refused)
    if not received.documents and not received.refusals:
        messages.error(request, "No file came. Choose one or several, then send them.")
    for document in received.documents:
        messages.success(request, f"{document.name} is received, byte for byte.")
    for refusal in received.refusals:
        messages.error(request, str(refusal))
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return JsonResponse({"next": back})
    return redirect(back)


@allow(Role.SUPPLIER, right=Right.PLANS_WRITE)
@require_POST
def remove(request: HttpRequest, pk: int, document: int) -> HttpResponse:
    """Take a document back from a draft."""
    found = draft_or_404(request, pk)
    sent = get_object_or_404(found.documents, pk=document)
    do_and_tell(request, lambda: remove_document(sent, by=person_of(request)), f"{sent.name} is removed.")
    return redirect("plans:draft", pk)


# ---------- on file ----------


def plan_or_404(request: HttpRequest, pk: int) -> PlanOfCare:
    plans = plans_with_dates(PlanOfCare.objects.visible_to(person_of(request)), clock.today())
    return get_object_or_404(plans, pk=pk)


def plan_to_write(request: HttpRequest, pk: int) -> PlanOfCare:
    found = plan_or_404(request, pk)
    require(person_of(request), Right.PLANS_WRITE, found.supplier_id)
    return found


@allow(*Role)
@require_GET
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan as it stood on a day; every look is logged."""
    return plan_page(request, plan_or_404(request, pk))


def plan_page(request: HttpRequest, found: PlanOfCare, form: ReviewForm | None = None) -> HttpResponse:
    person = person_of(request)
    log_access(person, found, page=PAGE)
    as_of = AsOfForm(request.GET if "on" in request.GET else None)
    day = as_of.cleaned_data["on"] if as_of.is_valid() else None
    context = {
        "plan": found,
        "page": pages.plan_page(found, person, day),
        "as_of": as_of,
        "review": form or ReviewForm(),
        "limits": LIMITS,
    }
    return render(request, "claims/plans/plan.html", context)


@allow(Role.SUPPLIER, right=Right.PLANS_WRITE)
@require_POST
def begin(request: HttpRequest, pk: int, purpose: str) -> HttpResponse:
    """Begin the draft of a change, or of what was left out, or go on with the one that is there."""
    if purpose not in (PlanDraft.Purpose.CHANGE, PlanDraft.Purpose.COMPLETE):
        raise Http404("There is no such act.")
    found = plan_to_write(request, pk)
    last = found.versions.order_by("-number").first()
    assert last is not None
    values = values_for_change if purpose == PlanDraft.Purpose.CHANGE else values_of
    begun = begin_on(found, PlanDraft.Purpose(purpose), values=values(content_of(found, last)), by=person_of(request))
    return redirect("plans:draft", begun.pk)


@allow(Role.SUPPLIER, right=Right.PLANS_WRITE)
@require_POST
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Note a review that was held."""
    found = plan_to_write(request, pk)
    form = ReviewForm(request.POST)
    if form.is_valid():
        try:
            record_review(found, **form.cleaned_data, by=person_of(request))
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, "The review is noted.")
            return redirect("plans:plan", pk)
    return plan_page(request, found, form)
