"""Paper claims: keyed by an examiner, checked by the gateway's own rules, made once, paid on the paper floor."""

from __future__ import annotations

import datetime as dt
import re
import threading
from collections.abc import Callable
from dataclasses import asdict, replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from accounts.models import Event, IdempotencyKey, Role, User
from claims.adjudication.queue import adjudicate_all
from claims.daily import move_business_date
from claims.intake.x12.rules import RULES
from claims.models import Claim, ClaimStatus, Remittance
from claims.paper.cms_1500 import PaperClaim, PaperLine, field_of, in_words_of_the_form
from claims.paper.entry import NotAccepted, key_claim, read
from claims.paper.forms import PaperForm, PaperLineForm, line_forms
from policy import clock
from policy.refusals import Refused
from tests.accounts.cast import make_person
from tests.factories.world import MBI, SUPPLIER_NPI, SUPPLIER_TIN, World

pytestmark = pytest.mark.django_db

RECEIVED = dt.date(2026, 1, 16)
#: Day 29 after receipt is Saturday, February 14; the Monday after it is a holiday.
PAYMENT_DAY = dt.date(2026, 2, 17)

LINE = PaperLine(dt.date(2026, 1, 5), None, "12", "G0088", (), (1,), Decimal("400.00"), Decimal(6))
PAPER = PaperClaim(
    received_on=RECEIVED,
    mbi=MBI,
    last_name="Evans",
    first_name="Dora",
    middle_name="",
    birth_date=dt.date(1948, 2, 15),
    sex="F",
    street="12 Elm Street",
    city="Baltimore",
    state="MD",
    zip_code="21201",
    referring_last_name="Welby",
    referring_first_name="Marcus",
    referring_npi="1987654328",
    note="",
    diagnoses=("I50.22",),
    frequency="1",
    original_claim_number="",
    prior_authorization="",
    tax_id=SUPPLIER_TIN,
    patient_control_number="A-17",
    accepts_assignment=True,
    total_charge=Decimal("400.00"),
    location_name="",
    location_npi="",
    location_street="",
    location_city="",
    location_state="",
    location_zip="",
    billing_name="Evergreen Home Infusion",
    billing_npi=SUPPLIER_NPI,
    billing_street="100 Main Street",
    billing_city="Baltimore",
    billing_state="MD",
    billing_zip="21201-1234",
    lines=(LINE,),
)

#: The same as it is typed into the form.
TYPED = {
    **{name: str(value) for name, value in asdict(PAPER).items() if value and name != "lines"},
    "token": "form-1",
    "received_on": "01/16/2026",
    "birth_date": "02/15/1948",
    "diagnoses": "I50.22",
    "accepts_assignment": "on",
    "lines-TOTAL_FORMS": "6",
    "lines-INITIAL_FORMS": "0",
    "lines-MIN_NUM_FORMS": "1",
    "lines-MAX_NUM_FORMS": "50",
    "lines-0-first_day": "01/05/2026",
    "lines-0-place_of_service": "12",
    "lines-0-hcpcs": "g0088",
    "lines-0-pointers": "A",
    "lines-0-charge": "400.00",
    "lines-0-units": "6",
}
PAGE = "/claims/paper/"


def send(client: Client, **changed: str) -> Any:
    return client.post(PAGE, {**TYPED, **changed})


# ---------- the whole way ----------


def test_a_keyed_claim_is_decided_and_paid_on_day_29(world: World, staff: Client, examiner: User) -> None:
    response = send(staff)
    claim = Claim.objects.get()
    assert response["Location"] == reverse("claims:claim", args=[claim.icn])
    assert re.fullmatch(r"0326016\d{6}", claim.icn or "")
    assert (claim.channel, claim.received_on, claim.status) == ("paper", RECEIVED, ClaimStatus.QUEUED)
    assert (claim.supplier, claim.beneficiary) == (world.supplier, world.beneficiary)
    adjudicate_all()
    claim.refresh_from_db()
    assert (claim.status, claim.payment_day) == (ClaimStatus.PAYABLE, PAYMENT_DAY)
    move_business_date(PAYMENT_DAY - dt.timedelta(days=1))
    assert not Remittance.objects.exists()
    move_business_date(PAYMENT_DAY)
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.PAID
    assert Event.objects.get(verb="claim_keyed").sentence == (
        "Keyed from paper received on January 16, 2026: $400.00 charged."
    )


def test_what_was_keyed_is_kept_and_shown_with_who_keyed_it(staff: Client, billing: Client, examiner: User) -> None:
    send(staff, note="Nurse at the home")
    claim = Claim.objects.get()
    keyed = claim.billed["keyed"]
    assert (keyed["by"], keyed["values"]["note"], keyed["values"]["lines"][0]["hcpcs"]) == (
        "Erin Examiner",
        "Nurse at the home",
        "G0088",
    )
    address = reverse("claims:claim", args=[claim.icn])
    page, suppliers = (client.get(address).content.decode() for client in (staff, billing))
    assert "Keyed from paper by Erin Examiner, received on January 16, 2026" in page
    assert "Keyed from paper, received on January 16, 2026" in suppliers
    assert "Erin Examiner" not in suppliers
    assert "<dt>19. Additional information</dt><dd>Nurse at the home</dd>" in page
    assert "<dt>Line 1, 24D. Code</dt><dd>G0088</dd>" in page


def test_twelve_lines_are_taken_in_their_order_and_empty_ones_are_passed_over(world: World, staff: Client) -> None:
    assert staff.get(f"{PAGE}?lines=12").content.decode().count('<legend class="usa-legend">Line ') == 12
    lines = {
        f"lines-{at}-{name}": value
        for at in (3, 11)
        for name, value in {
            "first_day": f"01/{at + 5:02}/2026",
            "last_day": "",
            "place_of_service": "04",
            "hcpcs": "G0068",
            "modifiers": "gw",
            "pointers": "BA",
            "charge": "300",
            "units": "6.5",
        }.items()
    }
    send(staff, **lines, **{"lines-TOTAL_FORMS": "12", "total_charge": "1000", "diagnoses": "I50.22, J44.9"})
    found = list(Claim.objects.get().lines.values_list("number", "hcpcs", "place_of_service", "modifiers", "units"))
    assert found == [
        (1, "G0088", "", [], Decimal(6)),
        (2, "G0068", "04", ["GW"], Decimal("6.5")),
        (3, "G0068", "04", ["GW"], Decimal("6.5")),
    ]
    assert Claim.objects.get().lines.get(number=2).diagnosis_pointers == [2, 1]


# ---------- what is wrong with it ----------


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("billing_npi", "1234567890", "not ten digits with the right check digit"),
        ("mbi", "1EG4TE5MKXX", "does not have the form of an MBI"),
        ("mbi", "123456789A", "Health Insurance Claim Number"),
        ("tax_id", "52-12345", "not nine digits"),
        ("total_charge", "400.01", "is not the sum of the line charges. Make them agree."),
        ("zip_code", "2120", "not five or nine digits"),
        ("billing_zip", "2120", "not five or nine digits"),
        ("frequency", "7", "is not taken here"),
        ("received_on", "01/17/2026", "still to come"),
        ("received_on", "2026", "not a day like"),
        ("birth_date", "", "required"),
        ("last_name", "", "required"),
    ],
)
def test_an_error_stands_at_its_field_and_says_what_to_do(
    world: World, staff: Client, field: str, typed: str, says: str
) -> None:
    response = send(staff, **{field: typed})
    (error,) = response.context["form"].errors[field]
    assert says in error
    assert "loop" not in error
    assert set(response.context["form"].errors) == {field}
    assert not Claim.objects.exists()
    assert not IdempotencyKey.objects.exists(), "the form may be sent again"


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("pointers", "B", "leads to a diagnosis that the claim does not have"),
        ("pointers", "", "diagnosis pointer is missing"),
        ("pointers", "Z", "no letter of item 21"),
        ("charge", "-400", "negative"),
        ("units", "-6", "negative"),
        ("last_day", "01/04/2026", "end before they begin"),
        ("hcpcs", "", "required"),
    ],
)
def test_an_error_of_a_line_stands_at_the_field_of_that_line(
    world: World, staff: Client, field: str, typed: str, says: str
) -> None:
    response = send(staff, **{f"lines-0-{field}": typed})
    page = response.content.decode()
    (error,) = response.context["lines"].forms[0].errors[field]
    assert says in error
    assert f'<a href="#id_lines-0-{field}">Line 1: ' in page
    assert not Claim.objects.exists()


def test_a_claim_needs_a_line(world: World, staff: Client) -> None:
    emptied = {name: "" for name in TYPED if name.startswith("lines-0-")}
    response = send(staff, **emptied)
    assert response.context["lines"].forms[0].errors["hcpcs"]
    assert not Claim.objects.exists()


def test_what_the_engine_decides_the_form_takes_as_it_is(world: World, staff: Client) -> None:
    """An NPI of the referring provider, a code, a place, an unknown patient: each has its edit and its reason code."""
    of_line = {"lines-0-hcpcs": "99601", "lines-0-place_of_service": "11"}
    send(staff, mbi="9AA9AA9AA99", referring_npi="1987654321", **of_line)
    adjudicate_all()
    assert {"HIT-103", "HIT-105", "HIT-108", "HIT-301"} <= set(Claim.objects.get().edits)


def test_no_sentence_about_an_item_of_the_form_speaks_of_loops_and_segments() -> None:
    findings = [rule.finding(1) for rule in RULES]
    said = [in_words_of_the_form(finding) for finding in findings if field_of(finding)]
    assert len(said) > 15
    # Neither a patient other than the subscriber nor another payer nor an attachment can be keyed.
    assert [sentence for sentence in said if re.search(r"loop|NM1|REF|CLM|SV1", sentence)] == []


@pytest.mark.parametrize(
    "paper",
    [
        replace(PAPER, note="N" * 80, prior_authorization="P1", middle_name="Q"),
        replace(PAPER, location_name="Home of the patient", location_street="5 Oak Avenue", location_city="Towson",
                location_state="MD", location_zip="21204"),
        replace(PAPER, referring_last_name="", referring_first_name="", referring_npi="", diagnoses=(),
                lines=(replace(LINE, pointers=()),)),
        replace(PAPER, diagnoses=tuple(f"Z45.{number:02}" for number in range(12))),
        replace(PAPER, lines=(LINE,) * 2, total_charge=Decimal(800)),
        replace(PAPER, last_name="O’Brien-Juárez * Müller", patient_control_number="~A:1^"),
    ],
    ids=["all the small items", "another place", "nobody referred", "twelve diagnoses", "two lines", "odd characters"],
)  # fmt: skip
def test_the_gateway_finds_nothing_in_a_claim_that_is_complete(world: World, paper: PaperClaim) -> None:
    claim = read(paper)
    assert claim.findings == ()
    assert len(claim.submission.lines) == len(paper.lines)
    assert claim.submission.total_charge == paper.total_charge


def test_every_field_of_the_form_is_an_item_of_the_claim() -> None:
    assert {*PaperForm.base_fields, "lines", "attachments"} - {"token"} == set(PaperClaim.__dataclass_fields__)
    assert set(PaperLineForm.base_fields) == set(PaperLine.__dataclass_fields__)


# ---------- once ----------


def test_the_same_form_sent_twice_makes_one_claim(world: World, staff: Client) -> None:
    first, second = send(staff), send(staff)
    assert first["Location"] == second["Location"]
    assert Claim.objects.count() == Event.objects.filter(verb="claim_keyed").count() == 1


def test_the_same_form_with_other_values_is_refused_and_says_which_claim_it_made(world: World, staff: Client) -> None:
    send(staff)
    response = send(staff, patient_control_number="A-18")
    assert str(Claim.objects.get().icn) in response.context["form"].non_field_errors()[0]


@pytest.mark.django_db(transaction=True)
def test_a_double_click_makes_one_claim(world: World, examiner: User) -> None:
    barrier, numbers = threading.Barrier(2), []

    def click() -> None:
        try:
            barrier.wait()
            numbers.append(key_claim(PAPER, token="one", by=examiner).icn)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert numbers == [Claim.objects.get().icn] * 2


def test_two_people_may_send_forms_of_the_same_name(world: World, examiner: User) -> None:
    key_claim(PAPER, token="one", by=examiner)
    key_claim(PAPER, token="one", by=make_person("Second Examiner", Role.EXAMINER))
    assert Claim.objects.count() == 2
    adjudicate_all()
    assert Claim.objects.filter(edits__contains=["HIT-603"]).count() == 1, "the second paper is an exact duplicate"


# ---------- who ----------


def test_only_examiners_key_paper(
    world: World, billing: Client, reviewer: User, administrator: User, signed_in_as: Callable[[User], Client]
) -> None:
    for client in (billing, signed_in_as(reviewer), signed_in_as(administrator)):
        assert client.get(PAGE).status_code == 403
        assert send(client).status_code == 403
    with pytest.raises(Refused):
        key_claim(PAPER, token="one", by=reviewer)
    assert not Claim.objects.exists()


def test_a_refused_claim_leaves_nothing_behind(world: World, examiner: User) -> None:
    with pytest.raises(NotAccepted) as refused:
        key_claim(replace(PAPER, mbi="123"), token="one", by=examiner)
    assert [finding.loop for finding in refused.value.findings] == ["2010BA"]
    assert not Claim.objects.exists()
    assert not Event.objects.filter(verb="claim_keyed").exists()
    assert not IdempotencyKey.objects.exists()
    assert key_claim(PAPER, token="one", by=examiner).icn


def test_a_claim_of_an_earlier_day_of_receipt_has_that_day_in_its_number(world: World, examiner: User) -> None:
    clock.set_today(dt.date(2026, 1, 20))
    assert str(key_claim(PAPER, token="one", by=examiner).icn).startswith("0326016")


def test_an_unbound_form_offers_six_lines() -> None:
    assert len(line_forms(None).forms) == 6
