"""Rows of a file in a change set: recognized, checked line by line, all or none."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from accounts.models import User
from policy.change_sets import actions
from policy.change_sets.reading import revisions_of
from policy.change_sets.uploading import MOST_BYTES, check_size, load_rows, recognize
from policy.differences import differences
from policy.exporting import csv_lines
from policy.loaders import BadFile
from policy.loaders.files import LOCALITY, NATIONAL, OURS_LAYOUT, ZIP5
from policy.models import ChangeSet, HomeInfusionDrug, Publication
from policy.refusals import Refused
from policy.registry import AMOUNTS, BY_NAME, DRUGS, REASON_CODES, ZIPS, PolicyTable

DRUG_HEADER = (
    "hcpcs,modifier,payment_category,route,descriptor,on_sad_exception,effective_from,effective_to,source,basis,note\n"
)
NEW = 'J9999,,3,IV,"Injection, new, 1 mg",false,2026-04-01,,CR 99999,published,\n'
ZIP_LINE = "MD21201123020120261".ljust(75) + "20262"


@pytest.fixture
def draft(baseline: Publication, administrator: User) -> ChangeSet:
    return actions.make("A quarter", by=administrator, source="CR 99999", reason="Quarterly update")


def put(draft: ChangeSet, text: str, table: PolicyTable | None = None) -> tuple[int, int]:
    loaded = load_rows(draft, recognize("rows.csv", text.encode(), table), by=draft.made_by)
    return loaded.put, loaded.unchanged


def drug_lines() -> list[str]:
    return list(csv_lines(DRUGS, HomeInfusionDrug.objects.filter(superseded_in=None)))


@pytest.mark.parametrize(
    ("text", "table", "layout"),
    [
        (DRUG_HEADER + NEW, DRUGS, OURS_LAYOUT),
        ("hcpcs,amount,calendar_year\nG0088,240.00,2026\n", AMOUNTS, NATIONAL),
        ("locality,hcpcs,amount,calendar_year\n12302-01,G0088,240.00,2026\n", AMOUNTS, LOCALITY),
        (ZIP_LINE + "\n", ZIPS, ZIP5),
        (
            "kind,code,meaning,effective_from,source,basis\nCARC,998,New,2026-01-01,X12,published\n",
            REASON_CODES,
            OURS_LAYOUT,
        ),
    ],
)
def test_a_file_is_known_by_its_columns(text: str, table: PolicyTable, layout: str) -> None:
    found = recognize("rows.csv", text.encode(), None)
    assert (found.table, found.layout) == (table, layout)


def test_columns_of_several_tables_or_none_ask_for_the_table() -> None:
    rates = b"rate,effective_from,effective_to,source,basis,note\n0.2,2026-01-01,,S,published,\n"
    for content, code in ((rates, "ambiguous"), (b"a,b\n1,2\n", "unknown_layout"), (b"", "unknown_layout")):
        with pytest.raises(Refused) as caught:
            recognize("rows.csv", content, None)
        assert (caught.value.code, caught.value.field) == (code, "table")
    assert recognize("rows.csv", rates, BY_NAME["coinsurance"]).table is BY_NAME["coinsurance"]


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"PK\x03\x04", "spreadsheet"), (b"\xd0\xcf\x11\xe0", "spreadsheet"), (b"\xff\xfe,", "not_text")],
)
def test_a_spreadsheet_or_another_text_is_not_read(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as caught:
        recognize("rows.xlsx", content, None)
    assert caught.value.code == code


def test_a_file_has_a_largest_size() -> None:
    check_size(MOST_BYTES)
    with pytest.raises(Refused, match="larger than 10 megabytes"):
        check_size(MOST_BYTES + 1)


def test_added_changed_ended_and_unchanged_rows_are_told_apart(draft: ChangeSet) -> None:
    header, *lines = drug_lines()
    by_code = {line.split(",")[0]: line for line in lines if not line.startswith(("J7799", "J7999"))}
    changed = by_code["J2260"].replace("Injection,", "Injected,")
    ended = by_code["J1562"].replace("2019-01-01,,", "2019-01-01,2026-03-31,")
    assert put(draft, header + NEW + changed + ended + by_code["J0133"]) == (3, 1)
    (revision,) = revisions_of(draft)
    found = differences(DRUGS, revision.superseded, revision.added)
    assert [(each.kind, each.name) for each in found] == [
        ("ended", "J1562 JB"),
        ("changed", "J2260"),
        ("added", "J9999"),
    ]
    rows = draft.rows.order_by("line")
    assert [(row.act, row.line, row.file_name) for row in rows] == [("load", line, "rows.csv") for line in (2, 3, 4)]


def test_one_wrong_line_keeps_all_out_and_names_line_and_column(draft: ChangeSet) -> None:
    with pytest.raises(BadFile) as caught:
        put(draft, DRUG_HEADER + NEW + NEW.replace("J9999,,3", "J9998,,4").replace("published", "heard"))
    assert caught.value.lines == [
        "line 3, payment_category: “4” is not payment category 1, 2 or 3, or nothing",
        "line 3, basis: “heard” is not published, estimated or inferred",
    ]
    assert not draft.rows.exists()


def test_a_row_must_cite_a_document(draft: ChangeSet) -> None:
    with pytest.raises(BadFile, match="1 problem"):
        put(draft, DRUG_HEADER + NEW.replace("CR 99999", " "))


def test_lines_that_contradict_the_rows_of_the_set_are_named(draft: ChangeSet) -> None:
    put(draft, DRUG_HEADER + NEW)
    with pytest.raises(BadFile) as caught:
        put(draft, DRUG_HEADER + NEW.replace("2026-04-01", "2026-05-01"))
    assert caught.value.lines[0].startswith("line 2: J9999 would have two rows on May 1, 2026")
    assert draft.rows.count() == 1


def test_a_file_that_says_nothing_new_is_told(draft: ChangeSet) -> None:
    with pytest.raises(Refused, match="known already"):
        put(draft, "".join(drug_lines()))


def test_rates_of_cms_replace_the_year(draft: ChangeSet, administrator: User) -> None:
    assert put(draft, "hcpcs,amount,calendar_year\nG0088,240.00,2026\n") == (1, 0)
    (revision,) = revisions_of(draft)
    (row,) = revision.added
    assert (row.content["amount"], row.content["source"], row.content["basis"]) == (
        Decimal("240.00"),
        "CR 99999",
        "published",
    )
    assert (row.start, row.end) == (dt.date(2026, 1, 1), dt.date(2026, 12, 31))


def test_zip_codes_keep_their_locality_through_the_set(draft: ChangeSet) -> None:
    assert put(draft, ZIP_LINE.replace("1230201", "1230299") + "\n") == (1, 0)
    (revision,) = revisions_of(draft)
    assert [(row.content["locality"], row.start) for row in revision.added] == [
        ("12302-01", revision.superseded[0].start),
        ("12302-99", dt.date(2026, 4, 1)),
    ]
