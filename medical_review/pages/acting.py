"""What a person may do with a case now: the acts of the table of states, as links and buttons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from accounts.models import User
from medical_review.blind.acting import blind_act_on
from medical_review.models import Case, ReviewDecision
from medical_review.states import BY_ACT, SECONDS


@dataclass(frozen=True, slots=True)
class CaseAct:
    """One act that is open: the name of its address in `review:`, its words, whether one press does it."""

    name: str
    words: str
    is_button: bool = False


#: Acts with a page or a button of their own, in the order of the heading; `sign` and `answer` belong to the desk.
OFFERED = (
    ("take", "Take this case", True),
    ("assign", "Give to a colleague", False),
    ("ask_for_records", "Ask for records", False),
    ("receive_records", "Records have come", False),
    ("hand_back", "Hand back", False),
    ("reopen", "Take up again for late records", False),
    ("find_good_cause", "Find a good cause", False),
    ("dismiss", "Dismiss the request", False),
    ("close", "Close without a decision", False),
)


def acts_on(case: Case, person: User, decision: ReviewDecision | None) -> Iterator[CaseAct]:
    """The acts that are open to a person as the case stands; whether each is right, the act itself checks."""
    for name, words, is_button in OFFERED:
        transition = BY_ACT["take" if name == "assign" else name]
        if case.state in transition.starts and person.role in transition.roles and _fits(name, case, person, decision):
            yield CaseAct(name, words, is_button)
    if case.state in BY_ACT["agree"].starts and person.role in SECONDS and signed_by_another(decision, person):
        yield CaseAct("second", "Second review")
    if blind := blind_act_on(case, person, decision):
        yield CaseAct(*blind)


def _fits(name: str, case: Case, person: User, decision: ReviewDecision | None) -> bool:
    has_it = case.assigned_to_id == person.pk
    if name == "take":
        return not has_it
    request = getattr(case, "redetermination", None) if case.is_redetermination else None
    if name == "find_good_cause":
        return has_it and request is not None and request.needs_good_cause
    if name in ("dismiss", "close"):
        return (request is not None) == (name == "dismiss")
    if name == "reopen":
        return decision is not None and decision.signed_by_id is None
    return name != "hand_back" or has_it


def signed_by_another(decision: ReviewDecision | None, person: User) -> bool:
    return decision is not None and decision.signed_by_id != person.pk
