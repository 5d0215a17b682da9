"""The price explorer: open to everyone, by the pricing that decides claims, loud about what is estimated."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.public_reading import PublicThrottle
from claims.adjudication.facts import Place
from claims.prices.exploring import NOT_A_CODE, WHY_NO_FEE, Asked, explore
from claims.pricing import Fee, find_fee, price_line
from policy.loaders import Act, Source, load_file
from policy.readers import tables_as_known
from policy.registry import AMOUNTS

PAGE, API = reverse("prices:explorer"), reverse("api:public_price")
DAY = dt.date(2026, 1, 5)
VISIT = {"code": "G0088", "zip": "21201", "day": "01/05/2026"}


def visit(**changed: Any) -> Asked:
    return Asked(**{"hcpcs": "G0088", "zip5": "21201", "day": DAY, **changed})


def test_the_price_is_the_one_that_decides_claims(tables: None) -> None:
    known = tables_as_known()
    found = explore(visit(charge=Decimal("180.00"), deductible_left=Decimal("20.00")), known)
    fee = find_fee(known, "G0088", Place("MD", "21201"), DAY)
    assert isinstance(fee, Fee)
    assert found.fee == fee
    assert found.price == price_line(fee, Decimal("180.00"), Decimal("20.00"), DAY, known)
    assert [figure.amount for figure in found.figures[1:]] == [step.amount for step in found.price.steps]  # type: ignore[union-attr]
    assert found.figures[0].operation == "ZIP 21201 is in locality 12302-01"
    assert {figure.row.version for figure in found.figures if figure.row} >= set(fee.rows)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"hcpcs": "G0001"}, NOT_A_CODE),
        ({"zip5": "99999"}, WHY_NO_FEE["locality"]),
        ({"day": dt.date(2027, 1, 1)}, WHY_NO_FEE["amount"]),
        ({"day": dt.date(2020, 12, 31)}, NOT_A_CODE),
    ],
)
def test_where_there_is_no_price_it_says_why(tables: None, changed: dict[str, Any], why: str) -> None:
    found = explore(visit(**changed), tables_as_known())
    assert (found.price, found.why_not, found.figures) == (None, why, ())


def test_the_history_is_every_day_of_the_code_without_overlap(tables: None) -> None:
    known = tables_as_known()
    history = explore(visit(), known).history
    assert (history[0].start, history[-1].end) == (dt.date(2021, 1, 1), dt.date(2026, 12, 31))
    for before, after in pairwise(history):
        assert before.end is not None
        assert before.end + dt.timedelta(days=1) == after.start
    for span in history:
        for day in (span.start, span.end or span.start):
            fee = find_fee(known, "G0088", Place("", "21201"), day)
            assert isinstance(fee, Fee)
            assert fee.fee == span.fee


def test_five_hours_in_an_office_are_shown_where_they_are_loaded_and_else_said_to_lack(
    tables: None, client: Client
) -> None:
    loaded = client.get(PAGE, {**VISIT, "day": "06/01/2025"}).content.decode()
    assert "before the geographic adjustment: <b>$135.54</b>" in loaded
    assert "above it" in loaded
    lacking = client.get(PAGE, VISIT).content.decode()
    assert "The physician fee schedule of this day is not loaded" in lacking


def test_estimated_figures_are_marked_loudly_until_published_ones_are_loaded(tables: None, client: Client) -> None:
    text = client.get(PAGE, VISIT).content.decode()
    assert "Estimated: these are not CMS’s figures" in text
    assert text.count('<span class="basis">Estimated</span>') > len(explore(visit(), tables_as_known()).history)
    assert client.get(API, {**VISIT, "day": "2026-01-05"}).json()["is_estimated"] is True


def test_a_published_amount_is_seen_at_once(tables: None, client: Client) -> None:
    text = b"hcpcs,amount,calendar_year\nG0088,250.00,2026\n"
    load_file(Source("rates.csv", text, AMOUNTS, "national-rates"), Act("a test", "CMS", "A test"))
    found = client.get(PAGE, VISIT).context["found"]
    assert found.figures[1].amount == Decimal("250.00")
    assert found.figures[1].basis == "published"


def test_the_chart_names_its_figures_in_words(tables: None, client: Client) -> None:
    text = client.get(PAGE, VISIT).content.decode()
    assert len(re.findall(r'<svg class="chart only-(wide|narrow)" role="img"', text)) == 2
    assert "The fee is from January 1, 2021 through December 31, 2021 $" in text


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"zip": "2120"}, "zip"),
        ({"code": "G0001"}, "code"),
        ({"day": "02/31/2026"}, "day"),
        ({"charge": "-1"}, "charge"),
    ],
)
def test_what_cannot_be_read_is_named(tables: None, client: Client, changed: dict[str, str], field: str) -> None:
    answer = client.get(PAGE, {**VISIT, **changed})
    assert list(answer.context["form"].errors) == [field]
    assert answer.context["found"] is None


def test_the_page_costs_few_queries(tables: None, client: Client, django_assert_max_num_queries: Any) -> None:
    client.get(PAGE, VISIT)
    with django_assert_max_num_queries(14):
        client.get(PAGE, VISIT)


# ---------- by program ----------


def test_the_api_gives_the_same_price(tables: None, client: Client) -> None:
    answer = client.get(API, {**VISIT, "day": "2026-01-05", "charge": "180", "deductible": "20"})
    told = answer.json()
    found = explore(visit(charge=Decimal(180), deductible_left=Decimal(20)), tables_as_known())
    assert told["fee"] == str(found.fee.fee)  # type: ignore[union-attr]
    assert [step["amount"] for step in told["steps"][1:]] == [f"{figure.amount:.2f}" for figure in found.figures[1:]]
    assert told["history"][-1]["in_force"] == {"start": "2026-01-01", "end": "2026-12-31"}
    assert told["history"][-1]["five_hours_in_an_office"] is None
    assert told["history"][-2]["five_hours_in_an_office"] == "135.54"


def test_the_api_names_what_is_wrong(tables: None, client: Client) -> None:
    answer = client.get(API, {"code": "G0088", "zip": "212"})
    assert answer.status_code == 400
    assert answer.json()["fields_in_error"] == {"zip": ["This value is not a ZIP of five digits, like 21201."]}
    assert client.get(API, {"code": "G0001", "zip": "21201"}).json()["why_not"] == NOT_A_CODE
    assert client.post(API).status_code == 405


# ---------- open to everyone, within limits ----------


def test_what_has_not_changed_is_not_sent_again(tables: None, client: Client) -> None:
    for address, asked in ((PAGE, VISIT), (API, {**VISIT, "day": "2026-01-05"})):
        first = client.get(address, asked)
        assert first.status_code == 200
        assert "max-age" in first["Cache-Control"]
        assert not first.cookies
        again = client.get(address, asked, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_who_asks_too_often_waits(tables: None, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PublicThrottle, "rate", "2/min", raising=False)
    assert [client.get(PAGE).status_code for _ in range(3)] == [200, 200, 429]
    answer = client.get(API, {**VISIT, "day": "2026-01-05"})
    assert answer.status_code == 429
    assert 1 <= int(answer["Retry-After"]) <= 60
    assert client.get(PAGE, headers={"X-Forwarded-For": "10.0.0.9"}).status_code == 429
    assert client.get(PAGE, REMOTE_ADDR="10.0.0.2").status_code == 200
