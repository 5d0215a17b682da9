"""Papers that a claim announces, on the case: waited for, seen in the record, and nothing taken before their day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from beneficiaries.models import BeneficiaryMbi
from claims.models import AnnouncedAttachment
from medical_review.actions.deciding import sign
from medical_review.models import Case, LineVerdict
from medical_review.record import documents_of
from policy import clock
from policy.refusals import Refused
from tests.claims.attachments.scene import cover, paper, send
from tests.claims.pages.scene import TODAY
from tests.medical_review.scene import ready

pytestmark = pytest.mark.usefixtures("announced")


@pytest.fixture
def announced(case: Case) -> AnnouncedAttachment:
    """The claim of the case announces its plan of treatment by fax."""
    return AnnouncedAttachment.objects.create(claim=case.claim, control_number="ACN-1", report_type="08", way="FX")


def page_of(client: Client, case: Case) -> str:
    return " ".join(client.get(reverse("review:case", args=[case.pk])).content.decode().split())


def test_the_case_names_them_with_their_last_day_and_then_shows_them(
    case: Case, reviewer: User, signed_in_as: Callable[[User], Client]
) -> None:
    browser = signed_in_as(reviewer)
    assert "ACN-1</b>, plan of treatment, by fax: not here yet, waited for until January 23" in page_of(browser, case)
    taken = send(cover(), [paper(name="treatment.pdf")], by=reviewer)
    page = page_of(browser, case)
    assert "ACN-1</b>, plan of treatment, by fax: received on January 16" in page
    assert "treatment.pdf" in page
    assert taken.attachment
    assert taken.attachment.claim == case.claim


def test_papers_of_a_claim_lie_in_its_record_though_its_patient_is_not_on_file(case: Case, reviewer: User) -> None:
    send(cover(), [paper()], by=reviewer)
    case.claim.beneficiary = None
    assert documents_of(case).count() == 1
    assert BeneficiaryMbi.objects.exists()


def test_nothing_is_taken_from_the_claim_before_their_last_day_has_passed(case: Case, reviewer: User) -> None:
    ready(case, reviewer, LineVerdict.AFFIRM, LineVerdict.DENY)
    clock.set_today(TODAY + dt.timedelta(days=7))
    with pytest.raises(Refused) as refused:
        sign(case, by=reviewer)
    assert "Papers announced under ACN-1 are waited for until January 23" in str(refused.value)
    clock.set_today(TODAY + dt.timedelta(days=8))
    assert sign(case, by=reviewer)


def test_what_came_is_waited_for_no_longer(case: Case, reviewer: User) -> None:
    ready(case, reviewer, LineVerdict.AFFIRM, LineVerdict.DENY)
    send(cover(), [paper()], by=reviewer)
    assert sign(case, by=reviewer)


def test_a_claim_that_is_affirmed_waits_for_nothing(case: Case, reviewer: User) -> None:
    ready(case, reviewer, LineVerdict.AFFIRM, LineVerdict.AFFIRM)
    assert sign(case, by=reviewer)
