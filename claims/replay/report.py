"""What a replay found: every line that changes, and the dollars by supplier, by edit and by month of service."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from claims.replay.lines import ZERO, LineState


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line that is not decided as it was. `edit` is the edit that makes the difference, "" where none does.

    The supplier is its NPI as billed, with its name when it is on file.
    """

    claim: str
    line: int
    date_of_service: dt.date
    hcpcs: str
    supplier: str
    supplier_name: str
    before: LineState
    after: LineState
    edit: str

    @property
    def difference(self) -> Decimal:
        """What the line pays more than it did, in dollars; below zero when it pays less."""
        return self.after.paid - self.before.paid

    @property
    def month(self) -> str:
        return f"{self.date_of_service:%Y-%m}"


@dataclass(frozen=True, slots=True)
class Total:
    """The changed lines of one supplier, edit or month: what some pay more and others less, in dollars, both positive.

    `name` is the supplier's, "" for an edit or a month.
    """

    key: str
    name: str
    lines: int
    more: Decimal
    less: Decimal

    @property
    def difference(self) -> Decimal:
        return self.more - self.less


@dataclass(frozen=True, slots=True)
class ReplayReport:
    """A replay: how many claims were decided anew, how many claims and lines changed, and the dollars.

    of_other_engines  decided at the time by another version of the engine: what changes on them may be the code's doing
    unreadable        numbers of the decisions whose facts this version cannot read; they are in no other count
    before, after     what all claims of the replay paid and would pay
    by_edit           each change counts for one edit (`LineChange.edit`), so that every table adds up to the difference
    changes           empty when they were handed on instead
    """

    publication: int
    claims: int
    of_other_engines: int
    unreadable: tuple[int, ...]
    claims_changed: int
    lines_changed: int
    before: Decimal
    after: Decimal
    by_supplier: tuple[Total, ...]
    by_edit: tuple[Total, ...]
    by_month: tuple[Total, ...]
    changes: tuple[LineChange, ...]

    @property
    def difference(self) -> Decimal:
        """What the claims would pay more than they do, in dollars."""
        return self.after - self.before


@dataclass(slots=True)
class Part:
    """What one chunk of decisions gave."""

    claims: int = 0
    of_other_engines: int = 0
    unreadable: list[int] = field(default_factory=list)
    claims_changed: int = 0
    before: Decimal = ZERO
    after: Decimal = ZERO
    changes: list[LineChange] = field(default_factory=list)


class Totals:
    """The report while it grows; it keeps sums, not lines."""

    def __init__(self) -> None:
        self._sums = Part()
        self._lines_changed = 0
        self._suppliers = _ByKey()
        self._edits = _ByKey()
        self._months = _ByKey()

    def add(self, part: Part) -> None:
        sums = self._sums
        sums.claims += part.claims
        sums.of_other_engines += part.of_other_engines
        sums.unreadable += part.unreadable
        sums.claims_changed += part.claims_changed
        sums.before += part.before
        sums.after += part.after
        self._lines_changed += len(part.changes)
        for change in part.changes:
            self._suppliers.add(change.supplier, change.difference, change.supplier_name)
            self._edits.add(change.edit, change.difference)
            self._months.add(change.month, change.difference)

    def report(self, publication: int, changes: Iterable[LineChange]) -> ReplayReport:
        sums = self._sums
        return ReplayReport(
            publication=publication,
            claims=sums.claims,
            of_other_engines=sums.of_other_engines,
            unreadable=tuple(sums.unreadable),
            claims_changed=sums.claims_changed,
            lines_changed=self._lines_changed,
            before=sums.before,
            after=sums.after,
            by_supplier=self._suppliers.totals(),
            by_edit=self._edits.totals(),
            by_month=self._months.totals(),
            changes=tuple(changes),
        )


class _ByKey:
    """Sums of differences by key."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[str, int, Decimal, Decimal]] = {}

    def add(self, key: str, difference: Decimal, name: str = "") -> None:
        known_as, lines, more, less = self._found.get(key, (name, 0, ZERO, ZERO))
        self._found[key] = (known_as or name, lines + 1, more + max(difference, ZERO), less + max(-difference, ZERO))

    def totals(self) -> tuple[Total, ...]:
        return tuple(Total(key, *self._found[key]) for key in sorted(self._found))
