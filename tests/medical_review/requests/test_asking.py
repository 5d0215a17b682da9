"""Asking for records: what is asked for, by when, by whom, and the letter that goes out."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from claims.inquiries.standing import standings
from claims.models import Claim, ClockStop, SupplierNotice
from medical_review.actions.records import receive_records
from medical_review.models import Case, Letter, RecordsRequest
from medical_review.requests.asking import ask, attestation_slots, slots_for
from medical_review.requests.catalogue import askable_about
from medical_review.states import CaseState
from policy import clock
from policy.refusals import Refused
from tests.accounts.cast import make_person
from tests.factories.world import World
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


def test_a_277_says_that_records_are_asked_for_until_they_come(asked: RecordsRequest, reviewer: User) -> None:
    claim = asked.cases.get().claim
    assert codes_of(claim) == ["P3:294"]
    clock.set_today(asked.asked_on + dt.timedelta(days=9))
    receive_records(asked.cases.get(), by=reviewer)
    assert codes_of(claim) == ["P2:46"]
    stops = list(claim.clock_stops.order_by("pk"))
    assert [stop.reason for stop in stops] == ["In medical review", "Records asked for", "In medical review"]
    assert all(earlier.resumed_on == later.stopped_on for earlier, later in pairwise(stops)), "it never ran meanwhile"
    assert stops[-1].resumed_on is None


def codes_of(claim: Claim) -> list[str]:
    return [status.text for status in standings([claim])[claim.pk].statuses]


def test_the_supplier_is_told_by_notice_that_leads_to_the_request(asked: RecordsRequest, billing: Client) -> None:
    notice = SupplierNotice.objects.get()
    assert (notice.kind, notice.supplier, notice.due) == ("records.requested", asked.supplier, asked.due)
    assert notice.claim == asked.cases.get().claim
    answer = billing.post(reverse("inbox:open", args=[notice.pk]))
    assert answer["Location"] == reverse("review:request", args=[asked.pk])


def test_what_is_not_asked_is_not_told(case: Case, reviewer: User) -> None:
    with pytest.raises(Refused), transaction.atomic():
        ask([case], [], why="Times", by=reviewer)
    assert not SupplierNotice.objects.exists()


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


def test_records_are_requested_from_the_list_of_claims(case: Case, reviewer: User, incomplete: World) -> None:
    other = decide(incomplete.claim(lines=[line("G0068", dt.date(2026, 1, 12))]))
    browser, bulk = signed_in(reviewer), reverse("claims:bulk")
    chosen = {"action": "records", "claim": [case.claim_id, other.pk]}
    assert 'value="records"' in browser.get(reverse("claims:worklist")).content.decode()
    page = browser.post(bulk, chosen, follow=True)
    assert page.redirect_chain == [(f"{reverse('review:ask_for_many')}?claim={case.claim.icn}&claim={other.icn}", 302)]
    assert case.number in page.content.decode()
    assert "Left out: 1 claim without a case that waits for a reviewer" in page.content.decode()
    assert not RecordsRequest.objects.exists()


def test_examiners_are_not_offered_what_they_may_not_do(case: Case, examiner: User) -> None:
    browser, bulk = signed_in(examiner), reverse("claims:bulk")
    page = browser.get(reverse("claims:worklist")).content.decode()
    assert 'value="assign"' in page
    assert 'value="records"' not in page
    refused = browser.post(bulk, {"action": "records", "claim": case.claim_id}, follow=True).content.decode()
    assert "Asking for records is for the role" in refused
    assert browser.get(f"{reverse('review:ask_for_many')}?claim={case.claim.icn}").status_code == 403


def test_an_address_names_fifty_claims_at_most(case: Case, reviewer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.views.bulk.MOST_ASKED", 0)
    chosen = {"action": "records", "claim": case.claim_id}
    page = signed_in(reviewer).post(reverse("claims:bulk"), chosen, follow=True).content.decode()
    assert "about 0 claims at most. Choose fewer" in page


def test_the_supplier_reads_of_it_on_the_home_page(asked: RecordsRequest, billing: Client, outsider: Client) -> None:
    page = billing.get(reverse("home")).content.decode()
    assert f"Records request {asked.number}" in page
    assert "3 documents of 3 still to come" in page
    assert asked.number not in outsider.get(reverse("home")).content.decode()
