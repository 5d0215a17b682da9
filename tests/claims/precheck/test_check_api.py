"""Checks by API: one claim as JSON, a whole file; as a supplier may know it, and nothing kept."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import Claim, PatientLook, ReceivedFile
from claims.precheck import files, looks
from claims.precheck.looks import NOT_MATCHED, TOO_MANY
from tests.claims.intake.files import file_of
from tests.factories.beneficiaries import PHYSICIAN_NPI, OutsideVisitFactory
from tests.factories.world import MBI, SUPPLIER_NPI, SUPPLIER_TIN, World

pytestmark = pytest.mark.django_db

CHECK, FILE = reverse("api:check"), reverse("api:check_file")
LINE = {"date_of_service": "2026-01-05", "hcpcs": "G0088", "units": "6", "charge": "400.00"}
CLAIM = {
    "billing_npi": SUPPLIER_NPI,
    "billing_tax_id": SUPPLIER_TIN,
    "mbi": MBI,
    "last_name": "Evans",
    "birth_date": "1948-02-15",
    "referring_npi": PHYSICIAN_NPI,
    "diagnoses": ["I50.22"],
}


def ask(client: Client, *lines: dict[str, Any], **changed: Any) -> Any:
    body = {**CLAIM, "lines": [{**LINE, **line} for line in lines or ({},)], **changed}
    return client.post(CHECK, body, content_type="application/json")


def told(client: Client, *lines: dict[str, Any], **changed: Any) -> dict[str, Any]:
    response = ask(client, *lines, **changed)
    assert response.status_code == 200, response.content
    return response.json()


def send(client: Client, content: bytes) -> Any:
    return client.post(FILE, {"file": SimpleUploadedFile("claims.x12", content)})


def test_a_claim_is_told_with_its_price_and_the_days_of_its_drug(billing: Client) -> None:
    found = told(billing)
    assert (found["headline"], found["status"]) == ("The visit would be paid", "pay")
    assert (found["medicare_pays"], found["patient_owes"]) == ("198.76", "50.70")
    assert found["lines"][0]["line"]["paid"] == "198.76"
    assert {step["step"] for step in found["price"]} >= {"National amount", "Fee", "Allowed", "Paid"}
    assert found["drugs"] == [
        {"drug": "J2260", "status": "paid", "counts_for": [1], "counts_through": "2026-02-02", "days_left": 17}
    ]
    assert found["gateway"] == []
    assert not Claim.objects.exists()


def test_a_denied_line_has_its_reason_its_day_and_what_to_change(billing: Client, world: World) -> None:
    OutsideVisitFactory(beneficiary=world.beneficiary, date_of_service=dt.date(2025, 12, 20))
    (line,) = told(billing)["lines"]
    assert line["outcome"] == "deny"
    assert line["line"]["deciding"][0]["edit"] == "HIT-601"
    assert line["line"]["deciding"][0]["next_eligible"] == "2026-02-19"
    assert "Infusion Elsewhere" not in str(line)
    assert (line["suggestion"]["change"], line["suggestion"]["value"]) == ("code", "G0068")


def test_a_line_over_several_days_is_to_be_split(billing: Client) -> None:
    (line,) = told(billing, {"through": "2026-01-07"})["lines"]
    assert line["suggestion"]["title"] == "Bill 3 visits, one for each day."


def test_a_patient_who_is_not_named_beyond_doubt_is_not_looked_at(billing: Client) -> None:
    answers = [
        told(billing, **wrong)
        for wrong in ({"mbi": "9AA9AA9AA99"}, {"last_name": "Ewans"}, {"birth_date": "1948-02-16"})
    ]
    assert answers[0] == answers[1] == answers[2]
    assert answers[0]["patient_not_identified"] == NOT_MATCHED
    assert (answers[0]["status"], answers[0]["lines"][0]["outcome"], answers[0]["drugs"]) == (None, None, [])
    assert "HIT-301" not in str(answers[0])


def test_what_the_gateway_would_refuse_is_told_beside_the_verdict(billing: Client) -> None:
    found = told(billing, {"hcpcs": ""})
    assert found["gateway"][0]["line"] == 1
    assert found["lines"][0]["suggestion"]["value"] == "G0088"


def test_wrong_values_are_named_by_field(billing: Client) -> None:
    response = ask(billing, {"charge": "much"}, mbi="12")
    assert response.status_code == 400
    assert set(response.json()["fields_in_error"]) == {"lines", "mbi"}
    assert ask(billing, lines=[]).status_code == 400
    assert billing.post(CHECK, "x", content_type="text/plain").status_code == 415


def test_who_may_check(billing: Client, outsider: Client, staff: Client) -> None:
    assert ask(outsider).status_code == 404
    assert ask(billing, billing_npi="1999999992").status_code == 404
    for client, status in ((staff, 403), (Client(), 401)):
        assert ask(client).status_code == status
        assert send(client, file_of()).status_code == status
    assert not PatientLook.objects.exists()


# ---------- a file ----------


def test_a_file_is_checked_claim_by_claim_and_not_received(billing: Client) -> None:
    response = send(billing, file_of(3, mbis=(MBI, "1EG4TE5MKXX", MBI)))
    assert response.status_code == 200
    first, refused, twin = response.json()["claims"]
    assert (first["headline"], first["check"]["medicare_pays"]) == ("The visit would be paid", "198.76")
    assert (refused["headline"], refused["check"]) == ("The gateway would refuse it", None)
    assert "message" in refused["gateway"][0]
    duplicate = next(each for each in twin["check"]["lines"][0]["line"]["deciding"] if each["edit"] == "HIT-603")
    assert (
        duplicate["evidence"] == "G0088 for January 5 was received before on claim 1 of this file, and is not denied."
    )
    assert not ReceivedFile.objects.exists()
    assert not Claim.objects.exists()


def test_of_a_file_only_ones_own_suppliers_claims_are_checked(outsider: Client) -> None:
    (claim,) = send(outsider, file_of()).json()["claims"]
    assert (claim["check"], claim["not_checked"]) == (None, files.NOT_YOURS)
    assert not PatientLook.objects.exists()


def test_a_patient_of_a_file_who_does_not_match_in_all_is_not_looked_at(billing: Client) -> None:
    content = file_of().replace(b"DMG*D8*19480215", b"DMG*D8*19480216")
    (claim,) = send(billing, content).json()["claims"]
    assert claim["check"]["patient_not_identified"] == NOT_MATCHED


def test_a_file_cannot_guess_beyond_the_limit(billing: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looks, "MOST_MISMATCHES", ("precheck_mismatches_a_day", "2"))
    content = file_of(3)
    for day in (b"0301", b"0302"):
        content = content.replace(b"DMG*D8*19480215", b"DMG*D8*1948" + day, 1)
    said = [claim["check"]["patient_not_identified"] for claim in send(billing, content).json()["claims"]]
    assert said == [NOT_MATCHED, NOT_MATCHED, TOO_MANY], "the third is the right one"


def test_what_is_no_837p_is_said_in_words(billing: Client) -> None:
    found = send(billing, b"%PDF-1.7").json()
    assert found["claims"] == []
    assert "a PDF, not an X12 file" in found["unreadable"][0]
    assert send(billing, b"").status_code == 400


def test_a_long_file_is_checked_in_part(billing: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_CLAIMS", 2)
    found = send(billing, file_of(5)).json()
    assert (len(found["claims"]), found["left_out"]) == (2, 3)


def test_the_page_shows_the_same(billing: Client) -> None:
    page = billing.post(reverse("claims:check_file"), {"file": SimpleUploadedFile("claims.x12", file_of(2))})
    text = page.content.decode()
    assert "SYN1: The visit would be paid" in text
    assert "SYN2: The visit would be denied" in text
    assert "Medicare would pay $198.76" in text


def test_the_queries_of_a_file_do_not_grow_with_its_claims(billing: Client) -> None:
    counts = []
    for claims in (1, 1, 20):
        with CaptureQueriesContext(connection) as queries:
            send(billing, file_of(claims))
        counts.append(len(queries))
    assert counts[1] == counts[2]
