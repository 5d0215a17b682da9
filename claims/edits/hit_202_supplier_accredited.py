from __future__ import annotations

from claims.adjudication.facts import Accreditation
from claims.edits.base import Fired, Need, edit
from claims.edits.context import LineContext
from claims.edits.spans import unknown
from claims.edits.wording import listed


def _counts(visit: LineContext, accreditation: Accreditation) -> bool:
    """In force that day, its organization approved then or when it was given (reading 11; 42 USC 1395m(u)(5))."""
    span, organization = accreditation.span, accreditation.organization
    return span.covers(visit.day) and bool(
        visit.approval(organization, visit.day) or visit.approval(organization, span.start)
    )


def _why_not(visit: LineContext, accreditation: Accreditation) -> str:
    span, organization = accreditation.span, accreditation.organization
    if span.covers(visit.day):
        return f"that of {organization} does not count, for {organization} was not designated"
    if span.start > visit.day:
        return f"that of {organization} begins {visit.say(span.start)}"
    return f"that of {organization} ended {visit.say(span.end or span.start)}"


@edit(
    "HIT-202",
    needs=Need.SUPPLIER,
    cites=("Pub. 100-02 ch. 15 §320.3", "42 CFR 424.68"),
    remedy="On appeal, an accreditation by a designated organization that covers the day.",
    quote="Be accredited by an organization designated by the Secretary…",
)
def supplier_accredited(visit: LineContext) -> Fired | None:
    """The supplier was not accredited by a designated organization on the date of service

    The organization must be approved on the day too, except that an accreditation given while it was approved stays
    good for its own term (42 USC 1395m(u)(5)).
    """
    accredited = visit.supplier.accredited
    if accredited is None:
        return unknown("the supplier's accreditation")
    if any(_counts(visit, accreditation) for accreditation in accredited):
        return None
    reasons = "; ".join(_why_not(visit, accreditation) for accreditation in accredited) or "none is on file"
    return Fired(
        f"No accreditation counted on {visit.say(visit.day)}: {reasons}.",
        (("visit", visit.day), ("organizations", listed([found.organization for found in accredited]) or None)),
    )
