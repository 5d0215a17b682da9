"""Letters: written once, kept for good, PDF/UA by structure, read by whom they are addressed to and by staff."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import User
from claims.adjudication.queue import adjudicate_all
from medical_review.actions.deciding import sign
from medical_review.letters.due import write_due_letters
from medical_review.letters.pdf import make_next_file, make_pdf
from medical_review.letters.templates import TEMPLATES, template_on
from medical_review.models import Case, Letter, LetterFile, LetterKind, LineVerdict, RecordsRequest
from medical_review.tasks import work_letters
from tests.medical_review.requests.scene import signed_in
from tests.medical_review.scene import ready


@pytest.fixture
def results(case: Case, reviewer: User) -> Letter:
    """The letter of results of a case with one line adjusted and one denied."""
    sign(ready(case, reviewer, LineVerdict.ADJUST, LineVerdict.DENY), by=reviewer)
    assert write_due_letters() == 0, "the claim is not decided by it yet"
    adjudicate_all()
    assert write_due_letters() == 1
    assert write_due_letters() == 0
    return Letter.objects.get(kind=LetterKind.RESULTS)


def tags_in(node: Any) -> Iterator[str]:
    """The structure types of a tagged PDF, in the order of reading."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for each in node:
            yield from tags_in(each)
    elif isinstance(node, dict):
        if "/S" in node:
            yield str(node["/S"])
        if "/K" in node:
            yield from tags_in(node["/K"])


def test_the_pdf_is_tagged_with_title_and_language(asked: RecordsRequest) -> None:
    letter = Letter.objects.get()
    reader = PdfReader(io.BytesIO(make_pdf(letter).content))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-US"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    assert reader.metadata is not None
    assert reader.metadata.title == letter.title
    tags = list(tags_in(root["/StructTreeRoot"]["/K"]))
    assert [tag for tag in tags if tag in ("/H1", "/H2")] == ["/H1", "/H2", "/H2", "/H2"]
    assert {"/Table", "/TH", "/TD", "/L", "/LI", "/P"} <= set(tags)
    assert tags.count("/TR") == 1 + asked.slots.count()
    for page in reader.pages:
        assert page["/Tabs"] == "/S"
        assert "/StructParents" in page


def test_the_pdf_says_what_is_asked_for_and_by_when(asked: RecordsRequest) -> None:
    reader = PdfReader(io.BytesIO(make_pdf(Letter.objects.get()).content))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for slot in asked.slots.all():
        assert slot.title in text
    assert asked.number in text
    assert f"{asked.due:%B} {asked.due.day}" in text
    assert "Page 1 of" in text


def test_every_font_is_embedded(asked: RecordsRequest) -> None:
    reader = PdfReader(io.BytesIO(make_pdf(Letter.objects.get()).content))
    fonts: Any = reader.pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    for font in fonts.values():
        for descendant in font.get_object()["/DescendantFonts"]:
            descriptor = descendant.get_object()["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def test_the_background_makes_each_file_once_and_keeps_its_bytes(asked: RecordsRequest) -> None:
    work_letters()
    file = LetterFile.objects.get()
    with default_storage.open(file.path) as content:
        assert hashlib.sha256(content.read()).hexdigest() == file.sha256
    assert file.pages >= 1
    assert make_next_file() is None
    work_letters()
    assert LetterFile.objects.count() == 1


def test_a_letter_is_never_changed(asked: RecordsRequest) -> None:
    for act in (lambda: Letter.objects.update(text="Other"), lambda: Letter.objects.all().delete()):
        with pytest.raises(ProgrammingError, match="only ever added"), transaction.atomic():
            act()
    assert "Times are not shown." in Letter.objects.get().text


def test_results_name_lines_reasons_and_the_last_day_of_each_remedy(results: Letter) -> None:
    assert "Adjusted to G0068" in results.text
    assert "Denied" in results.text
    assert "Plan of care, CO-272 N705" in results.text
    assert results.decision is not None
    assert results.decision.rationale.splitlines()[0][:40] in results.text
    last = results.made_on + dt.timedelta(days=125)
    assert f"{last:%B} {last.day}, {last.year}" in results.text
    assert "Redetermination" in results.text
    assert "Reopening" in results.text


def test_results_in_which_nothing_changes_name_no_appeal(case: Case, reviewer: User) -> None:
    sign(ready(case, reviewer, LineVerdict.AFFIRM, LineVerdict.AFFIRM), by=reviewer)
    adjudicate_all()
    write_due_letters()
    text = Letter.objects.get().text
    assert "Nothing changes" in text
    assert "Redetermination" not in text


def test_the_results_are_seen_before_they_go(case: Case, reviewer: User) -> None:
    browser, address = signed_in(reviewer), reverse("review:results_preview", args=[case.pk])
    assert browser.get(address).status_code == 404
    sign(ready(case, reviewer, LineVerdict.AFFIRM, LineVerdict.DENY), by=reviewer)
    page = browser.get(address).content.decode()
    assert "As it would be written today" in page
    assert "What you can do" in page
    assert not Letter.objects.exists()


def test_a_letter_reaches_its_addressee_and_staff_alone(
    asked: RecordsRequest, billing: Client, outsider: Client, reviewer: User, administrator: User
) -> None:
    letter = Letter.objects.get()
    pages = [reverse("review:letter", args=[letter.pk]), reverse("review:letter_file", args=[letter.pk])]
    for browser, status in (
        (billing, 200),
        (signed_in(reviewer), 200),
        (outsider, 404),
        (signed_in(administrator), 403),
    ):
        assert [browser.get(page).status_code for page in pages] == [status, status]
    listed = reverse("review:letters")
    assert letter.number in billing.get(listed).content.decode()
    assert letter.number not in outsider.get(listed).content.decode()


def test_the_pdf_is_handed_out_as_a_file(asked: RecordsRequest, billing: Client) -> None:
    letter = Letter.objects.get()
    answer = billing.get(reverse("review:letter_file", args=[letter.pk]))
    assert answer["Content-Disposition"] == f'attachment; filename="{letter.number}.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")  # type: ignore[arg-type]


def test_a_letter_goes_by_post_where_nobody_reads_the_pages(asked: RecordsRequest) -> None:
    assert Letter.objects.get().sent_how == Letter.How.POST


def test_each_template_that_was_used_stays_as_it_was(asked: RecordsRequest) -> None:
    assert {each.kind for each in TEMPLATES} == set(LetterKind)
    letter = Letter.objects.get()
    assert (letter.template, letter.template_version) == ("records_request", 1)
    with pytest.raises(LookupError):
        template_on(LetterKind.REQUEST, dt.date(2020, 12, 31))


def test_the_list_says_how_far_the_files_are(asked: RecordsRequest, reviewer: User) -> None:
    browser = signed_in(reviewer)
    assert "0 of 1 made" in browser.get(reverse("review:letters")).content.decode()
    work_letters()
    assert "made.</label>" not in browser.get(reverse("review:letters")).content.decode()
