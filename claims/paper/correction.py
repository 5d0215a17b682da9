"""Correcting what was keyed wrongly: the paper is keyed again, and that claim takes the place of the first.

What was billed never changes. A claim that came in a file says what the supplier sent, byte for byte: an error of ours
in deciding it is corrected by reopening it (42 CFR 405.980(a)(3)), the supplier's own error by the supplier's
replacement, or where none are taken by reopening. A claim on paper says what was keyed, and that may not be what was
billed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction

from accounts.actions import record_event
from accounts.models import User
from claims.adjustments.actions import lock
from claims.adjustments.checks import check_claim, check_none_open, check_time, said
from claims.adjustments.readers import money_at_stake
from claims.authority import check_limit, check_role
from claims.intake.originals import REPLACES
from claims.models import Adjustment, Claim
from claims.paper.cms_1500 import PaperClaim
from claims.paper.entry import KEYS_PAPER, key_claim
from claims.paper.forms import DIAGNOSIS_LETTERS
from policy import clock
from policy.refusals import Refused

NOT_KEYED = (
    "The claim came in a file and stands as it was sent. An error in deciding it is corrected by reopening, "
    "the supplier’s own by a claim that replaces it."
)

DAYS = ("received_on", "birth_date", "first_day", "last_day")


def why_not_corrected(claim: Claim) -> str:
    """Why nothing on a claim was keyed that could be corrected; "" when it was."""
    return "" if claim.billed.get("keyed") else NOT_KEYED


@transaction.atomic
def correct_claim(claim: Claim, paper: PaperClaim, *, reason: str, token: str, by: User) -> Claim:
    """Key the paper again: the claim that this makes replaces the first once it is decided, with its money.

    Raises `NotAccepted` with what the gateway finds, and `Refused` for a claim that cannot be replaced now, after the
    year of 42 CFR 405.980(b), or above the person's limit. Another patient's or supplier's claim takes no one's place.
    """
    claim = lock(claim)
    check_role(KEYS_PAPER, by)
    if why := why_not_corrected(claim):
        raise Refused(why, "not_keyed")
    check_claim(claim, Adjustment.Kind.REPLACEMENT)
    check_none_open(claim)
    check_time(claim, clock.today(), "")
    check_limit(money_at_stake(claim, Adjustment.Kind.REPLACEMENT), by)
    words = said(reason)
    anew = replace(paper, frequency=REPLACES, original_claim_number=str(claim.icn))
    made = key_claim(anew, token=token, by=by, is_correction=True)
    sentence = f"What was keyed is corrected by claim {made.icn}: {words}"
    record_event("claim_corrected", by=by, on=clock.today(), about=claim, sentence=sentence, data={"claim": made.pk})
    return made


def keyed_values(claim: Claim) -> dict[str, Any]:
    """The items of the form as they were keyed, to be keyed again."""
    kept = claim.billed["keyed"]["values"]
    values = _as_typed({name: value for name, value in kept.items() if name != "lines"})
    return {**values, "diagnoses": " ".join(kept["diagnoses"])}


def keyed_lines(claim: Claim) -> list[dict[str, Any]]:
    return [
        {
            **_as_typed(line),
            "modifiers": " ".join(line["modifiers"]),
            "pointers": "".join(DIAGNOSIS_LETTERS[number - 1] for number in line["pointers"]),
        }
        for line in claim.billed["keyed"]["values"]["lines"]
    ]


def _as_typed(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: dt.date.fromisoformat(value) if name in DAYS and value else value for name, value in values.items()}
