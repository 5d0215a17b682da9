"""The public code book, tables that run out, the yearly checklist, and codes that follow one another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Event, Role, User
from policy import clock
from policy.checklist import PUBLISHED, State, checklist
from policy.life_bars import axis_for
from policy.models import CodeSuccession
from policy.registry import BY_NAME, TABLES
from policy.running_out import VERB, tables_running_out, tell_of_tables_running_out
from policy.successions import family_of
from policy.views.codebook import PUBLIC_TABLES
from tests.factories.change_sets import another_amount, change_set, published
from tests.policy.conftest import TODAY, Load

pytestmark = pytest.mark.usefixtures("baseline")

SignIn = Callable[[User], Client]
NOVEMBER = dt.date(2026, 11, 20)
NEXT_YEAR = "hcpcs,amount,calendar_year\n" + "".join(
    f"{code},300.00,2027\n" for code in ("G0068", "G0069", "G0070", "G0088", "G0089", "G0090")
)


def text_of(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


# ---------- the code book ----------


@pytest.mark.parametrize("table", PUBLIC_TABLES, ids=lambda table: table.name)
def test_everyone_reads_the_tables_of_the_benefit(client: Client, table: Any) -> None:
    address = reverse("codebook:book_table", args=[table.slug])
    assert address in text_of(client, reverse("codebook:book"))
    text = text_of(client, address)
    assert table.title in text
    assert "Add a row" not in text


@pytest.mark.parametrize("name", ["edit_dispositions", "settings"])
def test_how_the_contractor_works_is_not_in_the_book(
    client: Client, administrator: User, signed_in_as: SignIn, name: str
) -> None:
    table = BY_NAME[name]
    for reader in (client, signed_in_as(administrator)):
        assert table.title not in text_of(reader, reverse("codebook:book"))
        text_of(reader, reverse("codebook:book_table", args=[table.slug]), 404)
    assert client.get(reverse("api:public_table", args=[table.slug])).status_code == 404


def test_nobody_is_named_in_the_book(client: Client, administrator: User) -> None:
    second = User.objects.create_user("second@example.org", name="Abe Approver", role=Role.ADMINISTRATOR)
    published(
        change_set(another_amount("G0088", "240.00", dt.date(2026, 1, 1)), by=administrator),
        by=administrator,
        second=second,
    )
    pages = [reverse("codebook:book")]
    pages += [reverse("codebook:book_table", args=[table.slug]) for table in PUBLIC_TABLES]
    pages += [reverse("codebook:book_code", args=["home-infusion-drugs", "J1171"])]
    pages += [reverse("api:public_table", args=[table.slug]) for table in PUBLIC_TABLES]
    for address in pages:
        text = text_of(client, address)
        assert administrator.name not in text, address
        assert second.name not in text, address


def test_the_book_is_read_as_of_any_day(client: Client, load: Load) -> None:
    clock.set_today(TODAY + dt.timedelta(days=10))
    load("payment_amounts", "hcpcs,amount,calendar_year\nG0088,240.00,2026\n", "national-rates")
    address = reverse("codebook:book_table", args=["payment-amounts"])
    assert "240.00" in text_of(client, address)
    assert "240.00" not in text_of(client, f"{address}?known_on={TODAY:%m/%d/%Y}")
    by_program = reverse("api:public_table", args=["payment-amounts"])
    for asked, amount in (({}, "240.00"), ({"known_on": TODAY}, "239.62"), ({"day": "2023-06-01"}, "223.38")):
        (row,) = client.get(by_program, {"code": "G0088", **asked}).json()["results"]
        assert row["values"]["amount"] == amount


def test_the_list_by_program_leads_to_the_rows_without_a_key(client: Client) -> None:
    told = client.get(reverse("api:public_tables")).json()
    assert [table["name"] for table in told] == [table.slug for table in PUBLIC_TABLES]
    assert client.get(told[0]["url"]).json()["results"]
    assert client.get(reverse("api:tables")).status_code == 401


def test_pages_that_have_not_changed_are_not_sent_again(client: Client, load: Load) -> None:
    address = reverse("codebook:book_table", args=["payment-amounts"])
    first = client.get(address)
    asked_again = {"If-None-Match": first["ETag"]}
    assert client.get(address, headers=asked_again).status_code == 304
    load("payment_amounts", "hcpcs,amount,calendar_year\nG0088,240.00,2026\n", "national-rates")
    assert client.get(address, headers=asked_again).status_code == 200


def test_whoever_signed_in_has_pages_of_their_own(examiner: User, signed_in_as: SignIn) -> None:
    answer = signed_in_as(examiner).get(reverse("codebook:book"))
    assert answer["Cache-Control"] == "private, no-store"
    assert not answer.has_header("ETag")


def test_the_pages_cost_few_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    throttle = 6
    for address, most in (
        (reverse("codebook:book"), 2 + len(PUBLIC_TABLES)),
        (reverse("codebook:book_table", args=["gaf"]), 3),
        (reverse("codebook:book_code", args=["home-infusion-drugs", "J1170"]), 4),
    ):
        client.get(address)
        with django_assert_max_num_queries(most + throttle):
            client.get(address)


# ---------- codes that follow one another ----------


def test_a_drug_keeps_its_history_under_its_new_code(client: Client) -> None:
    for code in ("J1170", "J1171"):
        family = family_of(code, axis_for(TODAY, TODAY))
        assert family
        assert [member.code for member in family.members] == ["J1170", "J1171"]
        text = text_of(client, reverse("codebook:book_code", args=["home-infusion-drugs", code]))
        assert "J1170 became J1171 on October 1, 2024" in text
    assert family_of("J2260", axis_for(TODAY, TODAY)) is None


def test_a_chain_of_codes_is_one_family_from_wherever_one_looks(load: Load) -> None:
    load(
        "code_successions",
        "predecessor,successor,effective_from,source,basis\nJ1171,J9998,2026-01-01,A test,inferred\n",
    )
    assert CodeSuccession.objects.count() == 2
    for code in ("J1170", "J1171", "J9998"):
        family = family_of(code, axis_for(TODAY, TODAY))
        assert family
        assert [member.code for member in family.members] == ["J1170", "J1171", "J9998"]
        assert family.members[2].rows == []


# ---------- tables that run out ----------


def test_the_end_of_the_rates_is_said_once_for_each_last_day(load: Load) -> None:
    assert tell_of_tables_running_out(TODAY) == 0
    clock.set_today(NOVEMBER)
    told = tell_of_tables_running_out(NOVEMBER)
    assert told == len(tables_running_out(NOVEMBER)) > 0
    assert tell_of_tables_running_out(NOVEMBER + dt.timedelta(days=1)) == 0
    event = Event.objects.get(verb=VERB, about_id="payment_amounts")
    assert "“Payment amounts” runs out on December 31, 2026: 6 of its rows have none to follow." in event.sentence
    load("payment_amounts", NEXT_YEAR, "national-rates")
    assert "payment_amounts" not in {found.table.name for found in tables_running_out(NOVEMBER)}


def test_what_runs_out_costs_one_query_once_it_is_known(django_assert_num_queries: Any) -> None:
    tables_running_out(NOVEMBER)
    with django_assert_num_queries(1):
        tables_running_out(NOVEMBER)


def test_administrators_are_warned_where_their_day_begins(
    administrator: User, examiner: User, signed_in_as: SignIn
) -> None:
    clock.set_today(NOVEMBER)
    words, remedy = "run out on December 31, 2026: 6 rows of today have none to follow.", "?year=2027"
    text = text_of(signed_in_as(administrator), reverse("home"))
    assert words in text
    assert reverse("policy:checklist") + remedy in text
    assert words not in text_of(signed_in_as(examiner), reverse("home"))


# ---------- the yearly checklist ----------


def test_every_table_says_what_is_published_for_it() -> None:
    assert set(PUBLISHED) == {table.name for table in TABLES}


def test_the_checklist_says_what_is_loaded(load: Load) -> None:
    def states(year: int) -> dict[str, State]:
        return {entry.table.name: entry.state for entry in checklist(year, TODAY)}

    assert states(2026)["payment_amounts"] is State.ESTIMATED
    assert states(2027)["payment_amounts"] is State.MISSING
    assert states(2027)["coinsurance"] is State.LOADED
    assert states(2027)["interest"] is State.MISSING
    load("payment_amounts", NEXT_YEAR, "national-rates")
    (entry,) = [entry for entry in checklist(2027, TODAY) if entry.table.name == "payment_amounts"]
    assert (entry.state, entry.last_day, entry.lacking) == (State.LOADED, dt.date(2027, 12, 31), 0)


def test_the_checklist_names_the_last_day_covered() -> None:
    (entry,) = [entry for entry in checklist(2027, TODAY) if entry.table.name == "payment_amounts"]
    assert (entry.last_day, entry.lacking) == (dt.date(2026, 12, 31), 6)


def test_the_page_asks_about_the_coming_year_from_autumn_on(administrator: User, signed_in_as: SignIn) -> None:
    page, address = signed_in_as(administrator), reverse("policy:checklist")
    assert "What to load for 2026" in text_of(page, address)
    clock.set_today(NOVEMBER)
    assert "What to load for 2027" in text_of(page, address)
    assert "What to load for 2028" in text_of(page, f"{address}?year=2028")
    assert "Year: Enter a whole number. 2027 is shown." in text_of(page, f"{address}?year=soon")


def test_the_checklist_is_for_staff(supplier_person: User, signed_in_as: SignIn) -> None:
    text_of(signed_in_as(supplier_person), reverse("policy:checklist"), 403)


def test_the_checklist_costs_four_queries_a_table(
    administrator: User, signed_in_as: SignIn, django_assert_max_num_queries: Any
) -> None:
    page, address = signed_in_as(administrator), reverse("policy:checklist")
    with django_assert_max_num_queries(3 + 4 * len(TABLES)):
        page.get(address)
