from __future__ import annotations

from claims.edits.base import Fired, Need, edit
from claims.edits.context import LineContext
from claims.edits.spans import any_covers, say_nearest, unknown


@edit(
    "HIT-201",
    cites=("Pub. 100-02 ch. 15 §320.3", "42 CFR 424.68"),
    remedy="On appeal, the enrollment as a home infusion therapy supplier that covers the day.",
    quote="…any of the previously noted entities who meet the Medicare accreditation requirements for home infusion "
    "therapy suppliers is eligible to enroll as a qualified home infusion therapy supplier.",
)
def supplier_enrolled(visit: LineContext) -> Fired | None:
    """The supplier was not enrolled as a home infusion therapy supplier on the date of service

    A supplier is NPI and tax id. When no such supplier is on file nothing can be paid, and the other edits on the
    supplier are not evaluated.
    """
    npi = visit.claim.billing_npi
    if not visit.knows(Need.SUPPLIER):
        return Fired(f"No supplier with NPI {npi} and this tax id is on file.", (("billing NPI", npi),), absolute=True)
    enrolled = visit.supplier.enrolled
    if enrolled is None:
        return unknown("the supplier's enrollment")
    if any_covers(enrolled, visit.day):
        return None
    return Fired(
        f"The supplier's enrollment for home infusion therapy {say_nearest(visit, enrolled)}.",
        (("billing NPI", npi), ("visit", visit.day)),
    )
