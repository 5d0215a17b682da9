"""270 files: who is identified, what is told, what is not, and at what price in queries."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AccessLog, User
from beneficiaries.models import CoverageSpan, DeductibleElsewhere, Stay
from claims.inquiries.asking import WhyNot
from claims.intake.receive import Receipt, receive_file
from claims.models import Acknowledgement, PatientLook, ReceivedFile
from claims.pages.answers import answer_shown
from claims.precheck import looks
from policy import clock
from suppliers.models import SupplierPerson
from tests.accounts.cast import make_person
from tests.claims.inquiries.files import eligibility, eligibility_of, patient, status
from tests.claims.inquiries.golden import assert_golden
from tests.claims.inquiries.oracles import codes_in, x12sdk_findings
from tests.claims.intake.x12.oracle import diagnostics
from tests.claims.pages.scene import act_for
from tests.factories.beneficiaries import BeneficiaryFactory, OutsideVisitFactory
from tests.factories.suppliers import SupplierFactory
from tests.factories.world import World

pytestmark = pytest.mark.django_db

Kind = Acknowledgement.Kind
Send = Callable[..., Receipt]


@pytest.fixture(autouse=True)
def acting(world: World, supplier_person: User) -> Iterator[SupplierPerson]:
    """The person who sends acts for the world's supplier."""
    return act_for(supplier_person, world.supplier)


def the_271(receipt: Receipt) -> str:
    (answer,) = (answer for answer in receipt.answers if answer.kind == Kind.ELIGIBILITY)
    assert x12sdk_findings(answer.content.encode()) == ""
    return answer.content


def rejections(content: str) -> list[str]:
    return re.findall(r"AAA\*.\*\*(\d\d)", content)


def covered(world: World, kind: str, first: dt.date, last: dt.date | None = None) -> None:
    upper = last + dt.timedelta(days=1) if last else None
    CoverageSpan.objects.create(beneficiary=world.beneficiary, kind=kind, in_force=(first, upper))


def test_a_covered_patient_with_a_drug_is_told_all_that_holds(sent: Send) -> None:
    receipt = sent(eligibility(), "one.270")
    assert [answer.kind for answer in receipt.answers] == [Kind.SYNTAX, Kind.ELIGIBILITY]
    assert diagnostics(receipt.answers[0].content.encode()) == []
    assert (receipt.file.state, receipt.file.inquiries, receipt.is_clean) == ("finished", 1, True)
    assert receipt.account == "The inquiry was answered."
    assert_golden("271_active", the_271(receipt))


def test_plan_insurer_hospice_stays_and_another_suppliers_visit_are_told(sent: Send, world: World) -> None:
    covered(world, "medicare_advantage", dt.date(2026, 1, 1), dt.date(2026, 3, 31))
    covered(world, "hospice", dt.date(2025, 11, 1))
    covered(world, "other_primary", dt.date(2025, 1, 1))
    for kind, discharged in (("inpatient", None), ("snf", dt.date(2026, 1, 20))):
        Stay.objects.create(
            beneficiary=world.beneficiary, kind=kind, admitted=dt.date(2026, 1, 10), discharged=discharged, facility="X"
        )
    OutsideVisitFactory(beneficiary=world.beneficiary, date_of_service=dt.date(2025, 12, 20))
    content = the_271(sent(eligibility(), "all.270"))
    assert "ELSEWHERE" not in content.upper()
    assert_golden("271_everything", content)
    (shown,) = (answer_shown(a).sentences for a in Acknowledgement.objects.filter(kind=Kind.ELIGIBILITY))
    assert shown[0].startswith("EVANS, DORA: as of January 16, 2026; Part B from ")
    assert "in a Medicare Advantage plan January 1, 2026 through March 31, 2026" in shown[0]
    assert "initial visit possible from February 19, 2026, last visit December 20, 2025" in shown[0]


def test_no_part_b_tells_no_more_than_that(sent: Send) -> None:
    content = the_271(sent(eligibility([{"day": "20250101"}]), "early.270"))
    assert "EB*1*" in content
    covered_spans = CoverageSpan.objects.filter(kind="part_b")
    covered_spans.update(in_force=(dt.date(2013, 2, 1), dt.date(2025, 7, 1)))
    content = the_271(sent(eligibility(control_number=2), "ended.270"))
    assert_golden("271_no_part_b", content)


def test_after_death_nothing_is_active(sent: Send, world: World) -> None:
    world.beneficiary.died = dt.date(2026, 1, 10)
    world.beneficiary.save()
    content = the_271(sent(eligibility([{}, {"day": "20260110"}]), "died.270"))
    assert "EB*6**30*MB~" in content and "DTP*442*D8*20260110~" in content
    assert content.count("EB*1**30*MB~") == 1


def test_a_drug_counts_through_its_thirtieth_day(sent: Send, world: World) -> None:
    assert world.drug_bill is not None
    last = world.drug_bill.date_of_service + dt.timedelta(days=30)
    days = [{"day": f"{day:%Y%m%d}"} for day in (last, last + dt.timedelta(days=1))]
    content = the_271(sent(eligibility(days), "days.270"))
    assert content.count("HC:J2260") == 1
    assert "0 DAYS LEFT" in content
    assert content.count("NO HOME INFUSION DRUG") == 1


def test_whatever_does_not_match_is_answered_alike_and_tells_nothing(sent: Send, world: World) -> None:
    wrong = ({"mbi": "9AA9AA9AA99"}, {"surname": "EWANS"}, {"born": "19480216"})
    answers = []
    for number, change in enumerate(wrong, 1):
        content = the_271(sent(eligibility([change], control_number=number), f"{number}.270"))
        assert "EB*" not in content and "DMG" not in content
        answers.append(re.findall(r"(AAA.*|HL\*3.*|TRN.*)~", content))
    assert answers[0] == answers[1] == answers[2]
    assert answers[0][-1] == "AAA*N**75*C"
    assert not AccessLog.objects.filter(about_type="beneficiaries.beneficiary").exists()
    assert PatientLook.objects.filter(is_match=False).count() == 3


def test_what_is_wrong_on_its_face_is_said_and_nobody_is_looked_up(sent: Send) -> None:
    whole = patient(3)
    asked = "".join(
        (
            patient(3, mbi="1EG4TE5MK7"),
            patient(4, surname=""),
            re.sub("DMG.*\n", "", patient(5)),
            patient(6, day="20201231"),
            patient(7, day="20260601"),
            patient(8).replace("DTP*291*D8*20260116", "DTP*291*RD8*20260116-20260101"),
            patient(9).replace("EQ*30^42", "EQ*30*X"),
        )
    )
    content = the_271(sent(eligibility_of(asked), "faults.270"))
    assert rejections(content) == ["72", "73", "58", "62", "63", "57", "15"]
    assert not PatientLook.objects.exists()
    assert "TRN*2*EL9*9SYNTHETIC~" in content
    assert whole not in content


def test_a_dependent_is_no_patient_of_medicare(sent: Send) -> None:
    subscriber = "HL*3*2*22*1~\nNM1*IL*1*EVANS*DORA****MI*1EG4TE5MK73~\n"
    dependent = "HL*4*3*23*0~\nTRN*1*D1*9SYNTHETIC~\nNM1*03*1*EVANS*ROY~\nDMG*D8*20100101*M~\nEQ*30~\n"
    content = the_271(sent(eligibility_of(subscriber + dependent), "dependent.270"))
    assert "HL*3*2*22*1~\nNM1*IL*1*EVANS*DORA****MI*1EG4TE5MK73~\nHL*4*3*23*0~\n" in content
    assert rejections(content) == ["67"]
    assert not PatientLook.objects.exists()


def test_a_supplier_that_the_sender_does_not_act_for_is_told_of_nobody(sent: Send) -> None:
    SupplierFactory(npi="1679576722")
    for number, npi in enumerate(("1679576722", "1003000126"), 1):
        content = the_271(sent(eligibility(npi=npi, control_number=number), f"{npi}.270"))
        assert "HL*2*1*21*0~" in content and "HL*3" not in content
        assert rejections(content) == ["41"]
    assert_golden("271_not_yours", content)
    assert not PatientLook.objects.exists()


def test_a_file_of_nobody_and_of_a_person_without_the_right_is_told_of_nobody(
    sent: Send, acting: SupplierPerson
) -> None:
    assert rejections(the_271(receive_file(eligibility(), "nobody.270"))) == ["41"]
    acting.duty = SupplierPerson.Duty.CLINICIAN
    acting.save()
    assert rejections(the_271(sent(eligibility(control_number=2), "clinician.270"))) == ["41"]


def test_staff_may_ask_for_a_supplier(examiner: User) -> None:
    assert "EB*1**30*MB~" in the_271(receive_file(eligibility(), "staff.270", by=examiner))


def test_looks_are_counted_limited_and_logged_as_in_a_check(
    sent: Send, world: World, supplier_person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looks, "MOST_MISMATCHES", ("precheck_mismatches_a_day", "1"))
    content = the_271(sent(eligibility([{}, {"surname": "A"}, {"surname": "B"}, {}]), "limit.270"))
    assert rejections(content) == ["75", "42"]
    assert content.count("EB*1**30*MB~") == 2
    assert PatientLook.objects.count() == 2
    (seen,) = AccessLog.objects.filter(about_type="beneficiaries.beneficiary")
    assert (seen.person, seen.about_id, seen.page) == (
        supplier_person,
        str(world.beneficiary.pk),
        "270 eligibility inquiry",
    )


def test_the_same_file_again_is_answered_from_what_was_kept(sent: Send, supplier_person: User, world: World) -> None:
    first = sent(eligibility(), "a.270")
    before = AccessLog.objects.count()
    again = sent(eligibility(), "b.270")
    assert again.is_duplicate
    assert [answer.kind for answer in again.answers] == [Kind.ELIGIBILITY, Kind.TA1]
    assert again.answers[0] == first.answers[1]
    assert AccessLog.objects.count() == before
    colleague = make_person("Cora Colleague", supplier_person.role)
    act_for(colleague, world.supplier)
    assert [answer.kind for answer in sent(eligibility(), "c.270", colleague).answers] == [Kind.TA1]


def test_only_who_sent_it_and_staff_see_the_file(
    sent: Send, staff: Client, signed_in_as: Callable[[User], Client], supplier_person: User, outsider: Client
) -> None:
    receipt = sent(eligibility(), "mine.270")
    page = reverse("claims:file", args=[receipt.file.pk])
    answer = reverse("claims:answer", args=[receipt.file.pk, receipt.answers[1].pk])
    mine = signed_in_as(supplier_person)
    for client, code in ((mine, 200), (staff, 200), (outsider, 404)):
        assert client.get(page).status_code == code
        assert client.get(answer).status_code == code
    shown = mine.get(page).content.decode()
    assert "1 inquiry answered." in shown and "EVANS, DORA: as of January 16, 2026" in shown
    assert "No claim of this file" not in shown


def test_who_left_the_supplier_sees_its_inquiries_no_more(
    sent: Send, signed_in_as: Callable[[User], Client], supplier_person: User, acting: SupplierPerson
) -> None:
    receipt = sent(eligibility(), "mine.270")
    act_for(supplier_person, SupplierFactory(name="Another of theirs"))
    acting.user, acting.former, acting.ended_at = None, supplier_person, clock.now()
    acting.save()
    client = signed_in_as(supplier_person)
    assert client.get(reverse("claims:file", args=[receipt.file.pk])).status_code == 404
    assert [answer.kind for answer in sent(eligibility(), "again.270").answers] == [Kind.TA1]


def test_a_test_file_is_answered_as_a_test(sent: Send) -> None:
    sent(eligibility(), "production.270")
    content = the_271(sent(eligibility(usage="T"), "test.270"))
    assert content[102] == "T"
    assert "EB*1**30*MB~" in content


def test_claims_and_inquiries_in_one_file_are_each_answered(sent: Send) -> None:
    receipt = sent(eligibility() + status("DTP*472*D8*20260105~"), "both.x12")
    assert [answer.kind for answer in receipt.answers] == [Kind.SYNTAX, Kind.ELIGIBILITY, Kind.SYNTAX, Kind.STATUS]
    assert receipt.file.inquiries == 2


def test_a_file_of_inquiries_that_cannot_be_read_is_refused_by_the_999(sent: Send) -> None:
    receipt = sent(eligibility().replace(b"HL*2*1*21", b"HL*9*1*21"), "broken.270")
    assert [answer.kind for answer in receipt.answers] == [Kind.SYNTAX]
    assert "IK5*R*" in receipt.answers[0].content
    assert receipt.file.state == ReceivedFile.State.REFUSED
    other = sent(eligibility(control_number=9).replace(b"ST*270", b"ST*276"), "wrong.270")
    assert "IK5*R*1" in other.answers[0].content


def people(count: int) -> list[dict[str, str]]:
    """So many patients on file, as a 270 names them."""
    born = dt.date(1950, 1, 1)
    made = [BeneficiaryFactory(birth_date=born, last_name=f"Person{number}") for number in range(count)]
    return [
        {"mbi": str(each.mbis.get().mbi), "surname": each.last_name, "born": f"{each.birth_date:%Y%m%d}"}
        for each in made
    ]


def test_the_number_of_queries_does_not_grow_with_the_inquiries(sent: Send) -> None:
    sent(eligibility(people(1), control_number=9), "tables.270")
    counts = []
    for number, asked in enumerate((people(2), people(12)), 1):
        with CaptureQueriesContext(connection) as queries:
            content = the_271(sent(eligibility(asked, control_number=number), f"{number}.270"))
        assert content.count("EB*1**30*MB~") == len(asked)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 40


def test_every_reject_reason_is_one_that_the_guide_has() -> None:
    known = codes_in("271.4010.X092.A1.xml", "AAA03")
    assert {why.reject_reason for why in WhyNot} <= known
    assert {why.follow_up for why in WhyNot} <= codes_in("271.4010.X092.A1.xml", "AAA04")


def test_the_deductible_left_is_told_in_dollars(sent: Send, world: World) -> None:
    DeductibleElsewhere.objects.all().delete()
    content = the_271(sent(eligibility(), "left.270"))
    found = re.findall(r"EB\*C\*IND\*30\*MB\*\*(23|29)\*([\d.]+)", content)
    assert dict(found) == {"23": "283", "29": "283"}
    assert Decimal(found[0][1]) == Decimal(283)
