"""The engine's version: a hash of the core's source, the same on every machine that runs the same source.

Two decisions of one version on the same facts and tables are equal byte for byte; those of others may be compared.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

#: The source that decides, besides the edits: what it reads, how it decides, how it is written down.
CORE = (
    "claims/adjudication/canonical.py",
    "claims/adjudication/decision.py",
    "claims/adjudication/engine.py",
    "claims/adjudication/facts.py",
    "claims/adjudication/outcome.py",
    "claims/adjudication/rulings.py",
    "claims/intake/x12/npi.py",
    "claims/pricing.py",
    "claims/recycling.py",
    "policy/calendar.py",
    "policy/tables.py",
)

EDITS = "claims/edits"

LENGTH = 12


def core_files(root: Path = ROOT) -> Iterator[Path]:
    """The files of the core in a fixed order: those of CORE, then every module of the edits by name."""
    yield from (root / name for name in CORE)
    yield from sorted((root / EDITS).glob("*.py"))


def source_hash(root: Path = ROOT) -> str:
    """The first hexadecimal digits of the SHA-256 over names and contents, line ends as LF."""
    digest = hashlib.sha256()
    for path in core_files(root):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:LENGTH]


ENGINE_VERSION = source_hash()
