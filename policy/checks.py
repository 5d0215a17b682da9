"""What must hold beyond the look of single values: rows that do not overlap, leave no hole, and name known codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from policy.drafts import Draft
from policy.models import ReasonCode
from policy.models.codes import EditDisposition
from policy.registry import DISPOSITIONS, PolicyTable

#: Kind and code of a reason code: ("CARC", "B15").
Reason = tuple[str, str]

FIELD_OF_KIND: dict[str, str] = {
    ReasonCode.Kind.GROUP: "group",
    ReasonCode.Kind.CARC: "carc",
    ReasonCode.Kind.RARC: "rarcs",
}

#: Dispositions that end in a denial, of which the supplier is told a reason (a hold denies after its last look).
NEED_A_REASON: dict[str, str] = {
    EditDisposition.Disposition.DENY: "an edit that denies needs a group code and an adjustment reason code",
    EditDisposition.Disposition.HOLD: "an edit that holds needs a group code and an adjustment reason code, "
    "for it denies when the last look finds nothing new",
}

#: The edits whose hold is looked at again; the room that decides claims declares them (`looks_again_at`).
LOOKED_AT_AGAIN: set[str] = set()


def looks_again_at(edit: str) -> None:
    """Declare that a claim which an edit holds is looked at again by itself, so that the edit may be set to hold."""
    LOOKED_AT_AGAIN.add(edit)


def reason_codes_known_now() -> set[Reason]:
    """The reason codes that a disposition may name; one query."""
    return set(ReasonCode.objects.filter(superseded_in=None).values_list("kind", "code"))


def reasons_of(content: Mapping[str, Any]) -> list[Reason]:
    """The reason codes that a disposition names."""
    named = [(ReasonCode.Kind.GROUP.value, content["group"]), (ReasonCode.Kind.CARC.value, content["carc"])]
    return [*named, *((ReasonCode.Kind.RARC.value, code) for code in content["rarcs"])]


class Fault(NamedTuple):
    """What is wrong with a row in itself: the field that a person corrects, and why, in words."""

    field: str
    words: str


def fault_of(table: PolicyTable, content: Mapping[str, Any], reasons: Iterable[Reason]) -> Fault | None:
    """The first thing that is wrong with a row in itself, if anything is."""
    if table is not DISPOSITIONS:
        return None
    unknown = [reason for reason in reasons_of(content) if reason[1] and reason not in reasons]
    if unknown:
        named = ", ".join(" ".join(reason) for reason in unknown)
        return Fault(FIELD_OF_KIND[unknown[0][0]], f"{named} is not in the table of reason codes")
    if content["disposition"] == EditDisposition.Disposition.HOLD and content["edit"] not in LOOKED_AT_AGAIN:
        return Fault("disposition", never_looked_at(content["edit"]))
    missing = "carc" if content["group"] else "group"
    if content["disposition"] in NEED_A_REASON and not (content["group"] and content["carc"]):
        return Fault(missing, NEED_A_REASON[content["disposition"]])
    if (content["group"] or content["rarcs"]) and not content["carc"]:
        return Fault("carc", "a group code or a remark stands only beside an adjustment reason code")
    return None


def never_looked_at(edit: str) -> str:
    """Why an edit cannot hold, and what to set instead."""
    may = " and ".join(sorted(LOOKED_AT_AGAIN))
    return (
        f"nothing looks again at a claim that {edit} holds, so it would wait for ever: only {may} may hold; "
        "choose suspend, and a person decides it"
    )


def name_of(table: PolicyTable, draft: Draft) -> str:
    """The subject of a row in words: "J1551 JB", or the table where it has only one."""
    words = " ".join(str(draft.content[field]) for field in table.key if draft.content[field] != "")
    return words or table.title
