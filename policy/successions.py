"""Codes that followed one another for the same drug: one history, whichever of them one looks at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from policy.columns import short_drug_name
from policy.life_bars import Axis, Bar, bars_of
from policy.models import CodeSuccession, HomeInfusionDrug
from policy.readers import rows_known


@dataclass(frozen=True, slots=True)
class Member:
    """A code of a drug: its name, and its life; without rows it is on no list of home infusion drugs."""

    code: str
    name: str
    bars: list[Bar]
    rows: list[HomeInfusionDrug]


@dataclass(frozen=True, slots=True)
class Family:
    """The codes of a drug in the order of time, and the rows that join them."""

    members: list[Member]
    links: list[CodeSuccession]


def family_of(code: str, axis: Axis) -> Family | None:
    """The codes that a code came from or went into, itself among them; None when it stands alone. Two queries."""
    links = _joined(code, list(rows_known(CodeSuccession).order_by("in_force", "predecessor", "successor")))
    if not links:
        return None
    codes = list(dict.fromkeys(name for link in links for name in (link.predecessor, link.successor)))
    drugs = list(rows_known(HomeInfusionDrug).filter(hcpcs__in=codes).order_by("in_force", "modifier"))
    return Family([_member(code, drugs, axis) for code in codes], links)


def _joined(code: str, links: Iterable[CodeSuccession]) -> list[CodeSuccession]:
    """The successions that reach a code, in either direction."""
    left, reached, joined = list(links), {code}, []
    while near := [link for link in left if link.predecessor in reached or link.successor in reached]:
        joined += near
        left = [link for link in left if link not in near]
        reached |= {name for link in near for name in (link.predecessor, link.successor)}
    return sorted(joined, key=lambda link: (link.effective_from, link.predecessor))


def _member(code: str, drugs: Iterable[HomeInfusionDrug], axis: Axis) -> Member:
    rows = [row for row in drugs if row.hcpcs == code]
    name = short_drug_name(rows[-1].descriptor) if rows else ""
    return Member(code, name, bars_of(axis, rows, is_labelled=False), rows)
