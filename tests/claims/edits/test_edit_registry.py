"""The catalogue is whole: every edit has its dates, its words, its cases, and none contradicts another."""

from __future__ import annotations

import csv
import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import pytest

from claims.adjudication.decision import Finding
from claims.edits.base import Edit, manual_section
from claims.edits.registry import CATALOGUE, EDIT_IDS, agenda_for, edit_on, in_catalogue_order
from claims.scenarios.format import Case, read_cases
from claims.scenarios.runner import run_case
from claims.scenarios.tables_from_csv import policy_tables_from_csv

ROOT = Path(__file__).resolve().parents[3]
POLICY = ROOT.parent / "shared" / "policy"
TODAY = dt.date(2026, 3, 10)

needs_policy = pytest.mark.skipif(not POLICY.is_dir(), reason="the policy texts are not beside this checkout")


def named(edit: Edit) -> str:
    return edit.id


def own_cases(edit: Edit) -> list[Case]:
    file = (ROOT / edit.module.replace(".", "/")).with_suffix(".yaml")
    return read_cases(file)


def test_catalogue_has_every_edit_in_order() -> None:
    assert len(EDIT_IDS) == 45
    assert list(EDIT_IDS) == sorted(EDIT_IDS)


def test_every_edit_has_a_disposition() -> None:
    dispositions = policy_tables_from_csv().dispositions
    assert [edit for edit in EDIT_IDS if dispositions.on(edit, TODAY) is None] == []
    assert set(dispositions.keys()) == set(EDIT_IDS)


@needs_policy
def test_titles_levels_and_citations_are_those_of_the_catalogue() -> None:
    with (POLICY / "edits.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    assert {edit.id: edit.title for edit in CATALOGUE} == {row["id"]: row["title"] for row in rows.values()}
    assert {edit.id: (edit.level, edit.subject) for edit in CATALOGUE} == {
        row["id"]: (row["level"], row["subject"]) for row in rows.values()
    }
    for edit in CATALOGUE:
        first = rows[edit.id]["cites"].split(";")[0].removesuffix(" A and B").strip()
        assert not first or edit.cites[0].startswith(first), edit.id


@needs_policy
@pytest.mark.parametrize("edit", [edit for edit in CATALOGUE if edit.quote], ids=named)
def test_quote_stands_in_the_manual(edit: Edit) -> None:
    text = next(POLICY.glob("cr11880*.txt")).read_text(encoding="utf-8")
    manual = re.sub(r"-\s+", "-", " ".join(text.split()))
    for part in edit.quote.split("…"):
        assert part.strip(" )") in manual


@pytest.mark.parametrize("edit", CATALOGUE, ids=named)
def test_edit_says_what_it_is(edit: Edit) -> None:
    assert edit.title
    assert not edit.title.endswith(".")
    assert edit.explanation.endswith((".", ")"))
    assert edit.remedy.endswith(".")
    assert edit.module.split(".")[-1].startswith(edit.id.lower().replace("-", "_"))


def test_every_edit_judges_visits_of_every_day() -> None:
    for day in (dt.date(2019, 1, 1), dt.date(2021, 1, 1), TODAY, dt.date(2040, 1, 1)):
        assert [edit for edit in EDIT_IDS if edit_on(edit, day) is None] == []


def fires(case: Case, edit: str, *, does: bool) -> bool:
    """Whether a line of the case expects the edit to fire, or says in full what fires and leaves it out."""
    for _, claim in case.expected:
        for line in claim.get("lines", ()):
            said = [*line.get("edits", ()), *line.get("inform", ()), *line.get("set_aside", ())]
            if does and edit in said:
                return True
            if not does and edit not in said and {"edits", "inform"} <= line.keys():
                return True
    return False


@pytest.mark.parametrize("edit", CATALOGUE, ids=named)
def test_edit_has_a_case_in_which_it_fires_and_one_in_which_it_does_not(edit: Edit) -> None:
    cases = own_cases(edit)
    assert any(fires(case, edit.id, does=True) for case in cases)
    assert any(fires(case, edit.id, does=False) for case in cases)


def findings_of(edit: Edit) -> list[Finding]:
    return [
        finding
        for case in own_cases(edit)
        for claim in run_case(case).claims
        if claim.decision
        for line in claim.decision.lines
        for finding in line.findings
    ]


@pytest.mark.parametrize("edit", CATALOGUE, ids=named)
def test_evidence_and_remedy_are_whole_sentences_that_name_no_patient(edit: Edit) -> None:
    for finding in findings_of(edit):
        judged_by = edit_on(finding.edit, TODAY)
        assert judged_by is not None
        for words in (finding.sentence, judged_by.remedy_for(finding)):
            assert re.fullmatch(r"[A-Z0-9].*\.", words), words
            assert "1EG4TE5MK73" not in words
            assert "{" not in words


def test_two_functions_of_one_edit_on_one_day_are_refused() -> None:
    edit = CATALOGUE[0]
    later = replace(edit, start=dt.date(2027, 1, 1))
    with pytest.raises(ValueError, match="HIT-101: two functions are in force on 2027-01-01"):
        in_catalogue_order((later, edit))
    ended = replace(edit, end=dt.date(2026, 12, 31))
    assert in_catalogue_order((later, ended)) == (ended, later)


def test_agenda_leaves_out_what_needs_the_unknown_and_says_why() -> None:
    agenda = agenda_for(TODAY, 0)
    judged = {edit.id for edit in (*agenda.alone, *agenda.history, *agenda.duplicate, *agenda.day, *agenda.week)}
    skipped = {skipped.edit for skipped in agenda.not_evaluated}
    assert judged | skipped == set(EDIT_IDS)
    assert not judged & skipped
    assert {"HIT-101", "HIT-103", "HIT-201", "HIT-301"} <= judged


def test_amount_is_judged_before_all_others() -> None:
    assert agenda_for(TODAY, 15).alone[0].id == "HIT-901"


@pytest.mark.parametrize(
    ("citation", "section"),
    [
        ("Pub. 100-02 ch. 15 §320.8.1", "320.8.1"),
        ("Pub. 100-02 ch. 15 §320.5 C", "320.5"),
        ("Pub. 100-02 ch. 15 §320", "320"),
        ("42 CFR 424.44", ""),
        ("Pub. 100-08 ch. 3", ""),
    ],
)
def test_citation_leads_to_the_manual(citation: str, section: str) -> None:
    assert manual_section(citation) == section
