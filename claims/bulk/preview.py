"""What would become of each chosen claim, and which are left out of an act and why. Reads only."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from accounts.models import User
from claims.assignment import SETTLED
from claims.determinations.checks import NOT_NOW
from claims.determinations.holds import WAITING
from claims.mass.obstacles import obstacles
from claims.models import Claim
from policy import clock

#: What may be done with many claims at once.
ASSIGN, RELEASE, ANEW, RECORDS = "assign", "release", "anew", "records"

#: Claims at most about which records are asked for at once: as many as an address can name.
MOST_ASKED = 50

NOT_WAITING = "It does not wait. Choose “Decide anew” for what is decided."
TEST_CLAIM = "A test claim is decided apart from all others."
REPLACED_SOON = "Another claim is about to take this one’s place. Release that one."

RELEASED = "Decided anew at once. What still holds it goes on holding it."
DECIDED_IN_THE_DARK = "Decided in the dark first. It stands as it is until a second person has approved."


@dataclass(frozen=True, slots=True)
class Row:
    """A chosen claim with what becomes of it, or why it is left out."""

    claim: Claim
    words: str


@dataclass(frozen=True, slots=True)
class Preview:
    """The claims that the act would change, and those that it would leave as they are."""

    changed: tuple[Row, ...]
    left_out: tuple[Row, ...]


def preview(action: str, claims: Sequence[Claim], to: User | None = None) -> Preview:
    """What an act would do; `to` is who would get the claims, for `ASSIGN`. Its queries do not grow with the claims."""
    reasons, becomes = REASONS[action](claims, to), BECOMES[action]
    return Preview(
        changed=tuple(Row(claim, becomes(claim, to)) for claim in claims if claim.pk not in reasons),
        left_out=tuple(Row(claim, reasons[claim.pk]) for claim in claims if claim.pk in reasons),
    )


Reasons = Mapping[int, str]


def not_assigned(claims: Sequence[Claim], to: User | None) -> Reasons:
    """Why claims would not change hands, by claim."""
    had = f"{to} has it already." if to else "Nobody has it."
    reasons = {claim.pk: had for claim in claims if claim.assigned_to_id == (to.pk if to else None)}
    settled = (claim for claim in claims if claim.status in SETTLED)
    return reasons | {claim.pk: f"{claim.status_shown.label}: nothing is left to do on it." for claim in settled}


def not_released(claims: Sequence[Claim], to: User | None = None) -> Reasons:
    """Why claims would not be released, by claim; one query."""
    replaced = Claim.objects.replacing([claim.pk for claim in claims]).values_list("replaces", flat=True)
    reasons = {claim: REPLACED_SOON for claim in replaced if claim is not None}
    for claim in claims:
        if claim.is_test:
            reasons[claim.pk] = TEST_CLAIM
        elif claim.status not in WAITING:
            reasons[claim.pk] = NOT_NOW.get(claim.status_shown, NOT_WAITING)
    return reasons


def not_decided_anew(claims: Sequence[Claim], to: User | None = None) -> Reasons:
    """Why claims would not come into a mass adjustment, by claim."""
    return obstacles(claims, clock.today(), good_cause="")


def changes_hands(claim: Claim, to: User | None) -> str:
    had = f"from {claim.assigned_to}" if claim.assigned_to else "from nobody"
    return f"Goes {had} to {to or 'nobody'}."


REASONS: dict[str, Callable[[Sequence[Claim], User | None], Reasons]] = {
    ASSIGN: not_assigned,
    RELEASE: not_released,
    ANEW: not_decided_anew,
}
BECOMES: dict[str, Callable[[Claim, User | None], str]] = {
    ASSIGN: changes_hands,
    RELEASE: lambda claim, to: RELEASED,
    ANEW: lambda claim, to: DECIDED_IN_THE_DARK,
}
