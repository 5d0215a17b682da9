"""What `decide` promises beyond the scenarios: people's determinations, missing tables, what is recorded."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from claims.adjudication.decision import Adjustment
from claims.adjudication.engine import NOT_ASSIGNED, decide
from claims.adjudication.facts import Determination
from claims.adjudication.version import ENGINE_VERSION
from claims.edits.registry import CATALOGUE
from claims.scenarios.tables_from_csv import policy_tables_from_csv
from policy.tables import Dated
from tests.claims.adjudication.worlds import base_claim, base_tables, line, patient_of, with_patient

TABLES = base_tables()
JANUARY_5 = dt.date(2026, 1, 5)


def override(edit: str, number: int | None = None) -> Determination:
    return Determination("override", "the examiner", dt.date(2026, 1, 20), "seen on paper", edit=edit, line=number)


def test_reasons_of_a_line_that_pays_are_empty_and_its_adjustments_explain_the_charge() -> None:
    (found,) = decide(base_claim(), TABLES).lines
    assert (found.group, found.carc, found.rarcs, found.reason_edit) == ("", "", (), "")
    assert found.adjustments == (
        Adjustment("CO", "45", Decimal("205.00")),
        Adjustment("PR", "2", Decimal("39.00")),
        Adjustment("CO", "253", Decimal("3.12")),
    )


def test_denied_line_says_what_it_would_have_paid_and_adjusts_the_whole_charge() -> None:
    (found,) = decide(base_claim(diagnoses=()), TABLES).lines
    assert found.price is None
    assert found.paid == 0
    assert found.if_payable is not None
    assert found.if_payable.paid == Decimal("152.88")
    assert found.adjustments == (Adjustment("CO", "16", Decimal("400.00")),)


def test_line_on_hold_has_the_codes_it_would_be_denied_with_and_no_adjustment() -> None:
    decision = decide(with_patient(base_claim(), drug_bills=()), TABLES)
    (found,) = decision.lines
    assert (found.outcome, found.group, found.carc, found.rarcs) == ("hold", "CO", "B15", ("N674",))
    assert found.adjustments == ()
    assert decision.next_look == dt.date(2026, 1, 26)


def test_override_of_one_line_leaves_the_others_as_they_are() -> None:
    claim = base_claim(lines=(line(1, JANUARY_5, units=Decimal(0)), line(2, dt.date(2026, 1, 7), units=Decimal(0))))
    decision = decide(replace(claim, determinations=(override("HIT-104", 1),)), TABLES)
    assert [found.outcome for found in decision.lines] == ["pay", "deny"]
    (set_aside,) = decision.lines[0].findings
    assert set_aside.set_aside == "Override by the examiner, January 20, 2026"
    assert not set_aside.decides


def test_line_let_through_counts_as_a_visit_for_the_lines_after_it() -> None:
    claim = base_claim(lines=(line(1, JANUARY_5, units=Decimal(0)), line(2, dt.date(2026, 1, 7))))
    decision = decide(replace(claim, determinations=(override("HIT-104", 1),)), TABLES)
    assert decision.lines[1].edits == ("HIT-601",)


def test_edit_without_a_disposition_in_force_suspends() -> None:
    tables = replace(TABLES, dispositions=Dated(()))
    (found,) = decide(base_claim(diagnoses=()), tables).lines
    assert (found.outcome, found.edits, found.carc) == ("suspend", ("HIT-110",), "")


def test_disposition_goes_by_the_day_of_receipt() -> None:
    (row,) = TABLES.dispositions.of("HIT-110")
    changed = dt.date(2026, 1, 17)
    rows = (replace(row, end=dt.date(2026, 1, 16)), replace(row, disposition="suspend", start=changed))
    tables = replace(TABLES, dispositions=Dated(("HIT-110", each) for each in rows))
    assert decide(base_claim(diagnoses=()), tables).status == "deny"
    assert decide(base_claim(diagnoses=(), received=changed), tables).status == "suspend"


def test_missing_rate_is_never_taken_for_zero() -> None:
    tables = replace(TABLES, sequestration=Dated(()))
    (found,) = decide(base_claim(), tables).lines
    assert (found.outcome, found.edits, found.if_payable) == ("suspend", ("HIT-901",), None)
    assert found.findings[0].sentence == "No sequestration rate is in force on January 5."


def test_place_of_the_price_is_named_when_it_has_no_locality() -> None:
    tables = policy_tables_from_csv()
    nowhere = patient_of(base_claim()).homes[0][1]
    claim = base_claim(service_location=replace(nowhere, zip="00000"))
    (found,) = decide(claim, tables).lines
    assert found.edits == ("HIT-901",)
    assert found.findings[0].sentence == "ZIP 00000 belongs to no payment locality on January 5."


def test_claim_not_assigned_pays_with_a_remark() -> None:
    decision = decide(base_claim(accepts_assignment=False), TABLES)
    assert (decision.status, decision.remarks) == ("pay", (NOT_ASSIGNED,))
    assert decide(base_claim(), TABLES).remarks == ()


def test_decision_names_the_rows_it_used_and_the_engine() -> None:
    decision = decide(base_claim(), policy_tables_from_csv())
    used = {row.split("/")[0] for row in decision.rows}
    assert used == {
        "visit_codes",
        "payment_amounts",
        "gaf",
        "zip_locality",
        "home_infusion_drugs",
        "place_of_service",
        "accrediting_organizations",
        "part_b_deductible",
        "coinsurance",
        "sequestration",
    }
    assert (decision.publication, decision.engine_version) == (0, ENGINE_VERSION)


def test_every_firing_edit_is_kept_in_catalogue_order() -> None:
    claim = base_claim(diagnoses=(), referring_npi=None, lines=(line(1, JANUARY_5, units=Decimal(0)),))
    (found,) = decide(claim, TABLES).lines
    assert found.edits == ("HIT-104", "HIT-108", "HIT-110")
    assert found.reason_edit == "HIT-104"
    assert len({edit.id for edit in CATALOGUE}) == 45


def test_last_look_denies_and_asks_for_no_other() -> None:
    claim = with_patient(base_claim(looks_done=3), drug_bills=())
    decision = decide(claim, TABLES)
    assert (decision.status, decision.next_look) == ("deny", None)
    assert {"case/settings/recycle_looks", "case/settings/recycle_every_business_days"} <= set(decision.rows)


def test_category_that_is_none_of_the_three_leaves_the_drug_to_a_reviewer() -> None:
    bills = tuple(replace(bill, hcpcs="J7799") for bill in patient_of(base_claim()).drug_bills or ())
    given = Determination("drug_category", "the reviewer", dt.date(2026, 1, 20), "by its narrative", value="4")
    decision = decide(with_patient(base_claim(determinations=(given,)), drug_bills=bills), TABLES)
    assert (decision.status, decision.lines[0].edits) == ("suspend", ("HIT-504",))
