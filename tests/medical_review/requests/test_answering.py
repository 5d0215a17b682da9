"""Answering: in several goes, final when it is said, each file for itself, and nobody else's business."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import AccessLog, User
from accounts.readers import events_about
from beneficiaries.models import Document
from medical_review.models import Case, RecordsReceipt, RecordsRequest
from medical_review.states import CaseState
from suppliers.rights import Duty
from tests.medical_review.requests.scene import a_pdf, finish, on_day, send, signed_in


def test_two_documents_come_and_a_receipt_is_given(asked: RecordsRequest, billing: Client) -> None:
    page = send(billing, asked, files_1=a_pdf("orders", "orders.pdf"), files_2=[a_pdf("a"), a_pdf("b", "more.pdf")])
    receipt = RecordsReceipt.objects.get()
    assert f"3 documents came. Your receipt number is {receipt.number}." in page
    assert [slot.records.count() for slot in asked.slots.all()] == [1, 2, 0]
    assert "2 of 3 documents" in page
    assert asked.cases.get().state == CaseState.RECORDS


def test_it_is_final_when_it_is_said_and_the_reviewer_has_the_case_again(
    asked: RecordsRequest, billing: Client, reviewer: User
) -> None:
    send(billing, asked, files_2=a_pdf())
    last = on_day(asked, 45)
    confirm = billing.get(reverse("review:finish_answer", args=[asked.pk])).content.decode()
    assert "2 documents missing" in confirm
    assert "The answer is complete." in finish(billing, asked)
    case = asked.cases.get()
    assert (case.state, case.assigned_to, case.records_in_on) == (CaseState.IN_REVIEW, reviewer, last)
    assert case.decide_by == last + dt.timedelta(days=30)
    assert "records_complete" in [event.verb for event in events_about(asked)]


def test_after_it_is_final_nothing_more_is_taken(asked: RecordsRequest, billing: Client) -> None:
    send(billing, asked, files_1=a_pdf())
    finish(billing, asked)
    assert "The answer was complete on" in send(billing, asked, files_2=a_pdf("late"))
    assert Document.objects.count() == 1
    finish(billing, asked)
    assert RecordsReceipt.objects.filter(is_all=True).count() == 1


def test_an_answer_without_anything_is_not_final(asked: RecordsRequest, billing: Client) -> None:
    assert "Nothing was sent and nothing is said yet" in finish(billing, asked)
    assert asked.cases.get().state == CaseState.RECORDS


def test_a_document_that_does_not_exist_is_said_to_be_so(asked: RecordsRequest, billing: Client) -> None:
    page = send(billing, asked, lacking_1="There were no changes <b>")
    assert "Not sent: There were no changes &lt;b&gt;" in page
    assert not RecordsReceipt.objects.exists()
    assert "The answer is complete" in finish(billing, asked)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.pdf", b"", "empty"),
        ("notes.docx", b"PK\x03\x04" + b"x" * 200, "a ZIP archive or an Office document"),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj\n", "is not whole"),
        ("../../etc/passwd.pdf", b"MZ" + b"x" * 100, "passwd.pdf is not a PDF"),
    ],
)
def test_a_bad_file_is_refused_in_words_and_keeps_out_no_other(
    asked: RecordsRequest, billing: Client, name: str, content: bytes, said: str
) -> None:
    page = send(billing, asked, files_1=SimpleUploadedFile(name, content), files_2=a_pdf())
    assert said in page or "No file came" in page
    assert Document.objects.count() == 1
    assert RecordsReceipt.objects.get().records.get().slot.number == 2
    assert not list((Path(settings.MEDIA_ROOT) / "drafts").glob("*.draft"))


def test_more_files_than_at_once_are_refused_together(asked: RecordsRequest, billing: Client) -> None:
    page = send(billing, asked, files_1=[a_pdf(str(number)) for number in range(21)])
    assert "More than 20 files came at once" in page
    assert not Document.objects.exists()


def test_an_outsider_finds_nothing(asked: RecordsRequest, billing: Client, outsider: Client) -> None:
    send(billing, asked, files_1=a_pdf())
    document = Document.objects.get()
    for name in ("request", "finish_answer"):
        assert outsider.get(reverse(f"review:{name}", args=[asked.pk])).status_code == 404
    sent = outsider.post(reverse("review:send_records", args=[asked.pk]), {"files-1": a_pdf("x")})
    assert sent.status_code == 404
    assert outsider.get(reverse("beneficiaries:document", args=[document.pk])).status_code == 404
    assert asked.number not in outsider.get(reverse("review:requests") + "?show=all").content.decode()
    assert asked.number in billing.get(reverse("review:requests")).content.decode()


def test_a_reviewer_with_a_tie_to_the_supplier_finds_nothing(asked: RecordsRequest, medical_director: User) -> None:
    from medical_review.models import SupplierTie

    SupplierTie.objects.create(
        person=medical_director, supplier=asked.supplier, reason="Worked there", declared_on=asked.asked_on
    )
    browser = signed_in(medical_director)
    assert browser.get(reverse("review:request", args=[asked.pk])).status_code == 404


def test_an_examiner_reads_and_does_not_answer(asked: RecordsRequest, examiner: User) -> None:
    browser = signed_in(examiner)
    assert "files-1" not in browser.get(reverse("review:request", args=[asked.pk])).content.decode()
    assert browser.post(reverse("review:send_records", args=[asked.pk])).status_code == 403


def test_what_came_by_post_is_taken_down_with_its_day(asked: RecordsRequest, reviewer: User, billing: Client) -> None:
    browser = signed_in(reviewer)
    came = (asked.asked_on + dt.timedelta(days=3)).strftime("%m/%d/%Y")
    assert "The day is still to come" in send(browser, asked, files_1=a_pdf(), how="post", came_on=came)
    assert not Document.objects.exists()
    on_day(asked, 5)
    send(browser, asked, files_1=a_pdf(), how="post", came_on=came)
    receipt = RecordsReceipt.objects.get()
    assert (receipt.how, receipt.came_on, receipt.made_by) == ("post", asked.asked_on + dt.timedelta(days=3), reviewer)
    assert receipt.number in billing.get(reverse("review:request", args=[asked.pk])).content.decode()
    finish(browser, asked)
    assert asked.cases.get().state == CaseState.IN_REVIEW


def test_the_page_takes_as_many_queries_for_one_document_as_for_many(
    asked: RecordsRequest, billing: Client, django_assert_num_queries: Callable[..., Any]
) -> None:
    address = reverse("review:request", args=[asked.pk])
    billing.get(address)
    with django_assert_num_queries(13):
        billing.get(address)
    send(billing, asked, files_1=[a_pdf("a"), a_pdf("b")], files_3=a_pdf("c"))
    with django_assert_num_queries(14):
        billing.get(address)
    assert AccessLog.objects.filter(about_type="medical_review.recordsrequest", about_id=str(asked.pk)).exists()


def test_the_reviewer_sees_on_the_case_what_came_and_what_is_missing(
    asked: RecordsRequest, billing: Client, reviewer: User
) -> None:
    send(billing, asked, files_1=a_pdf("orders", "orders.pdf"))
    page = signed_in(reviewer).get(reverse("review:case", args=[asked.cases.get().pk])).content.decode()
    assert "Change orders, signed and dated: <a" in page
    assert "Visit note, January 7, 2026: missing" in page
    assert f"Request for records {asked.number}" in page


def test_every_duty_that_answers_may_and_no_other(asked: RecordsRequest, supplier_person: User) -> None:
    from tests.claims.pages.scene import act_for

    act_for(supplier_person, asked.supplier, Duty.CLINICIAN)
    assert "Your receipt number" in send(signed_in(supplier_person), asked, files_1=a_pdf())


def test_documents_with_records_are_not_taken_back(
    asked: RecordsRequest, billing: Client, supplier_person: User
) -> None:
    from beneficiaries.documents.actions import remove_document
    from policy.refusals import Refused

    send(billing, asked, files_1=a_pdf())
    with pytest.raises(Refused, match="A document on file stays"):
        remove_document(Document.objects.get(), by=supplier_person)
    assert Case.objects.get().state == CaseState.RECORDS
