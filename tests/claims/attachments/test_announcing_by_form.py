"""Papers that come apart are announced by the entry page and by JSON as an 837P announces them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from claims.corrections.filling import typed_from
from claims.models import AnnouncedAttachment, Claim, ClaimDraft
from claims.precheck.drafts import begin_draft
from tests.claims.attachments.scene import VISIT, cover, paper, send
from tests.claims.precheck.typed import posted, typed
from tests.factories.world import MBI, SUPPLIER_NPI, World

PAPERS = {"attachment_type": "08", "attachment_way": "BM", "attachment_number": "ACN-7"}


@pytest.fixture
def draft(world: World, billing: Client, supplier_person: User) -> ClaimDraft:
    return begin_draft(world.supplier, by=supplier_person, typed=typed())


def submitted(billing: Client, draft: ClaimDraft, **said: str) -> Claim:
    response = billing.post(reverse("claims:check_submit", args=[draft.pk]), posted(**said))
    assert response.status_code == 302, response.content.decode()
    draft.refresh_from_db()
    assert draft.claim is not None
    return draft.claim


def announced(claim: Claim) -> list[tuple[str, str, str]]:
    return list(claim.announced.values_list("report_type", "way", "control_number"))


def test_the_entry_page_announces_papers_that_then_find_their_claim(
    billing: Client, draft: ClaimDraft, supplier_person: User
) -> None:
    claim = submitted(billing, draft, **PAPERS)
    assert announced(claim) == [("08", "BM", "ACN-7")]
    taken = send(cover("ACN-7"), [paper()], by=supplier_person)
    assert taken.attachment is not None
    assert taken.attachment.claim == claim


def test_papers_without_a_number_of_their_own_go_by_that_of_the_draft(billing: Client, draft: ClaimDraft) -> None:
    page = billing.get(reverse("claims:check_draft", args=[draft.pk])).content.decode()
    assert f"Left empty, it is D{draft.pk}." in page
    claim = submitted(billing, draft, attachment_type="M1", attachment_way="FX")
    assert announced(claim) == [("M1", "FX", f"D{draft.pk}")]


def test_without_a_type_nothing_is_announced(billing: Client, draft: ClaimDraft) -> None:
    assert announced(submitted(billing, draft, attachment_way="FX", attachment_number="ACN-7")) == []


def test_a_correction_announces_the_same_papers_again(billing: Client, draft: ClaimDraft) -> None:
    claim = submitted(billing, draft, **PAPERS)
    assert PAPERS.items() <= typed_from(claim).items()


ASKED = {
    "billing_npi": SUPPLIER_NPI,
    "billing_tax_id": "521234567",
    "mbi": MBI,
    "last_name": "Evans",
    "birth_date": "1948-02-15",
    "diagnoses": ["I50.22"],
    "referring_npi": "1987654328",
    "patient_control_number": "P-1",
    "lines": [{"date_of_service": str(VISIT), "hcpcs": "G0088", "units": "6", "charge": "400.00"}],
}


def test_json_announces_several_papers(billing: Client) -> None:
    papers = [
        {"report_type": "08", "way": "EL", "control_number": "ACN-8"},
        {"report_type": "M1", "way": "FX", "control_number": "ACN-9"},
    ]
    response = billing.post(reverse("api:claims"), {**ASKED, "attachments": papers}, "application/json")
    assert response.status_code == 201, response.content
    claim = Claim.objects.get(icn=response.json()["number"])
    assert announced(claim) == [("08", "EL", "ACN-8"), ("M1", "FX", "ACN-9")]


@pytest.mark.parametrize(
    "wrong", [{"report_type": "8"}, {"way": "XX"}, {"control_number": ""}, {"control_number": "A" * 51}]
)
def test_json_that_announces_wrongly_is_refused_at_its_field(billing: Client, wrong: dict[str, str]) -> None:
    paper_said = {"report_type": "08", "way": "EL", "control_number": "ACN-8", **wrong}
    response = billing.post(reverse("api:claims"), {**ASKED, "attachments": [paper_said]}, "application/json")
    assert response.status_code == 400
    assert "attachments" in response.content.decode()
    assert not AnnouncedAttachment.objects.exists()
