"""Pages of requests for records: asking with a preview, answering, saying that it is all."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import allow, person_of, visible_or_404
from accounts.actions import log_accesses
from accounts.models import Role, User
from beneficiaries.documents.receiving import LIMITS, receives_documents, sent_files
from claims.bulk.preview import MOST_ASKED
from claims.edits.wording import how_many
from claims.models import Claim
from claims.pages.keyset import place_in
from claims.views.refusals import refusals_to
from medical_review.clocks import attestation_due, records_due
from medical_review.desk import read_desk
from medical_review.letters.writing import addressee_of, request_draft
from medical_review.models import Answer, Case, RecordsRequest, RequestedDocument
from medical_review.requests.answering import Sent, check_may_answer, finish, send
from medical_review.requests.asking import ask, attestation_slots, check_askable, slots_for
from medical_review.requests.forms import AskForm, AttestForm, TakenForm
from medical_review.requests.page import request_list, request_page
from medical_review.states import REVIEWS, CaseState
from medical_review.views import acts
from medical_review.views.case import case_of
from policy import clock
from policy.readers import tables_as_known
from policy.refusals import Refused
from suppliers.rights import Right

form_page = require_http_methods(["GET", "POST"])
Kind = RecordsRequest.Kind

#: Who reads requests: suppliers theirs, reviewers and examiners all.
READERS = (Role.SUPPLIER, Role.REVIEWER, Role.MEDICAL_DIRECTOR, Role.EXAMINER)
ANSWERERS = (Role.SUPPLIER, *REVIEWS)


#: In words, which cases records may be asked for.
FIT = "that waits for a reviewer or is in review"

# ---------- asking ----------


@allow(*REVIEWS)
@form_page
def ask_for_records(request: HttpRequest, pk: int) -> HttpResponse:
    """Which documents are asked for about one case: the form, the letter as it would go, then the request."""
    case = case_of(request, pk)
    form = AskForm(request.POST or None, claims=[case.claim], open_points=open_points(case))
    return asked(request, [case], form, Kind.RECORDS)


def open_points(case: Case) -> Sequence[int]:
    """The points that the record does not show yet: their documents are ticked at first."""
    desk = read_desk(case, tables_as_known(), clock.today())
    return [state.point.number for state in desk.points if state.answer != Answer.MET]


@allow(*REVIEWS)
@form_page
def ask_for_attestation(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks the author of an entry to attest a signature that is missing or cannot be read."""
    return asked(request, [case_of(request, pk)], AttestForm(request.POST or None), Kind.ATTESTATION)


@allow(*REVIEWS)
@form_page
def ask_for_many(request: HttpRequest) -> HttpResponse:
    """Asks about the cases of several claims at once, one letter for each supplier; `?claim=` names each claim."""
    cases = cases_named(request)
    if not cases:
        messages.error(request, f"None of the chosen claims has a case {FIT}.")
        return redirect("review:queue")
    points = open_points(cases[0]) if len(cases) == 1 else ()
    form = AskForm(request.POST or None, claims=[case.claim for case in cases], open_points=points)
    return asked(request, cases, form, Kind.RECORDS, left_out(request, cases))


def left_out(request: HttpRequest, cases: Sequence[Case]) -> list[Claim]:
    """The named claims about which nothing can be asked now; one query."""
    named = request.GET.getlist("claim")[:MOST_ASKED]
    found = Claim.objects.visible_to(person_of(request)).filter(icn__in=named)
    return list(found.exclude(pk__in=[case.claim_id for case in cases]).only("icn").order_by("icn"))


def cases_named(request: HttpRequest) -> list[Case]:
    """The cases of the named claims on which records may be asked for, those of one supplier together."""
    named = (request.POST if request.method == "POST" else request.GET).getlist("claim")[:MOST_ASKED]
    rows = Case.objects.visible_to(person_of(request)).filter(
        claim__icn__in=named, state__in=(CaseState.READY, CaseState.IN_REVIEW)
    )
    return list(rows.select_related("claim", "supplier").order_by("supplier_id", "claim_id"))


def asked(
    request: HttpRequest, cases: Sequence[Case], form: Form, kind: str, left_out: Sequence[Claim] = ()
) -> HttpResponse:
    """The form; what was chosen as the letter that would go; or, once it was seen, the request."""
    person = person_of(request)
    log_accesses(person, [each for case in cases for each in (case, case.claim)], page="Ask for records")
    letters: list[dict[str, Any]] = []
    if request.method == "POST" and "change" not in request.POST and form.is_valid():
        with refusals_to(form), transaction.atomic():
            if "send" in request.POST:
                return send_requests(request, cases, form, kind)
            letters = [preview(each, form, kind, person) for each in by_supplier(cases)]
    context = {"cases": cases, "form": form, "kind": kind, "letters": letters, "sent": fields_sent(request)}
    context |= {"left_out": left_out, "fit": FIT}
    return render(request, "medical_review/requests/ask.html", context)


def fields_sent(request: HttpRequest) -> list[tuple[str, str]]:
    """What the form was sent with, to be sent again with the press that sends the letter."""
    posted: QueryDict = request.POST
    mine = ("csrfmiddlewaretoken", "preview", "send", "change")
    return [(name, value) for name, values in posted.lists() if name not in mine for value in values]


def send_requests(request: HttpRequest, cases: Sequence[Case], form: Form, kind: str) -> HttpResponse:
    why, person = form.cleaned_data["why"], person_of(request)
    made = [ask(each, slots_of(each, form), why=why, by=person, kind=kind) for each in by_supplier(cases)]
    numbers = ", ".join(each.number for each in made)
    messages.success(request, f"Request {numbers} is sent. The last day is {made[0].due:%B} {made[0].due.day}.")
    return redirect("review:case", cases[0].pk) if len(cases) == 1 else redirect("review:requests")


def by_supplier(cases: Sequence[Case]) -> list[list[Case]]:
    found: dict[int | None, list[Case]] = {}
    for case in cases:
        found.setdefault(case.supplier_id, []).append(case)
    return list(found.values())


def slots_of(cases: Sequence[Case], form: Form) -> list[RequestedDocument]:
    if isinstance(form, AttestForm):
        return attestation_slots(cases[0], form.cleaned_data["entries"].splitlines())
    assert isinstance(form, AskForm)
    return slots_for(cases, form.chosen, form.cleaned_data["others"].splitlines())


def preview(cases: Sequence[Case], form: Form, kind: str, person: User) -> dict[str, Any]:
    """The letter as it would be written, with nothing written."""
    slots, today, tables = slots_of(cases, form), clock.today(), tables_as_known()
    check_askable(cases, slots)
    supplier = cases[0].supplier
    assert supplier is not None
    due = attestation_due(today, tables) if kind == Kind.ATTESTATION else records_due(today, tables)
    why = form.cleaned_data["why"]
    planned = RecordsRequest(kind=kind, supplier=supplier, why=why, asked_by=person, asked_on=today, due=due)
    draft = request_draft(planned, slots)
    return {"title": draft.title, "addressee": addressee_of(supplier), "text": draft.text(today), "due": due}


# ---------- answering ----------


@allow(*READERS, right=Right.RECORDS)
@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    """The requests that wait for an answer, or all."""
    person = person_of(request)
    found = request_list(person, request.GET.get("show") == "all", place_in(request.GET))
    log_accesses(person, [row.request for row in found.rows], page="Records requests")
    return render(request, "medical_review/requests/list.html", {"list": found, "page": found.page})


def request_or_404(request: HttpRequest, pk: int) -> RecordsRequest:
    return visible_or_404(RecordsRequest.objects.select_related("supplier", "asked_by"), person_of(request), pk=pk)


@allow(*READERS, right=Right.RECORDS)
@require_GET
def records_request(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: a place for each document, what came, what is missing, receipts."""
    return answer_page(request, request_or_404(request, pk))


def answer_page(request: HttpRequest, found: RecordsRequest, form: TakenForm | None = None) -> HttpResponse:
    person, page = person_of(request), request_page(found)
    log_accesses(person, [found, *(each.claim for each in page.claims)], page="Records request")
    is_staff = person.role != Role.SUPPLIER
    context = {
        "page": page,
        "is_staff": is_staff,
        "may_answer": page.is_open and person.role in ANSWERERS,
        "form": form or TakenForm(initial={"came_on": clock.today()}),
        "limits": LIMITS,
    }
    return render(request, "medical_review/requests/answer.html", context)


@receives_documents
@allow(*ANSWERERS, right=Right.RECORDS)
@require_POST
def send_records(request: HttpRequest, pk: int) -> HttpResponse:
    """One go of an answer: files in the places of their documents, and why others are not sent."""
    found, person = request_or_404(request, pk), person_of(request)
    check_may_answer(found, person)
    form = TakenForm(request.POST) if person.role != Role.SUPPLIER else None
    if form and not form.is_valid():
        return answer_page(request, found, form)
    try:
        tell_sent(request, sent_in(request, found, form))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("review:request", pk)


def sent_in(request: HttpRequest, found: RecordsRequest, form: TakenForm | None) -> Sent:
    """Take what the page sent, and leave no draft of a file behind."""
    numbers = list(found.slots.values_list("number", flat=True))
    lacking = {n: request.POST[f"lacking-{n}"].strip() for n in numbers if f"lacking-{n}" in request.POST}
    with ExitStack() as stack:
        sent = {n: stack.enter_context(sent_files(request, f"files-{n}")) for n in numbers}
        refused = next(iter(sent.values()))[1] if sent else []
        files = {n: kept for n, (kept, _) in sent.items()}
        how = form.cleaned_data if form else {}
        return send(found, files, lacking, by=person_of(request), refused=refused, **how)


def tell_sent(request: HttpRequest, sent: Sent) -> None:
    for refusal in sent.refusals:
        messages.error(request, str(refusal))
    if sent.receipt:
        what = how_many(sent.receipt.records.count(), "document")
        messages.success(request, f"{what} came. Your receipt number is {sent.receipt.number}.")
    elif not sent.refusals:
        messages.success(request, "What you said is kept. No file came.")


@allow(*ANSWERERS, right=Right.RECORDS)
@form_page
def finish_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """What came and what is missing, once more; then it is all."""
    found, person = request_or_404(request, pk), person_of(request)
    check_may_answer(found, person)
    page = request_page(found)
    if request.method == "POST":
        try:
            receipt = finish(found, by=person, how=page.receipts[-1].how if page.receipts else "portal")
            messages.success(request, f"The answer is complete. Your receipt number is {receipt.number}.")
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect("review:request", pk)
    log_accesses(person, [found], page="Records request")
    return render(request, "medical_review/requests/finish.html", {"page": page})


@allow(*REVIEWS)
@form_page
def receive_records(request: HttpRequest, pk: int) -> HttpResponse:
    """Records have come: where a request waits they are taken down on its page, otherwise the day alone is noted."""
    case = case_of(request, pk)
    if waiting := case.requests.filter(completed_on=None).order_by("-pk").first():
        return redirect("review:request", waiting.pk)
    return acts.receive_records(request, pk)
