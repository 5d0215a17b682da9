"""The pages of papers: sending them for a claim or by their cover, what stands on the claim, who sees what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import AccessLog, User
from beneficiaries.models import Document
from claims.models import Attachment, Claim
from suppliers.models import SupplierPerson
from suppliers.rights import Duty
from tests.beneficiaries.documents.making import pdf
from tests.claims.attachments.scene import pwk
from tests.claims.pages.scene import act_for
from tests.factories.world import MBI, SUPPLIER_NPI, World

Announcing = Callable[..., Claim]
SEND = reverse("claims:attachment_send")
COVER = {"control_number": "ACN-1", "npi": SUPPLIER_NPI, "mbi": "1EG4-TE5-MK73", "service_day": "01/05/2026"}


def a_file(content: bytes | None = None, name: str = "plan.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf() if content is None else content, "application/pdf")


def post(client: Client, address: str = SEND, **given: Any) -> str:
    answer = client.post(address, {"files": [a_file()], **given}, follow=True)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_claim_shows_what_it_announces_and_takes_it(announcing: Announcing, billing: Client) -> None:
    claim = announcing(pwk("ACN-1"), pwk("ACN-2", "BM", "M1"))
    page = billing.get(reverse("claims:claim", args=[claim.icn])).content.decode()
    assert "Papers announced: ACN-1</b>, plan of treatment, by fax: not here yet, waited for until January 23" in page
    assert "Papers announced: ACN-2</b>, medical record, by mail: not here yet, waited for until January 26" in page
    address = reverse("claims:attachment_send_for_claim", args=[claim.icn])
    form = billing.get(address).content.decode()
    assert "ACN-1" in form
    assert MBI not in form
    page = post(billing, address, control_number="ACN-2")
    attachment = Attachment.objects.get()
    assert f"1 document came: with claim {claim.icn}. The receipt number is {attachment.number}." in page
    assert "Papers announced: ACN-2</b>, medical record, by mail: received on January 16" in page
    assert "Papers announced: ACN-1</b>, plan of treatment, by fax: not here yet" in page


def test_a_cover_without_its_claim_waits_and_says_so(announcing: Announcing, billing: Client) -> None:
    page = post(billing, **COVER)
    assert "kept until a claim announces this control number" in page
    assert "Not here yet" in page
    claim = announcing(pwk("ACN-1"))
    page = billing.get(reverse("claims:attachments")).content.decode()
    assert reverse("claims:claim", args=[claim.icn]) in page
    assert "No papers" in billing.get(reverse("claims:attachments"), {"show": "waiting"}).content.decode()
    assert AccessLog.objects.filter(page="Papers for claims", about_type="claims.attachment").exists()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"mbi": "2AA2-AA2-AA22"}, "Medicare number is not the one billed"),
        ({"service_day": "01/09/2026"}, "day of service is not the one billed"),
        ({"npi": "1987654328"}, "NPI is of no supplier for which you send records"),
        ({"npi": "1234567890"}, "is not an NPI"),
        ({"mbi": "12"}, "is not a Medicare number"),
        ({"files": []}, "No file came"),
        ({"files": [a_file(b"MZ", "x.pdf")]}, "x.pdf is not a PDF"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(
    announcing: Announcing, billing: Client, given: dict[str, Any], sentence: str
) -> None:
    announcing(pwk("ACN-1"))
    page = post(billing, **{**COVER, **given})
    assert sentence in page
    assert not Document.objects.exists()


def test_staff_takes_down_what_came_by_fax(announcing: Announcing, staff: Client, examiner: User) -> None:
    claim = announcing(pwk("ACN-1"))
    assert "Day on which they came" in staff.get(SEND).content.decode()
    page = post(staff, **COVER, how="fax", came_on="01/15/2026")
    assert "received on January 15" in page
    attachment = Attachment.objects.get()
    assert (attachment.claim, attachment.source, attachment.sent_by) == (claim, "fax", examiner)
    assert attachment.came_on == dt.date(2026, 1, 15)


def test_an_outsider_sees_and_sends_nothing(announcing: Announcing, billing: Client, outsider: Client) -> None:
    claim = announcing(pwk("ACN-1"))
    post(billing, **COVER)
    address = reverse("claims:attachment_send_for_claim", args=[claim.icn])
    assert outsider.get(address).status_code == outsider.post(address).status_code == 404
    assert "ACN-1" not in outsider.get(reverse("claims:attachments")).content.decode()
    assert "is of no supplier for which you send records" in post(outsider, **COVER)
    assert outsider.get(reverse("beneficiaries:document", args=[Document.objects.get().pk])).status_code == 404


def test_who_may_not_send_records_for_the_supplier_sends_none_for_its_claim(
    announcing: Announcing, world: World, billing: Client, supplier_person: User, other_supplier: Any
) -> None:
    claim = announcing(pwk("ACN-1"))
    SupplierPerson.objects.filter(user=supplier_person).update(duty=Duty.PROGRAM)
    act_for(supplier_person, other_supplier)
    assert billing.post(reverse("claims:attachment_send_for_claim", args=[claim.icn])).status_code == 403


def test_the_list_takes_as_many_queries_for_any_number(
    billing: Client, django_assert_num_queries: Callable[[int], Any]
) -> None:
    post(billing, **COVER)
    billing.get(reverse("claims:attachments"))
    with django_assert_num_queries(6):
        billing.get(reverse("claims:attachments"))
    post(billing, **{**COVER, "control_number": "ACN-3"}, files=[a_file(), a_file(pdf("Two"), "two.pdf")])
    with django_assert_num_queries(6):
        billing.get(reverse("claims:attachments"))
