"""The pages: who may open them, what they show, how many queries they need."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from policy.changes import EndRow
from policy.exporting import csv_lines
from policy.loaders import Act, Source, load_file
from policy.models import ChangeSet, EditDisposition, HomeInfusionDrug, PaymentAmount, Publication
from policy.registry import BY_NAME, DRUGS, TABLES, PolicyTable
from tests.factories.policy import publish_changes
from tests.policy.conftest import Load

pytestmark = pytest.mark.usefixtures("baseline")

SignIn = Callable[[User], Client]
SIGNED_IN = 2  # the session and the person
BUSINESS_DATE = 1


@pytest.fixture
def admin(administrator: User, signed_in_as: SignIn) -> Client:
    """An administrator's browser."""
    return signed_in_as(administrator)


@pytest.fixture
def supplier_page(supplier_person: User, signed_in_as: SignIn) -> Client:
    return signed_in_as(supplier_person)


def text_of(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode()


def table_address(table: PolicyTable) -> str:
    return reverse("policy:table", args=[table.slug])


# ---------- who may ----------


def test_everyone_who_signs_in_reads_the_benefit(
    examiner: User, reviewer: User, medical_director: User, supplier_person: User, signed_in_as: SignIn
) -> None:
    for person in (examiner, reviewer, medical_director, supplier_person):
        client = signed_in_as(person)
        for address in (reverse("policy:tables"), "/policy/home-infusion-drugs/", "/policy/payment-amounts/G0088/"):
            text_of(client, address)
        text_of(client, reverse("policy:manual"))


def test_nobody_reads_without_signing_in(client: Client) -> None:
    assert client.get(reverse("policy:tables")).status_code == 302


@pytest.mark.parametrize("name", ["edit_dispositions", "settings"])
def test_suppliers_see_nothing_of_how_the_contractor_works(supplier_page: Client, name: str) -> None:
    table = BY_NAME[name]
    assert table.title not in text_of(supplier_page, reverse("policy:tables"))
    text_of(supplier_page, table_address(table), 404)
    text_of(supplier_page, reverse("policy:export", args=[table.slug]), 404)
    text_of(supplier_page, reverse("policy:subject", args=[table.slug, "HIT-501"]), 404)


def test_publications_are_for_staff(supplier_page: Client, examiner: User, signed_in_as: SignIn) -> None:
    number = Publication.objects.get().pk
    for address in (reverse("policy:publications"), reverse("policy:publication", args=[number])):
        text_of(supplier_page, address, 403)
        text_of(signed_in_as(examiner), address)


def test_only_administrators_change_rows(examiner: User, supplier_page: Client, signed_in_as: SignIn) -> None:
    row = HomeInfusionDrug.objects.get(hcpcs="J2260").pk
    addresses = [
        reverse("policy:add", args=["home-infusion-drugs"]),
        reverse("policy:end", args=["home-infusion-drugs", row]),
        reverse("policy:replace", args=["home-infusion-drugs", row]),
    ]
    for client in (signed_in_as(examiner), supplier_page):
        for address in addresses:
            assert client.get(address).status_code == 403
            assert client.post(address).status_code == 403
        assert "Add a row" not in text_of(client, "/policy/home-infusion-drugs/")


def test_what_does_not_exist_is_a_404(admin: Client) -> None:
    for address in (
        "/policy/no-such-table/",
        "/policy/home-infusion-drugs/J0000/",
        "/policy/coinsurance/J0133/",
        "/policy/publications/999/",
        "/policy/home-infusion-drugs/rows/0/end/",
        "/policy/coinsurance/add/",
    ):
        text_of(admin, address, 404)


# ---------- what they show ----------


def test_the_index_shows_how_sure_each_table_is(admin: Client) -> None:
    text = text_of(admin, reverse("policy:tables"))
    assert "Published 37" in text
    assert "Inferred 5" in text
    assert "run out" not in text


def test_the_index_warns_of_tables_that_run_out(admin: Client) -> None:
    from policy import clock

    clock.set_today(dt.date(2026, 11, 20))
    text = text_of(admin, reverse("policy:tables"))
    assert "run out on December 31, 2026: 6 rows of today have none to follow." in text


def test_drugs_stand_by_category_with_their_lives(admin: Client) -> None:
    text = text_of(admin, "/policy/home-infusion-drugs/?on=02/01/2026")
    assert "Category 1, intravenous <span>21 codes</span>" in text
    assert "Category by review <span>2 codes</span>" in text
    assert text.count('class="life"') == 42 + 1
    assert "Oct 1, 2024" in text


def test_a_drug_not_in_force_on_the_day_says_so(admin: Client) -> None:
    row = '<tr class="off"><th scope="row"><a href="/policy/home-infusion-drugs/J1170/">'
    assert row in text_of(admin, "/policy/home-infusion-drugs/?on=02/01/2026")
    assert row not in text_of(admin, "/policy/home-infusion-drugs/?on=09/30/2024")


def test_drugs_can_be_narrowed_to_a_category(admin: Client) -> None:
    text = text_of(admin, "/policy/home-infusion-drugs/?category=review")
    assert "J7999" in text
    assert "J0133" not in text


def test_amounts_that_are_not_published_say_so(supplier_page: Client) -> None:
    text = text_of(supplier_page, "/policy/payment-amounts/")
    assert text.count('<span class="basis">Estimated</span>') == 6
    assert "239.62" in text


def test_a_table_shows_what_applied_on_another_day(admin: Client) -> None:
    text = text_of(admin, "/policy/payment-amounts/?on=2023-06-01")
    assert "223.38" in text
    assert "239.62" not in text


def test_a_table_shows_what_was_known_on_another_day(admin: Client, load: Load) -> None:
    from policy import clock

    clock.set_today(dt.date(2026, 3, 20))
    load("payment_amounts", "hcpcs,amount,calendar_year\nG0088,240.00,2026\n", "national-rates")
    assert "240.00" in text_of(admin, "/policy/payment-amounts/")
    before = text_of(admin, "/policy/payment-amounts/?known_on=03/19/2026")
    assert "239.62" in before
    assert "240.00" not in before


def test_a_day_that_cannot_be_read_is_told_and_today_is_shown(admin: Client) -> None:
    text = text_of(admin, "/policy/payment-amounts/?on=02/31/2026")
    assert "The day of the visit is not a day like 02/01/2026; today is shown." in text
    assert "in force on March 10, 2026" in text


def test_rows_are_found_by_code_and_by_words(admin: Client) -> None:
    assert "1 row in force" in text_of(admin, "/policy/zip-locality/?q=21244")
    assert "Baltimore" in text_of(admin, "/policy/gaf/?q=baltimore")
    assert "No row is in force here." in text_of(admin, "/policy/zip-locality/?q=99999")


def test_a_long_table_comes_in_pages(admin: Client) -> None:
    text = text_of(admin, "/policy/gaf/?on=01/01/2022")
    assert "112 rows in force" in text
    many = "".join(f"{zip5},MD,12302,01,2021-01-01,published,\n" for zip5 in map("{:05d}".format, range(30000, 30200)))
    file = Source(
        "zip_locality.csv",
        f"zip5,state,contractor,locality,effective_from,basis,note\n{many}".encode(),
        BY_NAME["zip_locality"],
    )
    load_file(file, Act("a test", "Source", "Reason"))
    text = text_of(admin, "/policy/zip-locality/?page=2")
    assert "151 to 253 of 253" in text


def test_a_code_shows_its_rows_and_what_was_known_before(admin: Client, administrator: User) -> None:
    row = HomeInfusionDrug.objects.get(hcpcs="J1562")
    publish_changes(EndRow(DRUGS, row.pk, dt.date(2026, 3, 31), "LCD L33794", "published"), by=administrator)
    text = text_of(admin, "/policy/home-infusion-drugs/J1562/")
    assert "January 1, 2019 to March 31, 2026" in text
    assert "from the start until" in text
    assert "by Sol Second" in text


def test_a_table_with_one_subject_has_all_its_years(admin: Client) -> None:
    text = text_of(admin, "/policy/part-b-deductible/all/")
    assert "283.00" in text
    assert "185.00" in text


def test_a_publication_shows_what_it_changed(admin: Client, load: Load) -> None:
    outcome = load("payment_amounts", "hcpcs,amount,calendar_year\nG0088,240.00,2026\n", "national-rates")
    assert outcome.publication is not None
    text = text_of(admin, reverse("policy:publication", args=[outcome.publication.pk]))
    assert '~ changed</td><th scope="row">G0088</th>' in text
    assert 'Amount <s><span class="sr">was </span>239.62</s> 240.00.' in text


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_table_has_a_page_with_a_caption(admin: Client, table: PolicyTable) -> None:
    text = text_of(admin, table_address(table))
    assert "<caption" in text or "No row is in force" in text
    assert f"<title>{table.title} · " in text


def test_the_manual_has_an_anchor_for_each_section(admin: Client) -> None:
    text = text_of(admin, reverse("policy:manual"))
    for number in ("320", "320.5", "320.8.1", "320.9"):
        assert f'<section id="s{number}"' in text
    assert "no more than 30 days prior to the home infusion therapy service visit" in text


def test_no_page_has_style_or_script_of_its_own(admin: Client) -> None:
    for address in ("/policy/", "/policy/home-infusion-drugs/", "/policy/gaf/", "/policy/manual/"):
        text = text_of(admin, address)
        assert "style=" not in text
        assert "<script>" not in text


# ---------- export ----------


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_an_exported_table_loads_again_without_a_change(admin: Client, table: PolicyTable) -> None:
    text = text_of(admin, reverse("policy:export", args=[table.slug]))
    file = Source(f"{table.name}.csv", text.encode(), table)
    assert load_file(file, Act("a test", "Source", "Reason")).publication is None


def test_export_of_a_day_is_what_was_known_then(admin: Client, load: Load) -> None:
    from policy import clock

    clock.set_today(dt.date(2026, 3, 20))
    load("payment_amounts", "hcpcs,amount,calendar_year\nG0088,240.00,2026\n", "national-rates")
    address = reverse("policy:export", args=["payment-amounts"])
    rows = list(csv.DictReader(io.StringIO(text_of(admin, f"{address}?known_on=03/19/2026"))))
    assert "240.00" not in {row["national_amount"] for row in rows}
    assert len(list(csv_lines(BY_NAME["payment_amounts"], PaymentAmount.objects.all()))) == 1 + 37


# ---------- changes ----------

NEW_DRUG = {
    "hcpcs": "J9999",
    "payment_category": "3",
    "route": "IV",
    "descriptor": "Injection, a new drug, 1 mg",
    "start": "04/01/2026",
    "source": "Change request 99999",
    "basis": "published",
    "reason": "Quarterly update",
}
ADD = "/policy/home-infusion-drugs/add/"


def test_adding_a_row_shows_what_changes_and_puts_it_into_a_change_set(admin: Client) -> None:
    assert "Show what changes" in text_of(admin, ADD)
    preview = admin.post(ADD, NEW_DRUG).content.decode()
    assert '+ added</td><th scope="row">J9999</th>' in preview
    assert "from April 1, 2026 on" in preview
    assert not HomeInfusionDrug.objects.filter(hcpcs="J9999").exists()
    response = admin.post(ADD, {**NEW_DRUG, "confirm": "1"}, follow=True)
    change_set = ChangeSet.objects.get()
    assert f"It is row 1 of change set {change_set.pk}." in response.content.decode()
    assert (change_set.state, change_set.reason) == ("draft", "Quarterly update")
    assert not HomeInfusionDrug.objects.filter(hcpcs="J9999").exists()


def test_a_second_row_goes_into_the_same_draft(admin: Client) -> None:
    admin.post(ADD, {**NEW_DRUG, "confirm": "1"})
    draft = ChangeSet.objects.get()
    assert f'<option value="{draft.pk}" selected>' in text_of(admin, ADD)
    admin.post(ADD, {**NEW_DRUG, "hcpcs": "J9998", "change_set": draft.pk, "confirm": "1"})
    assert [row.content["hcpcs"] for row in ChangeSet.objects.get().rows.all()] == ["J9999", "J9998"]
    text = admin.post(ADD, {**NEW_DRUG, "change_set": draft.pk}).content.decode()
    assert "J9999 would have two rows on April 1, 2026" in text


def test_going_back_to_the_form_keeps_what_was_typed(admin: Client) -> None:
    text = admin.post(ADD, {**NEW_DRUG, "edit": "1"}).content.decode()
    assert 'value="J9999"' in text
    assert "Show what changes" in text


def test_a_refusal_stands_at_its_field(admin: Client) -> None:
    text = admin.post(ADD, {**NEW_DRUG, "hcpcs": "99999"}).content.decode()
    assert 'id="id_hcpcs_error"' in text
    assert "“99999” is not a drug code of J or Q and four digits, like J2260." in text


def test_an_edit_is_not_set_to_deny_without_its_reason(admin: Client) -> None:
    row = EditDisposition.objects.get(edit="HIT-106", superseded_in=None)
    address = reverse("policy:replace", args=["edit-dispositions", row.pk])
    said = {"title": row.title, "disposition": "deny", "start": "04/01/2026", "source": "CR", "basis": "published"}
    said |= {"reason": "Deny from now on", "confirm": "1"}
    for given, field in (({}, "group"), ({"group": "CO"}, "carc")):
        text = admin.post(address, {**said, **given}).content.decode()
        assert f'id="id_{field}_error"' in text
        assert "An edit that denies needs a group code and an adjustment reason code." in text
    assert EditDisposition.objects.filter(edit="HIT-106", superseded_in=None).count() == 1
    admin.post(address, {**said, "group": "CO", "carc": "16"})
    assert ChangeSet.objects.get().rows.get().content["disposition"] == "deny"


def test_an_overlap_is_told_on_the_form(admin: Client) -> None:
    text = admin.post(ADD, {**NEW_DRUG, "hcpcs": "J2260"}).content.decode()
    assert "J2260 already has a row from January 1, 2019 on." in text


def test_ending_a_row_by_its_form(admin: Client, administrator: User) -> None:
    row = HomeInfusionDrug.objects.get(hcpcs="J1562")
    address = reverse("policy:end", args=["home-infusion-drugs", row.pk])
    said = {"last_day": "03/31/2026", "source": "LCD L33794", "basis": "published", "reason": "Off the list"}
    preview = admin.post(address, said).content.decode()
    assert '× ended</td><th scope="row">J1562 JB</th>' in preview
    assert 'Last day <s><span class="sr">was </span>open</s> March 31, 2026.' in preview
    response = admin.post(address, {**said, "confirm": "1"})
    assert response.headers["Location"] == reverse("policy:change_set", args=[ChangeSet.objects.get().pk])
    publish_changes(EndRow(DRUGS, row.pk, dt.date(2026, 3, 31), "LCD L33794", "published"), by=administrator)
    assert admin.get(address).status_code == 404


def test_replacing_an_amount_by_its_form(admin: Client) -> None:
    row = PaymentAmount.objects.get(hcpcs="G0088", in_force__contains=dt.date(2026, 3, 10))
    address = reverse("policy:replace", args=["payment-amounts", row.pk])
    form = text_of(admin, address)
    assert 'value="239.62"' in form
    assert 'name="hcpcs"' not in form
    said = {
        "amount": "240.00",
        "start": "01/01/2026",
        "end": "12/31/2026",
        "source": "CMS rates 2026",
        "basis": "published",
        "reason": "CMS's figure",
    }
    admin.post(address, {**said, "confirm": "1"})
    proposed = ChangeSet.objects.get().rows.get()
    assert (proposed.content["amount"], proposed.basis, proposed.replaces) == ("240.00", "published", [row.pk])
    assert PaymentAmount.objects.get(pk=row.pk).superseded_in is None


# ---------- queries ----------


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        # each table's rows by basis, the tables that may run out (two each), the latest publication
        ("/policy/", len(TABLES) + 2 * 8 + 1 + BUSINESS_DATE),
        # the rows in one query
        ("/policy/home-infusion-drugs/", 1 + BUSINESS_DATE),
        # how many, and the page of them
        ("/policy/payment-amounts/", 2 + BUSINESS_DATE),
        ("/policy/gaf/", 2 + BUSINESS_DATE),
        ("/policy/zip-locality/?q=212", 2 + BUSINESS_DATE),
        # all versions with their publications; of drugs the codes that followed one another, too
        ("/policy/home-infusion-drugs/J7799/", 2 + BUSINESS_DATE),
        ("/policy/payment-amounts/G0088/", 1 + BUSINESS_DATE),
        # the draft that is chosen beforehand, and all drafts of the person
        ("/policy/home-infusion-drugs/add/", 2 + BUSINESS_DATE),
        # how many, the page, their files
        ("/policy/publications/", 3),
        ("/policy/manual/", 0),
    ],
)
def test_queries_do_not_grow_with_the_rows(
    admin: Client, address: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(SIGNED_IN + queries):
        text_of(admin, address)


def test_queries_of_a_publication(admin: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    number = Publication.objects.get().pk
    # the publication, its files, two counts for each table
    with django_assert_num_queries(SIGNED_IN + 2 + 2 * len(TABLES)):
        text_of(admin, reverse("policy:publication", args=[number]))
