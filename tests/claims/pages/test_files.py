"""Received files: who sees them, what their page says, the upload."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from claims import forms
from claims.intake.receive import Receipt
from claims.models import Claim, ReceivedFile
from tests.claims.intake.files import file_of
from tests.factories.world import World

FILES, UPLOAD = reverse("claims:files"), reverse("claims:upload")
Send = Callable[..., Receipt]


def names(client: Client) -> list[str]:
    return [file.name for file in client.get(FILES).context["page"].rows]


def address(file: ReceivedFile) -> str:
    return reverse("claims:file", args=[file.pk])


# ---------- who sees what ----------


def test_files_are_seen_by_staff_and_by_who_sent_them(
    staff: Client, billing: Client, outsider: Client, sent: Send
) -> None:
    file = sent(file_of(), "january.x12").file
    assert names(staff) == names(billing) == ["january.x12"]
    assert names(outsider) == []
    for path in (address(file), reverse("claims:answer", args=[file.pk, file.acknowledgements.first().pk])):
        assert staff.get(path).status_code == billing.get(path).status_code == 200
        assert outsider.get(path).status_code == 404


def test_a_file_that_someone_else_sent_is_seen_when_all_its_claims_are_ones_own(
    billing: Client, outsider: Client, sent: Send, examiner: User
) -> None:
    sent(file_of(control_number=1), "own.x12", by=examiner)
    sent(file_of(control_number=2).replace(b"1EG4TE5MK73", b"1EG4TE5MKXX"), "own-rejected.x12", by=examiner)
    sent(b"no X12 at all", "nobody-knows-whose.x12", by=examiner)
    assert names(billing) == ["own-rejected.x12", "own.x12"]
    assert names(outsider) == []


def test_a_file_with_claims_of_several_suppliers_is_seen_by_its_sender_alone(
    billing: Client, outsider: Client, sent: Send, world: World, other_supplier_person: User, examiner: User
) -> None:
    file = sent(file_of(claims=2), "agent.x12", by=examiner).file
    Claim.objects.filter(file=file, position=2).update(supplier=other_supplier_person.supplier_roles.get().supplier)
    assert names(billing) == names(outsider) == []


# ---------- what the page says ----------


def test_the_page_says_what_came_and_what_was_answered(staff: Client, sent: Send) -> None:
    file = sent(file_of(claims=2), "january.x12").file
    response = staff.get(address(file))
    page, text = response.context["page"], response.content.decode()
    assert file.sha256 in text
    assert "2 claims accepted, 0 claims rejected." in text
    assert [shown.sentences for shown in page.answers] == [
        ("Set 0001 is accepted.", "Group 1 is accepted."),
        ("2 claims accepted into adjudication, $800.00 charged.",),
    ]
    assert [claim.position for claim in page.claims] == [1, 2]
    assert f"?file={file.pk}" in text


def test_rejected_claims_stand_with_the_first_thing_that_is_wrong(staff: Client, sent: Send) -> None:
    file = sent(file_of(claims=2, mbis=("1EG4TE5MK73", "1EG4TE5MKXX"))).file
    response = staff.get(address(file))
    (shown,) = response.context["page"].rejected
    assert shown.claim.patient_control_number == "SYN2"
    assert "1 claim accepted, 1 claim rejected." in response.content.decode()
    assert reverse("claims:rejected", args=[shown.claim.pk]) in response.content.decode()


def test_an_answer_is_downloaded_as_it_was_sent(staff: Client, sent: Send) -> None:
    receipt = sent(file_of())
    answer = receipt.answers[-1]
    response = staff.get(reverse("claims:answer", args=[receipt.file.pk, answer.pk]))
    assert response.content.decode() == answer.content
    assert response["Content-Disposition"] == f'attachment; filename="277CA-{answer.control_number:09d}.x12"'


#: Session, person, the file, the log; interchanges, answers, claims, rejected claims, statuses.
QUERIES = 9


def test_the_number_of_queries_does_not_depend_on_the_claims(staff: Client, sent: Send) -> None:
    small = sent(file_of(control_number=1)).file
    large = sent(file_of(claims=30, control_number=2, mbis=("1EG4TE5MK73", "1EG4TE5MKXX"))).file
    for file in (small, large):
        with CaptureQueriesContext(connection) as queries:
            staff.get(address(file))
        assert len(queries) == QUERIES


# ---------- upload ----------


def upload(client: Client, content: bytes, name: str = "claims.x12") -> object:
    return client.post(UPLOAD, {"file": SimpleUploadedFile(name, content)}, follow=True)


def test_an_upload_leads_to_the_files_answers(billing: Client, supplier_person: User) -> None:
    response = upload(billing, file_of())
    file = ReceivedFile.objects.get()
    assert response.redirect_chain == [(address(file), 302)]
    assert file.submitted_by == supplier_person
    assert "All 1 claims were taken in." in response.content.decode() or "taken in" in response.content.decode()


def test_the_same_file_twice_says_so_and_leads_to_the_first_answers(billing: Client) -> None:
    upload(billing, file_of(), "first.x12")
    response = upload(billing, file_of(), "second.x12")
    assert ReceivedFile.objects.count() == 1
    assert "This file was received before" in response.content.decode()
    assert "first.x12" in response.content.decode()


def test_what_is_no_x12_is_kept_and_refused_in_words(billing: Client) -> None:
    response = upload(billing, b"Dear sirs, here are my claims.")
    assert "The file could not be read." in response.content.decode()


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "The file is empty."), (b"x" * 600_000, "at most 0.5 MB are taken in")],
)
def test_an_upload_is_refused_clearly(
    billing: Client, monkeypatch: pytest.MonkeyPatch, content: bytes, words: str
) -> None:
    monkeypatch.setattr(forms, "MOST_MEGABYTES", 0.5)
    response = upload(billing, content)
    assert response.status_code == 200
    assert words in response.content.decode()
    assert not ReceivedFile.objects.exists()


def test_the_limit_is_told_before_one_uploads(staff: Client) -> None:
    assert "at most 20 MB" in staff.get(UPLOAD).content.decode()


def test_reviewers_and_administrators_do_not_upload(
    signed_in_as: Callable[[User], Client], reviewer: User, administrator: User
) -> None:
    for person in (reviewer, administrator):
        assert signed_in_as(person).get(UPLOAD).status_code == 403
