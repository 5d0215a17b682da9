"""Asking a supplier for records about one or several of its claims."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from django.db import transaction

from accounts.models import User
from claims.adjustments.checks import said
from claims.edits.wording import how_many, in_words
from claims.inbox.news import tell_records_requested
from medical_review.actions.records import ask_for_records
from medical_review.clocks import attestation_due, records_due
from medical_review.letters.nudge import nudge_letters
from medical_review.letters.writing import write_request_letter
from medical_review.models import AskableDocument, Case, RecordsRequest, RequestedDocument
from medical_review.telling import tell_request
from policy import clock
from policy.readers import tables_as_known
from policy.refusals import Refused

Kind = RecordsRequest.Kind

#: Slots of one request, so that it can be answered in a few goes.
MOST_SLOTS = 100

ATTESTATION = "Signature attestation"
ATTESTATION_SHOWS = "Who wrote the entry, printed; that the entry is theirs; their signature with its date"
ATTESTATION_CITES = "Pub. 100-08 ch. 3 §3.3.2.4"


def slots_for(
    cases: Sequence[Case], chosen: Iterable[AskableDocument], others: Iterable[str]
) -> list[RequestedDocument]:
    """A slot for each document asked for about each claim, for each day billed where that is asked; one query.

    `others` are documents in the reviewer's own words. The slots are not written yet.
    """
    chosen, others = list(chosen), [words for line in others if (words := " ".join(line.split()))]
    days = {case.pk: sorted({line.date_of_service for line in case.claim.lines.all()}) for case in cases}
    slots = [slot for case in cases for slot in _slots_of(case, chosen, others, days[case.pk])]
    for number, slot in enumerate(slots, 1):
        slot.number = number
    return slots


def _slots_of(
    case: Case, chosen: Sequence[AskableDocument], others: Sequence[str], days: Sequence[dt.date]
) -> Iterator[RequestedDocument]:
    for each in chosen:
        for day in days if each.is_for_each_day else (None,):
            title = f"{each.title}, {in_words(day)}" if day else each.title
            yield RequestedDocument(
                case=case,
                askable=each,
                title=title,
                shows=each.shows,
                cites=each.cites,
                points=each.points,
                visit_on=day,
            )
    yield from (RequestedDocument(case=case, title=words[:160]) for words in others)


def attestation_slots(case: Case, entries: Iterable[str]) -> list[RequestedDocument]:
    """A slot for the attestation of each entry, in the reviewer's words ("Visit note of January 5, page 3")."""
    named = [words for line in entries if (words := " ".join(line.split()))]
    return [
        RequestedDocument(
            case=case,
            number=number,
            title=f"{ATTESTATION}: {words}"[:160],
            shows=ATTESTATION_SHOWS,
            cites=ATTESTATION_CITES,
            points=[9],
        )
        for number, words in enumerate(named, 1)
    ]


@transaction.atomic
def ask(
    cases: Sequence[Case], slots: Sequence[RequestedDocument], *, why: str, by: User, kind: str = Kind.RECORDS
) -> RecordsRequest:
    """Ask the supplier of these cases for these documents: each case's clock runs, a letter and a notice go out."""
    check_askable(cases, slots)
    today, tables = clock.today(), tables_as_known()
    due = attestation_due(today, tables) if kind == Kind.ATTESTATION else records_due(today, tables)
    for case in sorted(cases, key=lambda each: each.claim_id):
        ask_for_records(case, why=why, by=by, due=due)
    supplier = cases[0].supplier
    assert supplier is not None
    request = RecordsRequest.objects.create(
        kind=kind, supplier=supplier, why=said(why), asked_by=by, asked_on=today, due=due
    )
    request.cases.set(cases)
    for slot in slots:
        slot.request = request
    RequestedDocument.objects.bulk_create(slots)
    letter = write_request_letter(request, list(slots), by=by)
    words = (
        f"{how_many(len(slots), 'document')} asked for by {in_words(due)}; {letter.title} is letter {letter.number}."
    )
    tell_request("records_requested", request, by, words)
    claims = [case.claim for case in cases]
    tell_records_requested(claims, on=today, due=due, source=f"records_request/{request.pk}")
    nudge_letters()
    return request


def check_askable(cases: Sequence[Case], slots: Sequence[RequestedDocument]) -> None:
    """Refuses what no letter can be written about; each refusal names the claim."""
    if not slots:
        raise Refused("Nothing is asked for. Choose a document, or name one in your own words.", "nothing", "documents")
    if len(slots) > MOST_SLOTS:
        remedy = "Ask about fewer claims at once."
        raise Refused(f"{len(slots)} documents are more than the {MOST_SLOTS} of one request. {remedy}", "too_many")
    for case in cases:
        if case.supplier_id is None or case.claim.beneficiary_id is None:
            lacks = "supplier" if case.supplier_id is None else "patient"
            raise Refused(f"The {lacks} of claim {case.claim} is not on file, so nobody can be asked.", "not_on_file")
    if len({case.supplier_id for case in cases}) > 1:
        raise Refused("The claims are of several suppliers. Ask each of them for itself.", "several_suppliers")
