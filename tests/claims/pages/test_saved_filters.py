"""Saved filters and columns of the list of claims."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from claims.models import Claim, SavedFilter
from claims.pages.saved import SESSION_KEY
from claims.worklists import saved as acts
from claims.worklists.columns import columns_of
from tests.factories.claims import ClaimFactory
from tests.factories.world import World

Decide = Callable[..., Claim]
LIST = reverse("claims:worklist")


def save(browser: Client, name: str, query: str, **given: Any) -> Any:
    return browser.post(f"{reverse('claims:save_filter')}?{query}", {"name": name, **given}, follow=True)


def page(browser: Client, address: str) -> str:
    return browser.get(address, follow=True).content.decode()


@pytest.fixture
def colleague(reviewer: User, signed_in_as: Callable[[User], Client]) -> Client:
    return signed_in_as(reviewer)


def test_a_saved_filter_is_a_tab_that_opens_the_same_list(staff: Client, decided: Decide) -> None:
    decided()
    save(staff, "Payable", "status=payable&order=-total_charge&after=nonsense&status=denied")
    saved = SavedFilter.objects.get()
    assert saved.query == "order=-total_charge&status=denied&status=payable"
    answer = staff.get(reverse("claims:open_filter", args=[saved.pk]), follow=True)
    assert answer.redirect_chain[-1][0] == f"{reverse('claims:worklist')}?{saved.query}"
    assert 'aria-current="page">Payable' in answer.content.decode()


def test_the_tabs_stand_with_their_counts_which_are_made_once_a_minute(staff: Client, decided: Decide) -> None:
    decided()
    save(staff, "Payable", "status=payable")
    save(staff, "Denied", "status=denied")
    session = staff.session
    del session[SESSION_KEY]
    session.save()
    with CaptureQueriesContext(connection) as first:
        tabs = page(staff, f"{LIST}?order=icn")
    assert "Payable <b>1</b>" in tabs
    assert "Denied <b>0</b>" in tabs
    ClaimFactory(status="payable")
    with CaptureQueriesContext(connection) as second:
        assert "Payable <b>1</b>" in page(staff, f"{LIST}?order=icn")
    assert len(second) < len(first)
    assert "Payable <b>2</b>" in page(staff, f"{LIST}?status=payable"), "the list that is open knows how many it has"


def test_what_was_searched_for_is_kept_but_stands_in_no_address(staff: Client, decided: Decide, world: World) -> None:
    claim = decided()
    name = world.beneficiary.last_name
    found = staff.post(reverse("claims:search"), {"q": name})
    query = found["Location"].partition("?")[2]
    save(staff, "One patient", query)
    saved = SavedFilter.objects.get()
    assert (saved.search, saved.query) == (name, "")
    opened = staff.get(reverse("claims:open_filter", args=[saved.pk]))
    assert name.lower() not in opened["Location"].lower()
    assert claim.icn and f"{claim.icn}/" in page(staff, opened["Location"])
    assert "One patient <b>1</b>" in page(staff, f"{LIST}?order=icn")


def test_shared_filters_reach_colleagues_but_not_suppliers(
    staff: Client, colleague: Client, billing: Client, examiner: User
) -> None:
    save(staff, "Ours", "status=denied", is_shared="on")
    save(staff, "Mine", "status=payable")
    ours = SavedFilter.objects.get(name="Ours")
    seen = page(colleague, reverse("claims:worklist"))
    assert f"shared by {examiner}: </span>Ours" in seen
    assert "Mine" not in seen
    assert "Ours" not in page(billing, reverse("claims:worklist"))
    assert billing.get(reverse("claims:open_filter", args=[ours.pk])).status_code == 404


def test_a_supplier_shares_nothing(billing: Client, world: World) -> None:
    save(billing, "Denied", "status=denied", is_shared="on")
    assert not SavedFilter.objects.get().is_shared


def test_one_changes_and_removes_only_ones_own(staff: Client, colleague: Client) -> None:
    save(staff, "Ours", "status=denied", is_shared="on")
    saved = SavedFilter.objects.get()
    change, remove = (reverse(f"claims:{name}_filter", args=[saved.pk]) for name in ("change", "remove"))
    assert "Only they can change it" in colleague.post(change, {"name": "Theirs"}).content.decode()
    assert "Only they can change it" in colleague.post(remove, follow=True).content.decode()
    staff.post(change, {"name": "Denials"})
    saved.refresh_from_db()
    assert (saved.name, saved.is_shared) == ("Denials", False)
    staff.post(remove)
    assert not SavedFilter.objects.exists()


def test_two_filters_of_one_person_have_two_names(staff: Client) -> None:
    save(staff, "A", "status=denied")
    save(staff, "B", "status=payable")
    save(staff, "A", "status=on_hold")
    assert {saved.name: saved.query for saved in SavedFilter.objects.all()} == {
        "A": "status=on_hold",
        "B": "status=payable",
    }
    second = SavedFilter.objects.get(name="B")
    answer = staff.post(reverse("claims:change_filter", args=[second.pk]), {"name": "A"}).content.decode()
    assert "You have a filter “A” already" in answer


def test_a_list_without_filters_and_a_filter_too_many_are_refused(
    staff: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Nothing is filtered." in save(staff, "All", "").content.decode()
    monkeypatch.setattr(acts, "MOST", 1)
    save(staff, "A", "status=denied")
    assert "Remove one of them first" in save(staff, "B", "status=denied").content.decode()
    assert SavedFilter.objects.count() == 1


def test_the_list_opens_with_the_filter_that_a_person_chose(staff: Client, colleague: Client, decided: Decide) -> None:
    decided()
    save(staff, "Denied", "status=denied", is_shared="on")
    saved = SavedFilter.objects.get()
    for browser in (staff, colleague):
        browser.post(reverse("claims:open_with"), {"filter": saved.pk})
        assert browser.get(reverse("claims:worklist"))["Location"] == f"{reverse('claims:worklist')}?status=denied"
    assert "1 claim<" in page(staff, f"{reverse('claims:worklist')}?order=received_on"), "all claims stay reachable"
    staff.post(reverse("claims:change_filter", args=[saved.pk]), {"name": "Denied"})
    assert colleague.get(reverse("claims:worklist")).status_code == 200, "it is shared no longer"
    staff.post(reverse("claims:open_with"), {"filter": ""})
    assert staff.get(reverse("claims:worklist")).status_code == 200


def test_nobody_opens_the_list_with_what_is_not_shared(staff: Client, colleague: Client, billing: Client) -> None:
    save(staff, "Denied", "status=denied")
    for browser in (colleague, billing):
        answer = browser.post(reverse("claims:open_with"), {"filter": SavedFilter.objects.get().pk})
        assert answer.status_code == 404


def test_each_person_chooses_their_columns(staff: Client, examiner: User, reviewer: User, decided: Decide) -> None:
    decided()
    staff.post(reverse("claims:columns"), {"columns": ["assigned", "patient"]})
    assert columns_of(examiner) == ("patient", "status", "assigned")
    assert "age" in columns_of(reviewer)
    seen = page(staff, reverse("claims:worklist"))
    assert "Assigned to</th>" in seen
    assert "Why, and what comes next</th>" not in seen


def test_a_supplier_is_offered_no_column_of_the_contractors(billing: Client, supplier_person: User) -> None:
    assert "assigned" not in page(billing, reverse("claims:columns"))
    billing.post(reverse("claims:columns"), {"columns": ["assigned"]})
    assert "assigned" not in columns_of(supplier_person)
