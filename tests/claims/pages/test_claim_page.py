"""The page of a claim: the verdict, the lines with their reasons, the price, the decisions, the files around it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actions import record_event
from accounts.models import AccessLog, User
from claims.actions import look_at_claims_of
from claims.adjudication.queue import adjudicate_all
from claims.daily import move_business_date
from claims.intake.receive import Receipt
from claims.models import Claim, ClaimStatus
from policy import clock
from tests.claims.intake.files import file_of
from tests.claims.pages.scene import line
from tests.factories.beneficiaries import DrugBillFactory, OutsideVisitFactory
from tests.factories.world import World

Decide = Callable[..., Claim]
Send = Callable[..., Receipt]


def address(claim: Claim) -> str:
    return reverse("claims:claim", args=[claim.icn])


def page_text(client: Client, claim: Claim) -> str:
    """The words of the page, without its tags, with single spaces."""
    response = client.get(address(claim))
    assert response.status_code == 200
    words = re.sub(r"<[^>]+>", "", response.content.decode().replace("&#x27;", "'"))
    return re.sub(r"\s+", " ", words)


def day(month: int, number: int) -> dt.date:
    return dt.date(2026, month, number)


@pytest.fixture
def waiting(world: World, decided: Decide) -> Claim:
    """An initial visit 40 days after another supplier's, one with its drug, one that waits for it; decided twice."""
    OutsideVisitFactory(beneficiary=world.beneficiary, date_of_service=day(1, 14), supplier_name="Harbor Infusion")
    clock.set_today(day(3, 3))
    claim = decided(
        received_on=day(3, 3),
        lines=[line("G0088", day(2, 23)), line("G0068", day(2, 26), 300), line("G0068", day(3, 2), 300)],
    )
    clock.set_today(day(3, 5))
    DrugBillFactory(beneficiary=world.beneficiary, date_of_service=day(1, 28), loaded_on=day(3, 5))
    look_at_claims_of([world.beneficiary.pk], "Drug claim J2260 of January 28")
    adjudicate_all()
    claim.refresh_from_db()
    return claim


# ---------- what it says ----------


def test_the_verdict_is_one_sentence_and_says_what_happens_next(staff: Client, waiting: Claim) -> None:
    text = page_text(staff, waiting)
    assert (
        "One visit will pay $163.42, one cannot be an initial visit before March 16, and one waits for its drug bill."
    ) in text
    assert "Looked at again on Tuesday, March 10, or as soon as a drug claim for this patient is loaded." in text
    assert "If none has come by March 24, line 3 is denied and the claim is decided whole." in text
    assert "Nothing for you to do until then." in text


def test_each_line_shows_its_edits_with_evidence_citation_and_remedy(staff: Client, waiting: Claim) -> None:
    text = page_text(staff, waiting)
    assert "HIT-601 An initial visit was billed within 60 days of an earlier home infusion therapy visit" in text
    assert "The last visit was January 14 (G0068, Harbor Infusion); February 23 is 40 days later" in text
    assert "From Monday, March 16" in text
    assert "Looks: Mar 10, Mar 17, Mar 24 (last)" in text
    assert "CO-B15 N674 if denied" in text
    assert "HIT-605" in text
    assert "Informs, does not decide." in text
    assert 'href="/manual/#s320.8.3"' in staff.get(address(waiting)).content.decode()


def test_a_line_that_pays_says_which_drug_and_which_plan_it_rests_on(staff: Client, waiting: Claim) -> None:
    text = page_text(staff, waiting)
    assert "J2260 was billed and paid for January 28, 29 days before the visit; the window is 30 days." in text
    assert "The plan of care of January 2 covers the day and was signed January 2, before the claim came." in text


def test_the_price_stands_step_by_step_and_balances(staff: Client, waiting: Claim) -> None:
    price = staff.get(address(waiting)).context["page"].price
    assert [column.words for column in price.columns] == ["if payable", "will pay", "if billed"]
    assert [row.label for row in price.rows][:3] == ["National amount", "Fee", "Charge"]
    assert price.is_estimated
    assert {row.basis for row in price.rows if row.label == "National amount"} == {"estimated"}
    for balance in price.balances:
        assert balance.charge == balance.paid + sum(amount for _, amount in balance.adjustments)
    text = page_text(staff, waiting)
    assert "Line 2 balances: 300.00 = 163.42 + CO-45 91.55 + PR-2 41.69 + CO-253 3.34." in text
    assert "Estimated amounts" in text


def test_decisions_stand_side_by_side_with_what_changed(staff: Client, waiting: Claim) -> None:
    table = staff.get(address(waiting)).context["page"].decisions
    assert [(column.number, column.stands) for column in table.columns] == [(1, False), (2, True)]
    first, second, third = table.rows
    assert [cell.has_changed for cell in first.cells] == [False, False]
    assert (second.cells[1].was, second.cells[1].words) == ("was on hold", "163.42")
    assert (third.cells[1].was, third.cells[1].has_changed) == ("", True), "held on, but after another drug bill"
    assert table.made_under[1] == "the same"


def test_the_plan_of_care_stands_beside(staff: Client, waiting: Claim) -> None:
    rows = dict(staff.get(address(waiting)).context["page"].plan.rows)
    assert rows["Physician"] == "Marcus Welby, MD"
    assert rows["Visits"] == "1 to 3 a week, RN, for 12 weeks"


def test_a_paid_claim_names_its_remittance(staff: Client, decided: Decide) -> None:
    claim = decided()
    move_business_date(day(1, 30))
    claim.refresh_from_db()
    text = page_text(staff, claim)
    assert claim.status == ClaimStatus.PAID
    assert "The visit pays $198.76." in text
    assert "Told on the remittance of January 30." in text
    told = staff.get(address(claim)).context["page"].told
    assert f'href="{reverse("claims:remittance", args=[told[0].remittance_id])}#claim-{claim.icn}"' in (
        staff.get(address(claim)).content.decode()
    )


def test_units_are_written_out(staff: Client, decided: Decide) -> None:
    claim = decided(lines=[{**line("G0088", day(1, 5)), "units": 20}])
    assert '<td class="ln__units num" role="cell">20</td>' in staff.get(address(claim)).content.decode()


def test_a_claim_in_the_queue_has_a_page_too(staff: Client, world: World) -> None:
    text = page_text(staff, world.claim())
    assert "The claim has come in and waits to be decided." in text


def test_the_record_lists_events_decisions_and_remittances_latest_first(
    staff: Client, decided: Decide, examiner: User
) -> None:
    claim = decided()
    record_event("claim_noted", by=examiner, on=day(1, 17), about=claim, sentence="Called the supplier.")
    sentences = [entry.sentence for entry in staff.get(address(claim)).context["page"].record]
    assert sentences[0] == "Called the supplier."
    assert "Decision 1: payable." in sentences


# ---------- who sees what ----------


def test_another_suppliers_claim_does_not_exist(outsider: Client, decided: Decide) -> None:
    assert outsider.get(address(decided())).status_code == 404
    assert not AccessLog.objects.exists()


def test_a_claim_number_that_is_none_does_not_exist(staff: Client, world: World) -> None:
    assert staff.get(reverse("claims:claim", args=["nonsense"])).status_code == 404


def test_a_supplier_reads_the_same_reasons_but_no_other_suppliers_name(
    staff: Client, billing: Client, waiting: Claim
) -> None:
    own = page_text(billing, waiting)
    assert "The last visit was January 14 (G0068, another supplier); February 23 is 40 days later" in own
    assert "Harbor Infusion" in page_text(staff, waiting)
    assert "Harbor Infusion" not in own


def test_a_supplier_does_not_read_who_did_what_at_the_contractor(
    billing: Client, decided: Decide, examiner: User
) -> None:
    claim = decided()
    record_event("claim_noted", by=examiner, on=day(1, 17), about=claim, sentence="Looks odd to me.")
    assert "Looks odd to me." not in page_text(billing, claim)


def test_each_look_at_a_claim_is_logged(staff: Client, decided: Decide, examiner: User) -> None:
    claim = decided()
    staff.get(address(claim))
    logged = AccessLog.objects.get()
    assert (logged.person, logged.about_id, logged.page) == (examiner, str(claim.pk), "Claim")


# ---------- the file it came in ----------


def test_the_original_segments_are_those_of_this_claim_alone(staff: Client, sent: Send) -> None:
    sent(file_of(claims=3))
    claim = Claim.objects.get(position=2)
    parts = staff.get(address(claim)).context["page"].original
    assert [part.heading for part in parts] == ["Billing provider", "Subscriber", "Claim"]
    segments = {segment.text: segment.words for part in parts for segment in part.segments}
    assert segments["CLM*SYN2*400***12:B:1*Y*A*Y*Y~"] == "Own number SYN2, charge 400, place 12, frequency 1"
    assert segments["SV1*HC:G0088*400*UN*6***1~"] == "G0088, charge 400, 6 units, diagnosis 1"
    assert segments["DTP*472*D8*20260105~"] == "Visit on January 5, 2026"
    assert not any("SYN1" in text or "SYN3" in text for text in segments)


def test_the_page_names_the_file_and_its_answers(staff: Client, sent: Send) -> None:
    receipt = sent(file_of(), "january.x12")
    text = page_text(staff, Claim.objects.get())
    assert "january.x12, claim 1 in it" in text
    assert "Accepted into adjudication (277CA A2:20)" in text
    answers = staff.get(address(Claim.objects.get())).context["page"].answers
    assert [answer.kind for answer in answers] == ["999", "277CA"]
    assert receipt.file.pk == Claim.objects.get().file_id


# ---------- queries ----------

#: Session, person, the claim, the log; lines, decisions, facts, remittances, business date, publication, clock stops,
#: the plan's physician; the calendar: names (three), the patient on file (five), the supplier (two); the chain (two),
#: answers, overpayments, papers (two), events; corrections, determinations, holds, referral, notes and their draft, who
#: else looks, what was done.
QUERIES = 38


def queries_of(client: Client, claim: Claim) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address(claim)).status_code == 200
    return len(queries)


def test_the_number_of_queries_does_not_depend_on_lines_or_history(
    staff: Client, sent: Send, waiting: Claim, world: World
) -> None:
    small, large = small_and_large(sent, world, waiting)
    queries_of(staff, small)
    assert queries_of(staff, small) == queries_of(staff, large) == QUERIES


def small_and_large(sent: Send, world: World, waiting: Claim) -> tuple[Claim, Claim]:
    """A claim of one line, decided once, and one of three lines, decided many times; both of a file and on hold."""
    sent(file_of())
    adjudicate_all()
    for _ in range(4):
        look_at_claims_of([world.beneficiary.pk], "Something")
        adjudicate_all()
    small = Claim.objects.get(file__isnull=False)
    Claim.objects.filter(pk=waiting.pk).update(file=small.file, position=9)
    return small, Claim.objects.get(pk=waiting.pk)


# ---------- rejected claims ----------


@pytest.fixture
def rejected(sent: Send) -> Claim:
    sent(file_of().replace(b"1EG4TE5MK73", b"1EG4TE5MKXX"))
    return Claim.objects.get(status=ClaimStatus.REJECTED)


def rejected_page(client: Client, claim: Claim) -> Any:
    return client.get(reverse("claims:rejected", args=[claim.pk]))


def test_a_rejected_claim_says_in_words_what_the_gateway_found(staff: Client, rejected: Claim) -> None:
    response = rejected_page(staff, rejected)
    text = response.content.decode()
    assert "The gateway refused this claim" in text
    assert rejected.gateway_findings[0]["message"][:40] in text.replace("&#x27;", "'")
    assert rejected.gateway_findings[0]["status"] in text
    assert "CLM*SYN1*400" in text


def test_a_rejected_claim_is_seen_by_who_sent_it_and_by_no_other_supplier(
    billing: Client, outsider: Client, rejected: Claim
) -> None:
    assert rejected_page(billing, rejected).status_code == 200
    assert rejected_page(outsider, rejected).status_code == 404


def test_an_accepted_claim_has_no_page_among_the_rejected(staff: Client, decided: Decide) -> None:
    assert rejected_page(staff, decided()).status_code == 404
