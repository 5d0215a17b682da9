from __future__ import annotations

from claims.adjudication.facts import Visit
from claims.edits.base import Fired, Need, Stage, edit
from claims.edits.context import LineContext
from claims.edits.spans import unknown
from claims.edits.wording import dollars
from claims.pricing import Fee

SETTING = "one_payment_per_day"
PER_CATEGORY = "per_category"


@edit(
    "HIT-602",
    needs=Need.BENEFICIARY | Need.CODE,
    stage=Stage.DAY,
    cites=("Pub. 100-02 ch. 15 §320.8.2", "42 USC 1395m(u)(7)(E)(ii)"),
    remedy="On appeal, the proof that the other visit of the day was not paid or did not take place.",
    quote="This includes all such drugs administered to such individual on such day.",
)
def one_payment_a_day(visit: LineContext) -> Fired | None:
    """Home infusion therapy is already paid for this day

    A day paid on another claim is paid. Of the lines of the day that no other edit denies the one with the highest
    amount is kept, before the charge limits it (ties: lowest line number; reading 4). Under the setting `per_category`
    each payment category has a day of its own.
    """
    taken = _paid_elsewhere(visit)
    if taken:
        return Fired(
            f"The day is already paid: {visit.say_visit(taken[0])}.",
            (*visit.visit_evidence(taken[0]), ("visit", visit.day)),
        )
    keeper = visit.keeper
    if keeper is not None:
        return Fired(
            f"Line {keeper.line.number} ({keeper.code.hcpcs}) keeps the day: {_fee(keeper)} against {_fee(visit)}.",
            (("visit", visit.day), ("line kept", keeper.line.number), ("code kept", keeper.code.hcpcs)),
        )
    return None if visit.history.is_known else unknown("the patient's earlier visits")


def is_per_category(visit: LineContext) -> bool:
    setting = visit.tables.settings.on(SETTING, visit.claim.received)
    if setting is None:
        return False
    visit.rows.append(setting.row)
    return setting.value == PER_CATEGORY


def _paid_elsewhere(visit: LineContext) -> list[Visit]:
    paid = visit.history.paid_elsewhere_on(visit.day)
    if not paid or not is_per_category(visit):
        return paid
    codes = ((found, visit.tables.visit_codes.on(found.hcpcs, found.date)) for found in paid)
    return [found for found, code in codes if code is None or code.category == visit.code.category]


def _fee(visit: LineContext) -> str:
    return dollars(visit.fee.fee) if isinstance(visit.fee, Fee) else "no amount"
