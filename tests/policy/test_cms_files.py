"""The files of CMS: ZIP5 carrier locality, national rates, rates by locality."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from policy.loaders import BadFile, table_of
from policy.loaders.cms import first_day_of_quarter
from policy.models import PaymentAmount, Publication, ZipLocality
from policy.readers import tables_as_known
from policy.refusals import Refused
from tests.policy.conftest import Load


def zip5_line(zip5: str, state: str = "MD", carrier: str = "12302", locality: str = "01", **more: str) -> str:
    """A line of 80 columns: state 1-2, ZIP 3-7, carrier 8-12, locality 13-14, plus-four flag 21, quarter 76-80."""
    line = f"{state:2}{zip5:5}{carrier:5}{locality:2}".ljust(20) + more.get("plus_four", " ")
    return line.ljust(75) + more.get("quarter", "20262") + "\n"


def problems(load: Load, table: str, text: str, layout: str, **options: object) -> list[str]:
    before = Publication.objects.count()
    with pytest.raises(BadFile) as caught:
        load(table, text, layout, **options)
    assert Publication.objects.count() == before
    return caught.value.lines


def test_zip5_file_supersedes_from_its_quarter(load: Load) -> None:
    load("zip_locality", zip5_line("21201", carrier="12302", locality="99") + zip5_line("21202"), "zip5")
    localities = tables_as_known().localities
    assert localities.on("21201", dt.date(2026, 3, 31)).locality == "12302-01"
    assert localities.on("21201", dt.date(2026, 4, 1)).locality == "12302-99"
    assert localities.on("21201", dt.date(2026, 4, 1)).basis == "published"


def test_zip5_file_leaves_zips_that_it_does_not_name(baseline: Publication, load: Load) -> None:
    load("zip_locality", zip5_line("21201"), "zip5")
    row = ZipLocality.objects.get(zip5="21244", superseded_in=None)
    assert row.published_in == baseline


def test_zip5_plus_four_flag_is_kept_as_a_note(load: Load) -> None:
    load("zip_locality", zip5_line("21201", plus_four="1"), "zip5")
    assert "plus-four flag" in ZipLocality.objects.get(zip5="21201", basis="published").note


def test_next_quarter_with_the_same_localities_is_no_change(load: Load) -> None:
    load("zip_locality", zip5_line("21201", quarter="20262"), "zip5")
    outcome = load("zip_locality", zip5_line("21201", quarter="20263") + zip5_line("21999", quarter="20263"), "zip5")
    (revision,) = outcome.revisions
    assert (len(revision.added), revision.unchanged) == (1, 1)


def test_zip5_faults_are_named_by_line_and_column(load: Load) -> None:
    text = (
        zip5_line("21201")
        + zip5_line(" 1201")
        + zip5_line("21203", carrier=" 2302")
        + zip5_line("21204", locality=" 1")
        + zip5_line("21205", quarter="2026")
    )
    assert problems(load, "zip_locality", text, "zip5") == [
        "line 2, ZIP (3-7): “1201” is not a ZIP of five digits, with its leading zeros",
        "line 3, carrier (8-12): “2302” is not a contractor number of five digits, with its leading zeros",
        "line 4, locality (13-14): “1” is not a locality of two digits, with its leading zero",
        "line 5, quarter (76-80): “2026” is not a year and a quarter like 20261",
        "line 5: the quarter 2026 differs from the one of the lines before",
    ]


def test_the_same_zip_twice_is_named(load: Load) -> None:
    assert problems(load, "zip_locality", zip5_line("21201") + zip5_line("21201"), "zip5") == [
        "line 2: 21201 overlaps line 1: both hold on 2026-04-01"
    ]


def test_quarters_begin_in_january_april_july_and_october() -> None:
    days = [first_day_of_quarter(f"2026{quarter}") for quarter in "1234"]
    assert [day.month for day in days] == [1, 4, 7, 10]


@pytest.mark.parametrize("quarter", ["20265", "20260", "2026", "1/2026", ""])
def test_other_quarters_are_refused(quarter: str) -> None:
    with pytest.raises(ValueError):
        first_day_of_quarter(quarter)


NATIONAL = "hcpcs,amount,calendar_year\nG0088,241.10,2027\nG0068,199.00,2027\n"


def test_national_rates_hold_for_their_calendar_year(load: Load) -> None:
    load("payment_amounts", NATIONAL, "national-rates")
    row = tables_as_known().amounts.on("G0088", dt.date(2027, 12, 31))
    assert (row.amount, row.start, row.end, row.basis) == (
        Decimal("241.10"),
        dt.date(2027, 1, 1),
        dt.date(2027, 12, 31),
        "published",
    )


def test_national_rates_replace_the_estimates_of_a_year(baseline: Publication, load: Load) -> None:
    load("payment_amounts", "hcpcs,amount,calendar_year\nG0088,240.00,2026\n", "national-rates")
    assert tables_as_known().amounts.on("G0088", dt.date(2026, 2, 1)).basis == "published"
    assert tables_as_known(baseline.pk).amounts.on("G0088", dt.date(2026, 2, 1)).amount == Decimal("239.62")


def test_national_rates_may_stand_in_one_column_for_each_code(load: Load) -> None:
    load("payment_amounts", "calendar_year,G0088,G0068\n2027,241.10,199.00\n", "national-rates")
    amounts = tables_as_known().amounts
    assert amounts.on("G0068", dt.date(2027, 3, 1)).amount == Decimal("199.00")
    assert amounts.on("G0088", dt.date(2027, 3, 1)).amount == Decimal("241.10")


def test_the_first_day_may_come_with_the_command(load: Load) -> None:
    load("payment_amounts", "hcpcs,amount\nG0088,241.10\n", "national-rates", effective_from=dt.date(2027, 1, 1))
    assert tables_as_known().amounts.on("G0088", dt.date(2027, 12, 31)).amount == Decimal("241.10")


def test_rates_by_locality_stand_beside_the_national_ones(load: Load) -> None:
    text = "locality,state,hcpcs,amount,calendar_year\n12302-01,MD,G0088,251.00,2026\n"
    load("payment_amounts", text, "locality-rates")
    amounts = tables_as_known().amounts
    assert amounts.on("G0088@12302-01", dt.date(2026, 2, 1)).amount == Decimal("251.00")
    assert amounts.on("G0088", dt.date(2026, 2, 1)).amount == Decimal("239.62")


def test_rates_by_locality_may_stand_in_one_column_for_each_code(load: Load) -> None:
    load("payment_amounts", "locality,calendar_year,G0088,G0068\n12302-01,2026,251.00,206.00\n", "locality-rates")
    assert PaymentAmount.objects.filter(locality="12302-01").count() == 2


def test_a_locality_without_its_zero_is_named(load: Load) -> None:
    text = "locality,hcpcs,amount,calendar_year\n2302-01,G0088,251.00,2026\n12302-1,G0088,251.00,2026\n"
    expected = "contractor and locality with their leading zeros, like 12302-01"
    assert problems(load, "payment_amounts", text, "locality-rates") == [
        f"line 2, locality: “2302-01” is not {expected}",
        f"line 3, locality: “12302-1” is not {expected}",
    ]


def test_a_bad_amount_in_a_column_of_a_code_is_named_by_that_code(load: Load) -> None:
    text = "locality,calendar_year,G0088,G0068\n12302-01,2026,251.00,n/a\n"
    (line,) = problems(load, "payment_amounts", text, "locality-rates")
    assert line.startswith("line 2, G0068: “n/a” is not an amount of dollars")


def test_a_rate_load_reports_the_fee_schedule_beside_each_amount(load: Load, told: list[str]) -> None:
    load("payment_amounts", "hcpcs,amount,calendar_year\nG0088,234.00,2025\n", "national-rates")
    assert (
        "G0088 from 2025-01-01: 234.00, above five hours of infusion in an office (135.54); no cap is applied" in told
    )


def test_a_rate_load_says_when_no_fee_schedule_is_at_hand(load: Load, told: list[str]) -> None:
    load("payment_amounts", "hcpcs,amount,calendar_year\nG0088,241.10,2027\n", "national-rates")
    assert "G0088 from 2027-01-01: 241.10; no figure for five hours of infusion in an office on that day" in told


def test_rates_without_any_day_are_refused(load: Load) -> None:
    assert problems(load, "payment_amounts", "hcpcs,amount\nG0088,241.10\n", "national-rates") == [
        "line 1: no column gives the first day (calendar_year, effective_from)"
    ]


def test_a_layout_of_cms_is_for_its_own_table(tmp_path: Path) -> None:
    assert table_of("zip5", None, tmp_path / "any.txt").name == "zip_locality"
    with pytest.raises(Refused, match="A file in the layout zip5 is for zip_locality, not for gaf"):
        table_of("zip5", "gaf", tmp_path / "any.txt")
    with pytest.raises(Refused, match=r"Say which table any\.csv is for"):
        table_of("ours", None, tmp_path / "any.csv")
