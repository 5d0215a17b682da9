from __future__ import annotations

from claims.edits.base import Fired, Need, edit
from claims.edits.context import LineContext

CREDENTIALS = ("MD", "DO")


@edit(
    "HIT-402",
    needs=Need.BENEFICIARY | Need.PLAN,
    cites=("Pub. 100-02 ch. 15 §320.5",),
    remedy="A plan of care established by a doctor of medicine or of osteopathy.",
    quote="…a plan of care, established by a physician (defined at section 1861(r)(1) of the Act as a doctor of "
    "medicine or osteopathy…)",
)
def established_by_a_physician(visit: LineContext) -> Fired | None:
    """The plan of care was not established by a physician (MD or DO)

    A nurse practitioner or physician assistant may be the applicable provider (HIT-310) but cannot establish the plan.
    """
    credential = visit.plan.credential
    if credential in CREDENTIALS:
        return None
    if not credential:
        return Fired("The plan of care does not show the credential of who established it.", missing=True)
    return Fired(
        f"The plan of care was established by a provider with the credential {credential}; it takes an MD or a DO.",
        (("credential", credential), ("established by NPI", visit.plan.established_by_npi)),
    )
