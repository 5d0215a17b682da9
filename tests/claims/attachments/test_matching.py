"""Papers and their claims: both orders of arrival, what must agree, what is waited for and until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import Event, User
from beneficiaries.models import Document
from claims.attachments import matching
from claims.attachments.actions import Paper, Source
from claims.attachments.announced import waited_until
from claims.attachments.matching import match_waiting
from claims.attachments.readers import papers_of
from claims.models import AnnouncedAttachment, Attachment, Claim, PatientLook
from policy.readers import tables_as_known
from policy.refusals import Refused
from suppliers.models import Supplier
from tests.beneficiaries.documents.making import encrypted, pdf
from tests.claims.attachments.scene import announcing_file, cover, paper, pwk, send
from tests.claims.pages.scene import TODAY, act_for
from tests.factories.beneficiaries import BeneficiaryFactory
from tests.factories.suppliers import SupplierFactory
from tests.factories.world import World

Announcing = Callable[..., Claim]


@pytest.fixture
def sender(world: World, supplier_person: User) -> User:
    act_for(supplier_person, world.supplier)
    return supplier_person


def standing(claim: Claim, today: dt.date = TODAY) -> list[str]:
    return [papers.standing for papers in papers_of(claim, tables_as_known(), today)]


def refusal(sender: User, **given: Any) -> Refused:
    with pytest.raises(Refused) as refused:
        send(cover(**given), [paper()], by=sender)
    return refused.value


# ---------- what a claim announces ----------


def test_what_is_sent_apart_is_announced_and_nothing_else(announcing: Announcing) -> None:
    announcing(pwk("ACN-1"), pwk("ACN-2", "BM", "M1"), "PWK*OZ*AA~")
    rows = AnnouncedAttachment.objects.values_list("control_number", "way", "report_type", "line")
    assert list(rows) == [("ACN-1", "FX", "08", None), ("ACN-2", "BM", "M1", None)]


def test_papers_of_a_line_are_announced_with_its_number(sent: Callable[..., Any]) -> None:
    content = announcing_file().replace(b"DTP*472", b"PWK*OD*EL***AC*ACN-L~\nDTP*472").replace(b"SE*26*", b"SE*27*")
    sent(content)
    row = AnnouncedAttachment.objects.get()
    assert (row.control_number, row.line) == ("ACN-L", 1)


def test_a_test_claim_waits_for_nothing(announcing: Announcing) -> None:
    assert announcing(pwk("ACN-1"), usage="T").is_test
    assert not AnnouncedAttachment.objects.exists()


@pytest.mark.parametrize(("way", "days"), [("EL", 7), ("EM", 7), ("FT", 7), ("FX", 7), ("BM", 10)])
def test_seven_days_for_what_is_sent_and_ten_for_what_is_mailed(world: World, way: str, days: int) -> None:
    assert waited_until(way, TODAY, tables_as_known()) == TODAY + dt.timedelta(days=days)


def test_it_is_waited_for_through_the_last_day_and_no_longer(announcing: Announcing) -> None:
    claim = announcing(pwk("ACN-1"))
    last = TODAY + dt.timedelta(days=7)
    assert standing(claim) == ["not here yet, waited for until January 23, 2026 (7 days left)"]
    assert standing(claim, last) == ["not here yet, waited for until January 23, 2026 (today)"]
    assert standing(claim, last + dt.timedelta(days=1)) == ["did not come by January 23, 2026"]


# ---------- both orders ----------


def test_papers_find_the_claim_that_waits_for_them(announcing: Announcing, sender: User) -> None:
    claim = announcing(pwk("ACN-1"))
    taken = send(cover(), [paper(loinc="18776-5")], by=sender)
    assert taken.attachment
    assert taken.attachment.claim == claim
    assert standing(claim) == ["received on January 16, 2026"]
    document = Document.objects.get()
    assert (document.supplier, document.beneficiary) == (claim.supplier, claim.beneficiary)
    assert "ACN-1" in Event.objects.get(verb="attachment_received", about_id=str(claim.pk)).sentence


def test_papers_that_came_first_wait_and_are_found_by_their_claim(announcing: Announcing, sender: User) -> None:
    attachment = send(cover(), [paper()], by=sender).attachment
    assert attachment
    assert attachment.is_waiting
    other = announcing(pwk("ACN-2"))
    attachment.refresh_from_db()
    assert attachment.is_waiting
    claim = announcing(pwk("ACN-1"), number=2, charge="410")
    attachment.refresh_from_db()
    assert attachment.claim == claim
    assert standing(other)[0].startswith("not here yet")
    assert Event.objects.get(verb="attachment_matched").about_id == str(claim.pk)


def test_papers_and_claim_of_the_same_moment_find_each_other_later(
    announcing: Announcing, sender: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = announcing(pwk("ACN-1"))
    monkeypatch.setattr(matching, "claims_under", lambda *_: Claim.objects.none())
    attachment = send(cover(), [paper()], by=sender).attachment
    monkeypatch.undo()
    assert attachment
    assert (attachment.is_waiting, match_waiting(), match_waiting()) == (True, 1, 0)
    attachment.refresh_from_db()
    assert attachment.claim == claim


def test_papers_of_another_patient_go_on_waiting_when_a_claim_has_their_number(
    announcing: Announcing, sender: User
) -> None:
    other = BeneficiaryFactory()
    attachment = send(cover(mbi=other.mbis.get().mbi), [paper()], by=sender).attachment
    announcing(pwk("ACN-1"))
    assert attachment
    attachment.refresh_from_db()
    assert attachment.is_waiting


def test_the_number_of_the_claim_itself_will_do(announcing: Announcing, sender: User) -> None:
    claim = announcing()
    assert claim.icn
    assert send(cover(claim.icn), [paper()], by=sender).attachment
    assert [papers.until for papers in papers_of(claim, tables_as_known(), TODAY)] == [None]


def test_a_replaced_number_of_the_patient_will_do(announcing: Announcing, sender: User, world: World) -> None:
    claim = announcing(pwk("ACN-1"))
    later = BeneficiaryFactory()
    mbi = later.mbis.get()
    type(mbi).objects.filter(pk=mbi.pk).update(beneficiary=world.beneficiary)
    attachment = send(cover(mbi=mbi.mbi), [paper()], by=sender).attachment
    assert attachment
    assert attachment.claim == claim


# ---------- what is refused ----------


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"mbi": "2AA2AA2AA22"}, "mbi"),
        ({"service_day": dt.date(2026, 1, 6)}, "service_day"),
        ({"npi": "1987654328"}, "npi"),
        ({"control_number": "ACN-9", "mbi": "2AA2AA2AA22"}, "mbi"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_of_what_it_should_be(
    announcing: Announcing, sender: User, given: dict[str, Any], field: str
) -> None:
    claim = announcing(pwk("ACN-1"))
    refused = refusal(sender, **given)
    assert refused.field == field
    for secret in (claim.mbi, claim.patient_last_name, claim.icn, "January 5"):
        assert str(secret) not in str(refused)
    assert not Document.objects.exists()


def test_a_number_that_another_supplier_announced_is_unknown(
    announcing: Announcing, sender: User, other_supplier: Supplier, other_supplier_person: User
) -> None:
    announcing(pwk("ACN-1"))
    act_for(other_supplier_person, other_supplier)
    assert refusal(other_supplier_person).field == "npi"
    own = send(cover(npi=other_supplier.npi), [paper()], by=other_supplier_person).attachment
    assert own
    assert own.is_waiting
    assert not Attachment.objects.visible_to(sender).exists()


def test_numbers_that_are_nobodys_are_counted_as_looks(world: World, sender: User) -> None:
    assert refusal(sender, mbi="2AA2AA2AA22").code == "unknown"
    assert PatientLook.objects.get().is_match is False
    PatientLook.objects.bulk_create(
        PatientLook(supplier=world.supplier, day=TODAY, digest=str(at), is_match=False, person=sender)
        for at in range(49)
    )
    assert refusal(sender, mbi="3AA3AA3AA33").code == "too_many"


def test_two_suppliers_of_one_npi_wait_for_the_claim(world: World, examiner: User) -> None:
    SupplierFactory(npi=world.supplier.npi, tin="999999999")
    assert refusal(examiner).code == "ambiguous"


def test_an_unfit_file_keeps_out_no_other_and_whole_takes_none(announcing: Announcing, sender: User) -> None:
    announcing(pwk("ACN-1"))

    def files() -> list[Paper]:
        return [paper(), paper(encrypted(), "locked.pdf")]

    taken = send(cover(), files(), by=sender, is_whole=True)
    assert (taken.attachment, [each.code for each in taken.refusals]) == (None, ["encrypted"])
    assert not Document.objects.exists()
    taken = send(cover(), files(), by=sender)
    assert (taken.kept, len(taken.refusals)) == (1, 1)


def test_a_replacement_is_shown_what_came_for_the_first_claim_under_the_same_number(
    announcing: Announcing, sender: User
) -> None:
    first = announcing(pwk("ACN-1"))
    send(cover(), [paper()], by=sender)
    later = announcing(pwk("ACN-1"), pwk("ACN-2"), number=2, charge="410")
    assert standing(later)[0].startswith("not here yet")
    later.replaces = first
    assert [each.split(",")[0] for each in standing(later)] == ["received on January 16", "not here yet"]


def test_the_same_sent_again_is_not_kept_twice(announcing: Announcing, sender: User) -> None:
    announcing(pwk("ACN-1"))
    content = pdf("The same")
    first = send(cover(), [paper(content)], by=sender)
    again = send(cover(), [paper(content)], by=sender)
    assert (again.attachment, again.kept) == (first.attachment, 0)
    assert Document.objects.count() == 1


def test_what_a_late_scan_finds_infected_has_not_come(announcing: Announcing, sender: User) -> None:
    claim = announcing(pwk("ACN-1"))
    send(cover(), [paper()], by=sender)
    Document.objects.update(scan=Document.Scan.INFECTED)
    assert standing(claim)[0].startswith("not here yet")


def test_staff_takes_down_what_came_by_mail_with_its_day(announcing: Announcing, examiner: User) -> None:
    claim = announcing(pwk("ACN-1", "BM"))
    came = TODAY - dt.timedelta(days=1)
    send(cover(), [paper()], by=examiner, source=Source.MAIL, came_on=came)
    assert standing(claim) == ["received on January 15, 2026"]
    with pytest.raises(Refused) as refused:
        send(cover(), [paper(pdf("More"))], by=examiner, came_on=TODAY + dt.timedelta(days=1))
    assert refused.value.field == "came_on"
