"""Receiving files: kept, read, stored, answered, once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.adjudication.queue import adjudicate_all
from claims.intake import receive
from claims.intake.keeping import content_of, keep_file
from claims.intake.receive import finish_broken_off, receive_file
from claims.models import Acknowledgement, Claim, ClaimStatus, Decision, Interchange, ReceivedFile
from policy import clock, readers
from tests.claims.intake.files import file_of
from tests.factories.policy import load_small_tables
from tests.factories.world import World, base_world

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 1, 16)
State = ReceivedFile.State
Kind = Acknowledgement.Kind


@pytest.fixture(autouse=True)
def world(db: None) -> Iterator[World]:
    load_small_tables()
    clock.set_today(TODAY)
    yield base_world()
    readers.forget()


def test_a_file_becomes_claims_that_are_decided_and_payable() -> None:
    receipt = receive_file(file_of(claims=2), "two.x12")
    assert (receipt.file.state, receipt.file.accepted, receipt.is_clean) == (State.FINISHED, 2, True)
    assert [answer.kind for answer in receipt.answers] == [Kind.SYNTAX, Kind.CLAIMS]
    assert adjudicate_all() == 2
    first, second = Claim.objects.order_by("arrival")
    assert (first.status, first.supplier.npi, first.beneficiary.last_name) == (
        ClaimStatus.PAYABLE,
        "1234567893",
        "Evans",
    )
    assert second.edits == ["HIT-603"]


def test_the_bytes_are_kept_as_they_came() -> None:
    content = file_of()
    assert content_of(receive_file(content, "a/../b\\c.x12").file) == content
    assert ReceivedFile.objects.get().name == "c.x12"


def test_the_same_bytes_make_no_second_claim_and_are_answered_025() -> None:
    first = receive_file(file_of(), "first.x12")
    again = receive_file(file_of(), "second.x12")
    assert (again.file, again.is_duplicate, again.is_clean) == (first.file, True, False)
    assert "first.x12" in again.account
    assert [answer.kind for answer in again.answers] == [Kind.TA1]
    assert "*R*025~" in again.answers[0].content
    assert Claim.objects.count() == 1


def test_another_file_with_a_control_number_seen_before_is_refused() -> None:
    receive_file(file_of(control_number=77), "first.x12")
    other = receive_file(file_of(control_number=77, charge="399"), "second.x12")
    assert (other.file.state, other.is_duplicate) == (State.REFUSED, False)
    assert [answer.kind for answer in other.answers] == [Kind.TA1]
    assert Claim.objects.count() == 1
    assert list(Interchange.objects.order_by("pk").values_list("is_accepted", "note_code")) == [
        (True, ""),
        (False, "025"),
    ]


def test_a_test_file_may_use_the_number_of_a_production_file_and_stays_apart() -> None:
    receive_file(file_of(control_number=77), "production.x12")
    receipt = receive_file(file_of(control_number=77, usage="T"), "test.x12")
    assert receipt.is_clean
    trial = Claim.objects.get(is_test=True)
    assert (trial.status, trial.payment_day, trial.icn[:2]) == (ClaimStatus.PAYABLE, None, "99")
    assert adjudicate_all() == 1
    assert Claim.objects.get(is_test=False).status == ClaimStatus.PAYABLE


def test_one_bad_claim_does_not_stop_its_neighbours() -> None:
    receipt = receive_file(file_of(claims=3, mbis=("1EG4TE5MK73", "NOT-AN-MBI", "1EG4TE5MK73")), "mixed.x12")
    assert (receipt.file.accepted, receipt.file.rejected, receipt.is_clean) == (2, 1, False)
    refused = Claim.objects.get(status=ClaimStatus.REJECTED)
    assert (refused.icn, refused.position, refused.lines.count()) == (None, 2, 0)
    assert "MBI" in refused.gateway_findings[0]["message"]
    assert "A7:164:IL" in receipt.answers[1].content


def test_a_receipt_that_broke_off_is_taken_up_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the machine stopped here")

    with monkeypatch.context() as broken, pytest.raises(RuntimeError):
        broken.setattr(receive, "outcome_of", fail)
        receive_file(file_of(claims=2), "broken.x12")
    assert (ReceivedFile.objects.get().state, Claim.objects.count()) == (State.RECEIVING, 0)
    assert finish_broken_off() == 1
    assert (ReceivedFile.objects.get().state, Claim.objects.count()) == (State.FINISHED, 2)
    assert finish_broken_off() == 0


def test_a_file_that_is_no_x12_is_kept_and_refused_in_words() -> None:
    receipt = receive_file(b"%PDF-1.7 not an 837P", "plan.pdf")
    assert (receipt.file.state, receipt.answers) == (State.REFUSED, ())
    assert "PDF" in receipt.account


@pytest.mark.parametrize("part", [b"SYNTHETIC01    *", b"*1*X*005010X222A1", b"00501*000000001"])
def test_a_nul_in_an_envelope_never_raises(part: bytes) -> None:
    receipt = receive_file(file_of().replace(part, b"\0" + part[1:]), "nul.x12")
    assert receipt.file.state != State.RECEIVING
    assert receipt.account


def test_changed_bytes_in_the_store_are_noticed() -> None:
    file = keep_file(file_of(), "a.x12", None)
    file.sha256 = "0" * 64
    with pytest.raises(ValueError, match="SHA-256"):
        content_of(file)


def test_the_statements_of_a_receipt_do_not_depend_on_the_number_of_claims() -> None:
    receive_file(file_of(control_number=100), "first.x12")
    counts = []
    for number, claims in enumerate((2, 40), 1):
        with CaptureQueriesContext(connection) as queries:
            receive_file(file_of(claims=claims, control_number=number), "many.x12")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 40


def test_what_was_billed_is_stored_as_it_was_read() -> None:
    receive_file(file_of(), "one.x12")
    claim = Claim.objects.get()
    line = claim.lines.get()
    assert (claim.patient_control_number, claim.total_charge, claim.referring_npi) == ("SYN1", 400, "1987654328")
    assert (line.hcpcs, line.units, line.control_number, line.through) == ("G0088", 6, "SYN1L1", None)
    start, end = claim.billed["spans"]["claim"]
    assert content_of(claim.file)[start:end].startswith(b"CLM*SYN1*400")
    adjudicate_all()
    assert Decision.objects.get().status == "pay"
