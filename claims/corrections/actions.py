"""What suppliers do about corrections (begin, send, ask, withdraw), and examiners (carry out, decline)."""

from __future__ import annotations

from django.db import transaction

from accounts.actions import record_event
from accounts.models import Role, User
from claims.adjustments.actions import lock as lock_claim
from claims.adjustments.actions import reopen, void
from claims.adjustments.checks import said
from claims.adjustments.readers import money_at_stake
from claims.authority import check_limit, check_role
from claims.corrections.comparing import asked_of, comparison
from claims.corrections.filling import bill_of, lines_of, typed_from
from claims.corrections.routes import Route, Way, frequency_of, route_of_correction, route_of_taking_back
from claims.intake.originals import REPLACES, VOIDS, LetIn
from claims.models import Adjustment, Claim, ClaimDraft, CorrectionRequest
from claims.precheck.bill import Bill
from claims.precheck.drafts import begin_draft, submit_draft
from claims.precheck.drafts import lock as lock_draft
from claims.precheck.forms import forms_of
from policy import clock
from policy.readers import tables_as_known
from policy.refusals import Refused

Kind, State = CorrectionRequest.Kind, CorrectionRequest.State

#: Who answers requests.
ANSWERS = (Role.EXAMINER,)


@transaction.atomic
def begin_correction(claim: Claim, *, by: User) -> ClaimDraft:
    """A draft filled from the claim; the one that is open already, when there is one."""
    claim = lock_claim(claim)
    if claim.supplier is None:
        raise Refused("The claim names no supplier on file. Send it anew with the right NPI and tax id.", "no_supplier")
    begun = claim.corrections.open().first()
    if begun:
        return begun
    route = route_of_correction(claim, clock.today(), tables_as_known())
    if route.way == Way.NONE:
        raise Refused(route.words, "not_corrected")
    if not lines_of(claim):
        raise Refused("The lines of this claim cannot be read any more. Bill it as a new claim.", "no_lines")
    return begin_draft(claim.supplier, by=by, typed=typed_from(claim), corrects=claim)


@transaction.atomic
def send_correction(draft: ClaimDraft, *, by: User) -> Claim:
    """Send the draft in the right way: as a new claim, or as a replacement of frequency 7, by the intake of any file.

    Raises `Refused` when no file is taken in for it, and `NotAccepted` with what the gateway finds.
    """
    draft, claim = _locked(draft)
    if draft.claim:
        return draft.claim
    route = route_of_correction(claim, clock.today(), tables_as_known())
    if route.way not in (Way.NEW, Way.FILE):
        raise Refused(route.words, "not_by_file")
    return submit_draft(draft, _bill(draft, claim, frequency_of(route)), by=by)


@transaction.atomic
def ask_for_correction(draft: ClaimDraft, *, reason: str, good_cause: str = "", by: User) -> CorrectionRequest:
    """Ask an examiner to reopen the claim and correct it as the draft says; without a change, to decide it anew."""
    draft, claim = _locked(draft)
    today, tables = clock.today(), tables_as_known()
    route = route_of_correction(claim, today, tables)
    _check_request(route, good_cause)
    compared = comparison(draft, by, today, tables)
    if compared.lacking:
        raise Refused(f"Fill in {', '.join(compared.lacking)}.", "lacking")
    values = draft.values if compared.is_changed else {}
    request = CorrectionRequest(draft=draft, values=values, asked=asked_of(compared.changes))
    return _ask(request, claim, Kind.REOPENING, reason, good_cause, by)


@transaction.atomic
def take_back(claim: Claim, *, reason: str, good_cause: str = "", by: User) -> Claim | CorrectionRequest:
    """Take the claim back: by a claim of frequency 8 where the gateway takes it in, else by a request."""
    claim = lock_claim(claim)
    route = route_of_taking_back(claim, clock.today(), tables_as_known())
    if route.way == Way.FILE:
        assert claim.supplier is not None
        draft = begin_draft(claim.supplier, by=by, typed=typed_from(claim))
        return submit_draft(draft, _bill(draft, claim, VOIDS), by=by)
    _check_request(route, good_cause)
    return _ask(CorrectionRequest(), claim, Kind.VOID, reason, good_cause, by)


@transaction.atomic
def withdraw(request: CorrectionRequest, *, by: User) -> CorrectionRequest:
    """The supplier asks for it no more; its draft may be changed again."""
    return _settle(_locked_request(request), State.WITHDRAWN, "", by)


@transaction.atomic
def decline(request: CorrectionRequest, *, reason: str, by: User) -> CorrectionRequest:
    """Decline, with the reason that the supplier is told; the decision that stands goes on standing."""
    check_role(ANSWERS, by)
    return _settle(_locked_request(request), State.DECLINED, said(reason), by)


@transaction.atomic
def carry_out(request: CorrectionRequest, *, reason: str, by: User) -> CorrectionRequest:
    """Do what is asked, within the examiner's own amount limit: replace the claim, decide it anew, or void it.

    A changed claim comes in as the supplier's replacement, on the examiner's word and as of the day it was asked for.
    """
    check_role(ANSWERS, by)
    request = _locked_request(request)
    claim, answer = request.claim, said(reason)
    kind = Adjustment.Kind.VOID if request.kind == Kind.VOID else Adjustment.Kind.REOPENING
    check_limit(money_at_stake(claim, kind), by)
    if request.kind == Kind.VOID:
        void(claim, request.reason, by=by, good_cause=request.good_cause, on=request.asked_on)
    elif request.values:
        request.made = _replace(request, claim)
    else:
        reopen(claim, request.reason, by=by, good_cause=request.good_cause)
    return _settle(request, State.CARRIED_OUT, answer, by)


def _replace(request: CorrectionRequest, claim: Claim) -> Claim:
    assert request.draft is not None
    draft = lock_draft(request.draft, may_be_sent=True)
    draft.values = request.values
    let_in = LetIn(frozenset(REPLACES), request.asked_on, request.good_cause)
    return submit_draft(draft, _bill(draft, claim, REPLACES), by=request.asked_by, let_in=let_in)


def _bill(draft: ClaimDraft, claim: Claim, frequency: str) -> Bill:
    """The bill of what is kept in the draft; raises `Refused` for one that lacks something or has a wrong value."""
    forms = forms_of(draft.values, tables_as_known())
    lacking = [*forms.lacking, *(f"visit {visit.number}" for visit in forms.unfinished)]
    if lacking or not forms.claim.is_valid():
        raise Refused(f"Fill in {', '.join(lacking)}." if lacking else "Correct what is marked first.", "lacking")
    return bill_of(forms, f"D{draft.pk}", claim, frequency)


def _locked(draft: ClaimDraft) -> tuple[ClaimDraft, Claim]:
    """The draft and the claim that it corrects, the claim locked first, as everywhere."""
    assert draft.corrects is not None
    claim = lock_claim(draft.corrects)
    draft = lock_draft(draft, may_be_sent=True)
    draft.corrects = claim
    return draft, claim


def _check_request(route: Route, good_cause: str) -> None:
    if route.way != Way.REQUEST:
        raise Refused(route.words, "not_by_request")
    if route.needs_good_cause and not good_cause.strip():
        raise Refused("Say what the good cause is: after a year it is needed (42 CFR 405.986).", "needs", "good_cause")


def _ask(
    request: CorrectionRequest, claim: Claim, kind: str, reason: str, good_cause: str, by: User
) -> CorrectionRequest:
    request.claim, request.kind, request.asked_by, request.asked_on = claim, kind, by, clock.today()
    request.reason = said(reason)
    request.good_cause = said(good_cause, "good_cause") if good_cause.strip() else ""
    request.save(force_insert=True)
    _tell("correction_asked", request, by, f"{request.get_kind_display()} was asked for: {request.reason}")
    return request


def _settle(request: CorrectionRequest, state: str, answer: str, by: User) -> CorrectionRequest:
    request.state, request.answer, request.settled_by, request.settled_on = state, answer, by, clock.today()
    request.save(update_fields=["state", "answer", "settled_by", "settled_on", "made"])
    words = f"{request.get_kind_display()}: {request.get_state_display().lower()}"
    _tell(f"correction_{state}", request, by, f"{words}: {answer}" if answer else f"{words}.")
    return request


def _locked_request(request: CorrectionRequest) -> CorrectionRequest:
    """The request as it is now, its claim locked before it; refuses one that was answered meanwhile."""
    claim = lock_claim(request.claim)
    rows = CorrectionRequest.objects.select_related("draft__supplier", "asked_by").select_for_update(of=("self",))
    request = rows.get(pk=request.pk)
    request.claim = claim
    if request.state != State.OPEN:
        raise Refused(f"The request was settled meanwhile: {request.get_state_display().lower()}.", "already_settled")
    return request


def _tell(verb: str, request: CorrectionRequest, by: User, sentence: str) -> None:
    record_event(verb, by=by, on=clock.today(), about=request.claim, sentence=sentence, data={"request": request.pk})
