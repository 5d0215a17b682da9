"""`$submit-attachment` (CDex): taken, held or refused as its rules say, from a body that is never in memory."""

from __future__ import annotations

import base64
import io
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from fhir.resources.R4B.capabilitystatement import CapabilityStatement
from fhir.resources.R4B.operationoutcome import OperationOutcome
from fhir.resources.R4B.parameters import Parameters
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.exceptions import APIException

from accounts.models import User
from beneficiaries.documents import receiving
from beneficiaries.models import Document
from claims.api import spooling
from claims.api.attachments import EXAMPLE
from claims.api.spooling import CHUNK, LONGEST_TEXT, Spooler, SpoolingParser, close_files
from claims.models import Attachment, AttachmentDocument, Claim
from suppliers.keys import make_key
from suppliers.rights import Right
from tests.beneficiaries.documents.making import encrypted, pdf
from tests.claims.attachments.scene import announcing, pwk  # noqa: F401
from tests.factories.world import MBI, SUPPLIER_NPI, World

ADDRESS = reverse("api:fhir_submit_attachment")
FHIR_JSON = "application/fhir+json"
Announcing = Callable[..., Claim]


def identifier(name: str, value: str) -> dict[str, Any]:
    return {"name": name, "valueIdentifier": {"value": value}}


def content(data: bytes, title: str = "plan.pdf") -> dict[str, Any]:
    attachment = {"contentType": "application/pdf", "title": title, "data": base64.b64encode(data).decode()}
    resource = {"resourceType": "DocumentReference", "status": "current", "content": [{"attachment": attachment}]}
    return {"name": "Content", "resource": resource}


def attachment(*data: bytes, code: str = "18776-5", line: str = "1") -> list[dict[str, Any]]:
    coding = {"coding": [{"system": "http://loinc.org", "code": code}]}
    parts = [{"name": "LineItem", "valueString": line}, {"name": "Code", "valueCodeableConcept": coding}]
    return [{"name": "Attachment", "part": [*parts, content(each)]} for each in data]


def body(*attachments: dict[str, Any], **given: Any) -> dict[str, Any]:
    """A request that is right in all, but for what is given by the name of the parameter (None leaves it out)."""
    parameters = {
        "TrackingId": identifier("TrackingId", "ACN-1"),
        "AttachTo": {"name": "AttachTo", "valueCode": "claim"},
        "PayerId": identifier("PayerId", "12302"),
        "OrganizationId": identifier("OrganizationId", SUPPLIER_NPI),
        "MemberId": identifier("MemberId", MBI),
        "ServiceDate": {"name": "ServiceDate", "valueDate": "2026-01-05"},
        "Final": {"name": "Final", "valueBoolean": True},
    }
    named = [found for name, found in {**parameters, **given}.items() if found]
    return {"resourceType": "Parameters", "parameter": [*named, *(attachments or attachment(pdf()))]}


def submit(client: Client, sent: Any, **headers: str) -> tuple[int, OperationOutcome]:
    text = sent if isinstance(sent, bytes) else orjson.dumps(sent)
    answer = client.post(ADDRESS, text, content_type=FHIR_JSON, headers=headers)
    assert answer["Content-Type"] == FHIR_JSON
    return answer.status_code, OperationOutcome.model_validate_json(answer.content)


def refused(client: Client, sent: Any) -> str:
    """What is said of a request that is refused; nothing of it is left behind."""
    status, outcome = submit(client, sent)
    assert (status, outcome.issue[0].severity) == (400, "error")
    assert not Document.objects.exists()
    assert not list((Path(settings.MEDIA_ROOT) / "drafts").glob("*.draft"))
    return " ".join(issue.diagnostics for issue in outcome.issue)


# ---------- what is taken ----------


def test_papers_are_with_their_claim(announcing: Announcing, billing: Client) -> None:  # noqa: F811
    claim = announcing(pwk("ACN-1", "EL"))
    whole = pdf("A plan of treatment " * 800)
    assert len(whole) > LONGEST_TEXT
    sent = body(*attachment(pdf("Short"), whole))
    Parameters.model_validate(sent)
    status, outcome = submit(billing, sent)
    assert (status, outcome.issue[0].severity) == (200, "information")
    found = Attachment.objects.get()
    assert (found.claim, found.source, found.is_all) == (claim, "cdex", True)
    assert outcome.issue[0].diagnostics == f"2 documents received for claim {claim.icn}, receipt {found.number}."
    rows = AttachmentDocument.objects.select_related("document")
    assert [(row.loinc, row.lines, row.document.name) for row in rows] == [("18776-5", [1], "plan.pdf")] * 2
    assert [row.document.size for row in rows] == [len(pdf("Short")), len(whole)]


def test_papers_without_their_claim_are_held_and_it_is_said(billing: Client) -> None:
    status, outcome = submit(billing, body(Final={"name": "Final", "valueBoolean": False}))
    assert status == 200
    assert "they are held for it" in outcome.issue[0].diagnostics
    assert (Attachment.objects.get().is_waiting, Attachment.objects.get().is_all) == (True, False)


def test_the_same_sent_again_is_kept_once_with_a_key_and_without(billing: Client) -> None:
    sent = orjson.dumps(body())
    first = submit(billing, sent, **{"Idempotency-Key": "k1"})
    assert submit(billing, sent, **{"Idempotency-Key": "k1"}) == first
    assert "received before" in submit(billing, sent)[1].issue[0].diagnostics
    assert submit(billing, body(*attachment(pdf("Other"))), **{"Idempotency-Key": "k1"})[0] == 422
    assert Document.objects.count() == 1


def test_the_example_of_the_document_is_right_but_for_its_cut_pdf(billing: Client) -> None:
    Parameters.model_validate(EXAMPLE.value)
    assert refused(billing, EXAMPLE.value).startswith("Attachment: plan.pdf is not whole")


# ---------- what is refused ----------


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"TrackingId": None}, "TrackingId: It is needed."),
        ({"TrackingId": identifier("TrackingId", "A\u0000")}, "TrackingId: A control number has"),
        ({"AttachTo": {"name": "AttachTo", "valueCode": "preauthorization"}}, "AttachTo: Attachments are taken"),
        ({"PayerId": identifier("PayerId", "99999")}, "PayerId: This is not the identifier"),
        ({"OrganizationId": None}, "OrganizationId: It is needed, or ProviderId."),
        ({"OrganizationId": identifier("OrganizationId", "1234567890")}, "OrganizationId: This is not an NPI."),
        ({"OrganizationId": identifier("OrganizationId", "1987654328")}, "OrganizationId: This NPI is of no supplier"),
        ({"MemberId": identifier("MemberId", "12")}, "MemberId: This is not a Medicare number"),
        ({"MemberId": identifier("MemberId", "2AA2AA2AA22")}, "MemberId: No patient with this Medicare number"),
        ({"ServiceDate": {"name": "ServiceDate", "valueDate": "2026-01"}}, "ServiceDate: This is not a day"),
        ({"Final": {"name": "Final", "valueString": "no"}}, "Final: It is true or false."),
        ({"Other": {"name": "Other"}}, "Parameters: A parameter has a name"),
        ({"Again": identifier("MemberId", MBI)}, "MemberId: Give it once."),
    ],
)
def test_what_is_wrong_is_named(billing: Client, given: dict[str, Any], sentence: str) -> None:
    assert sentence in refused(billing, body(**given))


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ([], "Attachment: Each has one Content."),
        ([content(encrypted(), "locked.pdf")], "Attachment: locked.pdf is protected by a password"),
        ([content(pdf(), "a/../b.exe"), content(pdf())], "Attachment: Each has one Content."),
        ([{"name": "Content", "resource": {"resourceType": "Bundle"}}], "Content: Send a DocumentReference."),
        (
            [
                {
                    "name": "Content",
                    "resource": {
                        "resourceType": "DocumentReference",
                        "content": [{"attachment": {"url": "http://169.254.169.254/"}}],
                    },
                }
            ],
            "Content: Send the document itself in attachment.data; addresses are not fetched.",
        ),
    ],
)
def test_documents_that_are_not_fit_are_named(billing: Client, parts: list[Any], sentence: str) -> None:
    assert sentence in refused(billing, body({"name": "Attachment", "part": parts}))


def test_one_unfit_document_keeps_out_all(billing: Client) -> None:
    assert "plan.pdf is protected" in refused(billing, body(*attachment(pdf(), encrypted())))


@pytest.mark.parametrize(
    "sent", [b"", b"{", b"[]", b'"text"', b'{"resourceType":"Parameters","parameter":[{"name":{}}]}', b"\xff" * 99]
)
def test_what_is_no_request_is_refused(billing: Client, sent: bytes) -> None:
    assert refused(billing, sent)


def test_long_text_that_is_no_base64_is_refused(billing: Client) -> None:
    sent = orjson.dumps(body()).replace(b'"data":"', b'"data":"' + b"!" * 2 * LONGEST_TEXT)
    assert "plan.pdf is not base64" in refused(billing, sent)


def test_too_large_is_413_and_the_limit_is_in_the_capability_statement(
    billing: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spooling, "MOST_TOGETHER", 20_000)
    status, outcome = submit(billing, body(*attachment(b"%PDF-" + bytes(30_000))))
    assert (status, outcome.issue[0].code) == (413, "too-long")
    assert not list((Path(settings.MEDIA_ROOT) / "drafts").glob("*.draft"))
    found = CapabilityStatement.model_validate_json(billing.get(reverse("api:fhir_metadata")).content)
    assert "40 MB a document, 150 MB and 20 documents at once" in found.rest[0].operation[0].documentation


def test_too_many_documents_are_413(billing: Client) -> None:
    assert submit(billing, body(*attachment(*[pdf()] * (receiving.MOST_FILES + 1))))[0] == 413


# ---------- who ----------


def test_a_key_needs_the_scope_of_records(world: World, administrator: User) -> None:
    for scope, status in ((Right.CLAIMS_READ, 403), (Right.RECORDS, 200)):
        _, secret = make_key(world.supplier, str(scope), [scope], 30, by=administrator)
        assert submit(Client(), body(), Authorization=f"Bearer {secret}")[0] == status


def test_nobody_and_staff_send_nothing_and_an_outsider_not_for_others(staff: Client, outsider: Client) -> None:
    assert submit(Client(), body())[0] == 401
    assert submit(staff, body())[0] == 403
    assert "OrganizationId: This NPI is of no supplier" in refused(outsider, body())


# ---------- the stream ----------


def spooled(text: bytes, size: int) -> tuple[Any, list[bytes]]:
    """A text read in pieces of a size: its JSON, and the documents in it in their order."""
    spooler = Spooler()
    for at in range(0, len(text), size):
        spooler.feed(text[at : at + size])
    found = spooler.read(io.BytesIO())
    try:
        return found.body, [Path(each.file.temporary_file_path()).read_bytes() for each in found.files.values()]
    finally:
        close_files(found.files.values())


@given(st.lists(st.binary(max_size=50), max_size=3), st.integers(1, 40), st.booleans())
def test_documents_come_out_as_they_went_in_wherever_the_pieces_end(
    parts: list[bytes], size: int, is_escaped: bool
) -> None:
    documents = [bytes(LONGEST_TEXT) + part for part in parts]
    texts = [base64.b64encode(each).decode() for each in documents]
    sent = orjson.dumps({"a": 'quote " and \\', "data": texts, "é": "ü\n"})
    sent = sent.replace(b"/", b"\\/") if is_escaped else sent
    read, found = spooled(sent, size * 100 + 1)
    assert found == documents
    assert (read["a"], read["é"], len(read["data"])) == ('quote " and \\', "ü\n", len(texts))


class Flood(io.RawIOBase):
    """A request with one document of so many megabytes, made as it is read."""

    def __init__(self, megabytes: int) -> None:
        self.pieces = iter([b'{"data": "', *[b"QUJD" * (CHUNK // 4)] * (megabytes * 16), b'"}'])

    def read(self, size: int = -1) -> bytes:
        return next(self.pieces, b"")


def test_forty_megabytes_pass_with_flat_memory() -> None:
    tracemalloc.start()
    try:
        found = SpoolingParser().parse(Flood(50))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    (document,) = found.files.values()
    assert (document.size, document.trouble) == (50 * 16 * CHUNK // 4 * 3, "")
    document.file.close()
    assert peak < 2_000_000


def test_what_is_beyond_the_limit_is_not_kept() -> None:
    with pytest.raises(APIException) as refusal:
        SpoolingParser().parse(Flood(60))
    assert refusal.value.status_code == 413
