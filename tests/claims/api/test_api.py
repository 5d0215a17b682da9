"""The API: what it tells, to whom, in which shape it refuses, and that a key makes a request happen once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

from accounts.models import AccessLog, IdempotencyKey, User
from claims import forms
from claims.api.idempotency import BROKEN_OFF_AFTER
from claims.daily import move_business_date
from claims.intake.receive import Receipt
from claims.models import Claim, ReceivedFile, Remittance
from suppliers.models import Supplier
from tests.claims.intake.files import file_of
from tests.claims.pages.scene import line
from tests.factories.claims import ClaimFactory
from tests.factories.world import World

CLAIMS, FILES, REMITTANCES = (reverse(f"api:{name}") for name in ("claims", "files", "remittances"))
Decide = Callable[..., Claim]
Send = Callable[..., Receipt]


def results(client: Client, address: str = CLAIMS, **query: Any) -> list[dict[str, Any]]:
    response = client.get(address, query)
    assert response.status_code == 200, response.content
    return response.json()["results"]


# ---------- claims ----------


def test_a_claim_in_the_list_has_its_number_status_and_money(staff: Client, decided: Decide) -> None:
    claim = decided()
    (found,) = results(staff)
    assert found["number"] == claim.icn
    assert found["url"].endswith(reverse("api:claim", args=[claim.icn]))
    assert (found["status"], found["status_label"]) == ("payable", "Payable")
    assert (found["total_charge"], found["paid_amount"], found["payment_day"]) == ("400.00", "198.76", "2026-01-30")


def test_the_list_takes_the_filters_of_the_worklist(staff: Client, decided: Decide, world: World) -> None:
    held = decided(lines=[line("G0068", dt.date(2026, 2, 10), 500)], received_on=dt.date(2026, 2, 14))
    decided()
    test = world.claim(test_claim=True, icn="9926016000001")
    assert [row["number"] for row in results(staff, status="on_hold", edit="HIT-501", code="G0068")] == [held.icn]
    assert [row["number"] for row in results(staff, test="true")] == [test.icn]
    assert results(staff, received_from="2026-03-01") == []


def test_cursors_lead_through_all_claims_and_back(staff: Client, world: World) -> None:
    claims = {world.claim().icn for _ in range(5)}
    first = staff.get(CLAIMS, {"limit": 2, "order": "-total_charge"}).json()
    second = staff.get(first["next"]).json()
    third = staff.get(second["next"]).json()
    pages = [first, second, third]
    assert {row["number"] for page in pages for row in page["results"]} == claims
    assert [len(page["results"]) for page in pages] == [2, 2, 1]
    assert (first["previous"], third["next"]) == (None, None)
    assert staff.get(third["previous"]).json()["results"] == second["results"]


def test_a_claim_tells_why_line_by_line(staff: Client, decided: Decide, examiner: User) -> None:
    claim = decided(lines=[line("G0088", dt.date(2026, 1, 5)), line("99601", dt.date(2026, 1, 6), 100)])
    found = staff.get(reverse("api:claim", args=[claim.icn])).json()
    assert found["claim"]["number"] == claim.icn
    assert found["mbi"] == claim.mbi
    assert found["verdict"] == "One visit pays $198.76 and one is denied: no visit code of that day."
    pays, denied = found["lines"]
    assert (pays["outcome"], pays["paid"], pays["deciding"]) == ("pay", "198.76", [])
    assert denied["reasons"][0]["code"] == "CO-16"
    assert denied["deciding"][0]["edit"] == "HIT-103"
    assert denied["deciding"][0]["remedy"].startswith("A new claim with the visit code")
    assert {step["step"] for step in found["price"]} >= {"National amount", "Fee", "Allowed", "Paid"}
    assert AccessLog.objects.get(person=examiner).page == "API, claim"


def test_a_claim_that_is_not_decided_has_no_outcome(staff: Client, world: World) -> None:
    found = staff.get(reverse("api:claim", args=[world.claim().icn])).json()
    assert (found["lines"][0]["outcome"], found["lines"][0]["paid"], found["price"]) == (None, None, [])


def test_a_supplier_sees_its_own_and_an_outsider_nothing(
    billing: Client, outsider: Client, decided: Decide, other_supplier: Supplier
) -> None:
    claim, other = decided(), ClaimFactory(supplier=other_supplier)
    assert [row["number"] for row in results(billing)] == [claim.icn]
    assert [row["number"] for row in results(outsider)] == [other.icn]
    assert_refused(outsider.get(reverse("api:claim", args=[claim.icn])), 404, "not_found")


#: Session, person, the claims.
QUERIES = 3


def test_the_list_takes_a_fixed_number_of_queries(staff: Client, decided: Decide) -> None:
    for rows in (1, 6):
        for _ in range(rows):
            decided()
        with CaptureQueriesContext(connection) as queries:
            results(staff)
        assert len(queries) == QUERIES


# ---------- one shape for every refusal ----------


def assert_refused(response: Any, status: int, code: str) -> dict[str, Any]:
    body: dict[str, Any] = response.json()
    assert (response.status_code, body["code"]) == (status, code), body
    assert set(body) == {"code", "message", "fields_in_error"}
    assert body["message"]
    return body


def test_every_refusal_has_one_shape(
    staff: Client, world: World, signed_in_as: Callable[[User], Client], reviewer: User
) -> None:
    assert_refused(Client().get(CLAIMS), 401, "not_authenticated")
    assert_refused(staff.get(reverse("api:claim", args=["1"])), 404, "not_found")
    assert_refused(staff.get(reverse("api:file", args=[1])), 404, "not_found")
    assert_refused(staff.delete(CLAIMS), 403, "permission_denied")
    assert_refused(signed_in_as(reviewer).post(FILES), 403, "permission_denied")
    assert "order" in assert_refused(staff.get(CLAIMS, {"order": "name"}), 400, "invalid")["fields_in_error"]
    assert "limit" in assert_refused(staff.get(CLAIMS, {"limit": "1000"}), 400, "invalid")["fields_in_error"]
    assert "after" in assert_refused(staff.get(CLAIMS, {"after": "x"}), 400, "invalid")["fields_in_error"]
    assert "status" in assert_refused(staff.get(CLAIMS, {"status": "lost"}), 400, "invalid")["fields_in_error"]
    assert "file" in assert_refused(staff.post(FILES), 400, "invalid")["fields_in_error"]


# ---------- files ----------


def send(client: Client, content: bytes = b"", key: str = "", name: str = "claims.x12") -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(FILES, {"file": SimpleUploadedFile(name, content or file_of())}, headers=headers)


def test_a_file_is_received_and_answered_at_once(billing: Client, supplier_person: User) -> None:
    response = send(billing)
    receipt = response.json()
    assert response.status_code == 201
    assert (receipt["file"]["accepted"], receipt["file"]["state"], receipt["is_duplicate"]) == (1, "finished", False)
    assert [answer["kind"] for answer in receipt["answers"]] == ["999", "277CA"]
    assert receipt["answers"][1]["content"].startswith("ISA*")
    assert ReceivedFile.objects.get().submitted_by == supplier_person
    found = billing.get(receipt["file"]["url"]).json()
    assert found["file"] == receipt["file"]
    assert billing.get(receipt["answers"][0]["url"]).content.decode() == receipt["answers"][0]["content"]


def test_the_same_file_again_is_answered_200_and_not_received_again(billing: Client) -> None:
    send(billing)
    response = send(billing)
    assert (response.status_code, response.json()["is_duplicate"]) == (200, True)
    assert Claim.objects.count() == 1


def test_a_file_with_a_rejected_claim_says_what_is_wrong(billing: Client) -> None:
    receipt = send(billing, file_of(mbis=("1EG4TE5MKXX",))).json()
    (rejected,) = billing.get(receipt["file"]["url"]).json()["rejected"]
    assert rejected["patient_control_number"] == "SYN1"
    assert "message" in rejected["findings"][0]


def test_files_are_seen_by_who_sent_them(billing: Client, outsider: Client, sent: Send) -> None:
    file = sent(file_of()).file
    assert [row["name"] for row in results(billing, FILES)] == ["claims.x12"]
    assert results(outsider, FILES) == []
    assert_refused(outsider.get(reverse("api:file", args=[file.pk])), 404, "not_found")
    answer = reverse("api:answer", args=[file.pk, file.acknowledgements.first().pk])
    assert_refused(outsider.get(answer), 404, "not_found")


def test_a_file_that_is_too_large_or_empty_is_refused(billing: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "MOST_MEGABYTES", Decimal("0.0001"))
    assert_refused(send(billing), 413, "too_large")
    empty = billing.post(FILES, {"file": SimpleUploadedFile("empty.x12", b"")})
    assert "file" in assert_refused(empty, 400, "invalid")["fields_in_error"]


# ---------- idempotency ----------


def test_a_request_with_the_same_key_is_answered_and_not_done_again(billing: Client) -> None:
    first, again = send(billing, key="upload-1"), send(billing, key="upload-1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert again["Idempotent-Replay"] == "true"
    assert ReceivedFile.objects.get().acknowledgements.count() == 2, "no TA1 for a repeated file"


def test_a_key_with_another_request_is_refused(billing: Client) -> None:
    send(billing, key="upload-1")
    assert_refused(send(billing, file_of(control_number=2), key="upload-1"), 422, "key_reused")
    assert ReceivedFile.objects.count() == 1


def test_the_key_of_one_person_is_no_other_persons(billing: Client, staff: Client) -> None:
    send(billing, key="upload-1")
    assert send(staff, file_of(control_number=2), key="upload-1").status_code == 201


def test_a_request_still_being_worked_is_refused_until_it_was_broken_off(
    billing: Client, supplier_person: User
) -> None:
    send(billing, key="upload-1")
    IdempotencyKey.objects.update(response_status=None, response_body="")
    assert_refused(send(billing, key="upload-1"), 409, "conflict")
    key = IdempotencyKey.objects.get()
    IdempotencyKey.objects.update(created_at=key.created_at - BROKEN_OFF_AFTER)
    assert send(billing, key="upload-1").status_code == 200
    assert IdempotencyKey.objects.get(user=supplier_person).response_status == 200


def test_a_key_that_is_too_long_is_refused(billing: Client) -> None:
    assert "Idempotency-Key" in assert_refused(send(billing, key="k" * 101), 400, "invalid")["fields_in_error"]


def test_a_request_that_fails_leaves_its_key_free(billing: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.api.views.receive_file", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        send(billing, key="upload-1")
    assert not IdempotencyKey.objects.exists()


# ---------- remittances ----------


def test_remittances_are_told_to_their_supplier(billing: Client, outsider: Client, decided: Decide) -> None:
    decided()
    move_business_date(dt.date(2026, 1, 30))
    remittance = Remittance.objects.get()
    (found,) = results(billing, REMITTANCES)
    assert (found["trace_number"], found["paid_amount"]) == (remittance.trace_number, "198.76")
    detail = billing.get(found["url"]).json()
    assert detail["is_estimated"] is True
    assert detail["claims"][0]["lines"][0]["codes"][0]["code"] == "CO-45"
    assert billing.get(reverse("api:remittance_835", args=[remittance.pk])).content.decode() == remittance.content
    assert results(outsider, REMITTANCES) == []
    for name in ("remittance", "remittance_835"):
        assert_refused(outsider.get(reverse(f"api:{name}", args=[remittance.pk])), 404, "not_found")


# ---------- description ----------


def test_the_description_is_valid_and_names_every_operation() -> None:
    schema = SchemaGenerator().get_schema(request=None, public=True)
    validate_schema(schema)
    paths = {path for path in schema["paths"] if not path.endswith("schema/")}
    assert paths == {
        "/api/v1/claims/",
        "/api/v1/claims/{icn}/",
        "/api/v1/fhir/$submit-attachment",
        "/api/v1/fhir/metadata",
        "/api/v1/fhir/ExplanationOfBenefit/{icn}",
        "/api/v1/fhir/ClaimResponse/{icn}",
        "/api/v1/notices/",
        "/api/v1/policy/",
        "/api/v1/policy/{name}/",
        "/api/v1/public/policy/",
        "/api/v1/public/policy/{name}/",
        "/api/v1/public/prices/",
        "/api/v1/suppliers/",
        "/api/v1/suppliers/{id}/",
        "/api/v1/checks/",
        "/api/v1/checks/file/",
        "/api/v1/claim-status/",
        "/api/v1/eligibility/",
        "/api/v1/files/",
        "/api/v1/files/{id}/",
        "/api/v1/files/{id}/answers/{answer}/",
        "/api/v1/plans/",
        "/api/v1/plans/{id}/",
        "/api/v1/plans/{id}/changes/",
        "/api/v1/plans/{id}/completion/",
        "/api/v1/plans/{id}/reviews/",
        "/api/v1/plans/{id}/documents/",
        "/api/v1/documents/{id}/",
        "/api/v1/documents/{id}/content/",
        "/api/v1/remittances/",
        "/api/v1/remittances/{id}/",
        "/api/v1/remittances/{id}/835/",
    }
    listing = schema["paths"]["/api/v1/claims/"]["get"]
    assert {"status", "edit", "code", "after", "order"} <= {each["name"] for each in listing["parameters"]}
    sending = schema["paths"]["/api/v1/files/"]["post"]
    assert "Idempotency-Key" in {each["name"] for each in sending["parameters"]}
    assert {"200", "201", "400", "403", "409", "413", "422"} <= set(sending["responses"])
