"""Changes to rows: what they make known once they are approved, and each reason to refuse."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from policy.changes import AddRow, Change, EndRow, PutRow, RemoveRow, ReplaceRow, plan, plan_all
from policy.models import EditDisposition, HomeInfusionDrug, PaymentAmount, Publication
from policy.readers import tables_as_known
from policy.refusals import Refused
from policy.registry import AMOUNTS, BY_NAME, DISPOSITIONS, DRUGS, REASON_CODES, PolicyTable
from policy.revisions import Revision
from tests.factories.policy import publish_changes

pytestmark = pytest.mark.usefixtures("baseline")

DRUG = {
    "hcpcs": "J9999",
    "modifier": "",
    "payment_category": "3",
    "route": "IV",
    "descriptor": "Injection, a new drug, 1 mg",
    "on_sad_exception": False,
    "source": "Change request 99999",
    "basis": "published",
}
AMOUNT = {"hcpcs": "G0088", "amount": "245.10", "source": "CMS rates 2027", "basis": "published"}
NEXT_YEAR = (dt.date(2027, 1, 1), dt.date(2027, 12, 31))


def row_of(table: PolicyTable, **lookup: Any) -> int:
    return table.model._default_manager.get(superseded_in=None, **lookup).pk


def disposition_of(edit: str, **values: Any) -> dict[str, Any]:
    row = EditDisposition.objects.get(edit=edit, superseded_in=None)
    names = ("edit", "title", "disposition", "group", "carc", "rarcs", "remedy")
    return {**{name: getattr(row, name) for name in names}, "source": "Instruction", "basis": "published", **values}


def test_a_new_drug_counts_from_its_first_day(administrator: User) -> None:
    publish_changes(AddRow(DRUGS, DRUG, dt.date(2026, 4, 1)), by=administrator)
    drugs = tables_as_known().drugs
    assert drugs.on("J9999", dt.date(2026, 3, 31)) is None
    assert drugs.on("J9999", dt.date(2026, 4, 1)).category == 3


def test_a_preview_writes_nothing() -> None:
    (revision,) = plan([AddRow(DRUGS, DRUG, dt.date(2026, 4, 1))])
    assert (len(revision.added), len(revision.superseded)) == (1, 0)
    assert not HomeInfusionDrug.objects.filter(hcpcs="J9999").exists()
    assert Publication.objects.count() == 1


def test_ending_a_row_keeps_it_known_as_it_was(administrator: User) -> None:
    pk = row_of(DRUGS, hcpcs="J1562")
    publish_changes(EndRow(DRUGS, pk, dt.date(2026, 3, 31), "LCD L33794", "inferred"), by=administrator)
    was = HomeInfusionDrug.objects.get(pk=pk)
    row = HomeInfusionDrug.objects.get(hcpcs="J1562", superseded_in=None)
    assert (was.effective_to, row.effective_to) == (None, dt.date(2026, 3, 31))
    assert (was.basis, row.basis) == ("published", "inferred")
    assert row.source == "42 USC 1395m(u)(7)(C)(ii); end: LCD L33794"


def test_replacing_from_a_day_parts_the_row(administrator: User) -> None:
    pk = row_of(DRUGS, hcpcs="J7356")
    content = {**DRUG, "hcpcs": "J7356", "payment_category": "2"}
    publish_changes(ReplaceRow(DRUGS, pk, content, dt.date(2026, 7, 1)), by=administrator)
    rows = HomeInfusionDrug.objects.filter(hcpcs="J7356", superseded_in=None).order_by("in_force")
    assert [(row.effective_from, row.effective_to, row.basis) for row in rows] == [
        (dt.date(2026, 1, 25), dt.date(2026, 6, 30), "inferred"),
        (dt.date(2026, 7, 1), None, "published"),
    ]


def test_replacing_from_the_first_day_corrects_the_whole_row(administrator: User) -> None:
    row = PaymentAmount.objects.get(hcpcs="G0088", in_force__contains=dt.date(2026, 1, 1))
    change = ReplaceRow(AMOUNTS, row.pk, AMOUNT, row.effective_from, row.effective_to)
    publish_changes(change, by=administrator)
    now = PaymentAmount.objects.get(hcpcs="G0088", superseded_in=None, in_force__contains=dt.date(2026, 1, 1))
    assert (now.amount, now.basis) == (Decimal("245.10"), "published")


def test_a_disposition_can_be_replaced(administrator: User) -> None:
    content = disposition_of("HIT-106", disposition="suspend")
    change = ReplaceRow(DISPOSITIONS, row_of(DISPOSITIONS, edit="HIT-106"), content, dt.date(2026, 4, 1))
    publish_changes(change, by=administrator)
    assert tables_as_known().dispositions.on("HIT-106", dt.date(2026, 4, 1)).disposition == "suspend"


def refusal(change: Change) -> Refused:
    with pytest.raises(Refused) as caught:
        plan([change])
    return caught.value


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("hcpcs", "G0088", "“G0088” is not a drug code of J or Q and four digits, like J2260."),
        ("hcpcs", "j2260", "“j2260” is not a drug code of J or Q and four digits, like J2260."),
        ("modifier", "J", "“J” is not a modifier of two characters, like JB, or nothing."),
        ("payment_category", "4", "“4” is not payment category 1, 2 or 3, or nothing."),
        ("descriptor", "", "“” is not a text of at most 300 characters."),
        ("source", " ", "“” is not a text of at most 300 characters."),
        ("basis", "heard", "“heard” is not published, estimated or inferred."),
    ],
)
def test_a_value_of_another_kind_is_refused_by_its_field(field: str, value: str, expected: str) -> None:
    refused = refusal(AddRow(DRUGS, {**DRUG, field: value}, dt.date(2026, 4, 1)))
    assert (str(refused), refused.code, refused.field) == (expected, "value", field)


@pytest.mark.parametrize("amount", ["-1", "1.005", "1,000", "$1", "", "1e3", "NaN"])
def test_an_amount_has_no_sign_and_at_most_two_decimals(amount: str) -> None:
    assert refusal(AddRow(AMOUNTS, {**AMOUNT, "amount": amount}, *NEXT_YEAR)).field == "amount"


def test_an_overlap_is_told_in_words() -> None:
    refused = refusal(AddRow(AMOUNTS, AMOUNT, dt.date(2026, 7, 1), dt.date(2027, 6, 30)))
    assert (refused.code, refused.field) == ("overlap", "start")
    assert str(refused) == (
        "G0088 already has a row from January 1, 2026 through December 31, 2026. "
        "End it before the new row begins, or replace it from a day."
    )


def test_a_gap_is_told_in_words() -> None:
    refused = refusal(AddRow(AMOUNTS, AMOUNT, dt.date(2027, 2, 1), dt.date(2027, 12, 31)))
    assert refused.code == "gap"
    assert "G0088 would have no row from January 1, 2027 through January 31, 2027." in str(refused)


def test_ending_an_amount_early_would_leave_a_gap() -> None:
    pk = row_of(AMOUNTS, hcpcs="G0088", in_force__contains=dt.date(2025, 1, 1))
    assert refusal(EndRow(AMOUNTS, pk, dt.date(2025, 6, 30), "Source", "published")).code == "gap"


def test_a_replacement_may_not_reach_into_the_next_row() -> None:
    pk = row_of(AMOUNTS, hcpcs="G0088", in_force__contains=dt.date(2025, 1, 1))
    refused = refusal(ReplaceRow(AMOUNTS, pk, AMOUNT, dt.date(2025, 7, 1), dt.date(2026, 6, 30)))
    assert (refused.code, str(refused).split(":")[0]) == ("overlap", "G0088 would have two rows on January 1, 2026")


def test_an_end_before_the_start_is_refused() -> None:
    pk = row_of(DRUGS, hcpcs="J7356")
    assert refusal(EndRow(DRUGS, pk, dt.date(2026, 1, 24), "Source", "published")).code == "ends_early"
    assert refusal(AddRow(DRUGS, DRUG, dt.date(2026, 4, 2), dt.date(2026, 4, 1))).code == "ends_early"


def test_a_change_that_changes_nothing_is_refused() -> None:
    pk = row_of(DRUGS, hcpcs="J1170")
    assert refusal(EndRow(DRUGS, pk, dt.date(2024, 9, 30), "Source", "published")).code == "no_change"
    row = HomeInfusionDrug.objects.get(pk=row_of(DRUGS, hcpcs="J2260"))
    same = {name: getattr(row, name) for name in (*DRUG, "note")}
    assert refusal(ReplaceRow(DRUGS, row.pk, same, row.effective_from)).code == "no_change"


def test_a_replacement_stays_with_its_code_and_its_days() -> None:
    pk = row_of(DRUGS, hcpcs="J7356")
    assert refusal(ReplaceRow(DRUGS, pk, DRUG, dt.date(2026, 4, 1))).code == "other_subject"
    content = {**DRUG, "hcpcs": "J7356"}
    assert refusal(ReplaceRow(DRUGS, pk, content, dt.date(2026, 1, 1))).code == "outside"


def test_a_row_that_was_replaced_meanwhile_is_refused(administrator: User) -> None:
    pk = row_of(DRUGS, hcpcs="J1562")
    change = EndRow(DRUGS, pk, dt.date(2026, 3, 31), "Source", "published")
    publish_changes(change, by=administrator)
    assert refusal(change).code == "stale"


def test_a_disposition_names_known_reason_codes() -> None:
    pk = row_of(DISPOSITIONS, edit="HIT-106")
    for values, field, sentence in (
        ({"group": "CO", "carc": "998"}, "carc", "CARC 998 is not in the table of reason codes."),
        ({"group": "CO", "carc": "16", "rarcs": "M51 N998"}, "rarcs", "RARC N998 is not in the table of reason codes."),
        ({"rarcs": "N56"}, "carc", "A group code or a remark stands only beside an adjustment reason code."),
    ):
        refused = refusal(ReplaceRow(DISPOSITIONS, pk, disposition_of("HIT-106", **values), dt.date(2026, 4, 1)))
        assert (refused.code, refused.field, str(refused)) == ("reason_codes", field, sentence)


@pytest.mark.parametrize(
    ("disposition", "codes", "missing"),
    [
        ("deny", {}, "group"),
        ("deny", {"group": "CO"}, "carc"),
        ("deny", {"carc": "16"}, "group"),
        ("hold", {}, "group"),
        ("hold", {"group": "CO"}, "carc"),
        ("deny", {"group": "CO", "carc": "16"}, None),
        ("hold", {"group": "CO", "carc": "16"}, None),
        ("suspend", {}, None),
    ],
)
def test_an_edit_that_ends_in_a_denial_needs_its_reason(
    disposition: str, codes: dict[str, str], missing: str | None
) -> None:
    edit = "HIT-501" if disposition == "hold" else "HIT-106"
    given = {"group": "", "carc": "", "rarcs": ""} | codes
    content = disposition_of(edit, title="Another title", disposition=disposition, **given)
    change = ReplaceRow(DISPOSITIONS, row_of(DISPOSITIONS, edit=edit), content, dt.date(2026, 4, 1))
    if missing is None:
        assert plan([change])[0].added
        return
    refused = refusal(change)
    assert (refused.code, refused.field) == ("reason_codes", missing)
    assert "needs a group code and an adjustment reason code" in str(refused)


def test_an_edit_that_nothing_looks_at_again_cannot_hold() -> None:
    content = disposition_of("HIT-106", disposition="hold", group="CO", carc="16")
    refused = refusal(ReplaceRow(DISPOSITIONS, row_of(DISPOSITIONS, edit="HIT-106"), content, dt.date(2026, 4, 1)))
    assert (refused.field, str(refused)) == (
        "disposition",
        (
            "Nothing looks again at a claim that HIT-106 holds, so it would wait for ever: only HIT-501 may hold; "
            "choose suspend, and a person decides it."
        ),
    )


def test_other_tables_are_changed_by_files() -> None:
    assert refusal(AddRow(BY_NAME["coinsurance"], {}, dt.date(2026, 4, 1))).code == "not_editable"


# ---------- several rows together ----------


def refusals(*changes: Change) -> list[tuple[int | None, str, str | None]]:
    with pytest.raises(Refused):
        plan(changes)
    return [(refused.row, refused.code, refused.field) for refused in plan_all(dict(enumerate(changes, 1))).refusals]


def test_a_row_is_added_where_another_row_of_the_set_ends() -> None:
    end = EndRow(DRUGS, row_of(DRUGS, hcpcs="J2260"), dt.date(2026, 3, 31), "CR 99999", "published")
    add = AddRow(DRUGS, {**DRUG, "hcpcs": "J2260"}, dt.date(2026, 4, 1))
    (revision,) = plan([end, add])
    assert [(row.start, row.end) for row in revision.added] == [
        (dt.date(2019, 1, 1), dt.date(2026, 3, 31)),
        (dt.date(2026, 4, 1), None),
    ]
    assert refusals(end, AddRow(DRUGS, {**DRUG, "hcpcs": "J2260"}, dt.date(2026, 3, 31))) == [(2, "overlap", "start")]


def test_two_rows_that_replace_one_part_it() -> None:
    pk = row_of(DRUGS, hcpcs="J7356")
    content = {**DRUG, "hcpcs": "J7356", "payment_category": "2"}
    (revision,) = plan(
        [
            ReplaceRow(DRUGS, pk, content, dt.date(2026, 4, 1), dt.date(2026, 6, 30)),
            ReplaceRow(DRUGS, pk, {**content, "route": "SC"}, dt.date(2026, 7, 1)),
        ]
    )
    assert [row.start.month for row in revision.added] == [1, 4, 7]


def test_every_row_that_cannot_be_done_is_named_by_row_and_field() -> None:
    wrong = AddRow(DRUGS, {**DRUG, "payment_category": "4"}, dt.date(2026, 4, 1))
    right = AddRow(DRUGS, DRUG, dt.date(2026, 4, 1))
    amount = AddRow(AMOUNTS, AMOUNT, dt.date(2027, 2, 1), dt.date(2027, 12, 31))
    found = refusals(wrong, right, amount, right)
    assert found == [(1, "value", "payment_category"), (3, "gap", None), (4, "overlap", "start")]


def test_tables_are_planned_together() -> None:
    revisions = plan([AddRow(DRUGS, DRUG, dt.date(2026, 4, 1)), AddRow(AMOUNTS, AMOUNT, *NEXT_YEAR)])
    assert [revision.table for revision in revisions] == [DRUGS, AMOUNTS]


def test_a_disposition_may_name_a_reason_code_of_the_same_set() -> None:
    code = {"kind": "CARC", "code": "998", "meaning": "A new reason", "source": "X12", "basis": "published", "note": ""}
    content = disposition_of("HIT-106", disposition="deny", group="CO", carc="998")
    deny = ReplaceRow(DISPOSITIONS, row_of(DISPOSITIONS, edit="HIT-106"), content, dt.date(2026, 4, 1))
    assert len(plan([PutRow(REASON_CODES, code, dt.date(2026, 1, 1), None), deny])) == 2
    assert refusal(deny).field == "carc"


def test_a_row_that_is_taken_back_leaves_no_day_behind() -> None:
    row = HomeInfusionDrug.objects.get(hcpcs="J7356")
    content = {name: getattr(row, name) for name in (*DRUG, "note")}
    later = PutRow(DRUGS, content, dt.date(2026, 7, 1), None)
    revision: Revision
    (revision,) = plan([RemoveRow(DRUGS, row.pk), later])
    assert [old.pk for old in revision.superseded] == [row.pk]
    assert [new.start for new in revision.added] == [dt.date(2026, 7, 1)]
    assert refusals(RemoveRow(DRUGS, 0)) == [(1, "stale", None)]
