"""Whatever is changed in the database by hand is found, and named by claim, row and column."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Event
from claims.adjudication.canonical import decision_from_json, dump_decision, dump_facts, facts_from_json
from claims.adjudication.queue import adjudicate_all, requeue
from claims.models import Claim, Decision, LedgerTransfer, LineDecision, Seal
from claims.verification.digests import digest_of
from claims.verification.findings import Finding, Scope
from claims.verification.sealing import chain_of, seal_records, sealed_tables
from claims.verification.verifying import verify
from tests.claims.verification.tampering import by_hand


def found() -> list[Finding]:
    return list(verify().findings)


def kinds(findings: list[Finding]) -> list[str]:
    return [finding.kind for finding in findings]


def the(kind: str) -> Finding:
    """The only finding of its kind."""
    [finding] = [finding for finding in found() if finding.kind == kind]
    return finding


def decision_of(claim: Claim) -> Decision:
    decision = claim.current_decision
    assert decision is not None
    return decision


def change(table: str, column: str, value: object, row: int) -> None:
    by_hand(table, f"UPDATE {table} SET {column} = %s WHERE id = %s", [value, row])


# ---------- nothing was changed ----------


def test_an_untouched_database_has_nothing_to_find(paid: Claim) -> None:
    seal_records()
    verified = verify()
    assert verified.findings == ()
    assert verified.decisions == Decision.objects.count() >= 4
    assert (verified.seals, verified.unsealed) == (Seal.objects.count(), 0)
    assert verified.rows > Decision.objects.count() + LineDecision.objects.count()


def test_claims_decided_anew_and_in_the_queue_again_are_no_findings(paid: Claim) -> None:
    held = Claim.objects.get(status="on_hold")
    requeue([held.pk], "Asked by hand")
    assert found() == []
    adjudicate_all()
    assert found() == []
    requeue([paid.pk], "An adjustment", is_adjustment=True)
    assert found() == []


def test_the_queries_do_not_grow_with_the_decisions(paid: Claim) -> None:
    last = max(Decision.objects.values_list("decided_on", flat=True))
    counts = []
    for scope in (Scope(since=last), Scope(since=dt.date(2026, 1, 1))):
        with CaptureQueriesContext(connection) as queries:
            verified = verify(scope)
        counts.append((verified.decisions, len(queries)))
    (few, of_few), (all_there_are, of_all) = counts
    assert 0 < few < all_there_are
    assert of_few == of_all <= 13 + len(sealed_tables()), "one for each table that is sealed, and thirteen"


# ---------- a decision ----------


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("paid_amount", Decimal("9999.99")),
        ("allowed_amount", Decimal("9999.99")),
        ("status", "deny"),
        ("decided_on", dt.date(2026, 1, 1)),
        ("next_look", dt.date(2026, 1, 1)),
    ],
)
def test_a_column_of_a_decision_is_named(paid: Claim, column: str, value: object) -> None:
    decision = decision_of(paid)
    change("claims_decision", column, value, decision.pk)
    finding = the("decision_differs")
    assert (finding.claim, finding.table, finding.row) == (paid.icn, "claims_decision", decision.pk)
    assert finding.columns == (column,)


def test_a_trace_that_no_longer_follows_from_the_facts_is_named_with_its_line(paid: Claim) -> None:
    decision = decision_of(paid)
    trace = decision_from_json(decision.trace)
    first = trace.lines[0]
    assert first.price is not None
    dearer = dataclasses.replace(first, price=dataclasses.replace(first.price, paid=first.price.paid + 1))
    forged = dump_decision(dataclasses.replace(trace, lines=(dearer, *trace.lines[1:])))
    change("claims_decision", "trace", forged.decode(), decision.pk)
    sentences = [finding.sentence for finding in found() if finding.row == decision.pk]
    assert any("does not follow from the facts" in sentence and "(line 1)" in sentence for sentence in sentences)


def test_facts_from_which_another_trace_follows_are_named(paid: Claim) -> None:
    decision = decision_of(paid)
    facts = facts_from_json(decision.facts)
    assert facts.beneficiary is not None
    dead = dataclasses.replace(facts, beneficiary=dataclasses.replace(facts.beneficiary, died=dt.date(2025, 1, 1)))
    change("claims_decision", "facts", dump_facts(dead).decode(), decision.pk)
    finding = the("decision_differs")
    assert (finding.claim, finding.columns) == (paid.icn, ("facts", "trace", "publication"))


def test_a_space_in_the_facts_is_found(paid: Claim) -> None:
    decision = decision_of(paid)
    change("claims_decision", "facts", decision.facts + " ", decision.pk)
    finding = the("decision_differs")
    assert (finding.claim, finding.columns) == (paid.icn, ("facts",))


@pytest.mark.parametrize("column", ["facts", "trace"])
def test_text_that_is_no_decision_is_named(paid: Claim, column: str) -> None:
    change("claims_decision", column, "{}", decision_of(paid).pk)
    finding = the("decision_differs")
    assert (finding.claim, finding.columns) == (paid.icn, (column,))


def test_another_publication_is_found(paid: Claim) -> None:
    change("claims_decision", "publication", 0, decision_of(paid).pk)
    columns = {column for finding in found() for column in finding.columns}
    assert "publication" in columns


def test_a_reason_that_was_rewritten_is_found_by_its_seal(paid: Claim) -> None:
    """Nothing else in the database says it a second time."""
    decision = decision_of(paid)
    seal_records()
    change("claims_decision", "reason", "Somebody else asked", decision.pk)
    [finding] = found()
    assert (finding.kind, finding.table, finding.row) == ("row_changed", "claims_decision", decision.pk)
    assert finding.claim == paid.icn


def test_decisions_of_other_engines_are_listed_apart(paid: Claim) -> None:
    """Their columns and lines must still be those of their trace; their trace is not judged."""
    decision = decision_of(paid)
    trace = dump_decision(dataclasses.replace(decision_from_json(decision.trace), engine_version="of-old"))
    change("claims_decision", "engine_version", "of-old", decision.pk)
    change("claims_decision", "trace", trace.decode(), decision.pk)
    verified = verify()
    assert (verified.other_engines, verified.findings) == ((("of-old", 1),), ())
    assert verified.decisions == Decision.objects.count() - 1
    change("claims_decision", "paid_amount", 1, decision.pk)
    assert the("decision_differs").columns == ("paid_amount",)
    change("claims_decision", "facts", "{}", decision.pk)
    assert verify().unreadable == (decision.pk,)


def test_a_decision_that_is_removed_is_named_by_the_claim_that_stands_on_it(paid: Claim) -> None:
    decision = decision_of(paid)
    seal_records()
    by_hand("claims_linedecision", "DELETE FROM claims_linedecision WHERE decision_id = %s", [decision.pk])
    for table in ("claims_ledgertransfer", "claims_remitteddecision"):
        by_hand(table, f"DELETE FROM {table} WHERE decision_id = %s", [decision.pk])
    by_hand("claims_decision", "DELETE FROM claims_decision WHERE id = %s", [decision.pk])
    findings = found()
    removed = {(finding.table, finding.row): finding for finding in findings if finding.kind == "row_removed"}
    assert removed["claims_decision", decision.pk].claim == paid.icn
    assert {table for table, _ in removed} >= {"claims_linedecision", "claims_ledgertransfer"}
    [standing] = [finding for finding in findings if finding.kind == "claim_differs"]
    assert (standing.claim, standing.columns) == (paid.icn, ("current_decision",))


def test_a_forged_decision_is_found(paid: Claim) -> None:
    """A copy of the decision under the next number: the claim does not stand on it, and it has no lines."""
    decision = decision_of(paid)
    forged = Decision.objects.get(pk=decision.pk)
    forged.pk, forged.number, forged.asked_by = None, decision.number + 1, decision.asked_by + 1
    forged.save(force_insert=True)
    findings = found()
    assert kinds(findings) == ["line_differs", "line_differs", "claim_differs", "claim_differs"]
    assert {finding.claim for finding in findings} == {paid.icn}
    assert findings[2].columns == ("current_decision",)
    assert "follows another" in findings[3].sentence


def test_a_decision_among_sealed_ones_is_named(paid: Claim) -> None:
    last = Decision.objects.latest("pk")
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval('claims_decision_id_seq', %s)", [last.pk + 3])
    seal_records()
    forged = Decision.objects.get(pk=decision_of(paid).pk)
    forged.pk, forged.number, forged.asked_by = last.pk + 2, 9, forged.asked_by + 1
    forged.save(force_insert=True)
    finding = the("row_added")
    assert (finding.table, finding.row, finding.claim) == ("claims_decision", last.pk + 2, paid.icn)


# ---------- a line decision, the claim, the money ----------


def test_an_amount_of_a_line_decision_is_named(paid: Claim) -> None:
    seal_records()
    line = decision_of(paid).lines.get(number=2)
    change("claims_linedecision", "paid", line.paid + 100, line.pk)
    findings = found()
    assert kinds(findings) == ["row_changed", "line_differs"]
    assert {finding.claim for finding in findings} == {paid.icn}
    assert findings[0].row == line.pk
    assert findings[1].columns == ("paid",)
    assert "line 2" in findings[1].sentence


def test_a_line_decision_that_is_removed_is_named(paid: Claim) -> None:
    seal_records()
    line = decision_of(paid).lines.get(number=1)
    by_hand("claims_linedecision", "DELETE FROM claims_linedecision WHERE id = %s", [line.pk])
    findings = found()
    assert kinds(findings) == ["row_removed", "line_differs"]
    assert findings[1].claim == paid.icn
    assert "Line 1" in findings[1].sentence


def test_a_line_decision_that_is_not_in_the_trace_is_named(paid: Claim) -> None:
    line = decision_of(paid).lines.get(number=1)
    line.pk, line.number = None, 3
    line.save(force_insert=True)
    finding = the("line_differs")
    assert (finding.claim, finding.sentence.startswith("Line 3 of decision")) == (paid.icn, True)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("status", "denied"),
        ("paid_amount", Decimal("1.00")),
        ("allowed_amount", None),
        ("decided_on", dt.date(2026, 1, 1)),
        ("edits", ["HIT-501"]),
        ("informs", ["HIT-110"]),
    ],
)
def test_a_claim_that_does_not_stand_where_its_decision_puts_it_is_named(
    paid: Claim, column: str, value: object
) -> None:
    change("claims_claim", column, value, paid.pk)
    finding = the("claim_differs")
    assert (finding.claim, finding.row, finding.columns) == (paid.icn, paid.pk, (column,))


def test_a_charge_that_was_changed_after_the_decision_is_named(paid: Claim) -> None:
    by_hand("claims_claimline", "UPDATE claims_claimline SET charge = 1 WHERE claim_id = %s AND number = 1", [paid.pk])
    finding = the("claim_differs")
    assert (finding.claim, finding.columns) == (paid.icn, ("lines",))


def test_money_moved_by_hand_is_found_by_seal_and_ledger(paid: Claim) -> None:
    seal_records()
    transfer = LedgerTransfer.objects.filter(claim=paid).earliest("pk")
    change("claims_ledgertransfer", "amount", transfer.amount + 1, transfer.pk)
    findings = found()
    assert findings[0].kind == "row_changed"
    assert (findings[0].table, findings[0].row, findings[0].claim) == ("claims_ledgertransfer", transfer.pk, paid.icn)
    assert "ledger_differs" in kinds(findings)


# ---------- events and seals ----------


def test_an_event_that_was_changed_or_removed_is_named(paid: Claim) -> None:
    seal_records()
    first, second = Event.objects.filter(about_type="claims.claim", about_id=str(paid.pk)), Event.objects.earliest("pk")
    told = first.latest("pk")
    change("accounts_event", "sentence", "Nothing happened.", told.pk)
    by_hand("accounts_event", "DELETE FROM accounts_event WHERE id = %s", [second.pk])
    removed, changed = found()
    assert (removed.kind, removed.row) == ("row_removed", second.pk)
    assert (changed.kind, changed.row, changed.claim) == ("row_changed", told.pk, paid.icn)


def seals_gone(*numbers: int) -> None:
    by_hand("claims_seal", "DELETE FROM claims_seal WHERE number = ANY(%s)", [list(numbers)])


def test_a_seal_that_is_removed_is_named(paid: Claim) -> None:
    seal_records()
    seals_gone(2)
    [finding] = found()
    assert (finding.kind, finding.row, finding.sentence[:15]) == ("seal_removed", 2, "Seal 2 is gone;")


def test_the_first_seals_when_removed_are_named(paid: Claim) -> None:
    seal_records()
    seals_gone(1, 2)
    [finding] = found()
    assert (finding.kind, finding.sentence[:22]) == ("seal_removed", "Seals 1 to 2 are gone;")


@pytest.mark.parametrize("column", ["digest", "leaves", "row_count", "table", "chain", "previous", "sealed_at"])
def test_a_seal_that_was_changed_is_named(paid: Claim, column: str) -> None:
    seal_records()
    values = {
        "leaves": b"",
        "row_count": 0,
        "table": "claims_claim",
        "sealed_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    }
    number = Seal.objects.get(table="claims_linedecision").number
    by_hand(
        "claims_seal",
        f'UPDATE claims_seal SET "{column}" = %s WHERE number = %s',
        [values.get(column, "0" * 64), number],
    )
    named = [finding for finding in found() if finding.kind == "seal_changed"]
    assert (named[0].table, named[0].row) == ("claims_seal", number)


def test_a_seal_made_anew_for_changed_rows_breaks_the_chain_behind_it(paid: Claim) -> None:
    """Who changes a row and its seal, with the right digests, does not have the seals that follow."""
    seal_records()
    line = decision_of(paid).lines.get(number=1)
    change("claims_linedecision", "carc", "45", line.pk)
    seal = Seal.objects.get(table="claims_linedecision")
    now = digest_of(seal.table, seal.columns, seal.first_id, seal.last_id)
    seal.digest, seal.leaves = now.digest, now.leaves
    by_hand(
        "claims_seal",
        "UPDATE claims_seal SET digest = %s, leaves = %s, chain = %s WHERE number = %s",
        [seal.digest, seal.leaves, chain_of(seal), seal.number],
    )
    [finding] = [finding for finding in found() if finding.table == "claims_seal"]
    assert (finding.kind, finding.row) == ("seal_changed", seal.number + 1)
    assert "does not follow" in finding.sentence


def test_a_seal_that_was_noted_elsewhere_is_compared(paid: Claim) -> None:
    noted = seal_records().head
    assert noted is not None
    head = f"{noted.number}:{noted.chain}"
    assert verify(head=head).findings == ()
    [finding] = verify(head=f"{noted.number}:{'0' * 64}").findings
    assert (finding.kind, finding.row) == ("seal_changed", noted.number)
    seals_gone(noted.number)
    assert "seal_removed" in kinds(list(verify(head=head).findings))
    with pytest.raises(ValueError, match="is no seal"):
        verify(head="12")


def test_a_column_that_a_table_no_longer_has_is_named(paid: Claim) -> None:
    seal_records()
    by_hand(
        "claims_seal",
        "UPDATE claims_seal SET columns = array_append(columns, 'is_gone') WHERE \"table\" = 'claims_linedecision'",
    )
    assert "is_gone" in the("seal_unusable").sentence


# ---------- scopes and the command ----------


def test_a_claim_is_verified_alone(paid: Claim) -> None:
    seal_records()
    other = Claim.objects.get(status="denied")
    change("claims_decision", "reason", "Somebody else asked", decision_of(other).pk)
    change("claims_decision", "allowed_amount", 1, decision_of(other).pk)
    verified = verify(Scope(claim=paid.icn))
    assert verified.decisions == 1
    assert "decision_differs" not in kinds(list(verified.findings))
    assert "decision_differs" in kinds(list(verify(Scope(claim=other.icn)).findings))


def test_what_was_decided_since_a_day_is_verified(paid: Claim) -> None:
    looked_at = Decision.objects.filter(claim__status="on_hold")
    day = max(decision.decided_on for decision in looked_at)
    assert verify(Scope(since=day)).decisions == looked_at.filter(decided_on=day).count() < Decision.objects.count()
    assert verify(Scope(since=day + dt.timedelta(days=1))).decisions == 0


def run(*arguments: str) -> tuple[int, str]:
    out = io.StringIO()
    code = 0
    try:
        call_command("verify_decisions", *arguments, stdout=out, stderr=out)
    except SystemExit as ended:
        code = int(ended.code or 0)
    return code, out.getvalue()


def test_the_command_says_that_nothing_differs(paid: Claim) -> None:
    out = io.StringIO()
    call_command("seal_records", stdout=out)
    head = out.getvalue().split()[-1]
    code, text = run("--head", head)
    assert code == 0
    assert f"last seal {head}" in text
    assert text.endswith("Nothing differs.\n")


def test_the_command_names_what_it_finds_and_ends_with_1(paid: Claim, tmp_path: Path) -> None:
    decision = decision_of(paid)
    change("claims_decision", "allowed_amount", 1, decision.pk)
    code, text = run("--json", str(tmp_path / "found.json"), "--show", "1")
    assert code == 1
    assert f"decision_differs: claim {paid.icn}, claims_decision, id {decision.pk}: " in text
    assert "and 1 more" in text
    written = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))
    assert [finding["kind"] for finding in written["findings"]] == ["decision_differs", "claim_differs"]


def test_the_command_refuses_in_words(paid: Claim, tmp_path: Path) -> None:
    for arguments, words in (
        (("--claim", "0000000000000"), "There is no claim 0000000000000"),
        (("--head", "newest"), "“newest” is no seal"),
        (("--processes", "2"), "outside a transaction"),
        (("--json", str(tmp_path / "no" / "folder.json")), "cannot be written"),
    ):
        with pytest.raises(CommandError, match=words):
            run(*arguments)
