from __future__ import annotations

from claims.edits.base import Fired, edit
from claims.edits.context import LineContext
from claims.intake.x12.npi import is_npi


@edit(
    "HIT-108",
    level="claim",
    cites=("Pub. 100-02 ch. 15 §320.4",),
    remedy="A new claim that names the referring or ordering provider with a valid NPI.",
    quote="The beneficiary must be under the care of an applicable provider…",
)
def referring_provider(visit: LineContext) -> Fired | None:
    """The referring or ordering provider is missing or its NPI is not valid

    A valid NPI has ten digits, the last of which is the check digit of the others.
    """
    npi = visit.claim.referring_npi
    if not npi:
        return Fired("The claim names no referring or ordering provider.", (("referring NPI", None),))
    if is_npi(npi):
        return None
    return Fired(f"The referring provider's NPI {npi} fails its check digit.", (("referring NPI", npi),))
