"""What holds of every replay, of any claims under any tables."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from claims.adjudication.canonical import dump_facts, facts_from_json
from claims.adjudication.engine import decide
from claims.adjudication.facts import ClaimFacts
from claims.replay.lines import states_of
from claims.replay.replaying import changes_of, compare
from claims.replay.report import Part, ReplayReport, Totals
from policy.tables import PolicyTables
from tests.claims.adjudication.worlds import claims, tables

ZERO = Decimal("0.00")

some_claims = st.lists(claims(), min_size=1, max_size=4)


def replayed(found: Sequence[ClaimFacts], before: PolicyTables, after: PolicyTables) -> ReplayReport:
    """What a replay of claims decided under one state of the tables finds under another, a chunk for each claim."""
    totals, changes = Totals(), []
    for claim in found:
        part = Part()
        compare(part, claim, states_of(decide(claim, before)), states_of(decide(claim, after)))
        totals.add(part)
        changes += part.changes
    return totals.report(0, changes)


@given(claims(), tables())
def test_stored_facts_under_the_same_tables_change_nothing(claim: ClaimFacts, policy: PolicyTables) -> None:
    stored = facts_from_json(dump_facts(claim))
    assert changes_of(stored, states_of(decide(claim, policy)), states_of(decide(stored, policy))) == []


@given(some_claims, tables(), tables())
def test_every_table_of_totals_adds_up_to_the_difference(
    found: list[ClaimFacts], before: PolicyTables, after: PolicyTables
) -> None:
    report = replayed(found, before, after)
    assert report.difference == sum((change.difference for change in report.changes), ZERO)
    for totals in (report.by_supplier, report.by_edit, report.by_month):
        assert sum((total.difference for total in totals), ZERO) == report.difference
        assert sum(total.lines for total in totals) == report.lines_changed == len(report.changes)
        assert all(total.more >= 0 <= total.less for total in totals)


@given(some_claims, tables(), tables())
def test_the_way_back_changes_the_same_lines_by_the_opposite_amount(
    found: list[ClaimFacts], before: PolicyTables, after: PolicyTables
) -> None:
    there, back = replayed(found, before, after), replayed(found, after, before)
    assert back.difference == -there.difference
    assert [(change.line, change.before) for change in back.changes] == [
        (change.line, change.after) for change in there.changes
    ]


@given(claims(), tables(), tables())
def test_a_line_whose_outcome_changes_names_an_edit(
    claim: ClaimFacts, before: PolicyTables, after: PolicyTables
) -> None:
    for change in replayed([claim], before, after).changes:
        if change.before.outcome != change.after.outcome:
            assert change.edit in {*change.before.edits, *change.after.edits}
