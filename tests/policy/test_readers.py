"""Reads for decisions and for pages: what they cost, what they keep, when they warn."""

from __future__ import annotations

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from policy import readers
from policy.changes import EndRow
from policy.models import HomeInfusionDrug, Publication
from policy.readers import (
    current_publication,
    history_of,
    meaning_of,
    reason_meanings,
    tables_as_known,
    warn_tables_running_out,
)
from policy.registry import DRUGS
from tests.factories.policy import publish_changes
from tests.policy.conftest import Load


def end_vivaglobin(administrator: User) -> Publication:
    pk = HomeInfusionDrug.objects.get(hcpcs="J1562", superseded_in=None).pk
    change = EndRow(DRUGS, pk, dt.date(2026, 3, 31), "LCD L33794", "published")
    return publish_changes(change, by=administrator)


def test_no_publication_is_number_zero_and_empty_tables(today: dt.date) -> None:
    assert current_publication() == 0
    assert tables_as_known().drugs.of("J2260") == ()


def test_tables_are_read_once_and_then_kept(
    baseline: Publication, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    readers.forget()
    with django_assert_num_queries(1 + 12):
        tables_as_known()
    with django_assert_num_queries(1):
        tables_as_known()
    with django_assert_num_queries(0):
        tables_as_known(baseline.pk)


def test_a_new_publication_is_seen_at_once_and_the_old_tables_stay(baseline: Publication, administrator: User) -> None:
    before = tables_as_known()
    publication = end_vivaglobin(administrator)
    day = dt.date(2026, 4, 1)
    assert tables_as_known().publication == current_publication() == publication.pk
    assert tables_as_known().drugs.on("J1562", day) is None
    assert tables_as_known(baseline.pk) is before
    assert before.drugs.on("J1562", day) is not None


def test_rows_are_named_by_table_and_number(baseline: Publication) -> None:
    row = HomeInfusionDrug.objects.get(hcpcs="J2260")
    assert tables_as_known().drugs.on("J2260", dt.date(2026, 1, 1)).row == row.version == f"homeinfusiondrug/{row.pk}"


def test_a_code_with_and_without_jb_is_two_rows(baseline: Publication) -> None:
    tables = tables_as_known()
    day = dt.date(2026, 1, 5)
    assert tables.drug_on("J7799", "JB", day).category == 2
    assert tables.drug_on("J7799", "RT", day).category is None
    assert tables.drug_on("J1551", "", day) is None


def test_rates_stand_under_the_empty_key(baseline: Publication) -> None:
    tables = tables_as_known()
    day = dt.date(2026, 1, 5)
    assert [
        str(rates.on("", day).value) for rates in (tables.coinsurance, tables.sequestration, tables.deductibles)
    ] == [
        "0.20000",
        "0.02000",
        "283.00",
    ]


def test_reason_codes_are_read_once(baseline: Publication, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    readers.forget()
    assert meaning_of("CARC", "B15") == "A required other service was not received or covered"
    with django_assert_num_queries(1):
        assert meaning_of("CARC", "none") == ""
    with django_assert_num_queries(0):
        assert meaning_of("GROUP", "PR", baseline.pk).startswith("Patient responsibility")
    assert len(reason_meanings()) == 52


def test_history_gives_the_latest_knowledge_first(baseline: Publication, administrator: User) -> None:
    publication = end_vivaglobin(administrator)
    rows = list(history_of(DRUGS, "J1562"))
    assert [row.superseded_in_id for row in rows] == [None, publication.pk]
    assert [row.effective_to for row in rows] == [dt.date(2026, 3, 31), None]


def test_nothing_runs_out_in_march(baseline: Publication) -> None:
    assert warn_tables_running_out() == []


def test_the_tables_of_a_year_run_out_sixty_days_before_its_end(baseline: Publication) -> None:
    assert warn_tables_running_out(today=dt.date(2026, 11, 1)) == []
    found = warn_tables_running_out(today=dt.date(2026, 11, 2))
    assert [(one.table.name, one.last_day, one.subjects) for one in found] == [
        ("payment_amounts", dt.date(2026, 12, 31), 6),
        ("gaf", dt.date(2026, 12, 31), 109),
        ("part_b_deductible", dt.date(2026, 12, 31), 1),
    ]


def test_a_code_that_has_next_year_does_not_run_out(load: Load) -> None:
    load("payment_amounts", "calendar_year,G0088,G0068\n2027,241.10,199.00\n", "national-rates")
    found = {one.table.name: one.subjects for one in warn_tables_running_out(today=dt.date(2026, 12, 1))}
    assert found["payment_amounts"] == 4


@pytest.mark.parametrize(("days", "warns"), [(29, False), (30, True)])
def test_the_horizon_can_be_chosen(baseline: Publication, days: int, warns: bool) -> None:
    assert bool(warn_tables_running_out(days, dt.date(2026, 12, 2))) is warns
