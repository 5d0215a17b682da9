"""Taking in a request for a redetermination: what may be appealed, by whom, until when; and what it leaves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from accounts.actions import Actor
from accounts.models import Role, User
from beneficiaries.documents.actions import ForRecords, Received, receive_documents
from beneficiaries.documents.receiving import FIELD, SentFile
from claims.adjudication.decision import LineDecision
from claims.adjustments.actions import lock
from claims.authority import check_role
from claims.determinations.checks import check_is_decided
from claims.determinations.holds import lock_payments_of
from claims.edits.wording import in_words, listed
from claims.models import Adjustment, Claim, ClaimLine, ClaimStatus, Overpayment
from claims.models import Redetermination as OverpaymentRedetermination
from claims.remedies import decision_of, demand_on, last_day_to_appeal, may_be_appealed, told_on
from medical_review.actions.closing import reopen
from medical_review.actions.opening import Chosen, open_cases
from medical_review.appeals.acts import dismiss_late
from medical_review.appeals.debts import stand_still
from medical_review.models import AppealedLine, AppealPaper, Case, RedeterminationEnd, RedeterminationRequest
from medical_review.requests.answering import may_reopen
from medical_review.states import SELECTS, THE_JOB, CaseState
from medical_review.telling import tell_both
from policy import clock
from policy.readers import tables_as_known
from policy.refusals import Refused
from suppliers.rights import Right, require

How = RedeterminationRequest.How

ASKS = (*SELECTS, Role.SUPPLIER)
LONGEST_WHY = 2000

#: States in which a decision may have been told.
TOLD = (ClaimStatus.PAID, ClaimStatus.DENIED)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request says: the numbers of the lines, why, how it came and when (None: today), why it comes late."""

    lines: Collection[int]
    why: str
    how: str = How.PORTAL
    received_on: dt.date | None = None
    good_cause: str = ""


@dataclass(frozen=True, slots=True)
class Appealable:
    """What a request on a claim is about: its notice, the last day, and the lines that can be named."""

    claim: Claim
    notice_on: dt.date
    last_day: dt.date
    lines: tuple[tuple[ClaimLine, LineDecision], ...] = field(default=())

    @property
    def edits(self) -> dict[int, str]:
        """By the number of each line the edit that gave the reason of its denial."""
        return {line.number: decided.reason_edit for line, decided in self.lines}


# ---------- what may be appealed ----------


def appealable(claim: Claim) -> Appealable:
    """What can be appealed of a claim now; refuses with the reason where nothing can."""
    check_is_decided(claim)
    check_none_open(claim)
    check_not_decided_before(claim)
    notice = told_on(claim)
    decision = decision_of(claim)
    if claim.status not in TOLD or notice is None or decision is None:
        raise Refused(
            "No remittance has told a decision on this claim yet. It can be appealed once one has.", "not_told"
        )
    tables = tables_as_known()
    lines = {line.number: line for line in claim.lines.all()}
    fit = [each for each in decision.lines if may_be_appealed(each, claim.received_on, tables)]
    if not fit:
        raise Refused(
            "No line of this claim was decided by a determination that can be appealed. Correct the claim instead: "
            "what could not be processed goes as a new claim, a duplicate is corrected by a reopening.",
            "nothing_to_appeal",
        )
    last_day = last_day_to_appeal(notice, demand_on(claim))
    return Appealable(claim, notice, last_day, tuple((lines[each.number], each) for each in fit))


def check_none_open(claim: Claim) -> None:
    if case := Case.objects.open().filter(claim=claim).first():
        what = "A redetermination of this claim is open" if case.is_redetermination else "The claim is in review"
        raise Refused(f"{what} already: {case.number}. Wait until it is decided.", "already_open")


def check_not_decided_before(claim: Claim) -> None:
    """Refuses a second redetermination of the same determination; what follows it is a reconsideration (405.960)."""
    decided = RedeterminationEnd.objects.filter(request__claim=claim, outcome__in=RedeterminationEnd.DECIDED)
    last = decided.order_by("-arrival").first()
    if last is None:
        return
    since = Adjustment.objects.filter(claim=claim, state=Adjustment.State.DONE, arrival__gt=last.arrival)
    if not since.exclude(kind=Adjustment.Kind.APPEAL).exists():
        raise Refused(
            f"The claim was redetermined on {in_words(last.made_on)}. What follows is a reconsideration by a qualified "
            "independent contractor (42 CFR 405.960).",
            "decided_before",
        )


def late_case(claim: Claim) -> Case | None:
    """The case that was denied for want of records and that may be taken up again: a request is taken so (405.980)."""
    case = Case.objects.filter(claim=claim, state=CaseState.DECIDED).order_by("-ended_on", "-pk").first()
    return case if case and may_reopen(case, clock.today(), tables_as_known()) else None


# ---------- taking it in ----------


@transaction.atomic
def receive(claim: Claim, asked: Asked, *, by: Actor) -> Case:
    """Take in a request: its case, in which a person decides who took no part before.

    A denial for want of records is taken up again instead (42 CFR 405.980(a)(2)): the case of it comes back. A request
    that is late and gives no cause is dismissed at once.
    """
    if isinstance(by, User):
        check_may_ask(claim, by)
    lock_payments_of(claim)
    claim = lock(claim)
    if case := late_case(claim):
        return reopen(case, why=f"A redetermination was asked for: {words_of(asked.why)}"[:500], by=THE_JOB)
    about = appealable(claim)
    day = check_day(about, asked.received_on or clock.today())
    check_lines(about, asked.lines)
    request = make_request(about, asked, day, by)
    words = f"Redetermination {request.number} asked for on {in_words(day)}, {request.get_how_display().lower()}."
    tell_both("redetermination_requested", request.case, by, words)
    if not request.days_late:
        stand_still(request)
    elif not request.good_cause:
        return dismiss_late(request)
    return request.case


def make_request(about: Appealable, asked: Asked, day: dt.date, by: Actor) -> RedeterminationRequest:
    claim, why = about.claim, words_of(asked.why)
    assert claim.supplier_id is not None
    assert claim.current_decision_id is not None
    before = Case.objects.filter(claim=claim, state=CaseState.DECIDED).order_by("-ended_on", "-pk").first()
    edits = sorted({edit for number, edit in about.edits.items() if edit and number in asked.lines})
    chosen = Chosen(
        claim, Case.Kind.REDETERMINATION, Case.Selection.APPEAL, why.rstrip(".")[:600], edits, before=before, begins=day
    )
    (case,) = open_cases([chosen], by=by)
    request = RedeterminationRequest.objects.create(
        case=case,
        claim=claim,
        supplier_id=claim.supplier_id,
        decision_id=claim.current_decision_id,
        review=before.decisions.order_by("-number").first() if before else None,
        notice_on=about.notice_on,
        last_day=about.last_day,
        received_on=day,
        how=asked.how,
        why=why,
        good_cause=" ".join(asked.good_cause.split())[:500],
        made_by=by if isinstance(by, User) else None,
        made_on=clock.today(),
    )
    AppealedLine.objects.bulk_create(
        AppealedLine(request=request, line=line, edit=decided.reason_edit)
        for line, decided in about.lines
        if line.number in asked.lines
    )
    return request


def check_may_ask(claim: Claim, by: User) -> None:
    """Refuses who neither takes requests down nor acts for the claim's supplier."""
    check_role(ASKS, by)
    if by.role == Role.SUPPLIER:
        require(by, Right.CLAIMS_SEND, claim.supplier_id or 0)
    elif claim.supplier_id is None:
        raise Refused("The supplier of this claim is not on file, so nobody can appeal it here.", "no_supplier")


def check_day(about: Appealable, day: dt.date) -> dt.date:
    if day > clock.today():
        raise Refused("The day is still to come. Give the day on which the request came.", "to_come", "received_on")
    if day < about.notice_on:
        told = in_words(about.notice_on)
        raise Refused(f"The decision was told on {told}. Give that day or a later one.", "before", "received_on")
    return day


def check_lines(about: Appealable, numbers: Collection[int]) -> None:
    if not numbers:
        raise Refused("Choose the lines with which you disagree.", "no_lines", "lines")
    if strange := sorted(set(numbers) - set(about.edits)):
        names = listed([f"line {number}" for number in strange])
        raise Refused(
            f"No determination that can be appealed was made on {names}. Correct the claim instead.",
            "not_appealable",
            "lines",
        )


def words_of(why: str) -> str:
    words = why.strip()
    if not words:
        raise Refused("Say why you disagree: who decides reads it.", "no_reason", "why")
    if len(words) > LONGEST_WHY:
        raise Refused(
            f"The reason is longer than {LONGEST_WHY} characters. Shorten it or send it as a document.",
            "reason_too_long",
            "why",
        )
    return words


# ---------- documents ----------


def add_papers(case: Case, files: Sequence[SentFile], *, by: User, refused: Sequence[Refused] = ()) -> Received:
    """Keep the documents that come with a request, each taken or refused for itself, while its case is open."""
    check_may_ask(case.claim, by)
    if not files:
        return Received((), tuple(refused))
    if not case.is_open:
        raise Refused("The request has ended, so nothing more is taken with it.", "over", FIELD)
    beneficiary = case.claim.beneficiary_id
    if beneficiary is None:
        raise Refused("The patient of this claim is not on file; send the documents by post.", "no_patient", FIELD)
    assert case.claim.supplier_id is not None
    request = RedeterminationRequest.objects.filter(case=case).first()
    words = f"redetermination {request.number}" if request else f"the late records of {case.number}"
    goal = ForRecords(beneficiary, case.claim.supplier_id, words)
    received = receive_documents(files, goal, by=by, refused=refused)
    if request:
        AppealPaper.objects.bulk_create(
            AppealPaper(request=request, document=document) for document in received.documents
        )
    return received


# ---------- those that were recorded at an overpayment ----------

AT_THE_DEBT = "Recorded where its overpayment is worked; the letter has the reasons."


def receive_recorded() -> int:
    """Open a case for each redetermination that was recorded at an overpayment alone; how many.

    Left where it is: what cannot be appealed any more, such as a voided claim. Its outcome is recorded there.
    """
    open_ones = OverpaymentRedetermination.objects.filter(outcome="")
    rows = open_ones.select_related("overpayment__claim", "overpayment__correction__claim").order_by("pk")
    return sum(_receive_recorded(each.overpayment, each.received_on) for each in rows)


def _receive_recorded(overpayment: Overpayment, received_on: dt.date) -> bool:
    claim = overpayment.correction.claim if overpayment.correction else overpayment.claim
    if claim.status not in TOLD or Case.objects.open().filter(claim=claim).exists():
        return False
    try:
        lines = appealable(claim).edits
        receive(claim, Asked(list(lines), AT_THE_DEBT, How.POST, received_on), by=THE_JOB)
    except Refused:
        return False
    return True
