"""The benefit as tables in memory: what was in force on a day, as one publication knew it.

Pure values without the database; `policy.readers.tables_as_known` fills them and the scenario runner may replace parts.
Every row carries `row`, the name of its stored version ("payment_amounts/17"), so that a decision can say what it used,
and `basis` ("published", "estimated", "inferred").
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Generic, Protocol, TypeVar


class DatedRow(Protocol):
    """A row in force from `start` through `end`, both included; no end means no end is known."""

    @property
    def start(self) -> dt.date: ...
    @property
    def end(self) -> dt.date | None: ...


Row = TypeVar("Row", bound=DatedRow)


class Dated(Generic[Row]):
    """Rows by key, each key with spans that never overlap; a lookup asks for the row in force on a day."""

    __slots__ = ("_rows",)

    def __init__(self, rows: Iterable[tuple[str, Row]]) -> None:
        grouped: dict[str, list[Row]] = {}
        for key, row in rows:
            grouped.setdefault(key, []).append(row)
        self._rows: dict[str, tuple[Row, ...]] = {key: tuple(found) for key, found in grouped.items()}

    def on(self, key: str, day: dt.date) -> Row | None:
        for row in self._rows.get(key, ()):
            if row.start <= day and (row.end is None or day <= row.end):
                return row
        return None

    def of(self, key: str) -> tuple[Row, ...]:
        return self._rows.get(key, ())

    def keys(self) -> Iterable[str]:
        return self._rows.keys()

    def in_force(self, day: dt.date) -> list[Row]:
        """The rows in force on a day, by their keys."""
        return [row for key in sorted(self._rows) if (row := self.on(key, day))]


@dataclass(frozen=True, slots=True)
class DrugRow:
    """A home infusion drug; `modifier` is "JB" or ""; `category` None means that a reviewer decides (J7799, J7999)."""

    row: str
    hcpcs: str
    modifier: str
    category: int | None
    route: str
    descriptor: str
    start: dt.date
    end: dt.date | None
    basis: str


@dataclass(frozen=True, slots=True)
class VisitCodeRow:
    """A visit code; `is_initial` tells the first-visit codes (G0088, G0089, G0090)."""

    row: str
    hcpcs: str
    category: int
    is_initial: bool
    descriptor: str
    start: dt.date
    end: dt.date | None
    basis: str


@dataclass(frozen=True, slots=True)
class AmountRow:
    """A payment amount in dollars: national, or of one locality when `locality` ("contractor-locality") is given."""

    row: str
    hcpcs: str
    amount: Decimal
    locality: str
    start: dt.date
    end: dt.date | None
    basis: str


@dataclass(frozen=True, slots=True)
class FactorRow:
    """A geographic adjustment factor of a locality ("contractor-locality")."""

    row: str
    locality: str
    name: str
    factor: Decimal
    start: dt.date
    end: dt.date | None
    basis: str


@dataclass(frozen=True, slots=True)
class LocalityRow:
    """The locality ("contractor-locality") that a ZIP of five digits belongs to."""

    row: str
    zip5: str
    locality: str
    start: dt.date
    end: dt.date | None
    basis: str


@dataclass(frozen=True, slots=True)
class RateRow:
    """A rate as a fraction (0.02 is two percent), or an amount in dollars for the deductible."""

    row: str
    value: Decimal
    start: dt.date
    end: dt.date | None
    basis: str


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place of service; `is_home` tells whether a visit there is payable (reading 13)."""

    row: str
    code: str
    name: str
    is_home: bool
    start: dt.date
    end: dt.date | None
    basis: str


@dataclass(frozen=True, slots=True)
class OrganizationRow:
    """An accrediting organization's approval for home infusion therapy."""

    row: str
    code: str
    name: str
    start: dt.date
    end: dt.date | None
    basis: str


@dataclass(frozen=True, slots=True)
class DispositionRow:
    """What an edit does (deny, suspend, hold, inform, ignore) and a denial's reason codes, by the day of receipt."""

    row: str
    edit: str
    disposition: str
    group: str
    carc: str
    rarcs: tuple[str, ...]
    remedy: str
    start: dt.date
    end: dt.date | None
    basis: str


@dataclass(frozen=True, slots=True)
class SettingRow:
    """A dated setting, by the day of receipt; `value` is text."""

    row: str
    name: str
    value: str
    start: dt.date
    end: dt.date | None
    basis: str


#: In `PolicyTables.amounts` and `.factors`, the key of a row that holds everywhere.
EVERYWHERE = ""

#: How many answers a value of the tables keeps; then it begins anew.
MOST_ANSWERS = 100_000

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class PolicyTables:
    """All that decisions ask of the benefit, under one publication.

    Keys: drugs, visit codes and amounts by HCPCS code (amounts: "HCPCS" national, "HCPCS@contractor-locality" local);
    factors by "contractor-locality" (or EVERYWHERE); localities by ZIP; places, organizations and dispositions by
    code or id; settings by name; the rates under the key "".
    """

    publication: int
    drugs: Dated[DrugRow]
    visit_codes: Dated[VisitCodeRow]
    amounts: Dated[AmountRow]
    factors: Dated[FactorRow]
    localities: Dated[LocalityRow]
    deductibles: Dated[RateRow]
    coinsurance: Dated[RateRow]
    sequestration: Dated[RateRow]
    places: Dated[PlaceRow]
    organizations: Dated[OrganizationRow]
    dispositions: Dated[DispositionRow]
    settings: Dated[SettingRow]
    #: What was worked out from these very rows, by question; no part of the value, and not copied by `replace`.
    answers: dict[Any, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    def keep(self, question: Any, answer: Answer) -> Answer:
        """Keep an answer that follows from the question and these rows alone, to be found in `answers`."""
        if len(self.answers) >= MOST_ANSWERS:
            self.answers.clear()
        self.answers[question] = answer
        return answer

    def drug_on(self, hcpcs: str, modifier: str, day: dt.date) -> DrugRow | None:
        """The row that a drug line meets: one with JB needs JB, one without takes any other or none (fine point b)."""
        fallback = None
        for row in self.drugs.of(hcpcs):
            if row.start <= day and (row.end is None or day <= row.end):
                if row.modifier == modifier and row.modifier:
                    return row
                if not row.modifier:
                    fallback = row
        return fallback

    def factor_on(self, locality: str | None, day: dt.date) -> FactorRow | None:
        found = self.factors.on(locality, day) if locality else None
        return found or self.factors.on(EVERYWHERE, day)

    def setting_on(self, name: str, day: dt.date, default: str) -> str:
        row = self.settings.on(name, day)
        return row.value if row else default
