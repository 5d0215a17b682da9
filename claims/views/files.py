"""Received files: the list, one file with its answers, the upload."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import allow, person_of
from accounts.actions import log_access
from accounts.models import Role, User
from claims.forms import UploadForm
from claims.intake.keeping import NotKept
from claims.intake.receive import Receipt, receive_file
from claims.pages import files as pages
from claims.pages.keyset import place_in
from suppliers.rights import Right


@allow(*Role)
@require_GET
def file_list(request: HttpRequest) -> HttpResponse:
    """The files that a person may see, the latest first."""
    page = pages.file_list(person_of(request), place_in(request.GET))
    return render(request, "claims/files.html", {"page": page})


@allow(*Role)
@require_GET
def file_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One file: what came, what was answered, what became of its claims."""
    person = person_of(request)
    file = get_object_or_404(pages.files_visible_to(person), pk=pk)
    log_access(person, file, page="File")
    return render(request, "claims/file.html", {"page": pages.file_page(file, person), "file": file})


@allow(*Role)
@require_GET
def download_answer(request: HttpRequest, pk: int, answer: int) -> HttpResponse:
    """A TA1, 999, 277CA, 271 or 277 as it was sent."""
    person = person_of(request)
    file = get_object_or_404(pages.files_visible_to(person), pk=pk)
    found = get_object_or_404(file.acknowledgements, pk=answer)
    log_access(person, file, page=found.get_kind_display())
    response = HttpResponse(found.content, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.kind}-{found.control_number:09d}.x12"'
    return response


@allow(Role.EXAMINER, Role.SUPPLIER, right=Right.CLAIMS_SEND)
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Takes in a file and leads to what was answered; the same file again leads to the first answers."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and (receipt := receive_upload(form, person_of(request))):
        tell = messages.warning if receipt.is_duplicate else messages.success
        tell(request, receipt.account.partition("\n")[0])
        return redirect("claims:file", receipt.file.pk)
    return render(request, "claims/upload.html", {"form": form})


def receive_upload(form: UploadForm, person: User) -> Receipt | None:
    """The receipt of what a valid form has; None, and the reason at its field, when the file could not be kept."""
    sent = form.cleaned_data["file"]
    try:
        return receive_file(sent.read(), sent.name, by=person)
    except NotKept as refusal:
        form.add_error("file", str(refusal))
        return None
