"""Defects that were seen in systems of this kind, each with a test under its name, from the 837P to what is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.models import User
from claims.actions import look_at_arrivals
from claims.adjudication.canonical import decision_from_json, facts_from_json
from claims.adjudication.queue import adjudicate_all, requeue
from claims.daily import move_business_date
from claims.demo.bills import Bill, BilledLine, Biller, Doctor, Mailing, Patient, PostalAddress
from claims.demo.write_837p import write_837p
from claims.determinations.holds import end_hold, hold_until, release
from claims.intake.receive import receive_file
from claims.models import Acknowledgement, Claim, ClaimStatus, LineDecision, ReceivedFile, Remittance
from claims.payment.due import claims_due
from claims.payment.ledger import balances, discrepancies
from policy import clock, readers
from tests.accounts.cast import *  # noqa: F403
from tests.claims.pages.scene import *  # noqa: F403
from tests.factories.beneficiaries import BeneficiaryFactory, CoverageFactory, PlanOfCareFactory
from tests.factories.policy import load_small_tables
from tests.factories.world import MBI, SUPPLIER_NPI, SUPPLIER_TIN, World, base_world

PAYMENT_DAY = dt.date(2026, 1, 30)
HOME = PostalAddress("12 Elm St", "Baltimore", "MD", "21201")
SUPPLIER = Biller(
    "Evergreen Home Infusion",
    SUPPLIER_NPI,
    SUPPLIER_TIN,
    "251F00000X",
    PostalAddress("100 Main St", "Baltimore", "MD", "212011234"),
)
DORA = Patient(MBI, "Evans", "Dora", dt.date(1948, 2, 15), "F", HOME)
#: A patient whom each test that takes her makes as it needs her.
EVE = Patient("1EG4TE5MK74", "Evans", "Eve", dt.date(1948, 2, 15), "F", HOME)
WELBY = Doctor("Welby", "Marcus", "1987654328")


def visit(day: int, hcpcs: str = "G0068", charge: str = "400.00") -> BilledLine:
    return BilledLine(dt.date(2026, 1, day), hcpcs, "6", Decimal(charge))


def bill(*lines: BilledLine, control_number: str = "SYN1", patient: Patient = DORA, place: str = "12") -> Bill:
    return Bill(control_number, patient, lines, ("I50.22",), WELBY, place_of_service=place)


def file_with(*bills: Bill, number: int = 1) -> bytes:
    sent = dt.datetime(2026, 1, 16, 9, 15)  # noqa: DTZ001 - an interchange has no zone
    return write_837p(Mailing("SYNTHETIC01", "Evergreen", number, sent, ((SUPPLIER, bills),)))


def received(*bills: Bill, number: int = 1) -> list[Claim]:
    """The claims of a file, received and decided."""
    file = receive_file(file_with(*bills, number=number), f"claims{number}.x12").file
    assert file.accepted == len(bills), file.account
    adjudicate_all()
    return list(Claim.objects.filter(file=file).order_by("position"))


def shown(client: Client, claim: Claim) -> dict[str, Any]:
    """The claim as the API shows it."""
    response = client.get(reverse("api:claim", args=[claim.icn]))
    assert response.status_code == 200
    found: dict[str, Any] = response.json()
    return found


# ---------- 250.75 stays 250.75 on every path ----------


def by_page(client: Client, content: bytes, folder: Path) -> None:
    client.post(reverse("claims:upload"), {"file": SimpleUploadedFile("claims.x12", content)})


def by_api(client: Client, content: bytes, folder: Path) -> None:
    client.post(reverse("api:files"), {"file": SimpleUploadedFile("claims.x12", content)})


def by_command(client: Client, content: bytes, folder: Path) -> None:
    (folder / "claims.x12").write_bytes(content)
    call_command("receive_837", str(folder / "claims.x12"), verbosity=0)


@pytest.mark.parametrize("send", [by_page, by_api, by_command])
def test_250_75_stays_250_75_on_every_path(
    send: Callable[[Client, bytes, Path], None], staff: Client, world: World, tmp_path: Path
) -> None:
    send(staff, file_with(bill(visit(5, "G0088", "250.75"))), tmp_path)
    adjudicate_all()
    claim = Claim.objects.get()
    line, decision = claim.lines.get(), claim.decisions.get()
    assert (claim.total_charge, line.charge) == (Decimal("250.75"), Decimal("250.75"))
    assert [line.charge for line in facts_from_json(decision.facts).lines] == [Decimal("250.75")]
    (decided,) = decision_from_json(decision.trace).lines
    assert decided.paid + sum(each.amount for each in decided.adjustments) == Decimal("250.75")
    answer = Acknowledgement.objects.get(kind=Acknowledgement.Kind.CLAIMS).content
    assert "AMT*YU*250.75~" in answer
    assert_told_everywhere(staff, claim, "250.75")


def assert_told_everywhere(staff: Client, claim: Claim, charge: str) -> None:
    move_business_date(PAYMENT_DAY)
    remittance = Remittance.objects.get()
    page, row = (staff.get(address).content.decode() for address in (claim_address(claim), reverse("claims:worklist")))
    assert f"${charge}" in page
    assert f"${charge}" in row
    assert charge in b"".join(staff.get(reverse("claims:export"))).decode()
    found = shown(staff, claim)
    assert (found["claim"]["total_charge"], found["lines"][0]["charge"]) == (charge, charge)
    assert remittance.charge_amount == Decimal(charge)
    assert f"*{charge}*{claim.paid_amount}*" in remittance.content.partition("CLP*")[2].partition("~")[0]
    assert f"*{charge}*{claim.paid_amount}*" in remittance.content.partition("SVC*")[2].partition("~")[0]
    assert f"${charge}" in staff.get(reverse("claims:remittance", args=[remittance.pk])).content.decode()


def claim_address(claim: Claim) -> str:
    return reverse("claims:claim", args=[claim.icn])


# ---------- an exact duplicate is denied ----------


def test_an_exact_duplicate_is_denied_within_a_file_and_by_another_file(world: World, staff: Client) -> None:
    first, second = received(bill(visit(5, "G0088")), bill(visit(5, "G0088"), control_number="SYN2"))
    (third,) = received(bill(visit(5, "G0088"), control_number="SYN3"), number=2)
    assert first.status == ClaimStatus.PAYABLE
    for duplicate in (second, third):
        assert (duplicate.status, duplicate.edits, duplicate.paid_amount) == (ClaimStatus.DENIED, ["HIT-603"], 0)
        reasons = [reason["code"] for line in shown(staff, duplicate)["lines"] for reason in line["reasons"]]
        assert reasons[0] == "OA-18"
    move_business_date(PAYMENT_DAY)
    assert balances()["bank"] == first.paid_amount


def test_the_same_file_sent_again_makes_no_claims(world: World) -> None:
    content = file_with(bill(visit(5, "G0088")))
    for _ in range(5):
        receive_file(content, "again.x12")
    adjudicate_all()
    assert (ReceivedFile.objects.count(), Claim.objects.count()) == (1, 1)


# ---------- two holds on one claim coexist ----------


def test_two_holds_on_one_claim_coexist(world: World, examiner: User) -> None:
    """Each of them alone keeps the claim from being paid, until the last has ended."""
    (claim,) = received(bill(visit(5, "G0088")))
    first = hold_until(claim, dt.date(2026, 2, 10), reason="A question to the supplier", by=examiner)
    second = hold_until(claim, dt.date(2026, 3, 10), reason="Another question", by=examiner)
    assert not claims_due(PAYMENT_DAY).exists()
    end_hold(first, reason="Answered", by=examiner)
    assert not claims_due(PAYMENT_DAY).exists()
    end_hold(second, reason="Answered", by=examiner)
    assert claims_due(PAYMENT_DAY).get() == claim


def test_two_reasons_to_wait_coexist_and_end_one_by_one(world: World, tmp_path: Path) -> None:
    """No drug and no plan of care: when one comes the other still holds the claim."""
    eve = BeneficiaryFactory(mbi__mbi=EVE.mbi)
    (claim,) = received(bill(visit(5, "G0088"), patient=EVE))
    assert (claim.status, claim.edits) == (ClaimStatus.SUSPENDED, ["HIT-401", "HIT-501"])
    load_drug(tmp_path)
    claim.refresh_from_db()
    assert (claim.status, claim.edits) == (ClaimStatus.SUSPENDED, ["HIT-401"])
    PlanOfCareFactory(beneficiary=eve, supplier=world.supplier)
    requeue([claim.pk], "The plan of care came")
    adjudicate_all()
    claim.refresh_from_db()
    assert (claim.status, claim.edits) == (ClaimStatus.PAYABLE, [])


def load_drug(folder: Path) -> None:
    """Eve's drug comes in a history file, and what waits for it is decided anew."""
    history = folder / "drugs.csv"
    history.write_text(f"mbi,hcpcs,modifier,date_of_service,status\n{EVE.mbi},J2260,,2026-01-03,paid\n")
    call_command("load_history", str(history), "--kind", "drug_claims", verbosity=0)
    look_at_arrivals()
    adjudicate_all()


# ---------- release decides anew ----------


def claim_that_waits_for_its_drug(world: World) -> Claim:
    """Eve's; while it waits it becomes known that she has another plan, so that it must not be paid any more."""
    eve = BeneficiaryFactory(mbi__mbi=EVE.mbi)
    PlanOfCareFactory(beneficiary=eve, supplier=world.supplier)
    (claim,) = received(bill(visit(5, "G0088"), patient=EVE))
    assert (claim.status, claim.edits) == (ClaimStatus.ON_HOLD, ["HIT-501"])
    CoverageFactory(beneficiary=eve, kind="medicare_advantage")
    return claim


def test_release_decides_anew_and_does_not_just_pay(world: World, examiner: User) -> None:
    claim = claim_that_waits_for_its_drug(world)
    release(claim, reason="The supplier called", by=examiner)
    adjudicate_all()
    claim.refresh_from_db()
    assert (claim.status, claim.paid_amount) == (ClaimStatus.DENIED, 0)
    assert (claim.edits, claim.decisions.count()) == (["HIT-305", "HIT-501"], 2)


def test_the_coming_of_the_drug_decides_anew_and_does_not_just_pay(world: World, tmp_path: Path) -> None:
    claim = claim_that_waits_for_its_drug(world)
    load_drug(tmp_path)
    claim.refresh_from_db()
    assert (claim.status, claim.edits) == (ClaimStatus.DENIED, ["HIT-305"])


# ---------- all failing edits are shown ----------


def test_all_failing_edits_are_shown(world: World, staff: Client, billing: Client) -> None:
    """Not only the first one: on the page, in the API, to staff and to the supplier."""
    expected = ["HIT-105", "HIT-305", "HIT-306", "HIT-310", "HIT-401", "HIT-501"]
    BeneficiaryFactory(mbi__mbi=EVE.mbi, in_medicare_advantage=True, in_hospital=True, without_provider=True)
    (claim,) = received(bill(visit(5, "G0088"), patient=EVE, place="21"))
    assert claim.edits == expected
    for client in (staff, billing):
        page = client.get(claim_address(claim)).content.decode()
        assert [edit for edit in expected if edit not in page] == []
        (line,) = shown(client, claim)["lines"]
        assert sorted(found["edit"] for found in line["deciding"]) == expected


# ---------- paid = sum of lines ----------


def test_paid_is_the_sum_of_the_lines(world: World, staff: Client) -> None:
    """In the claim, its decision, the ledger, the 835, the page and the API; one line is denied."""
    (claim,) = received(bill(visit(5, "G0088"), visit(7, charge="100.01"), visit(9, charge="33.33"), visit(9)))
    lines = LineDecision.objects.filter(decision=claim.current_decision)
    total = sum(line.paid for line in lines)
    assert len({line.outcome for line in lines}) == 2
    assert claim.paid_amount == claim.decisions.get().paid_amount == total == balances()["payable"] > 0
    move_business_date(PAYMENT_DAY)
    remittance = Remittance.objects.get()
    told = [segment.split("*") for segment in remittance.content.replace("\n", "").split("~")]
    assert sum(Decimal(each[3]) for each in told if each[0] == "SVC") == total
    assert [Decimal(each[4]) for each in told if each[0] == "CLP"] == [total]
    assert [Decimal(each[2]) for each in told if each[0] == "BPR"] == [total]
    found = shown(staff, claim)
    assert sum(Decimal(line["paid"]) for line in found["lines"]) == Decimal(found["claim"]["paid_amount"]) == total
    assert f"${total}" in staff.get(claim_address(claim)).content.decode()
    assert discrepancies() == ()


# ---------- missing data never passes ----------

MISSING: dict[str, dict[str, Any]] = {
    "no drug": {"drug_bill": None},
    "no plan of care": {"plan": None},
    "a plan of care without its content": {"plan": {"incomplete": True}},
    "a plan of care without a signature": {"plan": {"unsigned": True}},
    "no Part B": {"beneficiary": {"without_part_b": True}},
    "no applicable provider": {"beneficiary": {"without_provider": True}},
    "no licence": {"supplier": {"unlicensed": True}},
    "no accreditation": {"supplier": {"unaccredited": True}},
    "no enrolment": {"supplier": {"unenrolled": True}},
}


@pytest.mark.parametrize("given", MISSING.values(), ids=MISSING)
def test_missing_data_never_passes(db: None, given: dict[str, Any]) -> None:
    load_small_tables()
    clock.set_today(dt.date(2026, 1, 16))
    base_world(**given)
    assert_does_not_pay(received(bill(visit(5, "G0088"))))
    readers.forget()


def test_a_patient_or_a_place_that_nobody_knows_never_passes(world: World) -> None:
    stranger = Patient("1EG4TE5MK72", "Nobody", "Nora", dt.date(1950, 1, 1), "F", HOME)
    nowhere = replace(DORA, address=PostalAddress("1 Road", "Nowhere", "MD", "21999"))
    claims = received(bill(visit(5, "G0088"), patient=stranger))
    claims += received(bill(visit(5, "G0088"), patient=nowhere), number=2)
    assert_does_not_pay(claims)


def assert_does_not_pay(claims: Sequence[Claim]) -> None:
    """The claims wait or are denied, each for a reason it names, and nothing goes out for them."""
    for claim in claims:
        assert claim.status in (ClaimStatus.SUSPENDED, ClaimStatus.ON_HOLD, ClaimStatus.DENIED)
        assert claim.edits
    assert balances()["payable"] == 0
    move_business_date(PAYMENT_DAY)
    assert not Claim.objects.filter(paid_amount__gt=0).exists()
    assert balances()["bank"] == 0
