"""The cases of the demonstration: a record that can be read, marked and answered by, a request that waits."""

from __future__ import annotations

import io

from pypdf import PdfReader

from accounts.models import User
from beneficiaries.models import Document
from claims.models import Claim
from medical_review.demo import make_demo_reviews
from medical_review.demo_record import pdf_of, record_of
from medical_review.models import Case, PageMark, RecordsRequest
from medical_review.states import CaseState
from tests.claims.pages.scene import act_for


def test_the_record_names_patient_and_day_and_its_last_note_lacks_the_start(suspended: Claim) -> None:
    with record_of(suspended) as file:
        file.seek(0)
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(file.read())).pages]
    assert len(pages) == suspended.lines.count() == 2
    assert all(suspended.patient_name in page for page in pages)
    assert ["Infusion began: 9:20 AM" in page for page in pages] == [True, False]


def test_signs_of_pdf_in_the_text_stay_text() -> None:
    (page,) = PdfReader(io.BytesIO(pdf_of([["A (name) \\ with signs", "é"]]))).pages
    assert page.extract_text().splitlines() == ["A (name) \\ with signs", "é"]


def test_the_first_case_has_a_record_with_a_mark(
    suspended: Claim, reviewer: User, medical_director: User, supplier_person: User
) -> None:
    assert suspended.supplier is not None
    act_for(supplier_person, suspended.supplier)
    assert make_demo_reviews()[CaseState.IN_REVIEW.label] == 1
    document, mark = Document.objects.get(), PageMark.objects.get()
    assert (document.pages, mark.document, mark.page, mark.point) == (2, document, 2, 15)
    request = RecordsRequest.objects.get()
    assert request.completed_on is not None
    assert Case.objects.get().assigned_to == reviewer


def test_where_nobody_signs_in_for_the_supplier_nothing_is_sent(
    suspended: Claim, reviewer: User, medical_director: User
) -> None:
    assert make_demo_reviews()[CaseState.IN_REVIEW.label] == 1
    assert not RecordsRequest.objects.exists()
    assert not PageMark.objects.exists()
