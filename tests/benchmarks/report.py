"""The figures that were measured: printed as they come, kept in `var/bench.json`, shown together as a table.

`python -m tests.benchmarks.report` prints the table of all that the file holds.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value; `target` is what it is held against, in words ("≥ 2,500")."""

    name: str
    value: float
    unit: str
    target: str = ""

    def __str__(self) -> str:
        shown = f"{self.value:,.0f}" if abs(self.value) >= 100 else f"{self.value:,.2f}"
        return f"{self.name:<72} {shown:>12} {self.unit:<12} {self.target}".rstrip()


def path() -> Path:
    return Path(os.environ.get("HIT_VAR_DIR", ROOT / "var")) / "bench.json"


def report(*figures: Figure) -> None:
    """Print figures and keep them, each in place of an earlier one of its name, with the day it was measured."""
    kept = read()
    for figure in figures:
        print(figure, flush=True)
        kept[figure.name] = {**asdict(figure), "measured_on": dt.datetime.now(tz=dt.UTC).date().isoformat()}
    path().parent.mkdir(parents=True, exist_ok=True)
    path().write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n")


def read() -> dict[str, dict[str, object]]:
    if not path().exists():
        return {}
    kept: dict[str, dict[str, object]] = json.loads(path().read_text())
    return kept


def main() -> None:
    for kept in read().values():
        figure = Figure(**{name: value for name, value in kept.items() if name != "measured_on"})  # type: ignore[arg-type]
        print(figure, f"  ({kept['measured_on']})")


if __name__ == "__main__":
    main()
