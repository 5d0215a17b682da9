from __future__ import annotations

from claims.edits.base import Fired, Need, Stage, edit
from claims.edits.context import LineContext
from claims.edits.hit_101_before_the_benefit import FIRST_DAY
from claims.pricing import NoFee, rate_on


@edit(
    "HIT-901",
    needs=Need.BENEFICIARY | Need.CODE,
    stage=Stage.AMOUNT,
    cites=("42 CFR 414.1550",),
    remedy="The amount, factor or rate that is lacking, loaded by an administrator; then the line is decided anew.",
)
def amount_in_force(visit: LineContext) -> Fired | None:
    """No payment amount or geographic factor is in force for the code the place and the day

    Nothing is ever priced at a guess or at a factor of one. For days of the benefit the rates of coinsurance and of
    sequestration must be in force too.
    """
    lacking = _lacking(visit)
    if not lacking:
        return None
    return Fired(
        f"{lacking} on {visit.say(visit.day)}.",
        (("code", visit.code.hcpcs), ("visit", visit.day), ("zip", visit.place.zip if visit.place else None)),
        absolute=True,
    )


def _lacking(visit: LineContext) -> str:
    if isinstance(visit.fee, NoFee):
        return _no_fee(visit, visit.fee)
    if visit.day >= FIRST_DAY:
        for which in ("coinsurance", "sequestration"):
            if rate_on(visit.tables, which, visit.day) is None:
                return f"No {which} rate is in force"
    return ""


def _no_fee(visit: LineContext, fee: NoFee) -> str:
    zip_code = visit.place.zip if visit.place else ""
    return {
        "amount": f"No payment amount for {visit.code.hcpcs} is in force",
        "place": "It is not on file where the service was furnished",
        "locality": f"ZIP {zip_code} belongs to no payment locality",
        "factor": f"No geographic factor for locality {fee.locality} is in force",
    }[fee.lacks]
