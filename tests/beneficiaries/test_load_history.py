"""Loading history files: good rows in, refused rows named, the same file twice adds nothing, later records replace."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pgtrigger
import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from beneficiaries.actions import take_arrived_history
from beneficiaries.history_files import FileRefused, load_history_file, loading
from beneficiaries.history_files.columns import COLUMNS
from beneficiaries.models import (
    Beneficiary,
    BeneficiaryMbi,
    CoverageSpan,
    DeductibleElsewhere,
    DmeDrugClaim,
    HistoryArrival,
    HistoryFile,
    HistoryKind,
    OutsideVisit,
    Stay,
)
from beneficiaries.readers import standing_drug_claims
from suppliers.spans import days
from tests.factories import BeneficiaryFactory

pytestmark = pytest.mark.django_db

Write = Callable[..., Path]

MBI = "1EG4TE5MK73"
DRUG_HEADER = "mbi,birth_date,last_name,hcpcs,modifier,date_of_service,status,supplier_name"


@pytest.fixture
def patient() -> Beneficiary:
    return BeneficiaryFactory(mbi__mbi=MBI, part_b=None, deductible=None, deductible_before=None)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes lines to a file and gives its path."""

    def write_file(name: str, *lines: str) -> Path:
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write_file


def drug_row(status: str = "paid", day: str = "2026-01-03", mbi: str = MBI) -> str:
    return f"{mbi},,,J2260,,{day},{status},Harbor DME"


def test_drug_claims_are_loaded_and_announced_to_the_claims_room(patient: Beneficiary, write: Write) -> None:
    loaded = load_history_file(write("drugs.csv", DRUG_HEADER, drug_row(), drug_row(day="2026-01-10")))
    assert (loaded.kind, loaded.rows, loaded.changes, loaded.refused) == (HistoryKind.DRUG_CLAIMS, 2, 2, [])
    assert (
        list(DmeDrugClaim.objects.values_list("beneficiary", "hcpcs", "status", "supplier_name"))
        == [(patient.pk, "J2260", "paid", "Harbor DME")] * 2
    )
    [arrival] = HistoryArrival.objects.all()
    assert (arrival.beneficiary_id, arrival.kind) == (patient.pk, HistoryKind.DRUG_CLAIMS)
    assert arrival.arrival > max(DmeDrugClaim.objects.values_list("arrival", flat=True))


def test_the_same_file_twice_adds_nothing(patient: Beneficiary, write: Write) -> None:
    path = write("drugs.csv", DRUG_HEADER, drug_row("pending"), drug_row("paid"))
    load_history_file(path)
    again = load_history_file(path)
    assert (again.seen_before, again.rows, again.changes) == (True, 0, 0)
    assert DmeDrugClaim.objects.count() == 2
    assert HistoryArrival.objects.count() == 1


def test_a_record_that_says_what_is_known_adds_nothing(patient: Beneficiary, write: Write) -> None:
    load_history_file(write("drugs.csv", DRUG_HEADER, drug_row()))
    loaded = load_history_file(write("more.csv", DRUG_HEADER, drug_row(), drug_row(day="2026-01-10")))
    assert loaded.changes == 1
    assert DmeDrugClaim.objects.count() == 2


def test_a_later_record_of_the_same_drug_modifier_and_day_replaces(patient: Beneficiary, write: Write) -> None:
    load_history_file(write("first.csv", DRUG_HEADER, drug_row("pending")))
    load_history_file(write("second.csv", DRUG_HEADER, drug_row("paid")))
    assert list(standing_drug_claims(patient.pk).values_list("status", flat=True)) == ["paid"]
    assert list(DmeDrugClaim.objects.order_by("arrival").values_list("status", flat=True)) == ["pending", "paid"]


def test_an_older_file_loaded_again_does_not_bring_back_what_was_replaced(patient: Beneficiary, write: Write) -> None:
    first = write("first.csv", DRUG_HEADER, drug_row("pending"), drug_row(mbi="1EG4TE5MK99"))
    load_history_file(first)
    load_history_file(write("second.csv", DRUG_HEADER, drug_row("paid")))
    load_history_file(first)
    assert list(standing_drug_claims(patient.pk).values_list("status", flat=True)) == ["paid"]


def test_the_order_of_the_lines_is_the_order_of_arrival(patient: Beneficiary, write: Write) -> None:
    load_history_file(write("drugs.csv", DRUG_HEADER, *(drug_row(s) for s in ("pending", "denied", "pending", "paid"))))
    stored = DmeDrugClaim.objects.order_by("arrival").values_list("status", flat=True)
    assert list(stored) == ["pending", "denied", "pending", "paid"]


def test_bad_rows_are_refused_by_line_and_column_and_good_ones_loaded(
    patient: Beneficiary, write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(
        "drugs.csv",
        DRUG_HEADER,
        drug_row(),
        drug_row("payed"),
        drug_row(day="2026-02-30"),
        drug_row(mbi="1EG4TE5MK99"),
        drug_row(mbi="1SG4TE5MK73"),
        f"{MBI},1950-01-01,Somebody,J2260,,2026-01-09,paid,",
        f"{MBI},1950-01-01,EVANS,J2260,,2026-01-10,paid,",
        "too,few",
        f"{MBI},,,,,2026-01-09,paid,",
    )
    report = tmp_path / "refused.csv"
    with pytest.raises(CommandError, match="7 rows were refused") as refusal:
        call_command("load_history", str(path), report=report)
    assert refusal.value.returncode == 1
    with report.open(newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [(row["line"], row["column"], row["value"]) for row in rows] == [
        ("3", "status", "payed"),
        ("4", "date_of_service", "2026-02-30"),
        ("5", "mbi", "1EG4TE5MK99"),
        ("6", "mbi", "1SG4TE5MK73"),
        ("7", "mbi", MBI),
        ("9", "", ""),
        ("10", "hcpcs", ""),
    ]
    assert all(row["what_to_do"] and row["file"] == "drugs.csv" for row in rows)
    assert DmeDrugClaim.objects.count() == 2
    assert "line 3, column status, “payed”: Write paid, pending or denied." in capsys.readouterr().out


def test_refused_rows_are_tried_anew_when_the_file_comes_again(patient: Beneficiary, write: Write) -> None:
    path = write("drugs.csv", DRUG_HEADER, drug_row(), drug_row(mbi="1EG4TE5MK99"))
    assert [row.line for row in load_history_file(path).refused] == [3]
    BeneficiaryFactory(mbi__mbi="1EG4TE5MK99")
    again = load_history_file(path)
    assert (again.rows, again.changes, again.refused) == (1, 1, [])
    assert HistoryFile.objects.get().refused_lines == []


def test_json_lines_keep_money_exact(patient: Beneficiary, write: Write) -> None:
    load_history_file(
        write(
            "deductible.jsonl",
            f'{{"mbi": "{MBI}", "year": 2026, "amount": 100.10, "source": "Other claims"}}',
            f'{{"mbi": "{MBI}", "year": "2025", "amount": "257.00", "source": "Other claims"}}',
        )
    )
    assert [str(row.amount) for row in DeductibleElsewhere.objects.all()] == ["257.00", "100.10"]


def test_the_first_of_json_lines_may_be_a_bad_one_when_the_kind_is_given(patient: Beneficiary, write: Write) -> None:
    path = write("deaths.jsonl", f'{{"mbi": "{MBI}"}}', f'{{"mbi": "{MBI}", "died": "2026-01-05"}}')
    loaded = load_history_file(path, HistoryKind.DEATHS)
    assert ([row.line for row in loaded.refused], loaded.changes) == ([1], 1)


@pytest.mark.parametrize(
    "line", ["{broken", "[1]", '{"mbi": ["1EG4TE5MK73"]}', '{"mbi": "1EG4TE5MK73", "colour": "red"}']
)
def test_a_line_that_is_no_such_object_is_refused(patient: Beneficiary, write: Write, line: str) -> None:
    good = f'{{"mbi": "{MBI}", "died": "2026-01-05"}}'
    loaded = load_history_file(write("deaths.jsonl", good, line))
    assert [row.line for row in loaded.refused] == [2]
    assert loaded.changes == 1


def test_coverage_is_replaced_by_a_later_record_of_the_same_first_day(patient: Beneficiary, write: Write) -> None:
    header = "mbi,coverage,from,to,plan"
    load_history_file(write("coverage.csv", header, f"{MBI},part_b,2013-02-01,,", f"{MBI},hospice,2026-01-01,,"))
    before = CoverageSpan.objects.get(kind="part_b")
    loaded = load_history_file(write("later.csv", header, f"{MBI},part_b,2013-02-01,2025-12-31,"))
    after = CoverageSpan.objects.get(kind="part_b")
    assert loaded.changes == 1
    assert (after.pk, after.arrival) == (before.pk, before.arrival)
    assert after.in_force == days(dt.date(2013, 2, 1), dt.date(2025, 12, 31))
    assert CoverageSpan.objects.count() == 2


def test_stays_visits_deductible_and_deaths_are_loaded_once(patient: Beneficiary, write: Write) -> None:
    files = (
        write("stays.csv", "mbi,stay,admitted,discharged", f"{MBI},inpatient,2026-01-03,", f"{MBI},snf,2026-01-09,"),
        write("home.csv", "mbi,stay,admitted,discharged", f"{MBI},inpatient,2026-01-03,2026-01-09"),
        write("visits.csv", "mbi,hcpcs,date_of_service,status,supplier_npi", f"{MBI},G0068,2026-01-03,paid,1234567893"),
        write("deductible.csv", "mbi,year,amount,source", f"{MBI},2026,100.00,Claims elsewhere"),
        write("deaths.csv", "mbi,died", f"{MBI},2026-02-01"),
    )
    assert [load_history_file(path).changes for path in files] == [2, 1, 1, 1, 1]
    assert [load_history_file(path).changes for path in files] == [0] * 5
    assert Stay.objects.get(kind="inpatient").discharged == dt.date(2026, 1, 9)
    assert OutsideVisit.objects.get().supplier_npi == "1234567893"
    patient.refresh_from_db()
    assert patient.died == dt.date(2026, 2, 1)
    assert set(HistoryArrival.objects.values_list("kind", flat=True)) == {
        "stays", "outside_visits", "deductible", "deaths",
    }  # fmt: skip


def test_people_are_made_and_changed_with_their_address(write: Write) -> None:
    header = "mbi,last_name,first_name,birth_date,sex,address,city,state,zip,from"
    load_history_file(
        write("people.csv", header, f"{MBI},Evans,Dora,1948-02-15,F,12 Elm St,Baltimore,MD,21201,2013-02-01")
    )
    person = Beneficiary.objects.get()
    assert (person.mbis.get().mbi, person.addresses.get().zip) == (MBI, "21201")
    loaded = load_history_file(
        write(
            "later.csv",
            header,
            f"{MBI},Evans-Cole,Dora,1948-02-15,F,12 Elm St,Baltimore,MD,21202,2013-02-01",
            f"{MBI},Other,Person,1950-01-01,F,1 Oak St,Baltimore,MD,21201,2013-02-01",
        )
    )
    person.refresh_from_db()
    assert (person.last_name, person.addresses.get().zip) == ("Evans-Cole", "21202")
    assert [(row.line, row.column) for row in loaded.refused] == [(3, "mbi")]
    assert BeneficiaryMbi.objects.count() == 1


def test_providers_are_loaded(patient: Beneficiary, write: Write) -> None:
    load_history_file(
        write(
            "providers.csv",
            "mbi,npi,name,credential,from,to",
            f"{MBI},2888000017,E. Marchetti,md,2025-01-01,2025-12-31",
        )
    )
    provider = patient.applicableproviders.get(npi="2888000017")
    assert (provider.kind, provider.last_day) == ("MD", dt.date(2025, 12, 31))


@pytest.mark.parametrize(
    ("header", "kind", "sentence"),
    [
        ("mbi,colour", None, "--kind"),
        ("mbi,hcpcs,status", HistoryKind.DRUG_CLAIMS, "needs the column date_of_service"),
        (DRUG_HEADER + ",colour", HistoryKind.DRUG_CLAIMS, "has no column colour"),
        ("mbi,mbi,died", None, "twice"),
    ],
)
def test_a_file_with_other_columns_is_refused_whole(
    write: Write, header: str, kind: HistoryKind | None, sentence: str
) -> None:
    with pytest.raises(FileRefused, match=sentence):
        load_history_file(write("file.csv", header, "x"), kind)


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_loaded(
    patient: Beneficiary, write: Write, tmp_path: Path
) -> None:
    (tmp_path / "latin.csv").write_bytes("mbi,died\n1EG4TE5MK73,é\n".encode("latin-1"))
    deaths = write("deaths.csv", "mbi,died", f"{MBI},2026-02-01")
    with pytest.raises(CommandError, match=r"absent\.csv: .*\nlatin\.csv: .*UTF-8") as refusal:
        call_command("load_history", str(tmp_path / "absent.csv"), str(tmp_path / "latin.csv"), str(deaths))
    assert refusal.value.returncode == 2
    patient.refresh_from_db()
    assert patient.died == dt.date(2026, 2, 1)


def test_a_span_that_ends_before_it_begins_is_refused(patient: Beneficiary, write: Write) -> None:
    loaded = load_history_file(write("c.csv", "mbi,coverage,from,to", f"{MBI},hospice,2026-01-02,2026-01-01"))
    assert [(row.line, row.column) for row in loaded.refused] == [(2, "to")]


def test_taken_arrivals_are_there_again_after_a_rollback(patient: Beneficiary, write: Write) -> None:
    load_history_file(write("drugs.csv", DRUG_HEADER, drug_row()))
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        assert len(take_arrived_history()) == 1
        raise ZeroDivisionError
    assert [row.beneficiary_id for row in take_arrived_history()] == [patient.pk]
    assert take_arrived_history() == []


def test_each_batch_is_whole_or_not_at_all_and_a_load_goes_on_where_it_broke_off(
    patient: Beneficiary, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "BATCH_ROWS", 2)
    lines = [drug_row(day=f"2026-01-{number:02}") for number in range(1, 6)]
    path = write("drugs.csv", DRUG_HEADER, *lines)
    file = load_history_file(path)
    assert file.changes == 5
    HistoryFile.objects.update(lines_read=3)
    with pgtrigger.ignore("beneficiaries.DmeDrugClaim:append_only"):
        DmeDrugClaim.objects.filter(date_of_service__gt=dt.date(2026, 1, 2)).delete()
    again = load_history_file(path)
    assert (again.rows, again.changes) == (3, 3)


def test_every_column_is_documented() -> None:
    text = Path("docs/history_files.md").read_text(encoding="utf-8")
    for kind, columns in COLUMNS.items():
        section = text.split(f"## `{kind}`", 1)[1].split("\n## ", 1)[0]
        for column in columns:
            assert f"| `{column.name}` | {'yes' if column.is_required else 'no'} |" in section, (kind, column.name)
