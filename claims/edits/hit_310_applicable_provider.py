from __future__ import annotations

from claims.edits.base import Fired, Need, edit
from claims.edits.context import LineContext
from claims.edits.spans import unknown

KINDS = ("MD", "DO", "NP", "PA")


@edit(
    "HIT-310",
    needs=Need.BENEFICIARY,
    cites=("Pub. 100-02 ch. 15 §320.4 A",),
    remedy="A record that shows the patient under the care of a physician, nurse practitioner or physician assistant "
    "that day.",
    quote="The beneficiary must be under the care of an applicable provider, as defined in section 1861(iii)(3)(A) of "
    "the Act as a physician, nurse practitioner, or physician assistant.",
)
def applicable_provider(visit: LineContext) -> Fired | None:
    """The patient was not under the care of an applicable provider on the date of service

    The applicable provider may be a nurse practitioner, though only a physician can establish the plan of care
    (HIT-402).
    """
    providers = visit.beneficiary.applicable_providers
    if providers is None:
        return unknown("who had the patient under care")
    if any(found.span.covers(visit.day) and found.kind in KINDS for found in providers):
        return None
    return Fired(
        f"No physician, nurse practitioner or physician assistant is on file as having the patient under care on "
        f"{visit.say(visit.day)}.",
        (("visit", visit.day), ("providers on file", len(providers))),
    )
