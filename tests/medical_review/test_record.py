"""The record of a case: pages in the viewer, marks on them, pages that findings name; and who sees them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AccessLog, User
from beneficiaries.models import Document
from medical_review.actions.marking import Box, mark_page, withdraw_mark
from medical_review.actions.writing import answer_point
from medical_review.models import Answer, Case, Finding, PageMark, VisitNote
from medical_review.pages.viewer import pages_in
from policy.refusals import Refused
from tests.beneficiaries.documents.making import encrypted, pdf
from tests.medical_review.scene import document_of
from tests.medical_review.test_pages import fields_in, keep, page_of

SignIn = Callable[[User], Client]
BOX = Box(100, 200, 400, 300)


@pytest.fixture
def document(case: Case) -> Document:
    return document_of(case, pdf("Milrinone weekly", pages=12), pages=12)


@pytest.fixture
def at_work(reviewer: User, signed_in_as: SignIn) -> Client:
    return signed_in_as(reviewer)


def at_page(client: Client, case: Case, **place: object) -> str:
    return client.get(reverse("review:case", args=[case.pk]), place).content.decode()


def record(case: Case, document: Document, number: int) -> str:
    return reverse("review:record", args=[case.pk, document.pk, number])


# ---------- the viewer ----------


def test_a_page_lies_in_the_viewer_with_its_text_and_its_neighbours(
    case: Case, document: Document, at_work: Client
) -> None:
    page = at_page(at_work, case, document=document.pk, page=5)
    assert "<b>Page 5 of 12</b>" in page
    assert reverse("beneficiaries:document_page", args=[document.pk, 5]) in page
    assert "Milrinone weekly" in page
    assert f"?document={document.pk}&amp;page=4#viewer" in page
    assert f"?document={document.pk}&amp;page=6#viewer" in page
    assert reverse("beneficiaries:document", args=[document.pk]) in page
    assert AccessLog.objects.filter(about_type="beneficiaries.document", about_id=str(document.pk)).exists()


@pytest.mark.parametrize(("asked", "shown"), [("0", 1), ("13", 12), ("x", 1), ("99999999999", 1), ("²", 1), ("12", 12)])
def test_a_page_that_is_not_there_becomes_one_that_is(
    asked: str, shown: int, case: Case, document: Document, at_work: Client
) -> None:
    assert f"<b>Page {shown} of 12</b>" in at_page(at_work, case, document="nonsense", page=asked)


def test_the_picture_is_guarded_as_the_document_is_and_logged(document: Document, at_work: Client) -> None:
    answer = at_work.get(reverse("beneficiaries:document_page", args=[document.pk, 3]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert AccessLog.objects.filter(page="Document, page 3", about_id=str(document.pk)).exists()
    for number in (0, 13):
        assert at_work.get(reverse("beneficiaries:document_page", args=[document.pk, number])).status_code == 404


def test_a_document_that_the_scanner_holds_is_not_shown(case: Case, document: Document, at_work: Client) -> None:
    Document.objects.filter(pk=document.pk).update(scan=Document.Scan.WAITING)
    assert "the document is not shown before the virus scanner has looked at it" in at_page(at_work, case)
    assert at_work.get(reverse("beneficiaries:document_page", args=[document.pk, 1])).status_code == 404


def test_a_page_under_a_password_is_said_in_words(case: Case, at_work: Client) -> None:
    document = document_of(case, encrypted(), pages=1)
    assert "is protected by a password and cannot be shown" in at_page(at_work, case)
    assert at_work.get(reverse("beneficiaries:document_page", args=[document.pk, 1])).status_code == 404


def test_others_do_not_see_pages(
    case: Case, document: Document, examiner: User, supplier_person: User, signed_in_as: SignIn
) -> None:
    address = reverse("beneficiaries:document_page", args=[document.pk, 1])
    assert signed_in_as(supplier_person).get(address).status_code == 404
    assert signed_in_as(supplier_person).get(record(case, document, 1)).status_code in (403, 404)
    reading = signed_in_as(examiner)
    assert "Put the mark on the page" not in reading.get(record(case, document, 1)).content.decode()
    assert reading.get(record(case, document, 13)).status_code == 404
    assert reading.get(reverse("review:record", args=[case.pk, 999_999, 1])).status_code == 404


def test_the_viewer_takes_two_queries_whatever_is_marked(case: Case, reviewer: User, at_work: Client) -> None:
    """Beside those of a case without documents: the copies of the documents, and the marks."""
    at_page(at_work, case)
    with CaptureQueriesContext(connection) as empty:
        at_page(at_work, case)
    document = document_of(case, pdf(), pages=1)
    for number in range(6):
        with CaptureQueriesContext(connection) as shown:
            at_page(at_work, case)
        assert len(shown) == len(empty) + 2
        mark_page(case, document, 1, BOX, by=reviewer, point=number + 1)


# ---------- pages that findings name ----------


@pytest.mark.parametrize(
    ("written", "pages"), [("3", [3]), ("3, 10", [3, 10]), ("10–12", [10, 11, 12]), ("file", []), ("", [])]
)
def test_pages_are_read_as_reviewers_write_them(written: str, pages: list[int]) -> None:
    assert list(pages_in(written)) == pages


def test_a_finding_leads_to_its_page_of_the_document_that_lay_there(
    case: Case, document: Document, at_work: Client
) -> None:
    at_page(at_work, case)
    newer = document_of(case, pdf("Visit notes", pages=2), pages=2)
    body = {
        **fields_in(page_of(at_work, case)),
        "document": str(document.pk),
        "page": "7",
        "p9": "not_met",
        "p9-page": "7",
        "p9-note": "No date.",
        "v1-page": "8",
    }
    page = keep(at_work, case, body)
    assert Finding.objects.get(point=9).document == document
    assert VisitNote.objects.get().document == document
    assert "<b>Page 7 of 12</b>" in page
    assert f'?document={document.pk}&amp;page=7#viewer" aria-label="Turn to page 7"' in page
    assert f'?document={document.pk}&amp;page=8#viewer" aria-label="Turn to page 8"' in page
    again = {**fields_in(page_of(at_work, case)), "document": str(newer.pk), "p9-note": "No date at all."}
    keep(at_work, case, again)
    latest = Finding.objects.filter(point=9).order_by("-number")[0]
    assert (latest.document, latest.note) == (document, "No date at all.")


def test_a_document_of_another_record_is_no_place_of_a_finding(case: Case, at_work: Client) -> None:
    body = {**fields_in(page_of(at_work, case)), "document": "999999", "p9": "met", "p9-page": "1"}
    keep(at_work, case, body)
    assert Finding.objects.get(point=9).document is None


# ---------- marks ----------


def test_two_presses_make_a_box_and_a_form_puts_it_on_the_page(
    case: Case, document: Document, reviewer: User, at_work: Client
) -> None:
    answer_point(case, 10, Answer.NOT_MET, page="3", note="Not signed.", by=reviewer)
    address = record(case, document, 3)
    first = at_work.get(address, {"at.x": "320", "at.y": "414"}).content.decode()
    assert 'name="first" value="500,500"' in first
    second = at_work.get(address, {"first": "500,500", "at.x": "64", "at.y": "83"}).content.decode()
    for name, value in {"left": 100, "right": 500, "top": 100, "bottom": 500}.items():
        assert re.search(rf'name="{name}"[^>]* value="{value}"|value="{value}"[^>]* name="{name}"', second)
    body = {"left": 100, "right": 500, "top": 100, "bottom": 500, "point_no": "10", "note": "  No   date "}
    page = at_work.post(address, body, follow=True).content.decode()
    mark = PageMark.objects.get()
    assert (mark.name, mark.note, mark.page, mark.made_by) == ("P10", "No date", 3, reviewer)
    assert 'class="box not_met"' in page
    assert 'class="box not_met"' in at_page(at_work, case, document=document.pk, page=3)
    assert 'class="box ' not in at_page(at_work, case, document=document.pk, page=4)
    at_work.post(reverse("review:withdraw_mark", args=[case.pk, mark.pk]))
    assert 'class="box ' not in at_page(at_work, case, document=document.pk, page=3)
    assert PageMark.objects.count() == 1


@pytest.mark.parametrize("pressed", [{"first": "1"}, {"first": "x,y", "at.x": "-1", "at.y": "4"}, {"at.x": "9" * 40}])
def test_presses_that_make_no_sense_count_as_none(
    pressed: dict[str, str], case: Case, document: Document, at_work: Client
) -> None:
    assert "Press on the page where a box begins" in at_work.get(record(case, document, 1), pressed).content.decode()


@pytest.mark.parametrize(
    ("box", "page", "note", "code"),
    [
        (Box(0, 0, 1000, 1001), 1, "n", "off_page"),
        (Box(5, 0, 5, 10), 1, "n", "empty"),
        (BOX, 13, "n", "no_page"),
        (BOX, 0, "n", "no_page"),
        (BOX, 1, "  ", "no_words"),
    ],
)
def test_a_mark_that_makes_no_sense_is_refused(
    box: Box, page: int, note: str, code: str, case: Case, document: Document, reviewer: User
) -> None:
    with pytest.raises(Refused) as refused:
        mark_page(case, document, page, box, note=note, by=reviewer)
    assert refused.value.code == code


def test_a_whole_page_may_be_marked_and_marks_are_only_added(case: Case, document: Document, reviewer: User) -> None:
    mark = mark_page(case, document, 12, Box(0, 0, 1000, 1000), note="All of it", by=reviewer)
    assert withdraw_mark(mark, by=reviewer) == withdraw_mark(mark, by=reviewer)
    assert not PageMark.objects.standing().exists()
    with pytest.raises(ProgrammingError), transaction.atomic():
        PageMark.objects.update(note="Another")
    with pytest.raises(IntegrityError), transaction.atomic():
        PageMark.objects.create(
            case=case,
            document=document,
            page=1,
            left=9,
            right=3,
            top=1,
            bottom=2,
            made_by=reviewer,
            made_on=mark.made_on,
        )


def test_only_who_has_the_case_marks(
    case: Case, document: Document, reviewer: User, medical_director: User, examiner: User, signed_in_as: SignIn
) -> None:
    with pytest.raises(Refused) as refused:
        mark_page(case, document, 1, BOX, note="n", by=medical_director)
    assert refused.value.code == "not_yours"
    mark = mark_page(case, document, 1, BOX, note="n", by=reviewer)
    assert "has it. Take the case first." in signed_in_as(medical_director).post(
        reverse("review:withdraw_mark", args=[case.pk, mark.pk]), follow=True
    ).content.decode().replace("\n", "")
    assert signed_in_as(examiner).post(reverse("review:withdraw_mark", args=[case.pk, mark.pk])).status_code == 403
    signed_in_as(examiner).post(record(case, document, 1), {**BOX._asdict(), "note": "n"})
    assert PageMark.objects.count() == 1


def test_a_document_outside_the_record_is_not_marked(case: Case, document: Document, reviewer: User) -> None:
    other = Document.objects.get(pk=document.pk)
    other.pk = 999_999
    with pytest.raises(Refused) as refused:
        mark_page(case, other, 1, BOX, note="n", by=reviewer)
    assert refused.value.code == "other_record"
