"""Claims of frequency 7 and 8: refused unless the dated setting takes them; what they may name, and what follows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from claims.adjudication.queue import adjudicate_all
from claims.adjustments.actions import propose, reopen, void
from claims.daily import move_business_date
from claims.intake.keeping import keep_file
from claims.intake.originals import (
    ORIGINAL_NOT_OPEN,
    ORIGINAL_OF_ANOTHER_PATIENT,
    ORIGINAL_UNKNOWN,
)
from claims.intake.receive import finish_broken_off, receive_file
from claims.models import Adjustment, Claim, ClaimStatus, Decision
from claims.payment.ledger import balances, discrepancies
from policy import clock, readers
from tests.claims.adjustments.conftest import again, limit
from tests.claims.intake.files import file_of
from tests.claims.pages.scene import TODAY
from tests.factories.beneficiaries import BeneficiaryFactory
from tests.factories.policy import load_small_tables
from tests.factories.suppliers import SupplierFactory
from tests.factories.world import World, base_world

pytestmark = pytest.mark.django_db

Kind, State = Adjustment.Kind, Adjustment.State

#: What the base claim pays.
PAYS = Decimal("198.76")


@pytest.fixture(params=["1 7 8"])
def world(request: pytest.FixtureRequest, db: None) -> Iterator[World]:
    """The base world under a setting that takes frequencies 7 and 8 from January 10 2026 on."""
    was = "accepted_frequencies,1,2019-01-01,,"
    until, source = "accepted_frequencies,1,2019-01-01,2026-01-09,", "A test,inferred,\n"
    load_small_tables((was, f"{until}{source}accepted_frequencies,{request.param},2026-01-10,,"))
    clock.set_today(TODAY)
    yield base_world()
    readers.forget()


def naming(icn: str, frequency: str = "7", *, number: int = 2, **given: object) -> bytes:
    """A file of one claim that names another by its control number."""
    text = file_of(control_number=number, **given).decode()  # type: ignore[arg-type]
    text = text.replace("12:B:1*Y*A*Y*Y~", f"12:B:{frequency}*Y*A*Y*Y~\nREF*F8*{icn}~")
    count = re.search(r"SE\*(\d+)\*", text)
    assert count
    return text.replace(count[0], f"SE*{int(count[1]) + 1}*").encode()


def send(content: bytes) -> Claim:
    """The one claim of a file, received."""
    return receive_file(content, "claims.x12").file.claims.get()


@pytest.fixture
def original(world: World) -> Claim:
    claim = send(file_of())
    adjudicate_all()
    claim.refresh_from_db()
    assert (claim.status, claim.paid_amount) == (ClaimStatus.PAYABLE, PAYS)
    return claim


def refused_as(claim: Claim) -> tuple[str, str]:
    """Status and words of the one finding of a rejected claim."""
    assert claim.status == ClaimStatus.REJECTED
    (finding,) = claim.gateway_findings
    return finding["status"], finding["message"]


def acknowledged(claim: Claim) -> str:
    """The 277CA that answers the claim."""
    assert claim.file
    return claim.file.acknowledgements.get(kind="277CA").content


# ---------- the setting ----------


@pytest.mark.parametrize("world", ["1"], indirect=True)
@pytest.mark.parametrize("frequency", ["7", "8"])
def test_by_default_the_gateway_refuses_both(original: Claim, frequency: str) -> None:
    claim = send(naming(str(original.icn), frequency))
    assert refused_as(claim)[0] == "A7:535"
    assert "STC*A7:535" in acknowledged(claim)
    assert again(original).status == ClaimStatus.PAYABLE
    assert not Adjustment.objects.exists()


@pytest.mark.parametrize(("day", "status"), [(9, "A7:535"), (10, "A7:464")])
def test_the_setting_goes_by_the_day_of_receipt(world: World, day: int, status: str) -> None:
    clock.set_today(dt.date(2026, 1, day))
    assert refused_as(send(naming("0226016999999")))[0] == status


@pytest.mark.parametrize("world", ["1 7"], indirect=True)
def test_one_of_the_two_may_be_taken_alone(original: Claim) -> None:
    assert refused_as(send(naming(str(original.icn), "8")))[0] == "A7:535"
    assert send(naming(str(original.icn), "7", number=3)).status == ClaimStatus.QUEUED


# ---------- what follows ----------


def test_a_replacement_takes_the_place_of_the_claim_once_it_is_decided(original: Claim) -> None:
    claim = send(naming(str(original.icn), charge="150"))
    adjustment = Adjustment.objects.get()
    assert (claim.replaces, claim.status, again(original).status) == (
        original,
        ClaimStatus.QUEUED,
        ClaimStatus.PAYABLE,
    )
    assert (adjustment.kind, adjustment.state, adjustment.claim, adjustment.replacement) == (
        Kind.REPLACEMENT,
        State.APPROVED,
        original,
        claim,
    )
    assert (adjustment.asked_by_label, adjustment.money_at_stake) == ("the supplier", PAYS)

    adjudicate_all()
    adjustment.refresh_from_db()
    decision = Decision.objects.get(claim=claim)
    assert (decision.previous, decision.status) == (original.current_decision, "pay")
    assert (again(original).status, adjustment.state, adjustment.to_decision) == (
        ClaimStatus.ADJUSTED,
        State.DONE,
        decision,
    )
    assert balances()["payable"] == again(claim).paid_amount < PAYS
    assert discrepancies() == ()


def test_a_paid_claim_is_replaced_and_the_supplier_is_paid_what_the_replacement_pays(original: Claim) -> None:
    move_business_date(dt.date(2026, 2, 2))
    claim = send(naming(str(original.icn)))
    adjudicate_all()
    assert (again(original).status, again(claim).status, again(claim).paid_amount) == (
        ClaimStatus.ADJUSTED,
        ClaimStatus.PAYABLE,
        PAYS,
    )
    move_business_date(dt.date(2026, 2, 20))
    assert again(claim).status == ClaimStatus.PAID
    assert balances()["benefit"] == -PAYS
    assert discrepancies() == ()


def test_a_void_takes_the_claim_back_at_once_and_is_not_decided_itself(original: Claim) -> None:
    claim = send(naming(str(original.icn), "8"))
    assert (claim.status, claim.replaces, claim.queue_number, again(original).status) == (
        ClaimStatus.VOIDED,
        original,
        None,
        ClaimStatus.VOIDED,
    )
    adjustment = Adjustment.objects.get()
    assert (adjustment.kind, adjustment.state, adjustment.asked_by_label) == (Kind.VOID, State.DONE, "the supplier")
    assert adjudicate_all() == 0
    assert set(balances().values()) == {Decimal("0.00")}
    assert "STC*A2:20" in acknowledged(claim)


def test_the_visit_of_a_voided_claim_may_be_billed_again(original: Claim) -> None:
    send(naming(str(original.icn), "8"))
    again_billed = send(file_of(control_number=3))
    adjudicate_all()
    assert again(again_billed).status == ClaimStatus.PAYABLE


def test_a_replacement_that_is_voided_before_it_is_decided_leaves_the_claim_as_it_stood(
    original: Claim, examiner: User
) -> None:
    replacement = send(naming(str(original.icn)))
    Claim.objects.filter(pk=replacement.pk).update(status=ClaimStatus.SUSPENDED, queue_number=None)
    void(replacement, "Sent by mistake", by=examiner)
    assert (again(replacement).status, again(original).status) == (ClaimStatus.VOIDED, ClaimStatus.PAYABLE)
    assert Adjustment.objects.get(claim=original).state == State.REFUSED
    assert balances()["payable"] == PAYS
    assert reopen(original, "Look again", by=examiner).state == State.APPROVED


def test_in_a_test_file_only_test_claims_are_named_and_no_money_moves(original: Claim) -> None:
    assert refused_as(send(naming(str(original.icn), usage="T")))[0] == "A7:464"
    tried = send(file_of(control_number=3, usage="T"))
    assert refused_as(send(naming(str(tried.icn), number=4)))[0] == "A7:464"
    replaced = send(naming(str(tried.icn), number=5, usage="T"))
    assert (again(tried).status, replaced.status) == (ClaimStatus.ADJUSTED, ClaimStatus.PAYABLE)
    send(naming(str(replaced.icn), "8", number=6, usage="T"))
    assert again(replaced).status == ClaimStatus.VOIDED
    assert balances()["payable"] == PAYS


# ---------- what may be named ----------


def test_a_number_that_is_not_on_file_is_refused(original: Claim) -> None:
    claim = send(naming("0226016999999"))
    assert refused_as(claim) == (ORIGINAL_UNKNOWN.status, ORIGINAL_UNKNOWN.message)
    assert "STC*A7:464" in acknowledged(claim)
    assert claim.gateway_findings[0]["value"] == "0226016999999"


def test_anothers_claim_is_refused_as_if_it_were_not_on_file(world: World, original: Claim) -> None:
    other = SupplierFactory(name="Bayline Infusion")
    Claim.objects.filter(pk=original.pk).update(billing_tin=other.tin, supplier=other)
    assert refused_as(send(naming(str(original.icn)))) == (ORIGINAL_UNKNOWN.status, ORIGINAL_UNKNOWN.message)


def test_another_patients_claim_is_refused(original: Claim) -> None:
    BeneficiaryFactory(mbi__mbi="2AA1AA1AA11")
    claim = send(naming(str(original.icn), mbis=("2AA1AA1AA11",)))
    assert refused_as(claim) == (ORIGINAL_OF_ANOTHER_PATIENT.status, ORIGINAL_OF_ANOTHER_PATIENT.message)
    assert again(original).status == ClaimStatus.PAYABLE


@pytest.mark.parametrize("frequency", ["7", "8"])
def test_a_claim_that_is_not_decided_is_neither_replaced_nor_voided(world: World, frequency: str) -> None:
    queued = send(file_of())
    status, words = refused_as(send(naming(str(queued.icn), frequency)))
    assert status == ORIGINAL_NOT_OPEN.status == "A3:535"
    assert "it is not decided yet. Wait for its remittance." in words


def test_while_a_replacement_is_open_no_other_is_taken(original: Claim) -> None:
    first = send(naming(str(original.icn)))
    for number, frequency in ((3, "7"), (4, "8")):
        words = refused_as(send(naming(str(original.icn), frequency, number=number)))[1]
        assert f"its replacement, claim {first.icn}, is not decided yet. Wait, then name that one." in words


def test_a_second_replacement_names_the_first(original: Claim) -> None:
    first = send(naming(str(original.icn), charge="150"))
    adjudicate_all()
    words = refused_as(send(naming(str(original.icn), number=3)))[1]
    assert f"claim {first.icn} stands in its place. Name that one." in words
    second = send(naming(str(first.icn), number=4))
    adjudicate_all()
    assert [again(claim).status for claim in (original, first, second)] == ["adjusted", "adjusted", "payable"]
    assert balances()["payable"] == PAYS
    words = refused_as(send(naming(str(original.icn), number=5)))[1]
    assert f"claim {second.icn} stands in its place" in words


def test_two_claims_of_one_file_do_not_name_the_same_one(original: Claim) -> None:
    text = naming(str(original.icn)).decode()
    subscriber = text[text.index("HL*2*1*22") : text.index("SE*")]
    content = text.replace(subscriber, subscriber + subscriber.replace("HL*2*", "HL*3*").replace("SYN1", "SYN2"))
    count = re.search(r"SE\*(\d+)\*", content)
    assert count
    content = content.replace(count[0], f"SE*{int(count[1]) + subscriber.count('~')}*")
    first, second = receive_file(content.encode(), "two.x12").file.claims.order_by("position")
    assert first.status == ClaimStatus.QUEUED
    assert "another claim of this file names it too" in refused_as(second)[1]


def test_a_voided_claim_is_named_by_no_other(original: Claim) -> None:
    send(naming(str(original.icn), "8"))
    assert "it was voided. Send a new claim" in refused_as(send(naming(str(original.icn), number=3)))[1]


def test_a_claim_that_people_adjust_is_refused_without_saying_who(original: Claim, examiner: User) -> None:
    propose(original, Kind.REOPENING, "Looked wrong", by=limit(examiner, "1.00"))
    words = refused_as(send(naming(str(original.icn))))[1]
    assert "it is being decided anew" in words
    assert "Erin" not in words


@pytest.mark.parametrize(("days", "is_taken"), [(364, True), (365, True), (366, False)])
def test_a_claim_is_replaced_within_a_year_of_its_first_decision(original: Claim, days: int, is_taken: bool) -> None:
    clock.set_today(TODAY + dt.timedelta(days=days))
    claim = send(naming(str(original.icn)))
    if is_taken:
        assert claim.status == ClaimStatus.QUEUED
    else:
        status, words = refused_as(claim)
        assert status == "A3:535"
        assert "that was possible through January 16, 2027. Ask for a reopening with a good cause" in words


def test_a_void_received_in_time_is_in_time_when_its_receipt_is_finished_later(original: Claim) -> None:
    in_time = TODAY + dt.timedelta(days=365)
    clock.set_today(in_time)
    file = keep_file(naming(str(original.icn), "8"), "void.x12", None)
    clock.set_today(in_time + dt.timedelta(days=1))
    assert finish_broken_off() == 1
    assert file.claims.get().status == again(original).status == ClaimStatus.VOIDED
    assert Adjustment.objects.get().asked_on == in_time


def test_every_refusal_names_its_field_and_what_to_do() -> None:
    for rule in (ORIGINAL_UNKNOWN, ORIGINAL_OF_ANOTHER_PATIENT, ORIGINAL_NOT_OPEN):
        assert "loop 2300" in rule.message
        assert rule.finding(0).loop == "2300"


def test_files_of_originals_cost_no_query_more(world: World) -> None:
    def queries_for(number: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            receive_file(file_of(claims=3, control_number=number), f"{number}.x12")
        return sum("FOR UPDATE" in query["sql"] and "claims_claim" in query["sql"] for query in queries)

    assert queries_for(1) == 0
