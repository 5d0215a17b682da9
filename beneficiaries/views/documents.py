"""Documents handed out: a link that lives for minutes, then the bytes, to be saved and never shown by the browser."""

from __future__ import annotations

from typing import TypeVar

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from accounts.access import allow, person_of, visible_or_404
from accounts.actions import log_access
from accounts.models import Role
from beneficiaries.documents.links import opens, signed_address
from beneficiaries.documents.names import name_to_save
from beneficiaries.documents.pages import page_of
from beneficiaries.models import Document


@allow(*Role)
@require_GET
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """Leads a person who may see the document to a link of their own."""
    found = openable_or_404(request, pk)
    return redirect(signed_address(found, person_of(request)))


@allow(*Role)
@require_GET
def content(request: HttpRequest, pk: int, token: str) -> HttpResponseBase:
    """The bytes as they were received. A link that has grown old leads to a new one, after the same questions."""
    person = person_of(request)
    found = openable_or_404(request, pk)
    if not opens(token, pk, person):
        return redirect("beneficiaries:document", pk)
    log_access(person, found, page="Document")
    return as_attachment(found)


@allow(*Role)
@require_GET
def page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The picture of a page, drawn here: the only thing of a document that a browser shows."""
    person = person_of(request)
    found = openable_or_404(request, pk)
    if not 1 <= number <= found.pages:
        raise Http404("The document has no such page.")
    drawn = page_of(found, number)
    if drawn.why:
        raise Http404(drawn.why)
    log_access(person, found, page=f"Document, page {number}")
    return guarded(HttpResponse(drawn.picture, content_type="image/webp"))


def openable_or_404(request: HttpRequest, pk: int) -> Document:
    found = visible_or_404(Document.objects, person_of(request), pk=pk)
    if not found.may_be_opened:
        raise Http404("This document is held.")
    return found


def as_attachment(document: Document) -> FileResponse:
    """The bytes as a file to save: no browser is asked to show what somebody sent."""
    kind = Document.Kind(document.kind)
    response = FileResponse(
        default_storage.open(document.path),
        as_attachment=True,
        filename=name_to_save(document.name, kind),
        content_type=kind.content_type,
    )
    return guarded(response)


R = TypeVar("R", bound=HttpResponseBase)


def guarded(response: R) -> R:
    """With headers that let nothing in it run, and keep it out of every cache."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response
