"""Papers under a control number: sending them, taking down what came by mail or fax, and what came."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import allow, person_of, visible_or_404
from accounts.actions import log_accesses
from accounts.models import Role
from beneficiaries.documents.receiving import LIMITS, receives_documents, sent_files
from claims.attachments.actions import Paper, Source, Taken, receive_attachment
from claims.attachments.forms import ClaimCoverForm, CoverForm, cover_form
from claims.attachments.readers import attachment_page
from claims.edits.wording import how_many
from claims.models import Attachment, Claim
from claims.pages.keyset import place_in
from claims.views.refusals import refusals_to
from policy.refusals import Refused
from suppliers.rights import Right, require

#: Who sends papers or takes them down, and who reads what came.
SENDERS = (Role.SUPPLIER, Role.EXAMINER, Role.REVIEWER, Role.MEDICAL_DIRECTOR)
form_page = require_http_methods(["GET", "POST"])


@allow(*SENDERS, right=Right.RECORDS)
@require_GET
def attachment_list(request: HttpRequest) -> HttpResponse:
    """What came under control numbers, the latest first: what waits for its claim, or all."""
    person, is_waiting = person_of(request), request.GET.get("show") == "waiting"
    page = attachment_page(person, is_waiting, place_in(request.GET))
    log_accesses(person, page.rows, page="Papers for claims")
    context = {"page": page, "is_waiting": is_waiting, "is_staff": person.is_contractor_staff}
    return render(request, "claims/attachments/list.html", context)


@receives_documents
@allow(*SENDERS, right=Right.RECORDS)
@form_page
def send(request: HttpRequest) -> HttpResponse:
    """Papers with all that stands on their cover; they wait for their claim if it is not here yet."""
    return sending(request, None)


@receives_documents
@allow(*SENDERS, right=Right.RECORDS)
@form_page
def send_for_claim(request: HttpRequest, icn: str) -> HttpResponse:
    """Papers for a claim that is here: under a control number that it announces, or its own number."""
    person = person_of(request)
    claim = visible_or_404(Claim.objects.select_related("supplier"), person, icn=icn)
    if claim.supplier_id is None or claim.is_test:
        raise Http404("No papers are taken for a test or for a supplier that is not on file.")
    require(person, Right.RECORDS, claim.supplier_id)
    return sending(request, claim)


def sending(request: HttpRequest, claim: Claim | None) -> HttpResponse:
    person = person_of(request)
    data = [request.POST] if request.method == "POST" else []
    form = cover_form(claim, *data, is_staff=person.is_contractor_staff)
    if form.is_bound and form.is_valid():
        with refusals_to(form):
            taken = take(request, form)
            tell(request, taken)
            if taken.attachment:
                return redirect(_next(taken.attachment))
    log_accesses(person, [claim] if claim else [], page="Papers for a claim")
    return render(request, "claims/attachments/send.html", {"form": form, "claim": claim, "limits": LIMITS})


def _next(attachment: Attachment) -> str:
    """Where one sees what was sent."""
    if attachment.claim:
        return reverse("claims:claim", args=[attachment.claim.icn]) + "#papers"
    return reverse("claims:attachments") + "?show=waiting"


def take(request: HttpRequest, form: CoverForm | ClaimCoverForm) -> Taken:
    """Take what the page sent, and leave no draft of a file behind."""
    said = form.cleaned_data
    with sent_files(request) as (files, refused):
        if not files and not refused:
            raise Refused("No file came. Choose one or several.", "nothing")
        return receive_attachment(
            form.cover(),
            [Paper(file) for file in files],
            by=person_of(request),
            source=Source(said.get("how") or Source.PORTAL),
            came_on=said.get("came_on"),
            refused=refused,
        )


def tell(request: HttpRequest, taken: Taken) -> None:
    for refusal in taken.refusals:
        messages.error(request, str(refusal))
    if taken.attachment is None:
        return
    attachment = taken.attachment
    where = f"with claim {attachment.claim}" if attachment.claim else "kept until a claim announces this control number"
    if not taken.kept:
        messages.info(request, f"These files came before, as {attachment.number}; they are {where}.")
        return
    messages.success(
        request, f"{how_many(taken.kept, 'document')} came: {where}. The receipt number is {attachment.number}."
    )
