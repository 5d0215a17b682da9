"""The policy tables with the ZIP codes of the demonstration's towns only."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from claims.demo.towns import TOWNS
from policy.loaders.loading import BASELINE_FOLDER
from tests.policy.conftest import baseline, today  # noqa: F401


@pytest.fixture(scope="session")
def small_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("policy") / "data"
    shutil.copytree(BASELINE_FOLDER, folder)
    wanted = tuple(code for towns in TOWNS.values() for town in towns for code in town.zips)
    zips = folder / "zip_locality.csv"
    header, *lines = zips.read_text(encoding="utf-8").splitlines(keepends=True)
    zips.write_text(header + "".join(line for line in lines if line.startswith(wanted)), encoding="utf-8")
    return folder
