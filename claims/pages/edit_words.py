"""The edits in a few words, for lists where their title has no room."""

from __future__ import annotations

from claims.adjudication.rulings import REVIEW

BY_REVIEW = "denied in medical review"

IN_SHORT = {
    "HIT-101": "before the benefit began",
    "HIT-102": "filed too late",
    "HIT-103": "no visit code of that day",
    "HIT-104": "units not 1 to 96",
    "HIT-105": "place is not a home",
    "HIT-106": "longer than five hours",
    "HIT-107": "dated after receipt",
    "HIT-108": "no referring provider",
    "HIT-109": "more than one day",
    "HIT-110": "no diagnosis",
    "HIT-201": "supplier not enrolled",
    "HIT-202": "supplier not accredited",
    "HIT-203": "supplier not licensed there",
    "HIT-204": "specialty is not D6",
    "HIT-205": "privileges revoked",
    "HIT-206": "prepayment review",
    "HIT-301": "patient not identified",
    "HIT-302": "before Part B began",
    "HIT-303": "after Part B ended",
    "HIT-304": "after the patient's death",
    "HIT-305": "in Medicare Advantage",
    "HIT-306": "in hospital",
    "HIT-307": "in a nursing facility",
    "HIT-308": "hospice without GW",
    "HIT-309": "another insurer first",
    "HIT-310": "no applicable provider",
    "HIT-401": "no plan of care",
    "HIT-402": "plan not by a physician",
    "HIT-403": "plan not signed in time",
    "HIT-404": "plan incomplete",
    "HIT-405": "plan change not signed",
    "HIT-406": "more visits than ordered",
    "HIT-407": "options not discussed",
    "HIT-408": "plan review is due",
    "HIT-409": "drug not on the plan",
    "HIT-501": "no drug bill",
    "HIT-502": "drug denied by DME",
    "HIT-503": "drug of another category",
    "HIT-504": "drug category needed",
    "HIT-601": "initial visit too early",
    "HIT-602": "day already paid",
    "HIT-603": "exact duplicate",
    "HIT-604": "no earlier visit on file",
    "HIT-605": "initial visit again",
    "HIT-901": "no amount in force",
}


def in_short(edit: str) -> str:
    """A few words for an edit or for medical review, in small letters; empty for what is neither."""
    return BY_REVIEW if edit == REVIEW else IN_SHORT.get(edit, "")
