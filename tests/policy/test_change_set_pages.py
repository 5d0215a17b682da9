"""The policy desk's pages: what they show, to whom, and that no page lets one person publish."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin as django_admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Role, User
from policy.change_sets import actions, requirements
from policy.changes import AddRow, EndRow
from policy.models import ChangeSet, ProposedRow, Publication
from policy.registry import AMOUNTS, DRUGS
from tests.accounts.cast import make_person
from tests.factories.policy import publish_changes
from tests.policy.test_changes import AMOUNT, DRUG, row_of
from tests.policy.test_uploading import DRUG_HEADER, NEW

SignIn = Callable[[User], Client]
LIST = "/policy/change-sets/"


@pytest.fixture(autouse=True)
def nothing_required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requirements, "_REQUIREMENTS", {})


@pytest.fixture
def maker(administrator: User, signed_in_as: SignIn) -> Client:
    return signed_in_as(administrator)


@pytest.fixture
def approver(baseline: Publication, signed_in_as: SignIn) -> Client:
    return signed_in_as(make_person("Paul Approver", Role.ADMINISTRATOR))


@pytest.fixture
def draft(baseline: Publication, administrator: User) -> ChangeSet:
    change_set = actions.make("April", by=administrator, source="CR 99999", reason="Quarterly update")
    actions.put_row(change_set, AddRow(DRUGS, DRUG, dt.date(2026, 4, 1)), by=administrator)
    end = EndRow(DRUGS, row_of(DRUGS, hcpcs="J1562"), dt.date(2026, 3, 31), "LCD L33794", "inferred")
    actions.put_row(change_set, end, by=administrator)
    return change_set


def at(name: str, change_set: ChangeSet, *more: str) -> str:
    return reverse(f"policy:{name}", args=[change_set.pk, *more])


def text_of(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def told(client: Client, address: str, **said: Any) -> str:
    return client.post(address, said, follow=True).content.decode()


def test_a_draft_shows_rows_and_lives(maker: Client, draft: ChangeSet) -> None:
    text = text_of(maker, at("change_set", draft))
    assert '+ added</td><th scope="row">J9999</th>' in text
    assert '× ended</td><th scope="row">J1562 JB</th>' in text
    assert "January 1, 2019 to March 31, 2026" in text
    assert "Take out the ticked rows" in text


def test_a_gap_is_shown_before_it_is_refused(maker: Client, draft: ChangeSet, administrator: User) -> None:
    later = AddRow(AMOUNTS, AMOUNT, dt.date(2027, 2, 1), dt.date(2027, 12, 31))
    actions.put_row(draft, later, by=administrator)
    text = text_of(maker, at("change_set", draft))
    assert "Row 3: G0088 would have no row from January 1, 2027 through January 31, 2027." in text
    assert "February 1, 2027 to December 31, 2027" in text
    assert "Row 3: G0088 would have no row" in told(maker, at("change_set_act", draft, "propose"))
    assert ChangeSet.objects.get().state == "draft"


def test_the_way_from_a_file_to_a_publication(maker: Client, approver: Client, baseline: Publication) -> None:
    made = told(
        maker, reverse("policy:change_set_new"), title="April", source="CR", reason="R", publish_on="03/10/2026"
    )
    assert "There is no row in it yet." in made
    change_set = ChangeSet.objects.get()
    upload = at("change_set_file", change_set)
    for text, said in (
        (DRUG_HEADER + NEW.replace(",3,", ",4,"), "Line 2, payment_category: “4” is not payment category 1, 2 or 3"),
        (DRUG_HEADER + NEW, "1 row of home infusion drugs put in."),
    ):
        page = maker.post(upload, {"file": SimpleUploadedFile("april.csv", text.encode())}, follow=True)
        assert said in page.content.decode()
    assert "It was proposed." in told(maker, at("change_set_act", change_set, "propose"))
    assert "Waiting for you" in text_of(approver, LIST)
    assert "Waiting for you" not in text_of(maker, LIST)
    decided = told(approver, at("change_set_decide", change_set), reason="Read", decision="approve")
    assert "published." in decided
    assert Publication.objects.count() == 2


def test_no_page_lets_the_person_who_wrote_decide(maker: Client, draft: ChangeSet, administrator: User) -> None:
    actions.propose(draft, by=administrator)
    page = text_of(maker, at("change_set", draft))
    assert "another administrator must decide it" in page
    assert at("change_set_decide", draft) not in page
    for decision in ("approve", "refuse"):
        answer = told(maker, at("change_set_decide", draft), reason="My own", decision=decision)
        assert "an administrator who did not must decide it" in answer
    assert (ChangeSet.objects.get().state, Publication.objects.count()) == ("proposed", 1)


def test_no_address_of_the_api_changes_the_tables(maker: Client, baseline: Publication) -> None:
    for address in (reverse("api:tables"), reverse("api:table", args=["home-infusion-drugs"])):
        for method in ("post", "put", "patch", "delete"):
            assert getattr(maker, method)(address, DRUG, content_type="application/json").status_code in (403, 405)
    assert Publication.objects.count() == 1


def test_of_two_browsers_the_second_is_told(draft: ChangeSet, administrator: User, approver: Client) -> None:
    actions.propose(draft, by=administrator)
    assert "published" in told(approver, at("change_set_decide", draft), reason="Read", decision="approve")
    again = told(approver, at("change_set_decide", draft), reason="Read", decision="refuse")
    assert "was published as publication" in again
    assert Publication.objects.count() == 2


def test_a_published_set_is_rolled_back_by_another(
    maker: Client, approver: Client, baseline: Publication, administrator: User
) -> None:
    published = publish_changes(AddRow(DRUGS, DRUG, dt.date(2026, 4, 1)), by=administrator).change_set
    assert '+ added</td><th scope="row">J9999</th>' in text_of(maker, at("change_set", published))
    page = told(maker, at("change_set_roll_back", published), reason="Published in error")
    assert "takes it back once it is proposed and approved" in page
    assert '× removed</td><th scope="row">J9999</th>' in page
    assert "Rolled back by" in text_of(approver, at("change_set", published))


def test_rows_are_taken_out(maker: Client, draft: ChangeSet) -> None:
    assert "The rows were taken out." in told(maker, at("change_set_take_out", draft), row=["1", "x"])
    assert [row.number for row in draft.rows.all()] == [2]


def test_staff_read_and_only_administrators_act(
    draft: ChangeSet, examiner: User, supplier_person: User, signed_in_as: SignIn
) -> None:
    reader, outsider = signed_in_as(examiner), signed_in_as(supplier_person)
    page = text_of(reader, at("change_set", draft))
    assert "J9999" in page
    for act in ("propose", "discard"):
        assert at("change_set_act", draft, act) not in page
    assert "Take out the ticked rows" not in page
    acts = [
        at("change_set_act", draft, "propose"),
        at("change_set_act", draft, "discard"),
        at("change_set_decide", draft),
        at("change_set_take_out", draft),
        at("change_set_roll_back", draft),
        at("change_set_describe", draft),
        at("change_set_file", draft),
        reverse("policy:change_set_new"),
    ]
    for address in acts:
        assert reader.post(address).status_code == 403
        assert outsider.post(address).status_code == 403
    for address in (LIST, at("change_set", draft)):
        text_of(outsider, address, 403)
    assert ChangeSet.objects.get().state == "draft"


def test_the_django_admin_reads_only(draft: ChangeSet, administrator: User) -> None:
    request = RequestFactory().get("/")
    request.user = administrator
    for model in (ChangeSet, ProposedRow, Publication):
        site = django_admin.site._registry[model]
        assert not site.has_add_permission(request)
        assert not site.has_change_permission(request)
        assert not site.has_delete_permission(request)


def test_queries_of_a_set_do_not_grow_with_its_rows(
    maker: Client, draft: ChangeSet, administrator: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for code in range(20):
        actions.put_row(draft, AddRow(DRUGS, DRUG | {"hcpcs": f"J98{code:02}"}, dt.date(2026, 4, 1)), by=administrator)
    with django_assert_max_num_queries(16):
        text_of(maker, at("change_set", draft))


def test_queries_of_the_list_do_not_grow(
    maker: Client, draft: ChangeSet, administrator: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for title in ("May", "June", "July"):
        actions.make(title, by=administrator, source="CR", reason="R")
    # the session and the person; how many, the page, those that wait for this person
    with django_assert_num_queries(2 + 3):
        text_of(maker, LIST)
