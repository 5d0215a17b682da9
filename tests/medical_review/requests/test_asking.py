"""Asking for records: what is asked for, by when, by whom, and the letter that goes out."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from claims.models import ClockStop
from medical_review.models import Case, Letter, RecordsRequest
from medical_review.requests.asking import ask, attestation_slots, slots_for
from medical_review.requests.catalogue import askable_about
from medical_review.states import CaseState
from policy.refusals import Refused
from tests.accounts.cast import make_person
from tests.medical_review.requests.scene import ask_for, signed_in
from tests.medical_review.scene import decide, line


def test_a_document_of_each_day_has_a_place_for_every_day_billed(asked: RecordsRequest) -> None:
    titles = list(asked.slots.values_list("number", "title", "visit_on"))
    assert titles == [
        (1, "Change orders, signed and dated", None),
        (2, "Visit note, January 5, 2026", dt.date(2026, 1, 5)),
        (3, "Visit note, January 7, 2026", dt.date(2026, 1, 7)),
    ]


def test_the_supplier_has_45_days_and_the_clocks_of_claim_and_decision_stand(asked: RecordsRequest) -> None:
    case = asked.cases.get()
    assert asked.due == asked.asked_on + dt.timedelta(days=45)
    assert (case.state, case.records_due, case.decide_by) == (CaseState.RECORDS, asked.due, None)
    assert ClockStop.objects.filter(claim=case.claim, resumed_on=None).count() == 1


def test_an_attestation_has_20_days(case: Case, reviewer: User) -> None:
    slots = attestation_slots(case, ["Visit note of January 5, page 3", "  "])
    request = ask([case], slots, why="Cannot be read", by=reviewer, kind=RecordsRequest.Kind.ATTESTATION)
    assert request.due == request.asked_on + dt.timedelta(days=20)
    assert [slot.title for slot in request.slots.all()] == ["Signature attestation: Visit note of January 5, page 3"]
    assert Letter.objects.get().kind == "attestation"


def test_several_claims_are_asked_about_in_one_request(case: Case, reviewer: User, incomplete: Any) -> None:
    from medical_review.actions.opening import open_due_cases

    decide(incomplete.claim(lines=[line("G0068", dt.date(2026, 1, 12))]))
    open_due_cases()
    both = list(Case.objects.select_related("claim", "supplier").order_by("pk"))
    wanted = [each for each in askable_about([case.claim]) if each.code == "visit_note"]
    request = ask(both, slots_for(both, wanted, ["The order of January 2"]), why="Times", by=reviewer)
    assert request.cases.count() == 2
    assert request.slots.count() == 5
    assert set(Case.objects.values_list("state", flat=True)) == {CaseState.RECORDS}
    assert Letter.objects.get().text.count("<h3>Claim") == 2


def test_nothing_is_asked_where_nothing_is_chosen(case: Case, reviewer: User) -> None:
    with pytest.raises(Refused, match="Choose a document"):
        ask([case], [], why="Times", by=reviewer)
    assert not RecordsRequest.objects.exists()


@pytest.mark.parametrize("role", [Role.EXAMINER, Role.ADMINISTRATOR, Role.SUPPLIER])
def test_only_reviewers_and_directors_ask(case: Case, role: Role) -> None:
    with pytest.raises(Refused) as refused:
        ask_for(case, make_person(f"A {role.label}", role))
    assert refused.value.code == "wrong_role"
    assert not Letter.objects.exists()


def test_the_letter_is_seen_before_it_goes(case: Case, reviewer: User) -> None:
    browser, address = signed_in(reviewer), reverse("review:ask_for_records", args=[case.pk])
    form = browser.get(address).content.decode()
    assert 'value="visit_note" checked' in form
    assert 'value="change_orders" checked' not in form, "the file shows that no change lacks its signature"
    chosen = {"documents": ["visit_note"], "others": "The order of January 2", "why": "Times <b>missing</b>"}
    seen = browser.post(address, {**chosen, "preview": "yes"}).content.decode()
    assert "Nothing is sent yet" in seen
    assert "Times &lt;b&gt;missing&lt;/b&gt;" in seen
    assert "The order of January 2" in seen
    assert not Letter.objects.exists()
    again = browser.post(address, {**chosen, "change": "yes"}).content.decode()
    assert 'name="why"' in again
    browser.post(address, {**chosen, "send": "yes"})
    letter = Letter.objects.get()
    assert (letter.title, letter.made_by) == (f"Request for records {RecordsRequest.objects.get().number}", reviewer)
    assert RecordsRequest.objects.get().slots.count() == 3


def test_a_request_without_a_document_comes_back_with_the_reason(case: Case, reviewer: User) -> None:
    page = signed_in(reviewer).post(
        reverse("review:ask_for_records", args=[case.pk]), {"why": "Times", "others": " ", "preview": "yes"}
    )
    assert "Nothing is asked for. Choose a document" in page.content.decode()


def test_many_claims_are_asked_about_from_a_list(case: Case, reviewer: User) -> None:
    browser = signed_in(reviewer)
    address = f"{reverse('review:ask_for_many')}?claim={case.claim.icn}&claim=000"
    assert case.number in browser.get(address).content.decode()
    fields = {"claim": [case.claim.icn], "documents": ["visit_note"], "why": "Times", "send": "yes"}
    browser.post(reverse("review:ask_for_many"), fields)
    assert RecordsRequest.objects.get().slots.count() == 2
    assert browser.get(address).status_code == 302


def test_the_supplier_reads_of_it_on_the_home_page(asked: RecordsRequest, billing: Client, outsider: Client) -> None:
    page = billing.get(reverse("home")).content.decode()
    assert f"Records request {asked.number}" in page
    assert "3 documents of 3 still to come" in page
    assert asked.number not in outsider.get(reverse("home")).content.decode()
