"""The records clock of a case: asked for, reminded, received, or never come. Letters and uploads are built on these."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from accounts.actions import Actor
from accounts.models import Role, User
from claims.adjustments.checks import said
from claims.authority import check_role
from claims.edits.wording import in_words
from claims.models import Claim
from medical_review.actions.deciding import decide_without_records
from medical_review.actions.holding import IN_REVIEW, RECORDS_OUT, lock_case, say_why_it_stands
from medical_review.clocks import decide_by, lengthened, records_due, reminder_days
from medical_review.models import Case, RecordsReceipt, RecordsRequest, ReviewDecision
from medical_review.states import REVIEWS, THE_JOB, CaseState
from medical_review.telling import tell_both
from policy import clock
from policy.readers import tables_as_known
from policy.refusals import Refused


@transaction.atomic
def ask_for_records(case: Case, *, why: str, by: User, due: dt.date | None = None) -> Case:
    """Records are asked for today: 45 days or those until `due` run for them, and none for the decision until then.

    The 60 days of a redetermination run on; records that come lengthen them (`clocks.lengthened`).
    """
    check_role(REVIEWS, by)
    case = lock_case(case, "ask_for_records")
    today = clock.today()
    case.state, case.records_asked_on, case.records_asked_by = CaseState.RECORDS.value, today, by
    case.records_due, case.records_in_on = due or records_due(today, tables_as_known()), None
    case.reminders, case.decide_by = 0, case.decide_by if case.is_redetermination else None
    case.save(update_fields=["state", "reminders", "decide_by", *RECORDS_FIELDS])
    say_why_it_stands(case.claim, RECORDS_OUT)
    tell_both("records_requested", case, by, f"Records asked for, due by {in_words(case.records_due)}: {said(why)}")
    return case


RECORDS_FIELDS = ["records_asked_on", "records_asked_by", "records_due", "records_in_on"]


@transaction.atomic
def receive_records(case: Case, *, by: Actor, on: dt.date | None = None) -> Case:
    """Records have come (on a day that is not after today): who had the case has it again, and the decision clock runs.

    After the last day they come late: while nothing was decided they are taken all the same (42 CFR 405.929).
    """
    if isinstance(by, User):
        check_role((*REVIEWS, Role.SUPPLIER), by)
        check_sees_claim(case, by)
    case = lock_case(case, "receive_records")
    day = check_day(case, on or clock.today())
    case.state = (CaseState.IN_REVIEW if case.assigned_to_id else CaseState.READY).value
    case.records_in_on = day
    if isinstance(by, User) or not case.is_redetermination or _something_came(case):
        case.decide_by = _due_from(case, day)
    case.save(update_fields=["state", "records_in_on", "decide_by"])
    say_why_it_stands(case.claim, IN_REVIEW)
    assert case.decide_by is not None
    tell_both("records_received", case, by, f"Records came; the decision is due by {in_words(case.decide_by)}.")
    return case


def _due_from(case: Case, came_on: dt.date) -> dt.date:
    """The last day for the decision once records came: counted anew, or that of a redetermination lengthened."""
    if case.is_redetermination and case.decide_by and case.records_asked_on:
        return lengthened(case.decide_by, case.records_asked_on, came_on)
    return decide_by(case.kind, came_on, tables_as_known())


def _something_came(case: Case) -> bool:
    """Whether the supplier sent anything of what was asked for last, where the job ends an answer that nobody ended."""
    assert case.records_asked_on is not None
    receipts = RecordsReceipt.objects.filter(request__cases=case, request__asked_on=case.records_asked_on)
    return receipts.exclude(how=RecordsReceipt.How.NOTHING_MORE).exists()


def check_sees_claim(case: Case, by: User) -> None:
    """Refuses a supplier's person who does not act for the supplier of the claim."""
    if not Claim.objects.visible_to(by).filter(pk=case.claim_id).exists():
        raise Refused("The records are those of another supplier.", "other_supplier")


def check_day(case: Case, day: dt.date) -> dt.date:
    if day > clock.today():
        raise Refused("The day is still to come. Give the day on which the records came.", "to_come", "on")
    if case.records_asked_on and day < case.records_asked_on:
        asked = in_words(case.records_asked_on)
        raise Refused(f"The records were asked for on {asked}. Give that day or a later one.", "before", "on")
    return day


def remind_due(day: dt.date) -> list[Case]:
    """Note the reminders that are due on `day` for records that have not come; their cases, each once a reminder."""
    tables = tables_as_known()
    reminded = []
    for case in Case.objects.filter(state=CaseState.RECORDS, records_due__gte=day).order_by("pk"):
        assert case.records_asked_on is not None
        due = sum(each <= day for each in reminder_days(case.records_asked_on, tables))
        if due > case.reminders and remind(case, due):
            reminded.append(case)
    return reminded


@transaction.atomic
def remind(case: Case, count: int) -> bool:
    """One reminder, once however often the work of the day runs."""
    if not Case.objects.filter(pk=case.pk, state=CaseState.RECORDS, reminders__lt=count).update(reminders=count):
        return False
    assert case.records_due is not None
    tell_both("records_reminder", case, THE_JOB, f"Reminder {count}: records are due by {in_words(case.records_due)}.")
    return True


def deny_overdue(day: dt.date) -> list[ReviewDecision]:
    """Decide the cases whose records did not come through their last day, which is before `day`.

    Those of which something came, those that wait for an attestation alone, and redeterminations are looked at instead
    (`requests.answering.take_over`).
    """
    overdue = Case.objects.filter(state=CaseState.RECORDS, records_due__lt=day).exclude(kind=Case.Kind.REDETERMINATION)
    open_requests = RecordsRequest.objects.filter(cases=OuterRef("pk"), completed_on=None)
    looked_at = open_requests.filter(Q(kind=RecordsRequest.Kind.ATTESTATION) | Q(receipts__isnull=False))
    waiting = overdue.exclude(Exists(looked_at)).order_by("records_due", "pk")
    return [made for case in waiting if (made := deny_without_records(case))]


@transaction.atomic
def deny_without_records(case: Case) -> ReviewDecision | None:
    """Day 46: every line that would pay is denied CO-50 N706. None where the claim is being decided just then."""
    return decide_without_records(lock_case(case, "deny_without_records"))
