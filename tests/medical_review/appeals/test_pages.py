"""Pages of redeterminations: the remedies on the claim, asking, where a request stands, the case, the report."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AccessLog, User
from beneficiaries.models import Document
from claims.models import Claim, Overpayment
from medical_review.appeals.acts import withdraw
from medical_review.models import Case, LineVerdict, RedeterminationRequest
from medical_review.states import CaseState
from policy import clock
from tests.claims.pages.scene import act_for
from tests.factories.suppliers import SupplierFactory
from tests.factories.world import World
from tests.medical_review.appeals.scene import WHY, appealed, days_later, in_hand, judged, pay_out
from tests.medical_review.requests.scene import a_pdf
from tests.medical_review.scene import decide

PAY, UPHOLD = LineVerdict.PAY, LineVerdict.UPHOLD
SignIn = Callable[[User], Client]
MaxQueries = Callable[[int], object]


@pytest.fixture
def billing(denied: Claim, supplier_person: User, signed_in_as: SignIn) -> Client:
    """The browser of a person who acts for the supplier of the denied claim."""
    assert denied.supplier is not None
    act_for(supplier_person, denied.supplier)
    return signed_in_as(supplier_person)


def ask(claim: Claim) -> str:
    return reverse("review:appeal", args=[claim.icn])


def text_of(client: Client, name: str, *arguments: object) -> str:
    answer = client.get(reverse(name, args=arguments))
    assert answer.status_code == 200
    return answer.content.decode()


# ---------- the right remedy ----------


def test_the_claim_offers_each_remedy_with_its_last_day_or_says_why_not(denied: Claim, billing: Client) -> None:
    page = text_of(billing, "claims:claim", denied.icn)
    for words in ("<dt>Correct</dt>", "<dt>Redetermination</dt>", "<dt>Reopening</dt>", "42 CFR 405.980"):
        assert words in page
    assert f'href="{ask(denied)}"' in page
    days_later(126)
    page = text_of(billing, "claims:claim", denied.icn)
    assert "The last day was" in page
    assert f'href="{ask(denied)}"' not in page


def test_an_asked_for_redetermination_shows_where_it_stands(denied: Claim, billing: Client, colleague: User) -> None:
    case = in_hand(appealed(denied), colleague)
    number = case.redetermination.number
    page = text_of(billing, "claims:claim", denied.icn)
    assert f"({number}). The decision is due by" in page
    judged(case, colleague, UPHOLD)
    assert "unfavorable. The letter says how to ask for a reconsideration." in text_of(
        billing, "claims:claim", denied.icn
    )


def test_a_claim_that_pays_says_that_nothing_calls_for_an_appeal(
    payable: World, supplier_person: User, signed_in_as: SignIn
) -> None:
    claim = pay_out(payable.claim())
    act_for(supplier_person, payable.supplier)
    page = text_of(signed_in_as(supplier_person), "claims:claim", claim.icn)
    assert "No line was denied, or paid as another code." in page
    assert "Ask for a redetermination" not in page


def test_the_remedies_of_a_claim_take_as_many_queries_whatever_is_on_file(
    denied: Claim, billing: Client, django_assert_max_num_queries: MaxQueries
) -> None:
    for _ in range(3):
        withdraw(appealed(denied), why="Again", by=User.objects.get(role="supplier"))
    with django_assert_max_num_queries(60):  # type: ignore[attr-defined]
        text_of(billing, "claims:claim", denied.icn)


# ---------- asking ----------


def test_a_supplier_asks_with_a_document_and_reads_where_it_stands(denied: Claim, billing: Client) -> None:
    page = billing.get(ask(denied)).content.decode()
    assert "Line 1, January 5, 2026, G0088: denied CO-58" in page
    assert 'name="good_cause"' not in page
    assert 'name="received_on"' not in page
    sent = {"lines": ["1"], "why": WHY, "files": [a_pdf("note"), a_pdf("x", "bad.docx")]}
    done = billing.post(ask(denied), sent, follow=True).content.decode()
    request = RedeterminationRequest.objects.get()
    assert f"The request is in. Its number is {request.number}." in done
    assert "2 documents came with it." in done
    assert request.how == "portal"
    assert request.papers.count() == Document.objects.count() == 2
    assert "note.pdf" in done
    assert "Not decided yet" in done
    assert AccessLog.objects.filter(page="Redetermination").exists()


def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(denied: Claim, billing: Client) -> None:
    page = billing.post(ask(denied), {"why": WHY}).content.decode()
    assert "Choose the lines with which you disagree." in page
    assert WHY in page.replace("&#x27;", "'")
    assert not RedeterminationRequest.objects.exists()


def test_a_late_request_without_a_cause_is_dismissed_in_words(denied: Claim, billing: Client) -> None:
    days_later(130)
    assert 'name="good_cause"' in billing.get(ask(denied)).content.decode()
    page = billing.post(ask(denied), {"lines": ["1"], "why": WHY}, follow=True).content.decode()
    assert "came late without a cause and was dismissed" in page
    assert "Dismissal of redetermination" in page


def test_staff_takes_down_what_came_by_fax(denied: Claim, examiner: User, signed_in_as: SignIn) -> None:
    came = clock.today()
    days_later(4)
    sent = {"lines": ["1"], "why": WHY, "how": "fax", "received_on": f"{came:%m/%d/%Y}"}
    signed_in_as(examiner).post(ask(denied), sent)
    request = RedeterminationRequest.objects.get()
    assert (request.how, request.received_on, request.made_by) == ("fax", came, examiner)


def test_staff_finds_the_way_on_the_page_of_the_claim(denied: Claim, examiner: User, signed_in_as: SignIn) -> None:
    page = text_of(signed_in_as(examiner), "claims:claim", denied.icn)
    assert f'<a href="{ask(denied)}">Take down a redetermination request</a>' in page


def test_what_cannot_be_appealed_says_why(payable: World, examiner: User, signed_in_as: SignIn) -> None:
    claim = decide(payable.claim())
    page = signed_in_as(examiner).get(ask(claim), follow=True).content.decode()
    assert "No remittance has told a decision on this claim yet" in page


def test_documents_may_follow_and_none_after_the_end(denied: Claim, billing: Client, supplier_person: User) -> None:
    case = appealed(denied)
    address = reverse("review:send_papers", args=[case.redetermination.pk])
    assert "1 document came with it." in billing.post(address, {"files": a_pdf()}, follow=True).content.decode()
    page = billing.post(reverse("review:withdraw", args=[case.redetermination.pk]), {"why": "We agree"}, follow=True)
    assert "The request is withdrawn." in page.content.decode()
    assert "nothing more is taken" in billing.post(address, {"files": a_pdf("late")}, follow=True).content.decode()
    assert Document.objects.count() == 1


# ---------- who sees it ----------


def test_others_see_nothing_of_a_request(
    denied: Claim, other_supplier_person: User, administrator: User, signed_in_as: SignIn
) -> None:
    request = appealed(denied).redetermination
    act_for(other_supplier_person, SupplierFactory(npi="1999999984", tin="529999999", name="Other Infusion"))
    outsider = signed_in_as(other_supplier_person)
    for address in (
        ask(denied),
        reverse("review:redetermination", args=[request.pk]),
        reverse("review:withdraw", args=[request.pk]),
    ):
        assert outsider.get(address).status_code == 404
        assert signed_in_as(administrator).get(address).status_code == 403


def test_only_reviewers_dismiss_and_find_causes(
    denied: Claim, billing: Client, examiner: User, signed_in_as: SignIn
) -> None:
    case = appealed(denied)
    for client in (billing, signed_in_as(examiner)):
        for name in ("dismiss", "find_good_cause"):
            assert client.get(reverse(f"review:{name}", args=[case.pk])).status_code in (403, 404)


# ---------- the case ----------


def test_the_case_shows_then_beside_now(overpaid: Overpayment, colleague: User, signed_in_as: SignIn) -> None:
    case = in_hand(appealed(overpaid.claim, 2), colleague)
    page = text_of(signed_in_as(colleague), "review:case", case.pk)
    assert "Decided then, and now" in page
    assert "Why the supplier disagrees" in page
    assert WHY in page
    assert "Signed by" in page
    for words in ("Pay as billed", "Uphold", "Dismiss the request"):
        assert words in page
    for words in (">Affirm<", "Close without a decision", "Find a good cause"):
        assert words not in page


def test_a_reviewer_walks_a_late_request_by_forms(denied: Claim, colleague: User, signed_in_as: SignIn) -> None:
    days_later(130)
    case = in_hand(appealed(denied, good_cause="A fire"), colleague)
    client = signed_in_as(colleague)
    page = text_of(client, "review:case", case.pk)
    assert "5 days after its last day" in page
    assert "Find a good cause" in page
    address = reverse("review:find_good_cause", args=[case.pk])
    seen = client.get(address).context["seen"]
    done = client.post(address, {"why": "It burned", "seen": seen}, follow=True).content.decode()
    assert "The request counts." in done
    assert "Found good by Otto Other" in done
    seen = client.get(reverse("review:dismiss", args=[case.pk])).context["seen"]
    client.post(reverse("review:dismiss", args=[case.pk]), {"why": "Not signed", "seen": seen})
    assert Case.objects.get().state == CaseState.CLOSED


# ---------- the report ----------


def test_overturns_count_against_the_edit_and_the_reviewer(
    undemanded: Overpayment, colleague: User, medical_director: User, signed_in_as: SignIn
) -> None:
    case = in_hand(appealed(undemanded.claim, 2), colleague)
    judged(case, colleague, UPHOLD, PAY)
    pay_out(undemanded.claim)
    director = signed_in_as(medical_director)
    page = director.get(reverse("review:appeals_report")).content.decode()
    assert "Redeterminations by reviewer" in page
    rows = director.get(reverse("review:appeals_report_csv")).content.decode().splitlines()
    assert "Medical review,1,1,1,1,0,100.0" in rows
    assert f"{undemanded.claim.review_cases.earliest('pk').decisions.get().signed_by},1,1,1,1,0,100.0" in rows


def test_an_upheld_denial_is_appealed_and_not_overturned(
    partly_denied: Claim, colleague: User, medical_director: User, signed_in_as: SignIn
) -> None:
    judged(in_hand(appealed(partly_denied, 2), colleague), colleague, UPHOLD, UPHOLD)
    rows = signed_in_as(medical_director).get(reverse("review:appeals_report_csv")).content.decode().splitlines()
    (row,) = [row for row in rows if row.startswith(("HIT-105", '"HIT-105'))]
    assert row.endswith(",1,1,1,0,0,0.0")


def test_the_report_and_a_request_take_as_many_queries_however_much_is_on_file(
    denied: Claim, medical_director: User, signed_in_as: SignIn, django_assert_max_num_queries: MaxQueries
) -> None:
    for _ in range(3):
        case = appealed(denied)
        withdraw(case, why="Again", by=medical_director)
    client = signed_in_as(medical_director)
    text_of(client, "review:appeals_report")  # the figures are counted for the first time
    with django_assert_max_num_queries(14):  # type: ignore[attr-defined]
        text_of(client, "review:appeals_report")
    with django_assert_max_num_queries(22):  # type: ignore[attr-defined]
        text_of(client, "review:redetermination", case.redetermination.pk)


def test_the_report_is_for_medical_directors(reviewer: User, examiner: User, signed_in_as: SignIn) -> None:
    for person in (reviewer, examiner):
        assert signed_in_as(person).get(reverse("review:appeals_report")).status_code == 403
        assert signed_in_as(person).get(reverse("review:appeals_report_csv")).status_code == 403
