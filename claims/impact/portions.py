"""One chunk of an impact: its claims decided in the dark with the tables of the change set, and what changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from claims.adjudication.reading.sql import array, rows
from claims.impact.anew import Anew
from claims.mass.dark import InTheDark, decided_in_the_dark
from claims.mass.telling import States, fields_of
from claims.models import ClaimStatus, ImpactLine
from claims.replay.lines import ZERO, LineState, paid_by, stored_states
from claims.replay.replaying import changes_of
from policy.tables import PolicyTables

WAITING = (ClaimStatus.ON_HOLD.value, ClaimStatus.SUSPENDED.value)

#: The claims of a chunk as they are now; one that was asked anew or replaced since the list was made is left out.
NOW = """
SELECT c.id, c.beneficiary_id, c.status, c.current_decision_id FROM claims_claim c
 WHERE c.id = ANY(%s::bigint[]) AND c.status IN ('payable', 'paid', 'denied', 'on_hold', 'suspended')
   AND NOT EXISTS (SELECT FROM claims_claim r WHERE r.replaces_id = c.id AND r.status NOT IN ('voided', 'adjusted'))
"""


@dataclass(frozen=True, slots=True)
class Compared:
    """The tables as they are known and as they would be with the change set, and the day."""

    known: PolicyTables
    proposed: PolicyTables
    today: dt.date


@dataclass(frozen=True, slots=True)
class Standing:
    """A claim whose decision stands: its patient, whether it waits, and its lines."""

    patient: int | None
    waits: bool
    lines: Mapping[int, LineState]


@dataclass(slots=True)
class Portion:
    """What a chunk gave: the lines that change, not yet written, and what the decided claims among them were paid."""

    lines: list[ImpactLine] = field(default_factory=list)
    before: Decimal = ZERO


def impact_of(run: int, ids: Sequence[int], compared: Compared) -> Portion:
    """What the change set does to these claims.

    Decided claims are decided together, as a mass adjustment would; waiting ones after them, each as it would be asked
    once the tables are published, while the decided ones still stand.
    """
    standing, portion = standing_of(ids), Portion()
    for waits in (False, True):
        asked = {claim: standing[claim] for claim in ids if claim in standing and standing[claim].waits == waits}
        for claim, fresh in changed(asked, compared).items():
            portion.lines += lines_of(run, claim, asked[claim], fresh)
            portion.before += ZERO if waits else paid_by(asked[claim].lines.values())
    return portion


def standing_of(ids: Sequence[int]) -> dict[int, Standing]:
    """Two queries."""
    now = rows(NOW, [array(ids)])
    lines = stored_states([row[3] for row in now])
    return {claim: Standing(patient, status in WAITING, lines.get(last, {})) for claim, patient, status, last in now}


def changed(standing: Mapping[int, Standing], compared: Compared) -> dict[int, InTheDark]:
    """The claims that come out otherwise, and otherwise than they would be decided anew by the tables known now.

    So what has moved for another reason (a late drug bill, a new version of the program) is not told of the change set.
    """
    if not standing:
        return {}
    before: dict[int, States] = {claim: found.lines for claim, found in standing.items()}
    anew = Anew()
    fresh = decided_in_the_dark(list(standing), before, compared.proposed, compared.today, anew.decided)
    otherwise = {claim for claim, found in fresh.items() if found.states != before[claim]}
    if not otherwise:
        return {}
    patients = {standing[claim].patient for claim in otherwise} - {None}
    with_them = [claim for claim in standing if claim in otherwise or standing[claim].patient in patients]
    now = decided_in_the_dark(with_them, before, compared.known, compared.today, anew.decided)
    return {
        claim: fresh[claim]
        for claim in standing
        if claim in otherwise and (claim not in now or now[claim].states != fresh[claim].states)
    }


def lines_of(run: int, claim: int, was: Standing, fresh: InTheDark) -> Iterator[ImpactLine]:
    for change in changes_of(fresh.facts, dict(was.lines), fresh.states):
        yield ImpactLine(
            run_id=run,
            claim_id=claim,
            is_waiting=was.waits,
            **fields_of(change),
        )
