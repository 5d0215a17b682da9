"""Suppliers, policy tables and the submission of a claim by API."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Event, User
from claims.adjudication.queue import adjudicate_all
from claims.models import Claim, ClaimDraft, PatientLook, ReceivedFile
from policy import clock
from policy.changes import EndRow
from policy.models import PaymentAmount
from policy.registry import AMOUNTS, TABLES
from tests.claims.precheck.test_check_api import CLAIM, LINE
from tests.factories.policy import publish_changes
from tests.factories.world import World

CLAIMS, SUPPLIERS, TABLE_LIST = reverse("api:claims"), reverse("api:suppliers"), reverse("api:tables")
SENT = {**CLAIM, "patient_control_number": "SYN-77", "lines": [LINE]}


def send(client: Client, key: str = "", **changed: Any) -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(CLAIMS, {**SENT, **changed}, content_type="application/json", headers=headers)


# ---------- submitting ----------


def test_a_claim_is_submitted_and_decided_like_any_other(billing: Client, world: World) -> None:
    answer = send(billing)
    assert answer.status_code == 201, answer.content
    told = answer.json()
    claim = Claim.objects.get()
    assert (told["number"], told["status"], claim.patient_control_number) == (claim.icn, "queued", "SYN-77")
    assert claim.file
    assert Event.objects.filter(verb="claim_submitted").count() == 1
    adjudicate_all()
    found = billing.get(told["url"]).json()
    assert found["verdict"] == "The visit pays $198.76."


def test_the_same_request_with_its_key_submits_once(billing: Client) -> None:
    first, again = send(billing, "k1"), send(billing, "k1")
    assert (again.status_code, again.json(), again["Idempotent-Replay"]) == (201, first.json(), "true")
    assert send(billing, "k1", patient_control_number="SYN-78").status_code == 422
    assert Claim.objects.count() == 1


def test_what_the_gateway_finds_is_said_by_field_and_nothing_stays(billing: Client, world: World) -> None:
    answer = send(billing, diagnoses=["I50.22", "I50.22", "XX"], last_name="Nobody")
    assert answer.status_code == 400
    assert answer.json()["fields_in_error"]
    assert not Claim.objects.exists()
    assert not ClaimDraft.objects.exists()
    assert not ReceivedFile.objects.exists()
    assert PatientLook.objects.get().is_match is False, "that somebody was asked about stays counted"


def test_a_provider_one_does_not_act_for_is_not_there(outsider: Client, staff: Client) -> None:
    assert send(outsider).status_code == 404
    assert send(staff).status_code == 403


# ---------- suppliers ----------


def test_one_reads_ones_own_supplier_with_its_spans(billing: Client, outsider: Client, world: World) -> None:
    (found,) = billing.get(SUPPLIERS).json()["results"]
    assert (found["npi"], found["tax_id"]) == (world.supplier.npi, world.supplier.tin)
    detail = billing.get(found["url"]).json()
    assert detail["supplier"] == found
    assert detail["enrollments"][0]["in_force"]["start"]
    assert {each["of"] for each in detail["licenses"]} == set(world.supplier.licenses.values_list("state", flat=True))
    assert outsider.get(found["url"]).status_code == 404
    with CaptureQueriesContext(connection) as queries:
        billing.get(found["url"])
    assert len(queries) <= 9


# ---------- policy tables ----------


def rows(client: Client, name: str, **asked: Any) -> list[dict[str, Any]]:
    answer = client.get(reverse("api:table", args=[name]), asked)
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def test_a_table_is_read_as_of_a_day(billing: Client, world: World) -> None:
    (row,) = rows(billing, "payment-amounts", code="G0088", day="2026-01-05")
    assert row["values"]["hcpcs"] == "G0088"
    assert row["basis"] == "estimated"
    assert row["in_force"]["start"] <= "2026-01-05"
    assert rows(billing, "payment-amounts", code="G0088", day="2000-01-01") == []


def test_a_table_is_read_as_it_was_known(billing: Client, world: World, administrator: User) -> None:
    asked = {"code": "G0088", "day": "2026-01-05"}
    (before,) = rows(billing, "payment-amounts", **asked)
    today, later = clock.today(), clock.today() + dt.timedelta(days=1)
    clock.set_today(later)
    row = PaymentAmount.objects.get(hcpcs="G0088", superseded_in=None, in_force__contains=dt.date(2026, 1, 5))
    ending = EndRow(AMOUNTS, row.pk, dt.date(2026, 1, 4), "A test", "inferred")
    publish_changes(ending, by=administrator)
    assert rows(billing, "payment-amounts", **asked) == []
    assert rows(billing, "payment-amounts", **asked, known_on=str(today)) == [before]


def test_every_table_that_one_may_read_is_listed_and_answers(billing: Client, staff: Client, world: World) -> None:
    for client, wanted in ((billing, [t.slug for t in TABLES if t.is_public]), (staff, [t.slug for t in TABLES])):
        listed = client.get(TABLE_LIST).json()
        assert [table["name"] for table in listed] == wanted
        for table in listed:
            assert client.get(table["url"]).status_code == 200


def test_what_suppliers_may_not_read_is_not_there(billing: Client, world: World) -> None:
    assert billing.get(reverse("api:table", args=["settings"])).status_code == 404
    assert billing.get(reverse("api:table", args=["nonsense"])).status_code == 404
    refused = billing.get(reverse("api:table", args=["coinsurance"]), {"code": "x"})
    assert (refused.status_code, list(refused.json()["fields_in_error"])) == (400, ["code"])
