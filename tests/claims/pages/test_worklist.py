"""The worklist: who sees what, what the filters let through, the counts beside them, the order, the export."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AccessLog, User
from claims.determinations.referrals import end_referral, send_to_review
from claims.models import Claim, ClaimStatus, ReviewReferral
from claims.models.payment import ClockStop
from claims.pages import counting
from claims.pages.worklist import PAGE_SIZE, Worklist
from suppliers.models import Supplier
from tests.claims.pages.scene import TODAY, line
from tests.factories.claims import ClaimFactory
from tests.factories.world import World

WORKLIST = reverse("claims:worklist")
Decide = Callable[..., Claim]


def listed(client: Client, **query: Any) -> Worklist:
    response = client.get(WORKLIST, query)
    assert response.status_code == 200
    return response.context["list"]


def numbers(client: Client, **query: Any) -> set[str | None]:
    return {row.claim.icn for row in listed(client, **query).rows}


def day(number: int, month: int = 1) -> dt.date:
    return dt.date(2026, month, number)


# ---------- who sees what ----------


def test_staff_see_every_claim_and_a_supplier_only_its_own(
    staff: Client, billing: Client, outsider: Client, decided: Decide, other_supplier: Supplier
) -> None:
    ours, theirs = decided(), ClaimFactory(supplier=other_supplier)
    assert numbers(staff) == {ours.icn, theirs.icn}
    assert numbers(billing) == {ours.icn}
    assert numbers(outsider) == {theirs.icn}


def test_an_outsider_finds_nothing_in_list_counts_and_export(outsider: Client, decided: Decide, world: World) -> None:
    claim = decided()
    page = listed(outsider, supplier=world.supplier.npi)
    assert page.rows == ()
    assert page.total.count == 0
    assert not any(option.count for facet in page.facets for option in facet.options)
    export = b"".join(outsider.get(reverse("claims:export")).streaming_content).decode()
    assert str(claim.icn) not in export


def test_a_supplier_reads_no_name_of_a_filter_by_supplier(billing: Client, decided: Decide) -> None:
    decided()
    assert [facet.name for facet in listed(billing).facets] == ["status", "edit", "code", "age"]


def test_test_claims_are_a_list_of_their_own(staff: Client, world: World) -> None:
    real, test = world.claim(), world.claim(test_claim=True, icn="9926016000001")
    assert numbers(staff) == {real.icn}
    assert numbers(staff, test="true") == {test.icn}


def test_rejected_claims_are_listed_only_when_their_status_is_asked_for(staff: Client, world: World) -> None:
    accepted = world.claim()
    ClaimFactory(supplier=None, icn=None, status=ClaimStatus.REJECTED, lines=[], **NAMELESS)
    assert numbers(staff) == {accepted.icn}
    assert numbers(staff, status="rejected") == {None}
    assert numbers(staff, status=["rejected", "queued"], order="icn") == {accepted.icn, None}
    (statuses,) = (facet for facet in listed(staff).facets if facet.name == "status")
    assert {option.value: option.count for option in statuses.options} == {"rejected": 1, "queued": 1}


NAMELESS = {"billing_npi": "1234567893", "billing_tin": "521234567", "billing_name": "Evergreen Home Infusion"}


# ---------- filters ----------


@pytest.fixture
def three(world: World, decided: Decide, other_supplier: Supplier) -> dict[str, Claim]:
    """A claim that is payable, one that waits for its drug, and one of another supplier, in the queue."""
    return {
        "payable": decided(lines=[line("G0088", day(5)), line("G0068", day(7), 300)]),
        "held": decided(lines=[line("G0068", day(10, 2), 500)], received_on=day(14, 2)),
        "other": ClaimFactory(
            supplier=other_supplier, received_on=day(20), lines=[line("G0069", day(6)), line("G0089", day(19))]
        ),
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"payable", "held", "other"}),
        ({"status": "on_hold"}, {"held"}),
        ({"status": ["on_hold", "payable"]}, {"held", "payable"}),
        ({"edit": "HIT-501"}, {"held"}),
        ({"edit": ["HIT-501", "HIT-601"]}, {"held"}),
        ({"edit": "HIT-601"}, set()),
        ({"code": "G0068"}, {"payable", "held"}),
        ({"code": ["G0088", "g0089"]}, {"payable", "other"}),
        ({"visit_from": "01/06/2026", "visit_to": "01/07/2026"}, {"payable", "other"}),
        ({"visit_from": "01/08/2026", "visit_to": "01/18/2026"}, set()),
        ({"visit_from": "2026-02-01"}, {"held"}),
        ({"visit_to": "01/05/2026"}, {"payable"}),
        ({"code": "G0069", "visit_from": "01/10/2026"}, set()),
        ({"received_from": "01/20/2026"}, {"held", "other"}),
        ({"received_from": "01/20/2026", "received_to": "02/01/2026"}, {"other"}),
        ({"charge_from": "700"}, {"payable", "other"}),
        ({"charge_to": "500.00"}, {"held"}),
        ({"assigned": "nobody"}, {"payable", "held", "other"}),
        ({"assigned": "me"}, set()),
        ({"supplier": "1234567893"}, {"payable", "held"}),
        ({"supplier": "1234567893", "status": "on_hold"}, {"held"}),
        ({"file": "1"}, set()),
    ],
)
def test_a_filter_lets_through(staff: Client, three: dict[str, Claim], query: dict[str, Any], found: set[str]) -> None:
    assert numbers(staff, **query) == {three[name].icn for name in found}


def test_ages_count_from_receipt_to_the_business_date(staff: Client, world: World) -> None:
    young, old = world.claim(received_on=TODAY), world.claim(received_on=TODAY - dt.timedelta(days=16))
    assert numbers(staff, age="0-15") == {young.icn}
    assert numbers(staff, age="16-30") == {old.icn}
    assert numbers(staff, age=["0-15", "16-30"]) == {young.icn, old.icn}
    assert numbers(staff, age="61-") == set()


def test_a_claim_in_medical_review_says_so_in_the_list(
    staff: Client, billing: Client, decided: Decide, examiner: User
) -> None:
    claim = decided()
    says = "in medical review since Jan 16"
    assert says not in staff.get(WORKLIST).content.decode()
    send_to_review(claim, reason="Look at the plan", by=examiner)
    assert says in staff.get(WORKLIST).content.decode()
    assert says not in billing.get(WORKLIST).content.decode()
    end_referral(ReviewReferral.objects.get(), reason="Seen", by=examiner)
    assert says not in staff.get(WORKLIST).content.decode()


def test_claims_assigned_to_oneself(staff: Client, world: World, examiner: User) -> None:
    mine = world.claim(assigned_to=examiner)
    world.claim()
    assert numbers(staff, assigned="me") == {mine.icn}


def test_a_value_that_is_not_understood_is_named_and_left_out(staff: Client, three: dict[str, Claim]) -> None:
    response = staff.get(WORKLIST, {"status": "on_hold", "received_from": "yesterday", "supplier": "x"})
    assert {row.claim.icn for row in response.context["list"].rows} == {three["held"].icn}
    text = response.content.decode()
    assert "Please look at this again" in text
    assert "Received from" in text


# ---------- counts and chips ----------


def options(page: Worklist, name: str) -> dict[str, int | None]:
    (facet,) = (facet for facet in page.facets if facet.name == name)
    return {option.value: option.count for option in facet.options}


def test_a_filter_counts_what_each_of_its_values_would_give(staff: Client, three: dict[str, Claim]) -> None:
    page = listed(staff, status="on_hold")
    assert options(page, "status") == {"payable": 1, "on_hold": 1, "queued": 1}, "its own filter is left out"
    assert options(page, "edit") == {"HIT-501": 1}
    assert options(page, "code") == {"G0068": 1}
    assert options(listed(staff), "code") == {"G0068": 2, "G0069": 1, "G0088": 1, "G0089": 1}
    assert options(listed(staff), "supplier") == {three["payable"].billing_npi: 2, three["other"].billing_npi: 1}


def test_the_total_and_its_sum_are_exact_up_to_the_limit(staff: Client, three: dict[str, Claim]) -> None:
    page = listed(staff)
    assert (page.count_words, page.total.charge) == ("3 claims", sum(claim.total_charge for claim in three.values()))


def test_beyond_the_limit_counts_say_more_than(
    staff: Client, three: dict[str, Claim], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "LIMIT", 2)
    response = staff.get(WORKLIST)
    page = response.context["list"]
    assert page.count_words == "More than 2 claims"
    assert all(facet.is_more for facet in page.facets)
    assert "charged" not in response.content.decode()


def test_each_filter_applied_is_a_chip_that_removes_it(staff: Client, three: dict[str, Claim]) -> None:
    response = staff.get(WORKLIST, {"status": ["on_hold", "payable"], "received_from": "01/02/2026", "after": "x"})
    chips = [(chip.label, chip.words) for chip in response.context["list"].chips]
    assert chips == [("Status", "On hold"), ("Status", "Payable"), ("Received from", "Jan 2, 2026")]
    text = response.content.decode()
    assert 'href="?received_from=01%2F02%2F2026&amp;status=payable"' in text
    assert 'role="status"' in text


def test_an_empty_list_says_what_to_do(staff: Client, billing: Client, decided: Decide) -> None:
    assert "There are no claims yet" in billing.get(WORKLIST).content.decode()
    decided()
    assert "No claims match these filters" in staff.get(WORKLIST, {"status": "voided"}).content.decode()


# ---------- order and pages ----------


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("received_on", ["payable", "other", "held"]),
        ("-received_on", ["held", "other", "payable"]),
        ("total_charge", ["held", "payable", "other"]),
        ("-total_charge", ["other", "payable", "held"]),
        ("icn", ["payable", "held", "other"]),
        ("nonsense", ["payable", "other", "held"]),
    ],
)
def test_the_list_is_ordered(staff: Client, three: dict[str, Claim], order: str, names: list[str]) -> None:
    assert [row.claim.icn for row in listed(staff, order=order).rows] == [three[name].icn for name in names]


def test_the_heading_that_sorts_says_so(staff: Client, three: dict[str, Claim]) -> None:
    assert listed(staff).sorts["received_on"].aria == "descending", "the oldest claim has the highest age"
    assert listed(staff, order="total_charge").sorts["total_charge"].aria == "ascending"
    assert listed(staff, order="total_charge").sorts["total_charge"].next == "-total_charge"


def test_pages_follow_one_another_with_their_filters(staff: Client, world: World) -> None:
    claims = [world.claim(lines=[line("G0068", day(5))]) for _ in range(PAGE_SIZE + 3)]
    first = listed(staff, code="G0068", order="total_charge")
    second = listed(staff, code="G0068", order="total_charge", after=first.page.next)
    assert (len(first.rows), len(second.rows)) == (PAGE_SIZE, 3)
    seen = [row.claim.pk for row in (*first.rows, *second.rows)]
    assert sorted(seen) == sorted(claim.pk for claim in claims)
    back = listed(staff, code="G0068", order="total_charge", before=second.page.previous)
    assert [row.claim.pk for row in back.rows] == seen[:PAGE_SIZE]
    assert (back.page.previous, second.page.next) == ("", "")


# ---------- queries ----------

#: Session, person, business date, publication; tabs, columns, colleagues; the page, its clock stops and reasons; the
#: total with counts, those of what is left out, the suppliers' names. One more for each filter with counts that is
#: applied.
QUERIES = 13


def queries_of(client: Client, **query: Any) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(WORKLIST, query).status_code == 200
    return len(queries)


def test_the_number_of_queries_does_not_depend_on_the_rows(staff: Client, world: World, decided: Decide) -> None:
    decided()
    assert queries_of(staff) == QUERIES + 1, "the filter that the list opens with"
    assert queries_of(staff, order="icn") == QUERIES
    for number in range(12):
        claim = decided(lines=[line("G0068", day(5 + number % 5)), line("G0069", day(6))])
        ClockStop.objects.create(claim=claim, stopped_on=TODAY, reason="Records were asked for")
    assert queries_of(staff, order="icn") == QUERIES
    assert queries_of(staff, status=["on_hold", "denied"], code="G0068", order="-total_charge") == QUERIES + 1


# ---------- export ----------


def test_the_export_has_the_claims_of_the_filters_and_is_noted(
    staff: Client, three: dict[str, Claim], examiner: User
) -> None:
    response = staff.get(reverse("claims:export"), {"status": "on_hold"})
    heading, row, *rest = b"".join(response.streaming_content).decode().splitlines()
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert heading.startswith("Claim number,Status,Received,First visit")
    assert row.startswith(f"{three['held'].icn},On hold,2026-02-14,2026-02-10")
    assert rest == []
    logged = AccessLog.objects.get(person=examiner)
    assert (logged.about_type, logged.about_id) == ("claims.claim", str(three["held"].pk))


def test_a_long_export_says_first_how_many_rows_it_has(
    staff: Client, outsider: Client, three: dict[str, Claim], monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"{reverse('claims:export_page')}?status=on_hold"
    text = staff.get(address).content.decode()
    assert "Export 1 claim<" in text
    assert f'{reverse("claims:export")}?status=on_hold"' in text
    assert "Export 0 claims<" in outsider.get(address).content.decode()
    monkeypatch.setattr(counting, "LIMIT", 2)
    assert f'id="export" href="{reverse("claims:export_page")}?"' in staff.get(WORKLIST).content.decode()


def test_no_cell_of_the_export_is_taken_for_a_formula(staff: Client, world: World) -> None:
    world.claim(patient_last_name="=1+1")
    text = b"".join(staff.get(reverse("claims:export")).streaming_content).decode()
    assert ',"\'=1+1, Dora",' in text
