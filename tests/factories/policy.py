"""The policy tables in a moment: the project's own, of the ZIP codes only those of Baltimore or those asked for."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path

from policy.loaders import load_baseline
from policy.loaders.loading import BASELINE_FOLDER
from policy.models import Publication


@cache
def small_tables(beginnings: tuple[str, ...] = ("212",)) -> Path:
    """A folder like `policy/data` with the ZIP codes that begin so: the 53 of Baltimore unless told."""
    folder = Path(tempfile.mkdtemp(prefix="policy-tables-")) / "data"
    shutil.copytree(BASELINE_FOLDER, folder)
    zips = folder / "zip_locality.csv"
    header, *lines = zips.read_text(encoding="utf-8").splitlines(keepends=True)
    zips.write_text(header + "".join(line for line in lines if line.startswith(beginnings)), encoding="utf-8")
    return folder


def load_small_tables() -> Publication:
    publication = load_baseline(folder=small_tables()).publication
    assert publication is not None
    return publication
