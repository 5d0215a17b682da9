"""The runner as an analyst meets it: exit codes, one line for each difference, the key that is wrong."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from claims.scenarios.format import read_case
from claims.scenarios.kinds import FormatError
from claims.scenarios.report import check
from claims.scenarios.runner import run_case
from claims.scenarios.yaml_text import load_yaml

HOLDING = """
- case: base
  title: The base world pays
  cites: none
  then:
    claims:
      - status: pay
        lines: [{decision: pay, allowed: 195.00, paid: 152.88}]
"""


def run(folder: Path, text: str, *, as_json: bool = False) -> tuple[int, str, str]:
    file = folder / "cases.yaml"
    file.write_text(text, encoding="utf-8")
    out, err = io.StringIO(), io.StringIO()
    code = check([folder], as_json=as_json, out=out, err=err)
    return code, out.getvalue(), err.getvalue()


def test_all_cases_hold(tmp_path: Path) -> None:
    code, out, err = run(tmp_path, HOLDING)
    assert (code, out, err) == (0, "1 cases, all hold\n", "")


def test_each_difference_stands_on_its_own_line(tmp_path: Path) -> None:
    code, out, _ = run(tmp_path, HOLDING.replace("152.88", "152.89").replace("status: pay", "status: hold"))
    file = tmp_path / "cases.yaml"
    assert code == 1
    assert out.splitlines() == [
        f"{file}: base: then.claims[0].status: expected hold, found pay",
        f"{file}: base: then.claims[0].lines[0].paid: expected 152.89, found 152.88",
        "1 cases, 1 of them do not hold",
    ]


@pytest.mark.parametrize(
    ("wrong", "names"),
    [
        (HOLDING.replace("status: pay", "state: pay"), "cases.yaml: base: then.claims[0].state: unknown key"),
        (HOLDING.replace("  then:", "  given: {supplier: {licence: []}}\n  then:"), "base: given.supplier.licence"),
        (HOLDING.replace("  title: The", "  title: a\n  title: The"), "title is given twice"),
        (HOLDING.replace("decision: pay", "decision: paid"), "then.claims[0].lines[0].decision: 'paid' is not one of"),
        (HOLDING + HOLDING, "base: case: the name stands twice in the file"),
        (HOLDING.replace("status: pay", "control_number: CLM9"), "there is no such claim under when"),
        (HOLDING.replace("paid: 152.88}", "paid: .nan}"), ".nan is no amount"),
        ("- case: a\n  then: {claims: []}\n  when: {claims: [{diagnoses: [1]}]}", "when.claims[0].diagnoses[0]: 1 is"),
        ("- case: a\n  then: {claims: []}\n  given: {prior_visits: [{date: 2026-01-05}]}", "prior_visits[0].hcpcs"),
        ("case: a", "is not a list of cases"),
        ("- case: [", "expected"),
        (HOLDING.replace("  then:", "  when: {today: 2026-02-30}\n  then:"), "day is out of range"),
        ("- title: without a name\n  then: {claims: []}", "case 1: case: is missing"),
    ],
)
def test_file_that_is_not_well_formed_names_the_key(tmp_path: Path, wrong: str, names: str) -> None:
    code, out, err = run(tmp_path, wrong)
    assert (code, out) == (2, "")
    assert names in err


def test_path_without_cases_is_not_a_success(tmp_path: Path) -> None:
    assert check([tmp_path], as_json=False, out=io.StringIO(), err=io.StringIO()) == 2


def test_results_as_json(tmp_path: Path) -> None:
    code, out, _ = run(tmp_path, HOLDING.replace("152.88", "1.00"), as_json=True)
    found = json.loads(out)
    assert code == 1
    assert (found["cases"], found["failed"]) == (1, 1)
    assert found["results"][0]["differences"] == [
        {"path": "then.claims[0].lines[0].paid", "expected": "1.00", "found": "152.88"}
    ]


def test_problem_as_json(tmp_path: Path) -> None:
    code, out, _ = run(tmp_path, "- cases: x", as_json=True)
    assert code == 2
    assert json.loads(out)["error"]["path"] == "cases"


def test_command_exits_with_the_code_and_needs_no_database(tmp_path: Path) -> None:
    (tmp_path / "cases.yaml").write_text(HOLDING.replace("152.88", "1.00"), encoding="utf-8")
    with pytest.raises(SystemExit) as stopped:
        call_command("check_scenarios", str(tmp_path), stdout=io.StringIO(), stderr=io.StringIO())
    assert stopped.value.code == 1


def test_money_is_read_as_text() -> None:
    assert load_yaml("charge: 0.10\nwhole: 3") == {"charge": Decimal("0.10"), "whole": 3}
    assert str(load_yaml("charge: 195.10")["charge"]) == "195.10"


def case_of(**keys: Any) -> Any:
    return {"case": "a", "then": {"claims": [{}]}, **keys}


def test_mapping_is_laid_over_the_base_one_level_deep() -> None:
    case = read_case(case_of(given={"supplier": {"accredited": []}, "beneficiary": {"home": None}}), "file")
    assert case.given["supplier"]["accredited"] == []
    assert case.given["supplier"]["specialty"] == "D6"
    assert case.given["beneficiary"]["home"] is None


def test_list_of_plans_replaces_the_base_plan_whole() -> None:
    starts = load_yaml("2026-01-02")
    case = read_case(case_of(given={"plan_of_care": [{"starts": starts}]}), "file")
    assert [plan["drug"] for plan in case.given["plan_of_care"]] == [None]


def test_claim_that_comes_after_the_last_day_is_not_decided() -> None:
    case = read_case(case_of(when={"claims": [{}], "today": load_yaml("2026-01-15")}), "file")
    result = run_case(case)
    assert [claim.decision for claim in result.claims] == [None]
    assert [str(difference) for difference in result.differences] == [
        "file: a: then.claims[0].status: expected a decision, found null"
    ]


def test_case_without_claims_is_not_well_formed() -> None:
    with pytest.raises(FormatError, match="is empty"):
        read_case(case_of(when={"claims": []}), "file")
