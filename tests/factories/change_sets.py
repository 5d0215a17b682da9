"""Change sets of the policy tables with their rows, and the impact that an approval asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from accounts.models import User
from claims.impact.actions import ask
from claims.impact.working import work
from claims.models import ImpactRun
from policy.change_sets.actions import approve, make, propose, put_row
from policy.changes import AddRow, Change, ReplaceRow
from policy.models import Basis, ChangeSet, PaymentAmount
from policy.registry import AMOUNTS, DRUGS

SOURCE = {"source": "A test", "basis": Basis.PUBLISHED}


def change_set(*changes: Change, by: User, title: str = "New amounts") -> ChangeSet:
    """A draft with these rows."""
    made = make(title, by=by, source="A test", reason="The document says so")
    for change in changes:
        put_row(made, change, by=by)
    return made


def another_amount(code: str, amount: str, start: dt.date) -> ReplaceRow:
    """Another national amount of a visit code from a day of this year on, for as long as the row holds."""
    row = PaymentAmount.objects.get(hcpcs=code, locality="", superseded_in=None, in_force__contains=start)
    content = {"hcpcs": code, "locality": "", "amount": amount, "method": row.method, **SOURCE}
    return ReplaceRow(AMOUNTS, row.pk, content, start, row.effective_to)


def a_drug(code: str, category: int, start: dt.date, **given: Any) -> AddRow:
    """A home infusion drug that is new on the list."""
    content: Mapping[str, Any] = {
        "hcpcs": code,
        "modifier": "",
        "payment_category": category,
        "route": "IV",
        "descriptor": f"Synthetic drug {code}",
        "on_sad_exception": False,
        **SOURCE,
        **given,
    }
    return AddRow(DRUGS, content, start, None)


def worked_out(of: ChangeSet, *, by: User) -> ImpactRun:
    """The impact of a change set, worked out in this process."""
    run = ask(of, by=by)
    work(run.pk)
    return ImpactRun.objects.get(pk=run.pk)


def published(of: ChangeSet, *, by: User, second: User) -> ChangeSet:
    """A draft after its impact was shown, it was proposed, and another administrator approved it."""
    worked_out(of, by=by)
    propose(of, by=by)
    return approve(of, by=second, reason="Seen")
