"""A replay as text, CSV and JSON. Changed lines are written as they are found."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, Protocol, TextIO

import orjson

from claims.replay.lines import LineState
from claims.replay.report import LineChange, ReplayReport, Total

NO_EDIT = "no edit"


class Writer(Protocol):
    """Takes changed lines as they come, and the report at the end."""

    def take(self, changes: Sequence[LineChange]) -> None: ...
    def finish(self, report: ReplayReport) -> None: ...


HEADINGS = (
    *("claim", "line", "date_of_service", "hcpcs", "supplier", "supplier_name", "edit"),
    *(f"{name}_{when}" for when in ("before", "after") for name in LineState._fields),
    "difference",
)


class CsvWriter:
    """One row a changed line; several codes in one column have spaces between them."""

    def __init__(self, file: TextIO) -> None:
        self._csv = csv.writer(file)
        self._csv.writerow(HEADINGS)

    def take(self, changes: Sequence[LineChange]) -> None:
        self._csv.writerows(_cells(change) for change in changes)

    def finish(self, report: ReplayReport) -> None:
        """A CSV file has no totals."""


def _cells(change: LineChange) -> Iterator[object]:
    yield from (change.claim, change.line, change.date_of_service, change.hcpcs)
    yield from (change.supplier, change.supplier_name, change.edit)
    for state in (change.before, change.after):
        yield from (" ".join(value) if isinstance(value, tuple) else value for value in state)
    yield change.difference


class JsonWriter:
    """One object: "changes", a list with a line of text for each, then the counts and totals. Money is text."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._between = ""
        file.write('{"changes": [\n')

    def take(self, changes: Sequence[LineChange]) -> None:
        for change in changes:
            self._file.write(self._between + _json(_change(change)))
            self._between = ",\n"

    def finish(self, report: ReplayReport) -> None:
        self._file.write(f"\n],\n{_json(_sums(report))[1:]}\n")


def _json(value: object) -> str:
    return orjson.dumps(value, default=str).decode()


def _change(change: LineChange) -> dict[str, object]:
    return {
        "claim": change.claim,
        "line": change.line,
        "date_of_service": change.date_of_service,
        "hcpcs": change.hcpcs,
        "supplier": change.supplier,
        "supplier_name": change.supplier_name,
        "edit": change.edit,
        "before": change.before._asdict(),
        "after": change.after._asdict(),
        "difference": change.difference,
    }


def _sums(report: ReplayReport) -> dict[str, Any]:
    return {
        "publication": report.publication,
        "claims": report.claims,
        "claims_of_other_engines": report.of_other_engines,
        "unreadable_decisions": report.unreadable,
        "claims_changed": report.claims_changed,
        "lines_changed": report.lines_changed,
        "paid_before": report.before,
        "paid_after": report.after,
        "difference": report.difference,
        "by_supplier": [_total(total) for total in report.by_supplier],
        "by_edit": [_total(total) for total in report.by_edit],
        "by_month": [_total(total) for total in report.by_month],
    }


def _total(total: Total) -> dict[str, object]:
    return {
        "key": total.key,
        "name": total.name,
        "lines": total.lines,
        "more": total.more,
        "less": total.less,
        "difference": total.difference,
    }


class TextWriter:
    """What a person reads: the counts, the totals, and the first changed lines."""

    def __init__(self, write: Callable[[str], object], most: int) -> None:
        self._write = write
        self._most = most
        self._first: list[LineChange] = []

    def take(self, changes: Sequence[LineChange]) -> None:
        self._first += changes[: self._most - len(self._first)]

    def finish(self, report: ReplayReport) -> None:
        for line in _text(report, self._first):
            self._write(f"{line}\n")


def _text(report: ReplayReport, first: Sequence[LineChange]) -> Iterator[str]:
    yield (
        f"{report.claims:,} claims decided anew under publication {report.publication}: "
        f"{report.lines_changed:,} lines on {report.claims_changed:,} claims change"
    )
    yield f"paid {report.before:,.2f}, would pay {report.after:,.2f}, difference {_signed(report.difference)}"
    if report.of_other_engines:
        yield f"{report.of_other_engines:,} claims were decided by another version of the engine"
    if report.unreadable:
        which = _some(report.unreadable)
        yield f"{len(report.unreadable):,} decisions have facts that this version cannot read: {which}"
    for title, totals in (
        ("by supplier", report.by_supplier),
        ("by edit", report.by_edit),
        ("by month of service", report.by_month),
    ):
        if totals:
            yield from ("", f"{title:<32} {'lines':>8} {'pay more':>16} {'pay less':>16} {'difference':>16}")
            yield from (_total_line(total) for total in totals)
    if first:
        yield from ("", f"changed lines ({len(first):,} of {report.lines_changed:,})")
        yield from (_change_line(change) for change in first)


def _total_line(total: Total) -> str:
    name = f"{total.key or NO_EDIT} {total.name}".strip()
    return (
        f"{name[:32]:<32} {total.lines:>8,} {total.more:>16,.2f} {total.less:>16,.2f} {_signed(total.difference):>16}"
    )


def _change_line(change: LineChange) -> str:
    states = f"{_state(change.before)} -> {_state(change.after)}"
    return (
        f"{change.claim}/{change.line} {change.date_of_service} {change.hcpcs}  {states}  {_signed(change.difference)}"
    )


def _state(state: LineState) -> str:
    return " ".join((state.outcome, *state.edits, f"{state.paid:,.2f}"))


def _signed(amount: Decimal) -> str:
    return f"{amount:+,.2f}" if amount else "0.00"


def _some(numbers: Iterable[int], most: int = 10) -> str:
    found = [str(number) for number in numbers]
    more = f" and {len(found) - most:,} more" if len(found) > most else ""
    return ", ".join(found[:most]) + more
