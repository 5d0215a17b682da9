"""The overpayments that rest on an appealed claim: one act records the redetermination of both, and its outcome."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from claims.models import Claim, Overpayment, OverpaymentAppeal
from claims.payment.overpayments import decide_redetermination, record_redetermination
from medical_review.models import RedeterminationRequest
from medical_review.models.redetermination import RedeterminationRequestQuerySet


def rests_on(claim: Claim | OuterRef) -> Q:
    """The condition on an overpayment that a decision on the claim left it to owe."""
    return Q(claim=claim) | Q(correction__claim=claim)


def stand_still(request: RedeterminationRequest) -> int:
    """Record the redetermination of each demanded overpayment that has none, so that nothing is recouped; how many.

    A demand that was sent after the request counts as appealed from its own day. Call it for requests in time, or
    late for a good cause.
    """
    owing = Overpayment.objects.filter(rests_on(request.claim), demand__isnull=False, redetermination=None).owing()
    waiting = list(owing.select_related("demand").order_by("pk"))
    for overpayment in waiting:
        received_on = max(request.received_on, overpayment.demand.sent_on)
        is_late = bool(request.days_late)
        record_redetermination(overpayment, received_on=received_on, by=_name(request), for_good_cause=is_late)
    return len(waiting)


def settle_debts(request: RedeterminationRequest, *, is_for_the_supplier: bool) -> None:
    """Record the outcome for each overpayment whose redetermination is open; a dismissed request upholds it."""
    outcome = OverpaymentAppeal.Outcome.REVERSED if is_for_the_supplier else OverpaymentAppeal.Outcome.UPHELD
    for overpayment in Overpayment.objects.filter(rests_on(request.claim), redetermination__outcome="").order_by("pk"):
        decide_redetermination(overpayment, outcome=outcome, by=_name(request))


def _name(request: RedeterminationRequest) -> str:
    return f"redetermination {request.number}"


def stand_still_for_later_demands() -> int:
    """Overpayments that were demanded while a redetermination of their claim was open stand still too; how many."""
    demanded = Overpayment.objects.filter(
        rests_on(OuterRef("claim")),
        demand__isnull=False,
        redetermination=None,
    )
    requests = counted_requests().filter(Exists(demanded)).select_related("claim", "cause_found").order_by("pk")
    return sum(_locked_stand_still(request) for request in requests)


def counted_requests() -> RedeterminationRequestQuerySet:
    """Open requests that came in time, or late for a good cause."""
    in_time = Q(received_on__lte=F("last_day")) | Q(cause_found__isnull=False)
    return RedeterminationRequest.objects.open().filter(in_time)


@transaction.atomic
def _locked_stand_still(request: RedeterminationRequest) -> int:
    return stand_still(request)


def decided_in_a_case(overpayment: Overpayment) -> str:
    """Why the redetermination of an overpayment is not decided on its own page; "" when it is."""
    claims = [overpayment.claim_id]
    if overpayment.correction:
        claims.append(overpayment.correction.claim_id)
    request = RedeterminationRequest.objects.open().filter(claim__in=claims).select_related("case").first()
    if request is None:
        return ""
    return (
        f"The redetermination is decided in medical review, case {request.case.number}. Its outcome is recorded here "
        "by itself."
    )
