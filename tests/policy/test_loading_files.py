"""Files over what is known: what they supersede, what they leave, and what makes them bad."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from policy.loaders import BadFile
from policy.models import EditDisposition, HomeInfusionDrug, PaymentAmount, PolicySetting, Publication
from policy.readers import tables_as_known
from tests.policy.conftest import Load

AMOUNTS = "hcpcs,national_amount,effective_from,effective_to,source,basis\n"
DRUGS = (
    "hcpcs,modifier,payment_category,route,descriptor,effective_from,effective_to,on_sad_exception,source,basis,note\n"
)
REISSUE = AMOUNTS + "G0088,224.00,2023-01-01,2023-12-31,Reissue of August 25 2023,published\n"


def problems(load: Load, table: str, text: str, **options: object) -> list[str]:
    """The lines that the load complains of; it must leave nothing behind."""
    before = Publication.objects.count()
    with pytest.raises(BadFile) as caught:
        load(table, text, **options)
    assert Publication.objects.count() == before
    return caught.value.lines


def test_a_reissue_supersedes_its_year_and_leaves_the_others(baseline: Publication, load: Load) -> None:
    load("payment_amounts", REISSUE)
    day = dt.date(2023, 6, 1)
    assert tables_as_known().amounts.on("G0088", day).amount == Decimal("224.00")
    assert tables_as_known(baseline.pk).amounts.on("G0088", day).amount == Decimal("223.38")
    assert PaymentAmount.objects.filter(hcpcs="G0088", superseded_in=None).count() == 6
    assert PaymentAmount.objects.filter(hcpcs="G0068").exclude(superseded_in=None).count() == 0


def test_a_superseded_row_stays_as_it_was(baseline: Publication, load: Load) -> None:
    publication = load("payment_amounts", REISSUE).publication
    row = PaymentAmount.objects.get(hcpcs="G0088", superseded_in=publication)
    assert (row.amount, row.published_in, row.known.lower) == (Decimal("223.38"), baseline, None)
    assert row.known.upper == publication.published_at


def test_a_row_with_a_last_day_ends_an_open_one(load: Load) -> None:
    row = "J1562,JB,2,SC,Vivaglobin,2019-01-01,2026-03-31,true,LCD L33794,published,\n"
    load("home_infusion_drugs", DRUGS + row)
    drugs = tables_as_known().drugs
    assert drugs.on("J1562", dt.date(2026, 3, 31)) is not None
    assert drugs.on("J1562", dt.date(2026, 4, 1)) is None


def test_a_row_from_a_later_day_keeps_the_days_before(load: Load) -> None:
    load("home_infusion_drugs", DRUGS + "J7356,,3,SC,Vyalev,2026-07-01,,false,Change request,published,\n")
    rows = HomeInfusionDrug.objects.filter(hcpcs="J7356", superseded_in=None).order_by("in_force")
    assert [(row.payment_category, row.effective_from, row.effective_to) for row in rows] == [
        (2, dt.date(2026, 1, 25), dt.date(2026, 6, 30)),
        (3, dt.date(2026, 7, 1), None),
    ]
    assert [row.basis for row in rows] == ["inferred", "published"]


def test_the_same_content_again_is_no_change(load: Load, told: list[str]) -> None:
    load("payment_amounts", REISSUE)
    publications = Publication.objects.count()
    assert load("payment_amounts", REISSUE).publication is None
    assert told[-1] == "No change: everything in the file is known already."
    assert Publication.objects.count() == publications


def test_known_rows_of_a_file_are_not_written_again(load: Load, told: list[str]) -> None:
    load("payment_amounts", REISSUE)
    more = "G0068,184.00,2023-01-01,2023-12-31,Reissue of August 25 2023,published\n"
    load("payment_amounts", REISSUE + more)
    assert "payment_amounts: 2 rows read, 1 added, 1 superseded, 1 known already" in told


def test_each_bad_value_is_named_by_line_and_column(load: Load) -> None:
    text = AMOUNTS + (
        "G88,239.62,2027-01-01,2027-12-31,CMS,published\n"
        "# a comment\n"
        "G0088,$239.62,2027-01-01,2027-12-31,CMS,published\n"
        "G0089,-1,01/01/2027,2027-12-31,,published\n"
        "G0090,1.005,2027-01-01\n"
    )
    amount = "an amount of dollars, not negative, with at most two decimals, like 195.53"
    assert problems(load, "payment_amounts", text) == [
        "line 2, hcpcs: “G88” is not a visit code of G and four digits, like G0068",
        f"line 4, national_amount: “$239.62” is not {amount}",
        f"line 5, national_amount: “-1” is not {amount}",
        "line 5, effective_from: “01/01/2027” is not a day like 2026-01-31",
        "line 5, source: “” is not a text of at most 300 characters",
        "line 6, the line: “G0090,1.005,2027-01-01” is not 6 values",
    ]


def test_a_line_after_a_text_of_several_lines_keeps_its_number(load: Load) -> None:
    text = DRUGS + (
        'J0133,,1,IV,"Acyclovir,\n5 mg",2019-01-01,,false,Law,published,\n'
        "J02,,1,IV,Other,2019-01-01,,false,Law,published,\n"
    )
    assert problems(load, "home_infusion_drugs", text) == [
        "line 4, hcpcs: “J02” is not a drug code of J or Q and four digits, like J2260"
    ]


def test_lost_leading_zeros_are_named_not_guessed(load: Load) -> None:
    text = (
        "zip5,state,contractor,locality,effective_from,basis\n"
        "501,NY,13202,02,2027-01-01,published\n"
        "02101,MA,14212,1,2027-01-01,published\n"
        "98001,WA,2402,02,2027-01-01,published\n"
    )
    assert problems(load, "zip_locality", text) == [
        "line 2, zip5: “501” is not a ZIP of five digits, with its leading zeros",
        "line 3, locality: “1” is not a locality of two digits, with its leading zero",
        "line 4, contractor: “2402” is not a contractor number of five digits, with its leading zeros",
    ]


def test_unknown_missing_and_double_columns_are_named(load: Load) -> None:
    text = "effective_from,effective_to,rate,rate,source,bassis\n"
    named = problems(load, "coinsurance", text)
    assert named[0].startswith("line 1, header: “bassis” is not a column of this table (rate, effective_from, ")
    assert named[1:] == ["line 1: the column basis is missing", "line 1: the column rate stands there twice"]


def test_an_empty_file_misses_its_columns(load: Load) -> None:
    assert "line 1: the column rate is missing" in problems(load, "coinsurance", "")


def test_overlaps_in_a_file_are_named_by_line(load: Load) -> None:
    text = AMOUNTS + (
        "G0088,240.00,2027-01-01,2027-12-31,CMS,published\n"
        "G0089,330.00,2027-01-01,2027-12-31,CMS,published\n"
        "G0088,241.00,2027-07-01,2028-12-31,CMS,published\n"
        "G0088,242.00,2027-08-01,2027-08-31,CMS,published\n"
    )
    assert problems(load, "payment_amounts", text) == [
        "line 4: G0088 overlaps line 2: both hold on 2027-07-01",
        "line 5: G0088 overlaps line 4: both hold on 2027-08-01",
    ]


def test_a_gap_in_a_file_is_named_by_line(load: Load) -> None:
    text = AMOUNTS + (
        "G0088,240.00,2027-01-01,2027-05-31,CMS,published\nG0088,241.00,2027-07-01,2027-12-31,CMS,published\n"
    )
    assert problems(load, "payment_amounts", text) == ["line 3: G0088 would have no row from 2027-06-01 to 2027-06-30"]


def test_a_gap_to_what_is_known_is_named_by_line(load: Load) -> None:
    text = AMOUNTS + "G0088,240.00,2028-01-01,2028-12-31,CMS,published\n"
    assert problems(load, "payment_amounts", text) == ["line 2: G0088 would have no row from 2027-01-01 to 2027-12-31"]


def test_half_a_year_over_a_whole_one_needs_the_other_half(load: Load) -> None:
    text = AMOUNTS + "G0088,240.00,2025-01-01,2025-06-30,CMS,published\n"
    assert problems(load, "payment_amounts", text) == ["line 2: G0088 would have no row from 2025-07-01 to 2025-12-31"]


def test_a_span_that_ends_before_it_begins_is_named(load: Load) -> None:
    text = AMOUNTS + "G0088,240.00,2027-12-31,2027-01-01,CMS,published\n"
    assert problems(load, "payment_amounts", text) == [
        "line 2: the last day 2027-01-01 is before the first day 2027-12-31"
    ]


def test_text_that_is_not_utf8_is_named_by_line(baseline: Publication) -> None:
    from policy.loaders import Act, Source, load_file
    from policy.registry import BY_NAME

    file = Source("settings.csv", b"name,value\nx,caf\xe9\n", BY_NAME["settings"])
    with pytest.raises(BadFile) as caught:
        load_file(file, Act("a test", "Source", "Reason"))
    assert caught.value.lines == ["line 2: the text is not UTF-8"]


DISPOSITIONS = "edit,title,disposition,group,carc,rarc,remedy,effective_from,effective_to,source,basis\n"


def test_a_disposition_must_name_known_reason_codes(load: Load) -> None:
    text = DISPOSITIONS + (
        "HIT-106,Longer than five hours,deny,CO,999,N1 M51,appeal,2026-04-01,,Instruction,inferred\n"
        "HIT-107,After receipt,deny,,,,,2026-04-01,,Instruction,inferred\n"
    )
    assert problems(load, "edit_dispositions", text) == [
        "line 2: CARC 999, RARC N1 is not in the table of reason codes",
        "line 3: an edit that denies needs a group code and an adjustment reason code",
    ]


def test_an_edit_that_nothing_looks_at_again_cannot_hold(load: Load) -> None:
    text = f"{DISPOSITIONS}HIT-106,Longer than five hours,hold,CO,16,,,2026-04-01,,A test,inferred\n"
    (problem,) = problems(load, "edit_dispositions", text)
    assert "line 2: nothing looks again at a claim that HIT-106 holds" in problem


def test_a_disposition_changes_by_the_day_of_receipt(load: Load) -> None:
    text = DISPOSITIONS + "HIT-106,Longer than five hours,suspend,,,,,2026-04-01,,Instruction,inferred\n"
    load("edit_dispositions", text)
    dispositions = tables_as_known().dispositions
    assert dispositions.on("HIT-106", dt.date(2026, 3, 31)).disposition == "inform"
    assert dispositions.on("HIT-106", dt.date(2026, 4, 1)).disposition == "suspend"
    assert EditDisposition.objects.filter(edit="HIT-106", superseded_in=None).count() == 2


def test_a_setting_that_is_new_needs_no_history(load: Load) -> None:
    load("settings", "name,value,effective_from,source,basis\nnew_setting,7,2026-04-01,Contractor,inferred\n")
    assert PolicySetting.objects.get(name="new_setting").value == "7"


def test_the_first_day_of_our_files_may_come_with_the_command(load: Load) -> None:
    text = "name,value,source,basis\nnew_setting,7,Contractor,inferred\n"
    load("settings", text, effective_from=dt.date(2026, 4, 1))
    assert PolicySetting.objects.get(name="new_setting").effective_from == dt.date(2026, 4, 1)
    assert "line 1: the column effective_from is missing" in problems(load, "settings", text)


def test_a_quotation_mark_that_is_never_closed_is_told(load: Load) -> None:
    text = DRUGS + 'J0133,,1,IV,"Acyclovir,2019-01-01,,false,Law,published,\n' + "x" * 140_000
    (line,) = problems(load, "home_infusion_drugs", text)
    assert line.startswith("the text is not CSV, perhaps a quotation mark is never closed")
