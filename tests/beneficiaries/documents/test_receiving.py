"""Documents on their way in: what is taken, what is refused in words, that nothing is left, who gets them back."""

from __future__ import annotations

import datetime as dt
import os
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings as project_settings
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import ImageFile

from accounts.models import AccessLog, Event, User
from beneficiaries.documents import checks, links, receiving, scanning
from beneficiaries.documents.actions import scan_waiting
from beneficiaries.documents.checks import Opened, refusal
from beneficiaries.documents.names import clean_name, name_to_save
from beneficiaries.documents.opened import look
from beneficiaries.documents.readers import documents_shown
from beneficiaries.models import Document, PlanDraft
from beneficiaries.plans.actions import begin_plan, delete_draft
from policy import clock
from suppliers.models import Supplier, SupplierPerson
from tests.beneficiaries.documents.making import Bad, pdf, pdf_bomb, picture, two_hundred_bad
from tests.factories.beneficiaries import BeneficiaryFactory
from tests.factories.suppliers import SupplierFactory

MBI, OTHER_MBI = "1EG4TE5MK73", "2FH5UF6NM84"
IN_FULL = bool(os.environ.get("HIT_PROOF"))
Send = Callable[..., list[Document]]


@pytest.fixture
def supplier(supplier_person: User) -> Supplier:
    clock.set_today(dt.date(2026, 1, 16))
    supplier = SupplierFactory()
    SupplierPerson.objects.create(supplier=supplier, user=supplier_person, duty=SupplierPerson.Duty.CLINICIAN)
    return supplier


@pytest.fixture
def draft(supplier: Supplier, supplier_person: User) -> PlanDraft:
    patient = BeneficiaryFactory(mbi__mbi=MBI)
    return begin_plan(supplier, patient.pk, by=supplier_person)


@pytest.fixture
def billing(supplier_person: User, signed_in_as: Callable[[User], Client]) -> Client:
    return signed_in_as(supplier_person)


@pytest.fixture
def send(billing: Client, draft: PlanDraft) -> Send:
    """Sends files as a browser does; the documents of the draft then."""

    def sending(*files: tuple[str, bytes]) -> list[Document]:
        sent = [SimpleUploadedFile(name, content) for name, content in files]
        response = billing.post(reverse("plans:draft_documents", args=[draft.pk]), {"files": sent})
        assert response.status_code == 302
        return list(draft.documents.all())

    return sending


def words(client: Client, draft: PlanDraft) -> str:
    """What the page says after it."""
    return client.get(reverse("plans:draft", args=[draft.pk])).content.decode()


def on_disk(folder: str) -> list[Path]:
    return [path for path in (Path(project_settings.MEDIA_ROOT) / folder).rglob("*") if path.is_file()]


# ---------- what is taken ----------


def test_a_document_is_kept_byte_for_byte_under_its_hash(send: Send, supplier_person: User) -> None:
    content = pdf("Milrinone", pages=3)
    (document,) = send(("plan 2026-03.pdf", content))
    assert (document.kind, document.pages, document.size) == ("pdf", 3, len(content))
    assert (Path(project_settings.MEDIA_ROOT) / document.path).read_bytes() == content
    assert (document.name, document.sent_by, document.scan) == ("plan 2026-03.pdf", supplier_person, "not_scanned")
    assert on_disk("drafts") == []
    assert Event.objects.filter(verb="document_received", about_id=str(document.pk)).count() == 1


def test_the_content_says_what_it_is_and_not_the_name(send: Send) -> None:
    sent = [("a.pdf", picture("JPEG")), ("b.jpg", picture("PNG")), ("c", picture("TIFF")), ("d.png", pdf())]
    assert [document.kind for document in send(*sent)] == ["jpeg", "png", "tiff", "pdf"]


def test_one_unfit_file_keeps_out_no_other(send: Send, billing: Client, draft: PlanDraft) -> None:
    assert [each.name for each in send(("empty.pdf", b""), ("whole.pdf", pdf()))] == ["whole.pdf"]
    page = words(billing, draft)
    assert "whole.pdf is received, byte for byte." in page
    assert "empty.pdf is empty." in page


def test_what_was_typed_is_saved_with_the_document(billing: Client, draft: PlanDraft) -> None:
    body = {"files": SimpleUploadedFile("plan.pdf", pdf()), "dosage": "0.375 mcg/kg/min", "seen": "0"}
    billing.post(reverse("plans:draft_documents", args=[draft.pk]), body)
    draft.refresh_from_db()
    assert draft.values["dosage"] == "0.375 mcg/kg/min"


def test_a_form_without_its_token_is_refused(supplier_person: User, draft: PlanDraft) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(supplier_person)
    body = {"files": SimpleUploadedFile("plan.pdf", pdf())}
    assert browser.post(reverse("plans:draft_documents", args=[draft.pk]), body).status_code == 403
    assert (on_disk("drafts"), draft.documents.count()) == ([], 0)


# ---------- what is refused ----------


def opened_here(path: Path, kind: Document.Kind, name: str) -> Opened:
    """What the process that opens documents would say, without one process more for each of two hundred files."""
    with path.open("rb") as content:
        said = look(content, kind)
    if "refusal" in said:
        raise refusal(said["refusal"], name)
    return Opened(kind, said["pages"], said["numbers"])


def test_two_hundred_bad_files_are_refused_in_words_and_leave_nothing(
    billing: Client, draft: PlanDraft, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not IN_FULL:
        monkeypatch.setattr(checks, "_opened", opened_here)
        # What makes PDFs lets cut pictures pass for all of its process; documents are opened in another.
        monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", False)
    before = set(on_disk("documents"))
    address = reverse("plans:draft_documents", args=[draft.pk])
    bad = two_hundred_bad()
    for at in range(0, len(bad), receiving.MOST_FILES):
        group = bad[at : at + receiving.MOST_FILES]
        sent = [SimpleUploadedFile(f"n{each}", file.content) for each, file in enumerate(group)]
        for file, one in zip(sent, group, strict=True):
            file._name = one.name
        response = billing.post(address, {"files": sent}, follow=True)
        said = [str(message) for message in response.context["messages"]]
        assert len(said) == len(group)
        for sentence, one in zip(said, group, strict=True):
            assert any(_sentence_of(code) in sentence for code in one.codes), (one.name, one.codes, sentence)
            assert sentence.isprintable()
            assert "/etc" not in sentence
    assert (draft.documents.count(), Document.objects.count()) == (0, 0)
    assert set(on_disk("documents")) == before
    assert on_disk("drafts") == []


def _sentence_of(code: str) -> str:
    return checks.SENTENCES[code].partition("{what}")[0]


@pytest.mark.parametrize("bad", two_hundred_bad()[3:12], ids=lambda bad: bad.codes[0])
def test_the_process_that_opens_documents_says_the_same(bad: Bad, tmp_path: Path) -> None:
    path = tmp_path / "sent"
    path.write_bytes(bad.content)
    with pytest.raises(checks.Refused) as refused:
        checks.open_document(path, bad.name)
    assert refused.value.code in bad.codes


def test_a_bomb_is_refused_and_a_large_scan_is_not(tmp_path: Path) -> None:
    path = tmp_path / "sent"
    path.write_bytes(pdf_bomb(300))
    with pytest.raises(checks.Refused, match="unpacks to far more"):
        checks.open_document(path, "bomb.pdf")
    path.write_bytes(pdf_bomb(30))
    assert checks.open_document(path, "scan.pdf").pages == 1


def test_a_process_that_dies_refuses_the_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "dies.py"
    program.write_text("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)")
    monkeypatch.setattr(checks, "PROGRAM", program)
    (tmp_path / "sent").write_bytes(pdf())
    with pytest.raises(checks.Refused, match="takes too long to open"):
        checks.open_document(tmp_path / "sent", "plan.pdf")


def test_limits_are_told_before_and_refused_after(
    send: Send, billing: Client, draft: PlanDraft, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "up to 40 MB a file, 150 MB and 20 files at once" in words(billing, draft)
    whole = pdf()
    monkeypatch.setattr(receiving, "MOST_BYTES", len(whole))
    assert [each.name for each in send(("large.pdf", whole + bytes(1)), ("fits.pdf", whole))] == ["fits.pdf"]
    assert "large.pdf is larger than" in words(billing, draft)
    monkeypatch.setattr(receiving, "MOST_TOGETHER", len(whole) + 10)
    assert len(send(("one.pdf", whole), ("two.pdf", whole))) == 1
    assert "none of them was kept" in words(billing, draft)
    monkeypatch.setattr(receiving, "MOST_FILES", 1)
    assert len(send(("one.pdf", b"%"), ("two.pdf", b"%"))) == 1
    assert on_disk("drafts") == []


@pytest.mark.proof
@pytest.mark.skipif(not IN_FULL, reason="200 MB are sent by make proof")
def test_two_hundred_megabytes_are_read_past(send: Send, billing: Client, draft: PlanDraft) -> None:
    assert send(("huge.pdf", b"%PDF-" + bytes(200 * receiving.MEGABYTE))) == []
    assert "huge.pdf is larger than 40 MB" in words(billing, draft)
    assert on_disk("drafts") == []


def test_a_full_disk_is_said_and_leaves_nothing(
    send: Send, billing: Client, draft: PlanDraft, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("django.core.files.storage.filesystem.file_move_safe", refuse)
    before = on_disk("documents")
    assert send(("plan.pdf", pdf("full disk"))) == []
    assert "The disk for documents is full, so plan.pdf was not kept." in words(billing, draft)
    assert (on_disk("documents"), on_disk("drafts")) == (before, [])


# ---------- names ----------


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\me\\plan.pdf", "plan.pdf"),
        ("plan\u202efdp.exe", "planfdp.exe"),
        ("a\x00b\r\nSet-Cookie: x.pdf", "abSet-Cookie: x.pdf"),
        ("", "document"),
        ("..", "document"),
        ('say "plan".pdf', "say 'plan'.pdf"),
    ],
)
def test_a_name_is_shown_without_what_it_hides(name: str, clean: str) -> None:
    assert clean_name(name) == clean


def test_a_long_name_keeps_its_end() -> None:
    assert len(clean_name("x" * 300 + ".pdf")) == 100
    assert clean_name("x" * 300 + ".pdf").endswith(".pdf")


def test_a_saved_document_ends_as_what_it_is() -> None:
    assert name_to_save("scan.exe", "pdf") == "scan.exe.pdf"
    assert (name_to_save("scan.JPEG", "jpeg"), name_to_save("scan.tif", "tiff")) == ("scan.JPEG", "scan.tif")


# ---------- warnings ----------


def test_another_patients_number_is_warned_of_and_ones_own_is_not(send: Send) -> None:
    own, other = send(
        ("own.pdf", pdf(f"MBI {MBI}")), ("other.pdf", pdf(f"MBI {OTHER_MBI[:4]}-{OTHER_MBI[4:7]}-{OTHER_MBI[7:]}"))
    )
    assert (own.other_mbi_pages, other.other_mbi_pages) == ([], [1])
    _, shown = documents_shown([own, other])
    assert "Another patient’s Medicare number stands on page 1." in shown.warnings[0]


def test_a_picture_is_said_to_be_unread(send: Send) -> None:
    (document,) = send(("scan.png", picture()))
    assert "No text could be read in it" in documents_shown([document])[0].warnings[0]


def test_the_same_file_twice_is_kept_once_and_said(send: Send) -> None:
    content = pdf("twice")
    send(("first.pdf", content))
    first, second = send(("second.pdf", content))
    assert first.path == second.path
    shown = documents_shown([first, second])
    assert "The same file was sent as first.pdf on January 16." in shown[1].warnings


def test_a_removed_document_takes_its_bytes_with_it_unless_another_names_them(
    send: Send, billing: Client, draft: PlanDraft, supplier_person: User
) -> None:
    first, second = send(("first.pdf", pdf("gone")), ("second.pdf", pdf("gone")))
    kept = Path(project_settings.MEDIA_ROOT) / first.path
    billing.post(reverse("plans:remove_document", args=[draft.pk, first.pk]))
    assert kept.exists()
    delete_draft(draft, by=supplier_person)
    assert not kept.exists()
    assert not Document.objects.filter(pk=second.pk).exists()


# ---------- handing out ----------


def content_of(client: Client, document: Document) -> tuple[int, bytes]:
    response = client.get(reverse("beneficiaries:document", args=[document.pk]), follow=True)
    return response.status_code, response.getvalue()


def test_a_document_is_handed_out_to_be_saved(send: Send, billing: Client, supplier_person: User) -> None:
    content = pdf("to be saved")
    (document,) = send(("my plan.pdf", content))
    response = billing.get(links.signed_address(document, supplier_person))
    assert response.getvalue() == content
    assert response["Content-Disposition"] == 'attachment; filename="my plan.pdf"'
    assert (response["X-Content-Type-Options"], response["Content-Type"]) == ("nosniff", "application/pdf")
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert "no-store" in response["Cache-Control"]
    looks = AccessLog.objects.filter(about_type="beneficiaries.document", about_id=str(document.pk))
    assert [each.person for each in looks] == [supplier_person]


def test_only_those_who_may_see_it_get_a_document(
    send: Send, examiner: User, other_supplier_person: User, signed_in_as: Callable[[User], Client]
) -> None:
    (document,) = send(("plan.pdf", pdf("whose")))
    assert content_of(signed_in_as(examiner), document)[0] == 200
    outsider = signed_in_as(other_supplier_person)
    assert content_of(outsider, document)[0] == 404
    assert outsider.get(links.signed_address(document, other_supplier_person)).status_code == 404
    assert content_of(Client(), document)[1] != pdf("whose")


def test_a_link_is_one_persons_and_grows_old(
    send: Send, billing: Client, supplier_person: User, examiner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    (document,) = send(("plan.pdf", pdf("linked")))
    back = reverse("beneficiaries:document", args=[document.pk])
    foreign = links.signed_address(document, examiner)
    assert billing.get(foreign).headers["Location"] == back
    assert billing.get(f"{back}forged/").headers["Location"] == back
    now = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now - links.LIFE - 1)
    old = links.signed_address(document, supplier_person)
    monkeypatch.undo()
    assert billing.get(old).headers["Location"] == back


# ---------- the scanner ----------


@contextmanager
def scanner(verdict: str) -> Iterator[str]:
    """A clamd that reads what it is sent by INSTREAM and gives this verdict."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        got: list[bytes] = []

        def serve() -> None:
            connection, _ = server.accept()
            with connection, connection.makefile("rb") as stream:
                assert stream.read(10) == b"zINSTREAM\0"
                while size := struct.unpack("!L", stream.read(4))[0]:
                    got.append(stream.read(size))
                connection.sendall(f"stream: {verdict}\0".encode())

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"tcp:127.0.0.1:{server.getsockname()[1]}"
        thread.join(5)
        assert b"".join(got).startswith(b"%PDF-")


def test_a_clean_document_says_so(send: Send, settings: object) -> None:
    with scanner("OK") as settings.CLAMAV_ADDRESS:  # type: ignore[attr-defined]
        (document,) = send(("plan.pdf", pdf("clean")))
    assert (document.scan, document.may_be_opened) == ("clean", True)


def test_an_infected_document_is_refused_at_once(
    send: Send, billing: Client, draft: PlanDraft, settings: object
) -> None:
    with scanner("Eicar-Test-Signature FOUND") as settings.CLAMAV_ADDRESS:  # type: ignore[attr-defined]
        assert send(("plan.pdf", pdf("ill"))) == []
    assert "plan.pdf carries a virus, the scanner says" in words(billing, draft)


def test_a_document_is_held_until_the_scanner_answers(send: Send, billing: Client, settings: object) -> None:
    settings.CLAMAV_ADDRESS = "unix:/nowhere/clamd.ctl"  # type: ignore[attr-defined]
    (document,) = send(("plan.pdf", pdf("held")))
    assert document.scan == "waiting"
    assert content_of(billing, document)[0] == 404
    assert scan_waiting() == 0
    with scanner("OK") as settings.CLAMAV_ADDRESS:  # type: ignore[attr-defined]
        assert scan_waiting() == 1
    assert content_of(billing, document) == (200, pdf("held"))


def test_a_held_document_found_infected_is_never_handed_out(send: Send, billing: Client, settings: object) -> None:
    settings.CLAMAV_ADDRESS = "unix:/nowhere/clamd.ctl"  # type: ignore[attr-defined]
    (document,) = send(("plan.pdf", pdf("late")))
    with scanner("Eicar FOUND") as settings.CLAMAV_ADDRESS:  # type: ignore[attr-defined]
        scan_waiting()
    document.refresh_from_db()
    assert document.scan == "infected"
    assert not (Path(project_settings.MEDIA_ROOT) / document.path).exists()
    assert content_of(billing, document)[0] == 404


def test_the_drafts_of_killed_requests_go_after_a_day(db: None) -> None:
    sent = receiving.SentFile("plan.pdf", None)
    assert receiving.remove_abandoned_drafts() == 0
    os.utime(sent.temporary_file_path(), (0, 0))
    assert receiving.remove_abandoned_drafts() == 1
    sent.close()
    assert on_disk("drafts") == []


def test_an_answer_that_is_no_verdict_holds_the_document(settings: object, tmp_path: Path) -> None:
    (tmp_path / "sent").write_bytes(pdf())
    with (
        scanner("INSTREAM size limit exceeded. ERROR") as settings.CLAMAV_ADDRESS,  # type: ignore[attr-defined]
        (tmp_path / "sent").open("rb") as content,
        pytest.raises(scanning.ScannerAway, match="size limit"),
    ):
        scanning.scan(content)
