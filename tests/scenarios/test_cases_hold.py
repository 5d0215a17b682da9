"""Every case, one test each: those beside the edits, and the analysts' own where they are at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.scenarios.format import Case, read_cases
from claims.scenarios.runner import case_files, run_case

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "scenarios"
EDITS = ROOT / "claims" / "edits"


def cases_in(folder: Path) -> list[Case]:
    return [case for file in case_files(folder) for case in read_cases(file, file.name)]


def named(case: Case) -> str:
    return case.name


@pytest.mark.parametrize("case", cases_in(EDITS), ids=named)
def test_case_beside_its_edit_holds(case: Case) -> None:
    assert run_case(case).differences == ()


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared scenarios are not beside this checkout")
@pytest.mark.parametrize("case", cases_in(SHARED) if SHARED.is_dir() else [], ids=named)
def test_shared_case_holds(case: Case) -> None:
    assert run_case(case).differences == ()


@pytest.mark.parametrize("case", cases_in(EDITS), ids=named)
def test_case_beside_its_edit_says_what_it_is_about(case: Case) -> None:
    assert case.title
    assert case.cites
