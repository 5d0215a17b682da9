"""A sender may send the claims of those suppliers for which it holds the right to send claims, and of nobody else."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from claims.intake.receive import Receipt, receive_file
from claims.models import Acknowledgement, Claim, ClaimStatus
from suppliers.models import Supplier
from suppliers.rights import Duty
from tests.accounts.cast import *  # noqa: F403
from tests.claims.intake.files import file_of
from tests.claims.pages.scene import *  # noqa: F403
from tests.claims.pages.scene import act_for
from tests.factories.world import World

pytestmark = pytest.mark.django_db


def answer_of(receipt: Receipt) -> str:
    return next(answer.content for answer in receipt.answers if answer.kind == Acknowledgement.Kind.CLAIMS)


def statuses() -> list[str]:
    return list(Claim.objects.order_by("position").values_list("status", flat=True))


@pytest.mark.parametrize("duty", [Duty.ADMINISTRATOR, Duty.BILLER, Duty.BILLING_AGENT])
def test_who_bills_for_a_supplier_sends_its_claims(world: World, supplier_person: User, duty: Duty) -> None:
    act_for(supplier_person, world.supplier, duty)
    assert receive_file(file_of(claims=2), "own.x12", by=supplier_person).is_clean
    assert statuses() == [ClaimStatus.QUEUED] * 2


@pytest.mark.parametrize("duty", [None, Duty.CLINICIAN])
def test_whoever_does_not_bill_for_the_supplier_is_refused_in_the_277ca_and_in_words(
    world: World, other_supplier: Supplier, supplier_person: User, duty: Duty | None
) -> None:
    act_for(supplier_person, other_supplier)
    if duty:
        act_for(supplier_person, world.supplier, duty)
    receipt = receive_file(file_of(), "others.x12", by=supplier_person)
    assert statuses() == [ClaimStatus.REJECTED]
    assert "STC*A8:496:85*" in answer_of(receipt)
    assert "does not send claims for its billing provider" in receipt.account
    assert not receipt.is_clean


def test_one_supplier_that_is_anothers_stops_none_of_the_senders_own(
    world: World, other_supplier: Supplier, supplier_person: User
) -> None:
    """Two loops 2000A in one set: the claim of the first is taken in, that of the second refused."""
    act_for(supplier_person, world.supplier, Duty.BILLING_AGENT)
    receipt = receive_file(two_providers(other_supplier), "agent.x12", by=supplier_person)
    assert statuses() == [ClaimStatus.QUEUED, ClaimStatus.REJECTED]
    assert answer_of(receipt).count("A8:496:85") == 1
    act_for(supplier_person, other_supplier, Duty.BILLING_AGENT)
    again = two_providers(other_supplier).replace(b"000000001", b"000000002")
    assert receive_file(again, "agent-again.x12", by=supplier_person).file.accepted == 2


def test_staff_and_the_servers_own_command_send_for_anyone(world: World, examiner: User) -> None:
    assert receive_file(file_of(), "staff.x12", by=examiner).file.accepted == 1
    assert receive_file(file_of(control_number=2), "server.x12").file.accepted == 1


def test_a_tax_number_that_nobody_has_is_judged_by_the_edits(world: World, supplier_person: User) -> None:
    act_for(supplier_person, world.supplier)
    mistyped = file_of().replace(b"521234567", b"521234568")
    assert receive_file(mistyped, "mistyped.x12", by=supplier_person).file.accepted == 1


def test_a_billing_provider_that_cannot_be_read_is_told_that_alone(world: World, supplier_person: User) -> None:
    act_for(supplier_person, world.supplier)
    receipt = receive_file(file_of().replace(b"1234567893", b"1234567890"), "wrong.x12", by=supplier_person)
    assert "A7:562:85" in answer_of(receipt)
    assert "496" not in answer_of(receipt)


def test_an_upload_of_anothers_claims_tells_its_sender(outsider: Client) -> None:
    sent = {"file": SimpleUploadedFile("others.x12", file_of())}
    page = outsider.post(reverse("claims:upload"), sent, follow=True).content.decode()
    assert "does not send claims for its billing provider" in page


def two_providers(second: Supplier) -> bytes:
    """The file of one claim, and behind it one of another billing provider in its own loop 2000A."""
    own = file_of().decode()
    claim = own[own.index("HL*1**20*1~") : own.index("SE*")]
    other = (
        claim.replace("HL*1**20", "HL*3**20")
        .replace("HL*2*1*22", "HL*4*3*22")
        .replace("1234567893", second.npi)
        .replace("521234567", second.tin)
        .replace("SYN1", "SYN2")
    )
    count = int(own[own.index("SE*") + 3 :].partition("*")[0])
    whole = own.replace("SE*", other + "SE*")
    return whole.replace(f"SE*{count}*", f"SE*{count + other.count('~')}*").encode()
