"""What a run of scenarios prints, and its exit code: 0 all hold, 1 one does not, 2 a file is not well formed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

import orjson

from claims.scenarios.kinds import FormatError
from claims.scenarios.runner import CaseResult, check_paths

HOLDS, DIFFERS, NOT_WELL_FORMED = 0, 1, 2


class Writer(Protocol):
    """Where lines are printed."""

    def write(self, text: str, /) -> object: ...


def check(paths: Iterable[Path], *, as_json: bool, out: Writer, err: Writer) -> int:
    """Run the cases of these paths, print each difference on a line of its own, and give the exit code."""
    try:
        results = check_paths(paths)
    except FormatError as error:
        if as_json:
            out.write(_json({"error": _problem(error)}) + "\n")
        err.write(f"{error}\n")
        return NOT_WELL_FORMED
    out.write((_json(_summary(results)) if as_json else _text(results)) + "\n")
    return DIFFERS if any(result.differences for result in results) else HOLDS


def _text(results: Sequence[CaseResult]) -> str:
    lines = [str(difference) for result in results for difference in result.differences]
    failed = sum(1 for result in results if result.differences)
    lines.append(f"{len(results)} cases, {failed} of them do not hold" if failed else f"{len(results)} cases, all hold")
    return "\n".join(lines)


def _summary(results: Sequence[CaseResult]) -> dict[str, Any]:
    return {
        "cases": len(results),
        "failed": sum(1 for result in results if result.differences),
        "results": [_result(result) for result in results],
    }


def _result(result: CaseResult) -> dict[str, Any]:
    return {
        "file": result.case.file,
        "case": result.case.name,
        "title": result.case.title,
        "cites": result.case.cites,
        "holds": not result.differences,
        "differences": [
            {"path": found.path, "expected": found.expected, "found": found.found} for found in result.differences
        ],
    }


def _problem(error: FormatError) -> dict[str, str]:
    return {"file": error.file, "case": error.case, "path": error.path, "problem": error.problem}


def _json(value: object) -> str:
    return orjson.dumps(value, default=_plain, option=orjson.OPT_INDENT_2).decode()


def _plain(value: object) -> str:
    """Money and days as text."""
    if isinstance(value, Decimal | dt.date):
        return str(value)
    raise TypeError(f"{type(value).__name__} does not belong in a report")
