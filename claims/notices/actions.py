"""The one act on a notice: it went out."""

from __future__ import annotations

from django.db import transaction

from accounts.actions import record_event
from accounts.models import Event, User
from claims.models import Claim
from claims.notices.readers import MAILED, told_to_nobody
from policy import clock
from policy.refusals import Refused


@transaction.atomic
def mail_notice(claim: Claim, *, by: User) -> Event:
    """Note that the paper notice of a claim's standing decision went out to its billing address.

    Raises Refused when there is nothing to tell: a notice went out, the claim was decided otherwise meanwhile,
    or its supplier is on file.
    """
    found = told_to_nobody(by).select_for_update(of=("self",)).filter(pk=claim.pk).first()
    if found is None:
        raise Refused("No notice of this claim waits to be mailed. Open the claim to see why.", "not_waiting")
    return record_event(
        MAILED,
        by=by,
        on=clock.today(),
        about=found,
        sentence=f"The denial was told by letter to {found.billing_name}, which is not on file as a supplier.",
        data={"decision": found.current_decision_id},
    )
