"""What must hold beyond the look of single values: rows that do not overlap, leave no hole, and name known codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from policy.drafts import Draft
from policy.models import ReasonCode
from policy.models.codes import EditDisposition
from policy.registry import DISPOSITIONS, PolicyTable

#: Kind and code of a reason code: ("CARC", "B15").
Reason = tuple[str, str]


def reason_codes_known_now() -> set[Reason]:
    """The reason codes that a disposition may name; one query."""
    return set(ReasonCode.objects.filter(superseded_in=None).values_list("kind", "code"))


def reasons_of(content: Mapping[str, Any]) -> list[Reason]:
    """The reason codes that a disposition names."""
    named = [(ReasonCode.Kind.GROUP.value, content["group"]), (ReasonCode.Kind.CARC.value, content["carc"])]
    return [*named, *((ReasonCode.Kind.RARC.value, code) for code in content["rarcs"])]


def fault_of(table: PolicyTable, content: Mapping[str, Any], reasons: Iterable[Reason]) -> str:
    """What is wrong with a row in itself, in words; empty when nothing is."""
    if table is not DISPOSITIONS:
        return ""
    unknown = [f"{kind} {code}" for kind, code in reasons_of(content) if code and (kind, code) not in reasons]
    if unknown:
        return f"{', '.join(unknown)} is not in the table of reason codes"
    if content["disposition"] == EditDisposition.Disposition.DENY and not (content["group"] and content["carc"]):
        return "an edit that denies needs a group code and an adjustment reason code"
    if (content["group"] and not content["carc"]) or (content["rarcs"] and not content["carc"]):
        return "a group code or a remark stands only beside an adjustment reason code"
    return ""


def name_of(table: PolicyTable, draft: Draft) -> str:
    """The subject of a row in words: "J1551 JB", or the table where it has only one."""
    words = " ".join(str(draft.content[field]) for field in table.key if draft.content[field] != "")
    return words or table.title
