"""Past claims decided anew: the same under the same tables, and to the cent what a draft changes."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.adjudication.queue import adjudicate_all
from claims.models import Claim, Decision, LineDecision
from claims.replay import LineChange, ReplayReport, replay
from claims.replay.choosing import NotUnderstood, chosen, tables_named
from claims.replay.writing import HEADINGS
from policy.models import PaymentAmount
from policy.readers import current_publication, tables_as_known
from policy.tables import PolicyTables
from tests.claims.verification.tampering import by_hand
from tests.factories.world import World, base_world

AMOUNT = Decimal("100.00")
JANUARY = "2026-01"


def line(code: str, day: int) -> dict[str, object]:
    return {"hcpcs": code, "date_of_service": dt.date(2026, 1, day)}


def decided(world: World, *lines: dict[str, object]) -> Claim:
    claim = world.claim(lines=list(lines) or [line("G0088", 5)])
    adjudicate_all()
    claim.refresh_from_db()
    return claim


def draft(folder: Path, table: str, header: str, *rows: str) -> Path:
    path = folder / f"{table}.csv"
    path.write_text("\n".join((header, *rows, "")), encoding="utf-8")
    return path


def local_amount(folder: Path, amount: str, start: str = "2026-01-01") -> Path:
    """A draft: an amount of G0088 in 2026."""
    return draft(
        folder,
        "payment_amounts",
        "hcpcs,effective_from,effective_to,national_amount,source,basis",
        f"G0088,{start},2026-12-31,{amount},A draft,estimated",
    )


def disposition(folder: Path, edit: str, what: str, *, group: str = "", carc: str = "") -> Path:
    return draft(
        folder,
        "edit_dispositions",
        "edit,title,disposition,group,carc,rarc,remedy,effective_from,source,basis",
        f"{edit},A draft,{what},{group},{carc},,none,2019-01-01,A draft,inferred",
    )


def replayed(tables: PolicyTables, claims: str = "all") -> ReplayReport:
    return replay(chosen(claims).decisions, tables)


def test_the_same_tables_and_engine_change_nothing(tables: None) -> None:
    for number, traits in enumerate(
        ({}, {"owing_the_deductible": True}, {"without_part_b": True}, {"in_hospice": True})
    ):
        patient = base_world(
            supplier={"npi": f"15555555{number:02}", "tin": f"5500000{number:02}"},
            beneficiary={"mbi__mbi": f"1EG4TE5MA{number:02}", **traits},
            drug_bill=None if number == 3 else {},
        )
        patient.claim(lines=[line("G0088", 5), line("G0068", 7), line("G0068", 7)])
        patient.claim(lines=[line("G0068", 12)])
    adjudicate_all()
    report = replayed(tables_as_known())
    assert (report.claims, report.claims_changed, report.changes, report.difference) == (8, 0, (), 0)
    assert report.before == report.after == sum(claim.paid_amount for claim in Claim.objects.all()) > 0
    assert {claim.status for claim in Claim.objects.all()} >= {"payable", "denied"}


def test_an_amount_of_a_draft_changes_what_its_lines_pay_to_the_cent(world: World, tmp_path: Path) -> None:
    """100.00 by the locality's factor, less 20 percent coinsurance, less 2 percent sequestration."""
    claim = decided(world, line("G0088", 5), line("G0068", 12))
    tables = tables_named([str(local_amount(tmp_path, "100.00"))])
    factor = tables.factors.on(tables.localities.on("21201", dt.date(2026, 1, 5)).locality, dt.date(2026, 1, 5)).factor
    fee = (AMOUNT * factor).quantize(Decimal("0.01"))
    payment = fee - (fee * Decimal("0.20")).quantize(Decimal("0.01"))
    paid = payment - (payment * Decimal("0.02")).quantize(Decimal("0.01"))
    was = claim.current_decision.lines.get(number=1).paid
    report = replayed(tables)
    [change] = report.changes
    assert (change.claim, change.line, change.hcpcs, change.edit) == (claim.icn, 1, "G0088", "")
    assert (change.before.paid, change.after.paid) == (was, paid)
    assert report.difference == change.difference == paid - was < 0
    assert [(total.key, total.lines, total.difference) for total in report.by_month] == [(JANUARY, 1, paid - was)]
    assert [(total.key, total.more, total.less) for total in report.by_edit] == [("", 0, was - paid)]
    [supplier] = report.by_supplier
    assert (supplier.key, supplier.name) == (world.supplier.npi, world.supplier.name)


def test_an_amount_that_begins_after_the_visit_changes_nothing(world: World, tmp_path: Path) -> None:
    decided(world)
    assert replayed(tables_named([str(local_amount(tmp_path, "100.00", "2026-01-06"))])).lines_changed == 0
    assert replayed(tables_named([str(local_amount(tmp_path, "100.00", "2026-01-05"))])).lines_changed == 1


def test_a_disposition_of_a_draft_lets_a_denied_line_pay(tables: None, tmp_path: Path) -> None:
    claim = decided(base_world(beneficiary={"without_part_b": True}))
    payable = decided(
        base_world(supplier={"npi": "1679576722", "tin": "520000001"}, beneficiary={"mbi__mbi": "1EG4TE5MK74"})
    )
    assert (claim.status, claim.paid_amount) == ("denied", 0)
    tables = tables_named([str(disposition(tmp_path, claim.edits[0], "ignore"))])
    [change] = replayed(tables).changes
    assert (change.claim, change.before.outcome, change.after.outcome) == (claim.icn, "deny", "pay")
    assert (change.edit, change.difference) == (claim.edits[0], payable.paid_amount)


def test_a_line_whose_claim_now_waits_counts_for_the_edit_that_makes_it_wait(world: World, tmp_path: Path) -> None:
    """The line of January 5 pays; that of January 12 is denied in the hospital, and suspends under the draft."""
    claim = decided(world, line("G0088", 5), {**line("G0068", 12), "place_of_service": "21"})
    assert claim.edits == ["HIT-105"]
    report = replayed(tables_named([str(disposition(tmp_path, "HIT-105", "suspend"))]))
    assert [(change.line, change.after.outcome, change.edit) for change in report.changes] == [
        (1, "pay", "HIT-105"),
        (2, "suspend", "HIT-105"),
    ]
    assert report.difference == -claim.paid_amount
    assert [(total.key, total.lines, total.less) for total in report.by_edit] == [("HIT-105", 2, claim.paid_amount)]


def test_a_replay_writes_nothing_and_its_queries_do_not_grow_with_the_claims(tables: None) -> None:
    for number in range(6):
        base_world(
            supplier={"npi": f"15555555{number:02}", "tin": f"5500000{number:02}"},
            beneficiary={"mbi__mbi": f"1EG4TE5MA{number:02}"},
        ).claim()
    adjudicate_all()
    current, decisions = tables_as_known(), chosen("all").decisions
    for few in (decisions[:1], decisions):
        with CaptureQueriesContext(connection) as queries:
            assert replay(few, current).claims == len(few)
        assert [query["sql"].split()[0] for query in queries] == ["SELECT", "SELECT"]


def test_changed_lines_that_are_handed_on_are_not_kept(world: World, tmp_path: Path) -> None:
    claim = decided(world)
    taken: list[LineChange] = []
    tables = tables_named([str(local_amount(tmp_path, "100.00"))])
    report = replay(chosen("all").decisions, tables, hand_on=taken.extend)
    assert ([change.claim for change in taken], report.changes, report.lines_changed) == ([claim.icn], (), 1)


def test_decisions_of_other_engines_and_unreadable_ones_are_counted_apart(world: World) -> None:
    decided(world)
    stored = Decision.objects.get()
    by_hand("claims_decision", "UPDATE claims_decision SET engine_version = 'older'")
    assert replayed(tables_as_known()).of_other_engines == 1
    by_hand("claims_decision", "UPDATE claims_decision SET facts = '{}'")
    report = replayed(tables_as_known())
    assert (report.unreadable, report.claims, report.of_other_engines) == ((stored.pk,), 0, 0)


def test_a_decision_whose_stored_lines_are_gone_changes_on_every_line(world: World) -> None:
    claim = decided(world)
    by_hand("claims_linedecision", "DELETE FROM claims_linedecision")
    assert not LineDecision.objects.exists()
    report = replayed(tables_as_known())
    assert (report.lines_changed, report.difference) == (1, claim.paid_amount)


# ---------- what is asked for ----------


def test_claims_are_chosen_by_the_filters_of_the_worklist_or_by_number(tables: None) -> None:
    paying = decided(base_world())
    denied = decided(
        base_world(
            supplier={"npi": "1679576722", "tin": "520000001"},
            beneficiary={"mbi__mbi": "1EG4TE5MK74", "without_part_b": True},
        )
    )
    waiting = base_world(
        supplier={"npi": "1245319599", "tin": "520000002"}, beneficiary={"mbi__mbi": "1EG4TE5MK75"}
    ).claim()
    numbers = {"all": [paying, denied], "status=denied": [denied], "supplier=1679576722&code=G0088": [denied]}
    for text, claims in {**numbers, f"{paying.icn},{denied.icn}": [paying, denied], waiting.icn: []}.items():
        assert list(chosen(text).decisions) == sorted(claim.current_decision_id for claim in claims), text
    assert (chosen("all").undecided, chosen("status=denied").undecided) == (1, 0)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("colour=blue", "“colour” is no filter"),
        ("assigned=me", "“assigned” is no filter"),
        ("status=lost", "status: Select a valid choice"),
        ("received_from=yesterday", "received_from: Enter a valid date"),
        ("0000000000000", "There is no claim 0000000000000"),
    ],
)
def test_a_choice_of_claims_that_is_not_understood_is_named(db: None, text: str, words: str) -> None:
    with pytest.raises(NotUnderstood, match=words):
        chosen(text)


def test_tables_are_named_by_publication_or_day(tables: None, tmp_path: Path) -> None:
    first = tables_as_known()
    call_command(
        "load_policy", str(local_amount(tmp_path, "100.00")), "--source", "A test", "--reason", "A test", verbosity=0
    )
    assert PaymentAmount.objects.filter(amount=AMOUNT).exists()
    now = current_publication()
    assert now > first.publication
    assert tables_named(["current"]).publication == now
    assert tables_named([str(first.publication)]).publication == first.publication
    assert tables_named(["2026-01-15"]).publication == first.publication
    assert tables_named(["2026-01-16"]).publication == now


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("999999", "There is no publication 999999; the last is"),
        ("newest", "“newest” names no policy tables"),
        ("missing.csv", "“missing.csv” names no policy tables"),
    ],
)
def test_tables_that_are_not_understood_are_named(tables: None, name: str, words: str) -> None:
    with pytest.raises(NotUnderstood, match=words):
        tables_named([name])


# ---------- the command ----------


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("replay", *arguments, stdout=out, stderr=out)
    return out.getvalue()


def test_the_command_prints_totals_and_writes_every_changed_line(world: World, tmp_path: Path) -> None:
    claim = decided(world, line("G0088", 5), line("G0068", 12))
    rows, whole = tmp_path / "changes.csv", tmp_path / "changes.json"
    text = run("--tables", str(local_amount(tmp_path, "100.00")), "--csv", str(rows), "--json", str(whole))
    assert "1 claims decided anew" in text
    assert "1 lines on 1 claims change" in text
    assert f"{claim.icn}/1 2026-01-05 G0088  pay" in text
    header, row = csv.reader(rows.read_text(encoding="utf-8").splitlines())
    found = json.loads(whole.read_text(encoding="utf-8"))
    assert tuple(header) == HEADINGS
    assert len(row) == len(header)
    [change] = found["changes"]
    assert row[-1] == change["difference"] == found["difference"] == found["by_month"][0]["difference"]
    assert found["paid_before"] == str(claim.paid_amount)
    assert f"difference {Decimal(row[-1]):+,.2f}" in text


def test_the_command_without_changes_says_so(world: World, tmp_path: Path) -> None:
    decided(world)
    world.claim()
    text = run("--json", str(tmp_path / "none.json"))
    assert "0 lines on 0 claims change" in text
    assert "1 claims are not decided yet and were left out" in text
    assert json.loads((tmp_path / "none.json").read_text(encoding="utf-8"))["changes"] == []


def test_the_command_refuses_in_words(tables: None, tmp_path: Path) -> None:
    bad = local_amount(tmp_path, "much")
    for arguments, words in (
        (("--tables", str(bad)), "“much” is not"),
        (("--tables", str(tmp_path / "other.csv")), "names no policy tables"),
        (("--claims", "colour=blue"), "is no filter"),
        (("--processes", "0"), "--processes takes 1 or more"),
        (("--csv", str(tmp_path / "no" / "folder.csv")), "cannot be written"),
    ):
        with pytest.raises(CommandError, match=words):
            run(*arguments)


@pytest.mark.django_db(transaction=True)
def test_several_processes_find_what_one_finds(world: World, tmp_path: Path) -> None:
    for day in (5, 12, 19):
        world.claim(lines=[line("G0068", day)])
    decided(world)
    tables = tables_named([str(local_amount(tmp_path, "100.00"))])
    decisions = chosen("all").decisions
    assert replay(decisions, tables, processes=2) == replay(decisions, tables)


def test_several_processes_are_refused_inside_a_transaction(world: World) -> None:
    decided(world)
    with pytest.raises(ValueError, match="outside a transaction"):
        replay(chosen("all").decisions, tables_as_known(), processes=2)
