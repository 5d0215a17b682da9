"""What must be shown of a change set before it may be approved, declared by the rooms above that can show it."""

from __future__ import annotations

from collections.abc import Callable

from policy.models import ChangeSet
from policy.refusals import Refused

#: Looks at a change set as it is and raises Refused, with the remedy, when it may not be approved yet.
Requirement = Callable[[ChangeSet], None]

_REQUIREMENTS: dict[str, Requirement] = {}


def require_before_approval(name: str, requirement: Requirement) -> None:
    """Declare a requirement; a second one of the same name takes the place of the first."""
    _REQUIREMENTS[name] = requirement


def check_requirements(change_set: ChangeSet) -> None:
    """Raises the Refused of the first requirement that is not met; asked where a change set is approved."""
    for requirement in _REQUIREMENTS.values():
        requirement(change_set)


def unmet_requirements(change_set: ChangeSet) -> list[str]:
    """The sentences of what is not met yet, for the page of the change set."""
    found = []
    for requirement in _REQUIREMENTS.values():
        try:
            requirement(change_set)
        except Refused as refusal:
            found.append(str(refusal))
    return found
