"""Plans of care and documents by API: the same rules as the pages, in the API's one shape."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import AccessLog, User
from beneficiaries.documents import receiving
from beneficiaries.models import Document, PlanDraft, PlanOfCare
from beneficiaries.plans.actions import begin_on
from tests.beneficiaries.documents.making import pdf
from tests.factories.beneficiaries import PHYSICIAN_NPI, PlanOfCareFactory
from tests.factories.world import MBI, World

PLANS = reverse("api:plans")
CONTENT: dict[str, Any] = {
    "physician_name": "Elena Marchetti",
    "physician_npi": PHYSICIAN_NPI,
    "credential": "MD",
    "established": "2026-01-12",
    "starts": "2026-01-12",
    "drugs": ["J2260"],
    "therapy_type": "inotropic infusion",
    "dosage": "0.375 mcg/kg/min",
    "frequency": "continuous",
    "amount": "3 visits a week",
    "duration": "12 weeks",
    "professional_services": ["nursing assessment"],
    "fewest": 1,
    "most": 3,
    "discipline": "RN",
    "needs": "Daily weights.",
    "options_notified": "2026-01-10",
    "dme_consulted": "2026-01-11",
    "prescriber_consulted": "2026-01-11",
}


@pytest.fixture
def plan(world: World) -> PlanOfCare:
    assert world.plan is not None
    return world.plan


def new_plan(world: World, **content: Any) -> dict[str, Any]:
    patient = world.beneficiary
    named = {"mbi": MBI, "last_name": patient.last_name, "birth_date": patient.birth_date.isoformat()}
    supplier = {"supplier_npi": world.supplier.npi, "supplier_tin": world.supplier.tin}
    return {**supplier, "patient": named, "content": {**CONTENT, **content}}


def post(client: Client, address: str, body: Any, **headers: str) -> Any:
    return client.post(address, body, content_type="application/json", headers=headers)


def test_a_plan_is_put_on_file_and_says_what_is_missing(world: World, billing: Client) -> None:
    response = post(billing, PLANS, new_plan(world))
    assert response.status_code == 201, response.content
    told = response.json()
    assert told["missing"] == ["Signed and dated"]
    assert (told["claim_would"], [each["edit"] for each in told["edits"]]) == ("suspend", ["HIT-403"])
    (version,) = told["versions"]
    assert version["content"]["drugs"] == ["J2260"]
    assert (version["content"]["fewest"], version["content"]["most"]) == (1, 3)
    assert PlanOfCare.objects.get(pk=told["id"]).ends == dt.date(2026, 4, 5)


def test_the_same_key_files_one_plan(world: World, billing: Client) -> None:
    before = PlanOfCare.objects.count()
    answers = [post(billing, PLANS, new_plan(world), **{"Idempotency-Key": "one"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert PlanOfCare.objects.count() == before + 1
    other = post(billing, PLANS, new_plan(world, dosage="other"), **{"Idempotency-Key": "one"})
    assert other.json()["code"] == "key_reused"


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({"physician_npi": "1234567890"}, "physician_npi"),
        ({"starts": None}, "starts"),
        ({"signed": "2026-01-17"}, "signed"),
        ({"drugs": ["Z9999"]}, "drugs"),
        ({"credential": "RN"}, "content"),
    ],
)
def test_what_is_wrong_is_named_by_field_and_leaves_nothing(
    world: World, billing: Client, content: dict[str, Any], field: str
) -> None:
    before = PlanOfCare.objects.count()
    response = post(billing, PLANS, new_plan(world, **content))
    assert (response.status_code, response.json()["code"]) == (400, "invalid")
    assert list(response.json()["fields_in_error"]) == [field]
    assert (PlanOfCare.objects.count(), PlanDraft.objects.count()) == (before, 0)


def test_a_patient_who_does_not_match_is_not_found(world: World, billing: Client) -> None:
    body = new_plan(world)
    body["patient"]["birth_date"] = "1901-01-01"
    assert "do not all match" in post(billing, PLANS, body).json()["fields_in_error"]["patient"][0]


def test_a_change_a_completion_and_a_review(world: World, billing: Client) -> None:
    plan = PlanOfCareFactory(beneficiary=world.beneficiary, supplier=world.supplier, unsigned=True)

    def write(name: str, body: Any) -> Any:
        response = post(billing, reverse(f"api:{name}", args=[plan.pk]), body)
        assert response.status_code == 201, response.content
        return response.json()

    assert write("plan_completion", {"signed": "2026-01-03"})["versions"][0]["content"]["signed"] == "2026-01-03"
    changed = write("plan_changes", {"changed_on": "2026-01-15", "dosage": "raised", "signed": "2026-01-15"})
    assert [each["content"]["dosage"] for each in changed["versions"]] == ["raised", "0.375 mcg/kg/min"]
    assert write("plan_reviews", {"reviewed_on": "2026-01-14"})["reviews"] == [
        {"reviewed_on": "2026-01-14", "note": ""}
    ]


def test_a_draft_that_somebody_writes_is_left_to_them(
    world: World, billing: Client, plan: PlanOfCare, supplier_person: User
) -> None:
    draft = begin_on(plan, PlanDraft.Purpose.CHANGE, values={"dosage": "typed"}, by=supplier_person)
    body = {"changed_on": "2026-01-15", "dosage": "raised"}
    assert post(billing, reverse("api:plan_changes", args=[plan.pk]), body).status_code == 201
    draft.refresh_from_db()
    assert (draft.filed, draft.values) == (None, {"dosage": "typed"})


def test_a_completion_overwrites_nothing(billing: Client, plan: PlanOfCare) -> None:
    response = post(billing, reverse("api:plan_completion", args=[plan.pk]), {"dosage": "other"})
    assert response.status_code == 400
    assert "Nothing was filled in" in response.json()["fields_in_error"]["request"][0]


def test_the_list_is_paged_and_tells_only_ones_own(
    world: World, billing: Client, outsider: Client, staff: Client, django_assert_max_num_queries: Any
) -> None:
    for _ in range(3):
        PlanOfCareFactory(beneficiary=world.beneficiary, supplier=world.supplier)
    with django_assert_max_num_queries(8):
        page = billing.get(PLANS, {"limit": 3}).json()
    assert (len(page["results"]), page["previous"]) == (3, None)
    assert len(billing.get(page["next"]).json()["results"]) == 1
    assert outsider.get(PLANS).json()["results"] == []
    assert len(staff.get(PLANS).json()["results"]) == 4


# ---------- documents ----------


def send(client: Client, plan: PlanOfCare, *files: tuple[str, bytes], **headers: str) -> Any:
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(reverse("api:plan_documents", args=[plan.pk]), {"files": sent}, headers=headers)


def test_a_document_is_sent_told_of_and_fetched(billing: Client, plan: PlanOfCare) -> None:
    content = pdf("by API")
    response = send(billing, plan, ("plan.pdf", content), ("empty.pdf", b""))
    assert response.status_code == 201, response.content
    ((document,), (refused,)) = response.json()["documents"], response.json()["refusals"]
    assert (document["name"], document["kind"], document["pages"]) == ("plan.pdf", "pdf", 1)
    assert (refused["code"], refused["message"][:19]) == ("empty", "empty.pdf is empty.")
    fetched = billing.get(document["content"])
    assert (fetched.getvalue(), fetched["X-Content-Type-Options"]) == (content, "nosniff")
    assert fetched["Content-Disposition"].startswith("attachment")
    assert AccessLog.objects.filter(about_id=str(document["id"]), page="API, document content").count() == 1
    assert billing.get(reverse("api:document", args=[document["id"]])).json()["sha256"] == document["sha256"]


def test_the_same_key_keeps_one_document(billing: Client, plan: PlanOfCare) -> None:
    key = {"Idempotency-Key": "sent once"}
    answers = [send(billing, plan, ("plan.pdf", pdf("once")), **key) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert Document.objects.count() == 1


def test_refusals_have_the_one_shape(billing: Client, plan: PlanOfCare, monkeypatch: pytest.MonkeyPatch) -> None:
    response = send(billing, plan, ("empty.pdf", b""))
    assert (response.status_code, list(response.json()["fields_in_error"])) == (400, ["files"])
    assert send(billing, plan).status_code == 400
    monkeypatch.setattr(receiving, "MOST_BYTES", 10)
    assert (send(billing, plan, ("plan.pdf", pdf())).status_code, Document.objects.count()) == (413, 0)


def test_no_one_else_reaches_a_plan_or_its_documents(
    billing: Client, outsider: Client, staff: Client, plan: PlanOfCare, signed_in_as: Callable[[User], Client]
) -> None:
    document = send(billing, plan, ("plan.pdf", pdf("private"))).json()["documents"][0]
    read = [
        reverse("api:plan", args=[plan.pk]),
        *(reverse(f"api:{n}", args=[document["id"]]) for n in ("document", "document_content")),
    ]
    written = [reverse(f"api:plan_{name}", args=[plan.pk]) for name in ("changes", "completion", "reviews")]
    assert {outsider.get(address).status_code for address in read} == {404}
    assert {post(outsider, address, {"reviewed_on": "2026-01-14"}).status_code for address in written} == {404}
    assert send(outsider, plan, ("plan.pdf", pdf())).status_code == 404
    assert {staff.get(address).status_code for address in read} == {200}
    assert {post(staff, address, {}).status_code for address in written} == {403}
    assert {Client().get(address).status_code for address in read} == {401}
