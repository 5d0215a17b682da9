"""The reports: their figures counted one by one, spans, CSV, permissions, queries."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections import Counter
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from claims.inventory.counting import count_inventory
from claims.inventory.filters import DaySpan
from claims.models import Claim
from claims.reports.catalogue import REPORTS
from claims.reports.forms import LONGEST
from claims.reports.money import amounts_basis, paid_lines
from claims.reports.overturns import overrides
from claims.reports.tables import Section, percent_of
from claims.reports.work import months_of_receipt, summed
from policy import clock
from policy.models import PaymentAmount
from tests.claims.inventory.by_hand import denied_lines, pays_now
from tests.claims.inventory.lives import grown
from tests.claims.reports.one_by_one import check_overrides, check_work, dollars_told, lines_decided
from tests.factories.world import World

SignIn = Callable[[User], Client]
NAMES = [report.name for report in REPORTS]


@pytest.fixture
def span(world: World, examiner: User) -> DaySpan:
    """The days of a world in which everything happened, counted."""
    grown(world, examiner)
    count_inventory()
    return DaySpan(dt.date(2026, 1, 10), clock.today())


def sections(client: Client, name: str, span: DaySpan) -> dict[str, Section]:
    response = client.get(reverse(f"reports:{name}"), {"first": span.first, "last": span.last})
    assert response.status_code == 200
    return {section.name: section for section in response.context["sections"]}


def raw(section: Section) -> list[list[str]]:
    return [[cell.raw for cell in row] for row in section.table.rows]


# ---------- each figure, counted one by one ----------


def test_yield_hands_and_ages_are_those_counted_claim_by_claim(span: DaySpan) -> None:
    check_work(span)
    total = summed(months_of_receipt(span), span)
    assert 0 < total.untouched < total.final < total.received


def test_denials_are_those_counted_line_by_line(span: DaySpan, staff: Client, world: World) -> None:
    denied = denied_lines(*span.days)
    shown = sections(staff, "denials", span)
    lines: Counter[str] = Counter(edit for edit, *_ in denied)
    assert {row[0][:7]: int(row[1]) for row in raw(shown["by-edit"])} == lines
    (decided,) = lines_decided(span).values()
    supplier = Counter(Claim.objects.get(pk=claim).supplier_id for claim, _ in {(line[2], line[3]) for line in denied})
    (row,) = [row for row in raw(shown["by-supplier"]) if world.supplier.npi in row[0]]
    assert [int(row[1]), int(row[2])] == [decided, supplier[world.supplier.pk]]
    assert row[3] == str(percent_of(supplier[world.supplier.pk], decided))
    assert sum(int(row[2]) for row in raw(shown["by-both"])) == len(denied)


def test_overturned_and_overridden_are_those_counted_one_by_one(span: DaySpan, staff: Client) -> None:
    denied = denied_lines(*span.days)
    shown = raw(sections(staff, "overturns", span)["overturned"])
    expected = Counter(edit for edit, _, claim, number, _ in denied if pays_now(claim, number))
    assert {row[0][:7]: int(row[3]) for row in shown if int(row[3])} == expected
    check_overrides(span)
    assert any(set_aside for _, _, set_aside in overrides(span))


def test_money_is_what_remittances_told(span: DaySpan, staff: Client) -> None:
    told = dollars_told(span)
    assert told > 0
    assert sum(row.paid for row in paid_lines(span)) == told
    PaymentAmount.objects.update(basis="published")
    assert amounts_basis(span) == ""
    PaymentAmount.objects.update(basis="estimated")
    assert "Estimated amounts" in staff.get(reverse("reports:money")).content.decode()
    shown = sections(staff, "money", span)
    for section in shown.values():
        assert section.table.total[-1].raw == f"{told:.2f}"
        assert sum(Decimal(row[-1]) for row in raw(section)) == told


def test_each_claim_count_leads_to_its_list(span: DaySpan, staff: Client) -> None:
    for name in NAMES:
        for section in sections(staff, name, span).values():
            for cell in (cell for row in (*section.table.rows, section.table.total) for cell in row if cell.address):
                assert staff.get(cell.address).context["list"].total.count == int(cell.raw), cell


# ---------- the pages ----------


@pytest.mark.parametrize("name", NAMES)
def test_a_report_is_for_staff_only(name: str, billing: Client, reviewer: User, signed_in_as: SignIn) -> None:
    for address in (reverse(f"reports:{name}"), reverse(f"reports:{name}_csv")):
        assert billing.get(address).status_code == 403
        assert signed_in_as(reviewer).get(address).status_code == 200


def test_the_csv_has_the_tables_of_the_page(span: DaySpan, staff: Client) -> None:
    for name in NAMES:
        answer = staff.get(reverse(f"reports:{name}_csv"), {"first": span.first, "last": span.last})
        assert f"{name}-{span.first}-{span.last}.csv" in answer["Content-Disposition"]
        rows = list(csv.reader(io.StringIO(answer.content.decode())))
        for section in sections(staff, name, span).values():
            start = rows.index([section.title])
            assert rows[start + 1] == [section.definition]
            assert rows[start + 2] == list(section.table.headings)
            assert rows[start + 3 : start + 3 + len(section.table.rows)] == raw(section)


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        ("2026-02-01", "2026-01-31", "To must not be before From."),
        ("2024-01-01", "2026-01-01", f"From must lie at most {LONGEST} days before To"),
        ("yesterday", "2026-01-31", "From: Enter a valid date."),
    ],
)
def test_a_span_that_cannot_be_is_refused_at_its_field(
    staff: Client, world: World, first: str, last: str, says: str
) -> None:
    page = staff.get(reverse("reports:work"), {"first": first, "last": last})
    assert says in page.content.decode()
    assert page.context["sections"] == ()
    assert staff.get(reverse("reports:work_csv"), {"first": first, "last": last}).status_code == 400


def test_the_longest_span_is_let_through(staff: Client, world: World) -> None:
    last = dt.date(2026, 1, 31)
    longest = {"first": last - dt.timedelta(days=LONGEST - 1), "last": last}
    assert not staff.get(reverse("reports:work"), longest).context["form"].errors
    assert staff.get(reverse("reports:work"), {**longest, "last": dt.date(2026, 2, 1)}).context["form"].errors


def test_every_percentage_stands_beside_its_numbers(span: DaySpan, staff: Client) -> None:
    for name in NAMES:
        for section in sections(staff, name, span).values():
            for row in section.table.rows:
                if any(cell.words.endswith("%") for cell in row):
                    assert "÷" in section.definition
                    assert sum(cell.raw.isdigit() for cell in row) >= 2 or "lines that final" in section.definition


def test_the_queries_do_not_depend_on_the_claims(world: World, examiner: User, staff: Client) -> None:
    def queries() -> dict[str, int]:
        counted = {}
        for name in NAMES:
            with CaptureQueriesContext(connection) as captured:
                staff.get(reverse(f"reports:{name}"))
            counted[name] = len(captured)
        return counted

    queries()
    few = queries()
    grown(world, examiner)
    count_inventory()
    assert queries() == few
    assert few == {"work": 6, "denials": 10, "overturns": 8, "money": 7}
