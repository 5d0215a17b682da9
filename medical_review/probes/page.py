"""What the pages of probes show: rounds with their rates and the numbers in them, claims with what was found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from accounts.models import User
from claims.edits.wording import dollars
from medical_review.models import Case, Probe, ProbeRound, ReviewedLine, RoundResult
from medical_review.models.probe import earliest
from medical_review.probes.readers import lines_by_case, rounds_of
from medical_review.probes.states import BY_ACT, ROUNDS, SECONDS, ProbeState
from policy import clock


@dataclass(frozen=True, slots=True)
class RateRow:
    """One rate with its formula and the numbers in it; only the one by charges is held against the threshold."""

    name: str
    formula: str
    numbers: str
    percent: str


@dataclass(frozen=True, slots=True)
class FoundClaim:
    """A claim of a round: its case, and its lines as they were decided, none while they are not."""

    case: Case
    lines: list[ReviewedLine]


@dataclass(frozen=True, slots=True)
class RoundShown:
    round: ProbeRound
    result: RoundResult | None
    rates: tuple[RateRow, ...]
    claims: tuple[FoundClaim, ...]
    decided: int
    next_from: dt.date | None


@dataclass(frozen=True, slots=True)
class ProbePage:
    probe: Probe
    rounds: tuple[RoundShown, ...]
    acts: tuple[tuple[str, str], ...]


def probe_page(probe: Probe, person: User) -> ProbePage:
    """All of a probe; the same six queries however many rounds and claims it has."""
    rounds = rounds_of(probe)
    cases = [case.pk for each in rounds for case in each.draw.cases.all()]
    lines = lines_by_case(cases)
    shown = tuple(round_shown(each, lines) for each in reversed(rounds))
    return ProbePage(probe, shown, tuple(acts_on(probe, person, rounds[-1] if rounds else None)))


def round_shown(each: ProbeRound, lines: dict[int, list[ReviewedLine]]) -> RoundShown:
    result = getattr(each, "result", None)
    cases = sorted(each.draw.cases.all(), key=lambda case: case.draw_position or 0)
    found = tuple(FoundClaim(case, lines.get(case.pk, [])) for case in cases)
    rates = tuple(rate_rows(result)) if result else ()
    ended = sum(not case.is_open for case in cases)
    return RoundShown(each, result, rates, found, ended, earliest(list(each.educations.all())))


def rate_rows(result: RoundResult) -> Iterator[RateRow]:
    """The three rates, the one that counts first."""
    yield RateRow(
        "By charges",
        "charges in error ÷ charges reviewed",
        f"{dollars(result.charges_in_error)} ÷ {dollars(result.charges)}",
        percent(result.by_charges),
    )
    yield RateRow(
        "By claims",
        "claims in error ÷ claims reviewed",
        f"{result.claims_in_error} ÷ {result.claims}",
        percent(result.by_claims),
    )
    yield RateRow(
        "By payment",
        "payment taken back ÷ payment before review",
        f"{dollars(result.paid_in_error)} ÷ {dollars(result.paid)}",
        percent(result.by_paid),
    )


def percent(share: Decimal) -> str:
    """ "26.67 %"."""
    return f"{share * 100:.2f} %"


def acts_on(probe: Probe, person: User, last: ProbeRound | None) -> Iterator[tuple[str, str]]:
    """The acts that are open to a person as the probe stands; whether each is right, the act itself checks."""
    result = getattr(last, "result", None)
    for name, transition in BY_ACT.items():
        if probe.state in transition.starts and person.role in transition.roles and fits(name, last, result, person):
            yield name, transition.words


def fits(name: str, last: ProbeRound | None, result: RoundResult | None, person: User) -> bool:
    if name == "draw" and last is not None:
        begins = earliest(list(last.educations.all()))
        return begins is not None and begins <= clock.today()
    if result is None or last is None or name not in ("release", "go_on", "refer"):
        return True
    if name == "release":
        return not result.is_above or person.role in SECONDS
    return result.is_above and (last.number < ROUNDS) == (name == "go_on")


#: What a supplier reads of where its probe stands.
TOLD = {
    ProbeState.CHOSEN: "Your claims will be looked at in a round of 20 to 40.",
    ProbeState.REVIEW: "The claims of the round are in review.",
    ProbeState.RESULT: "Every claim of the round is decided. What follows is not decided yet.",
    ProbeState.EDUCATION: "Another round follows the education.",
    ProbeState.RELEASED: "You are released: no further round follows.",
    ProbeState.REFERRED: "After three rounds you are referred for further action.",
    ProbeState.CALLED_OFF: "The probe was called off.",
}
