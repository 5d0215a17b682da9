"""The tables of states × acts × roles in `docs/medical_review.md`, written from those in the code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from accounts.models import Role
from claims.models.status import ShownChoices
from medical_review.blind.states import BLIND_TRANSITIONS, BlindState
from medical_review.probes.states import PROBE_TRANSITIONS, ProbeState
from medical_review.states import TRANSITIONS, CaseState, Transition

PAGE = Path(__file__).resolve().parent.parent / "docs" / "medical_review.md"

#: The tables by the name in their marks.
TABLES: dict[str, tuple[tuple[Transition, ...], type[ShownChoices]]] = {
    "states": (TRANSITIONS, CaseState),
    "probe states": (PROBE_TRANSITIONS, ProbeState),
    "blind states": (BLIND_TRANSITIONS, BlindState),
}

#: The columns of roles; the last is the scheduled work.
ROLES = (Role.EXAMINER, Role.REVIEWER, Role.MEDICAL_DIRECTOR, Role.ADMINISTRATOR, Role.SUPPLIER)


def with_table(page: str) -> str:
    """The page with the tables as they are in the code. Raises ValueError where the marks are missing."""
    for name, (transitions, states) in TABLES.items():
        begin_mark, end_mark = f"<!-- {name}: written by manage.py review_transitions -->", f"<!-- end of {name} -->"
        before, begin, rest = page.partition(begin_mark)
        _, end, after = rest.partition(end_mark)
        if not (begin and end):
            raise ValueError(f"{PAGE.name} lacks the marks between which the table of {name} stands.")
        page = f"{before}{begin}\n\n{table(transitions, states)}\n{end}{after}"
    return page


def table(transitions: Iterable[Transition], states: type[ShownChoices]) -> str:
    return "\n".join((*_acts(transitions), "", *_states(transitions, states), ""))


def _acts(transitions: Iterable[Transition]) -> Iterator[str]:
    """One row an act: where from, who may, where to, what it leaves."""
    yield f"| act | from | {' | '.join(str(role.label).lower() for role in ROLES)} | by itself | to | leaves |"
    yield "| --- " * (len(ROLES) + 5) + "|"
    for each in transitions:
        may = " | ".join("yes" if role in each.roles else "–" for role in ROLES)
        by_job = "yes" if each.by_job else "–"
        yield f"| {each.words} | {_names(each.starts)} | {may} | {by_job} | {_names(each.ends)} | {each.leaves} |"


def _states(transitions: Iterable[Transition], states: type[ShownChoices]) -> Iterator[str]:
    """One row a state, one column an act: what becomes of it."""
    acts = list(transitions)
    yield f"| state | {' | '.join(each.act for each in acts)} |"
    yield "| --- " * (len(acts) + 1) + "|"
    for state in states:
        yield f"| {state.value} | {' | '.join(_becomes(each, state) for each in acts)} |"


def _becomes(transition: Transition, state: ShownChoices) -> str:
    return _names(transition.ends) if state in transition.starts else "–"


def _names(states: tuple[ShownChoices, ...]) -> str:
    return ", ".join(state.value for state in states) or "–"
