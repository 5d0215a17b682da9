"""The project's own tables, loaded as the baseline."""

from __future__ import annotations

import csv
import datetime as dt
import io
import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Event
from claims.scenarios.tables_from_csv import policy_tables_from_csv
from policy import clock
from policy.loaders import load_baseline
from policy.models import HomeInfusionDrug, PaymentAmount, Publication, PublishedFile, ZipLocality
from policy.readers import tables_as_known
from policy.refusals import Refused
from policy.registry import TABLES
from policy.tables import PolicyTables

TABLES_IN_MEMORY = (
    "drugs",
    "visit_codes",
    "amounts",
    "factors",
    "localities",
    "deductibles",
    "coinsurance",
    "sequestration",
    "places",
    "organizations",
    "dispositions",
    "settings",
)


def comparable(tables: PolicyTables, part: str) -> dict[str, list[dict[str, object]]]:
    """The rows of one table by key, without the names of their versions."""
    dated = getattr(tables, part)
    return {
        key: sorted(
            ({name: getattr(row, name) for name in row.__slots__ if name != "row"} for row in dated.of(key)),
            key=lambda row: (str(row["start"]), str(row)),
        )
        for key in list(dated.keys())
    }


@pytest.mark.parametrize("part", TABLES_IN_MEMORY)
def test_tables_in_memory_equal_the_files_row_for_row(baseline: Publication, small_tables: Path, part: str) -> None:
    assert comparable(tables_as_known(), part) == comparable(policy_tables_from_csv(small_tables), part)


def test_every_row_of_every_file_is_loaded(baseline: Publication, small_tables: Path) -> None:
    for table in TABLES:
        with (small_tables / f"{table.name}.csv").open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
        assert table.model._default_manager.count() == len(rows), table.name


def test_baseline_rows_are_known_since_ever_and_still(baseline: Publication) -> None:
    row = HomeInfusionDrug.objects.get(hcpcs="J2260")
    assert (row.known.lower, row.known.upper) == (None, None)
    assert (row.published_in, row.superseded_in) == (baseline, None)


def test_baseline_keeps_source_basis_and_note(baseline: Publication) -> None:
    row = HomeInfusionDrug.objects.get(hcpcs="J7356")
    assert (row.basis, row.effective_from) == ("inferred", dt.date(2026, 1, 25))
    assert row.note.startswith("Only the LCD date is published.")


def test_no_estimated_amount_passes_for_published(baseline: Publication) -> None:
    assert set(PaymentAmount.objects.values_list("basis", flat=True)) == {"estimated"}


def test_zip_rows_name_the_source_that_their_file_leaves_out(baseline: Publication) -> None:
    assert set(ZipLocality.objects.values_list("source", flat=True)) == {
        "HUD ZIP-to-county file and CMS's county-to-locality list"
    }


def test_loading_again_changes_nothing_and_says_so(baseline: Publication, small_tables: Path) -> None:
    said: list[str] = []
    assert load_baseline(folder=small_tables, tell=said.append).publication is None
    assert said[0] == "home_infusion_drugs: no change"
    assert said[-1] == f"The baseline is publication {baseline.pk}; nothing was changed."
    assert Publication.objects.count() == 1


def test_a_changed_file_of_the_project_is_named_and_not_loaded(
    baseline: Publication, small_tables: Path, tmp_path: Path
) -> None:
    changed = tmp_path / "coinsurance.csv"
    changed.write_text((small_tables / "coinsurance.csv").read_text().replace("0.20", "0.25"))
    said: list[str] = []
    load_baseline(folder=tmp_path, tell=said.append)
    assert said[0].startswith("coinsurance: coinsurance.csv has changed and is not loaded by itself; to load it: ")
    assert str(tables_as_known().coinsurance.of("")[0].value) == "0.20000"


def test_baseline_must_be_the_first_publication(today: dt.date, small_tables: Path) -> None:
    Publication.objects.create(published_at=clock.now(), source="Something", reason="Early")
    with pytest.raises(Refused, match="the baseline must be first"):
        load_baseline(folder=small_tables)


def test_loading_is_an_event_and_keeps_the_check_sums(baseline: Publication) -> None:
    event = Event.objects.get(verb="policy_loaded")
    assert (event.about_type, event.about_id, event.actor_label) == (
        "policy.publication",
        str(baseline.pk),
        "the policy loader",
    )
    assert event.data["files"] == dict(PublishedFile.objects.values_list("name", "sha256"))


def test_the_whole_baseline_loads_by_command_in_seconds(today: dt.date) -> None:
    out = io.StringIO()
    begun = time.process_time(), time.monotonic()
    call_command("load_policy", stdout=out)
    assert "zip_locality: 39,482 rows read, 39,482 added" in out.getvalue()
    assert ZipLocality.objects.count() == 39_482
    assert time.process_time() - begun[0] < 5
    assert time.monotonic() - begun[1] < 30


def test_command_wants_source_and_reason_for_a_file(baseline: Publication, small_tables: Path) -> None:
    with pytest.raises(CommandError, match="--source … --reason"):
        call_command("load_policy", str(small_tables / "coinsurance.csv"))


def test_command_names_each_bad_line(baseline: Publication, tmp_path: Path) -> None:
    file = tmp_path / "coinsurance.csv"
    file.write_text("effective_from,effective_to,rate,source,basis,note\n2027-13-01,,20 %,Law,sure,\n")
    err = io.StringIO()
    with pytest.raises(CommandError, match=r"coinsurance\.csv: 3 problems, nothing was loaded"):
        call_command("load_policy", str(file), source="Law", reason="Test", stderr=err)
    assert err.getvalue().splitlines() == [
        "line 2, effective_from: “2027-13-01” is not a day like 2026-01-31",
        "line 2, rate: “20 %” is not a rate as a fraction with at most five decimals, like 0.02 for two percent",
        "line 2, basis: “sure” is not published, estimated or inferred",
    ]
