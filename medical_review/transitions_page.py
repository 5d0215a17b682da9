"""The table of states × acts × roles in `docs/medical_review.md`, written from the one in the code."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from accounts.models import Role
from medical_review.states import TRANSITIONS, CaseState, Transition

PAGE = Path(__file__).resolve().parent.parent / "docs" / "medical_review.md"
BEGIN, END = "<!-- states: written by manage.py review_transitions -->", "<!-- end of states -->"

#: The columns of roles; the last is the scheduled work.
ROLES = (Role.EXAMINER, Role.REVIEWER, Role.MEDICAL_DIRECTOR, Role.ADMINISTRATOR, Role.SUPPLIER)


def with_table(page: str) -> str:
    """The page with the table as it is in the code. Raises ValueError where the marks are missing."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"{PAGE.name} lacks the marks between which the table stands.")
    return f"{before}{BEGIN}\n\n{table()}\n{END}{after}"


def table() -> str:
    return "\n".join((*_acts(), "", *_states(), ""))


def _acts() -> Iterator[str]:
    """One row an act: where from, who may, where to, what it leaves."""
    yield f"| act | from | {' | '.join(str(role.label).lower() for role in ROLES)} | by itself | to | leaves |"
    yield "| --- " * (len(ROLES) + 5) + "|"
    for each in TRANSITIONS:
        may = " | ".join("yes" if role in each.roles else "–" for role in ROLES)
        by_job = "yes" if each.by_job else "–"
        yield f"| {each.words} | {_names(each.starts)} | {may} | {by_job} | {_names(each.ends)} | {each.leaves} |"


def _states() -> Iterator[str]:
    """One row a state, one column an act: what becomes of it."""
    yield f"| state | {' | '.join(each.act for each in TRANSITIONS)} |"
    yield "| --- " * (len(TRANSITIONS) + 1) + "|"
    for state in CaseState:
        yield f"| {state.value} | {' | '.join(_becomes(each, state) for each in TRANSITIONS)} |"


def _becomes(transition: Transition, state: CaseState) -> str:
    return _names(transition.ends) if state in transition.starts else "–"


def _names(states: tuple[CaseState, ...]) -> str:
    return ", ".join(state.value for state in states) or "–"
