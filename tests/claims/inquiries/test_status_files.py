"""276 files: where a supplier's own claims stand, in codes; nobody else's."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AccessLog, User
from claims.adjudication.queue import adjudicate_all
from claims.inquiries import finding, standing, status_codes
from claims.inquiries.status_codes import DENIALS, Status, in_words
from claims.intake.receive import Receipt, receive_file
from claims.models import Acknowledgement, Claim, ClaimStatus
from claims.pages.answers import answer_shown
from claims.payment.actions import run_payment_day, stop_clock
from policy import clock
from suppliers.models import Supplier
from tests.claims.inquiries.files import eligibility, status
from tests.claims.inquiries.golden import assert_golden
from tests.claims.inquiries.oracles import codes_in, listed_codes, x12sdk_findings
from tests.claims.intake.files import file_of
from tests.claims.pages.scene import TODAY, act_for, line
from tests.factories.suppliers import SupplierFactory
from tests.factories.world import World

pytestmark = pytest.mark.django_db

Send = Callable[..., Receipt]
Decide = Callable[..., Claim]
JANUARY = "DTP*472*RD8*20260101-20260131~"


@pytest.fixture(autouse=True)
def acting(world: World, supplier_person: User) -> Iterator[Supplier]:
    """The person who sends acts for the world's supplier."""
    act_for(supplier_person, world.supplier)
    return world.supplier


def the_277(receipt: Receipt) -> str:
    (answer,) = (answer for answer in receipt.answers if answer.kind == Acknowledgement.Kind.STATUS)
    assert x12sdk_findings(answer.content.encode()) == ""
    return answer.content


def statuses(content: str) -> list[str]:
    """The statuses of the claims, in order; those of lines and of a provider stand behind another segment."""
    return re.findall(r"TRN\*2.*\nSTC\*([^*~]*)", content)


def asked(sent: Send, *criteria: str, **options: str) -> list[str]:
    number = Acknowledgement.objects.count() + 100
    return statuses(the_277(sent(status(*criteria, control_number=number, **options), f"{number}.276")))


def test_a_payable_claim_waits_for_its_payment_day(sent: Send, decided: Decide) -> None:
    claim = decided(icn="0226016900001", patient_control_number="ACCOUNT1")
    assert claim.status == ClaimStatus.PAYABLE
    receipt = sent(status(f"REF*1K*{claim.icn}~"), "payable.276")
    assert_golden("277_payable", the_277(receipt))
    assert receipt.account == "The inquiry was answered."


def test_a_paid_claim_has_its_remittance_and_day(sent: Send, decided: Decide, world: World) -> None:
    claim = decided(icn="0226016900002", patient_control_number="ACCOUNT2")
    clock.set_today(dt.date(2026, 1, 30))
    run_payment_day(clock.today())
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.PAID
    content = the_277(sent(status("REF*EJ*ACCOUNT2~"), "paid.276"))
    trace = claim.remitted.get().remittance.trace_number
    assert f"STC*F1:65*20260130**400*198.76*20260116**20260130*{trace}~" in content
    assert "SVC*HC:G0088*400*198.76****6~\nSTC*F1:65*20260130~" in content
    (shown,) = (answer_shown(each).sentences for each in Acknowledgement.objects.filter(kind="277"))
    assert shown == (
        f"EVANS, DORA, claim 0226016900002, January 5, 2026: Paid, $198.76 on January 30, 2026, remittance {trace}.",
    )


def test_a_denied_claim_says_why_by_the_edit_of_each_line(sent: Send, decided: Decide) -> None:
    decided(icn="0226016900003", patient_control_number="DENIED", lines=[line("G0088", dt.date(2026, 1, 5), 400)])
    twice = decided(
        icn="0226016900004",
        patient_control_number="TWICE",
        lines=[line("G0088", dt.date(2026, 1, 5), 400)],
    )
    assert twice.status == ClaimStatus.DENIED
    assert_golden("277_denied", the_277(sent(status("REF*1K*0226016900004~"), "denied.276")))


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (ClaimStatus.SUSPENDED, "P2:46"),
        (ClaimStatus.ON_HOLD, "P1:42"),
        (ClaimStatus.QUEUED, "P1:20"),
    ],
)
def test_a_claim_that_waits_has_the_code_of_its_state(sent: Send, world: World, state: ClaimStatus, code: str) -> None:
    claim = world.claim(status=state)
    assert asked(sent, f"REF*1K*{claim.icn}~") == [code]


def test_records_asked_for_are_told_while_they_are_out(sent: Send, world: World) -> None:
    claim = world.claim(suspended=True)
    stop_clock(claim, on=TODAY, reason="Records requested")
    assert asked(sent, f"REF*1K*{claim.icn}~") == ["P3:294"]


@pytest.mark.parametrize(("state", "code"), [(ClaimStatus.ADJUSTED, "F3:101"), (ClaimStatus.VOIDED, "F4:101")])
def test_a_claim_that_stands_no_more_says_so(sent: Send, decided: Decide, state: ClaimStatus, code: str) -> None:
    claim = decided()
    Claim.objects.filter(pk=claim.pk).update(status=state)
    assert asked(sent, f"REF*1K*{claim.icn}~") == [code]


def test_a_claim_that_the_gateway_refused_has_what_it_found(sent: Send, supplier_person: User) -> None:
    sent(file_of(charge="-400"), "bad.x12")
    refused = Claim.objects.get(status=ClaimStatus.REJECTED)
    (first, *_) = asked(sent, f"REF*EJ*{refused.patient_control_number}~")
    assert first == refused.gateway_findings[0]["status"]


def test_one_request_may_find_several_claims_each_under_its_trace(sent: Send, world: World, decided: Decide) -> None:
    decided(icn="0226016900011", patient_control_number="FIRST")
    decided(icn="0226016900012", patient_control_number="SECOND", lines=[line("G0068", dt.date(2026, 1, 9))])
    content = the_277(sent(status(JANUARY, "DTP*472*D8*20260109~", "DTP*472*D8*20260110~"), "several.276"))
    assert statuses(content) == ["P1:3", "P1:3", "P1:3", "D0:35"]
    assert content.count("TRN*2*ST4~") == 2
    assert re.findall(r"REF\*1K\*(\d+)", content) == ["0226016900012", "0226016900011", "0226016900012"]
    assert_golden("277_several", content)


def test_charge_account_and_patient_narrow(sent: Send, decided: Decide) -> None:
    decided(patient_control_number="ONE")
    assert asked(sent, f"REF*EJ*ONE~ {JANUARY}", "REF*EJ*TWO~", f"AMT*T3*400~ {JANUARY}", f"AMT*T3*401~ {JANUARY}") == [
        "P1:3",
        "D0:35",
        "P1:3",
        "D0:35",
    ]
    assert asked(sent, JANUARY, mbi="9AA9AA9AA99") == ["D0:35"]


def test_without_a_number_an_account_or_days_nothing_is_sought(sent: Send, decided: Decide) -> None:
    decided()
    assert asked(sent, "AMT*T3*400~") == ["E0:187"]


def test_too_many_claims_are_not_told(sent: Send, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "MOST_CLAIMS", 1)
    for _ in range(2):
        world.claim(first_day=dt.date(2026, 1, 5), last_day=dt.date(2026, 1, 5))
    assert asked(sent, JANUARY) == ["E0:485"]


#: Segments with moments and control numbers of the answer, which may hold any digits.
STAMPED = ("ISA*", "\nGS*", "\nBHT*", "\nGE*", "\nIEA*")


def test_another_suppliers_claim_is_not_found_however_it_is_asked_for(
    sent: Send, world: World, other_supplier_person: User, other_supplier: Supplier, decided: Decide
) -> None:
    claim = decided(patient_control_number="MINE")
    act_for(other_supplier_person, other_supplier)
    ways = (f"REF*1K*{claim.icn}~", "REF*EJ*MINE~", JANUARY)
    for number, npi in enumerate((other_supplier.npi, world.supplier.npi), 50):
        receipt = receive_file(status(*ways, npi=npi, control_number=number), f"{npi}.276", by=other_supplier_person)
        content = the_277(receipt)
        assert statuses(content) == (["D0:35"] * 3 if npi == other_supplier.npi else [])
        assert "400" not in "".join(segment for segment in content.split("~") if not segment.startswith(STAMPED))
    assert "HL*3*2*19*0~" in content and "STC*E0:24:1P*20260116~" in content
    assert_golden("277_not_yours", content)
    assert not AccessLog.objects.filter(about_type="claims.claim", person=other_supplier_person).exists()


def test_a_file_of_nobody_is_told_of_no_claim(decided: Decide) -> None:
    claim = decided()
    content = the_277(receive_file(status(f"REF*1K*{claim.icn}~"), "nobody.276"))
    assert "STC*E0:24:1P" in content and "REF*1K" not in content


def test_a_supplier_with_the_same_npi_and_another_tax_number_is_another(
    sent: Send, world: World, decided: Decide
) -> None:
    claim = decided(supplier=SupplierFactory(npi=world.supplier.npi, tin="999999999"))
    assert asked(sent, f"REF*1K*{claim.icn}~") == ["D0:35"]


def test_a_test_file_is_told_of_test_claims_alone(sent: Send, world: World) -> None:
    real, trial = world.claim(), world.claim(is_test=True)
    both = (f"REF*1K*{real.icn}~", f"REF*1K*{trial.icn}~")
    assert asked(sent, *both) == ["P1:20", "D0:35"]
    assert asked(sent, *both, usage="T") == ["D0:35", "P1:20"]


def test_a_request_with_a_fault_of_syntax_is_not_sought(sent: Send, decided: Decide) -> None:
    claim = decided()
    receipt = sent(status(f"REF*1K*{claim.icn}~ ZZZ*1~", f"REF*1K*{claim.icn}~"), "fault.276")
    assert "IK5*E*5~" in receipt.answers[0].content
    assert statuses(the_277(receipt)) == ["E0:481", "P1:3"]


def test_whose_claims_are_told_is_logged(sent: Send, decided: Decide, supplier_person: User) -> None:
    claim = decided()
    sent(status(f"REF*1K*{claim.icn}~"), "log.276")
    (seen,) = AccessLog.objects.filter(about_type="claims.claim", page="276 claim status request")
    assert (seen.person, seen.about_id) == (supplier_person, str(claim.pk))


def test_the_number_of_queries_does_not_grow_with_the_requests(sent: Send, world: World) -> None:
    days = [dt.date(2026, 1, 5) + dt.timedelta(days=number) for number in range(8)]
    claims = [world.claim(lines=[line("G0068", day)]) for day in days]
    adjudicate_all()
    sent(eligibility(control_number=90), "tables.270")
    counts = []
    for some in (claims[:2], claims):
        with CaptureQueriesContext(connection) as queries:
            found = asked(sent, *(f"REF*1K*{claim.icn}~" for claim in some))
        assert len(found) == len(some)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 40


def test_every_code_is_one_of_the_lists_and_has_words() -> None:
    own = {value for value in vars(status_codes).values() if isinstance(value, Status)}
    used = own | set(DENIALS.values()) | set(standing.STATUSES.values())
    assert {each.category for each in used} <= listed_codes("claim_status_cat")
    assert {each.code for each in used} <= listed_codes("claim_status")
    entities = codes_in("277.5010.X212.xml", "STC01-03")
    assert {each.entity for each in used if each.entity} <= entities
    assert not [each for each in used if "status " in in_words(each) or "Category" in in_words(each)]
