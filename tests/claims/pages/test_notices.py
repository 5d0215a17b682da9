"""Denials of suppliers that are not on file: who sees the list and the letter, when a claim leaves the list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AccessLog, Event, User
from claims.adjudication.queue import adjudicate_all
from claims.daily import move_business_date
from claims.models import Claim, ClaimStatus, Remittance
from claims.notices.actions import mail_notice
from claims.notices.readers import address_lines
from policy.refusals import Refused
from tests.claims.intake.files import file_of

NOTICES = reverse("claims:notices")
#: A number with the right check digit that no supplier here has.
STRANGER = ("1987654328", "529999999")


@pytest.fixture
def denied(sent: Callable[..., object], examiner: User) -> Claim:
    """A claim of a supplier that is not on file, decided; its payment day would have come."""
    content = file_of().replace(b"XX*1234567893", b"XX*" + STRANGER[0].encode())
    sent(content.replace(b"EI*521234567", b"EI*" + STRANGER[1].encode()), by=examiner)
    adjudicate_all()
    move_business_date(dt.date(2026, 2, 2))
    return Claim.objects.get()


def listed(client: Client) -> list[str]:
    return [claim.icn for claim in client.get(NOTICES).context["page"].rows]


def address(claim: Claim, name: str = "notice") -> str:
    return reverse(f"claims:{name}", args=[claim.icn])


def test_a_denial_without_a_payee_is_on_no_remittance_and_in_the_list(staff: Client, denied: Claim) -> None:
    assert (denied.status, denied.supplier) == (ClaimStatus.DENIED, None)
    assert not Remittance.objects.exists()
    assert listed(staff) == [denied.icn]
    for page in (reverse("claims:claim", args=[denied.icn]), reverse("claims:file", args=[denied.file_id])):
        assert "old to nobody: the supplier is not on file" in staff.get(page).content.decode()


def test_the_letter_goes_to_the_address_on_the_claim_and_gives_the_reason(
    staff: Client, denied: Claim, examiner: User
) -> None:
    text = staff.get(address(denied)).content.decode()
    assert "100 MAIN ST<br>BALTIMORE MD 21201-1234</address>" in text
    assert "EXAMPLE MAC JL" in text
    assert "CO-B7" in text
    assert "N570" in text
    assert AccessLog.objects.filter(person=examiner, page="Paper notice", about_id=str(denied.pk)).exists()


def test_a_letter_that_was_mailed_is_noted_once_and_the_claim_leaves_the_list(
    staff: Client, denied: Claim, examiner: User
) -> None:
    assert staff.post(address(denied, "notice_mailed")).headers["Location"] == NOTICES
    event = Event.objects.get(verb="notice_mailed")
    assert (event.actor, event.about_id, event.data) == (
        examiner,
        str(denied.pk),
        {"decision": denied.current_decision_id},
    )
    assert listed(staff) == []
    assert "Mailed February 2, 2026" in staff.get(address(denied)).content.decode()
    with pytest.raises(Refused, match="No notice of this claim waits"):
        mail_notice(denied, by=examiner)
    assert Event.objects.filter(verb="notice_mailed").count() == 1


def test_a_later_decision_is_told_anew(staff: Client, denied: Claim, examiner: User) -> None:
    mail_notice(denied, by=examiner)
    Claim.objects.filter(pk=denied.pk).update(current_decision=denied.current_decision_id + 1)
    assert listed(staff) == [denied.icn]


def test_what_an_835_tells_and_a_test_have_no_letter(
    staff: Client, denied: Claim, decided: Callable[..., Claim]
) -> None:
    told = decided(lines=[{"hcpcs": "99601", "date_of_service": dt.date(2026, 1, 6), "charge": 100}])
    assert staff.get(address(told)).status_code == 404
    Claim.objects.filter(pk=denied.pk).update(is_test=True)
    assert listed(staff) == []
    assert staff.get(address(denied)).status_code == 404


def test_suppliers_have_no_part_in_it(billing: Client, outsider: Client, denied: Claim) -> None:
    for client in (billing, outsider):
        assert client.get(NOTICES).status_code == 403
        assert client.get(address(denied)).status_code == 403
        assert client.post(address(denied, "notice_mailed")).status_code == 403
        assert client.get(reverse("claims:claim", args=[denied.icn])).status_code == 404


def test_only_examiners_say_that_it_went_out(
    denied: Claim, reviewer: User, signed_in_as: Callable[[User], Client]
) -> None:
    client = signed_in_as(reviewer)
    assert client.get(address(denied)).status_code == 200
    assert client.post(address(denied, "notice_mailed")).status_code == 403


def test_the_number_of_queries_does_not_depend_on_the_claims(staff: Client, denied: Claim) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            staff.get(NOTICES)
        return len(captured)

    alone = queries()
    for number in range(3):
        copy = Claim.objects.get(pk=denied.pk)
        copy.pk, copy.icn, copy.file, copy.position = None, f"022602000000{number}", None, 0
        copy.arrival = denied.arrival + 1000 + number
        copy.save(force_insert=True)
    assert len(listed(staff)) == 4
    assert queries() == alone


def test_an_address_leaves_out_what_is_not_there() -> None:
    assert address_lines({"street": "1 Main", "city": "Baltimore", "state": "MD", "zip_code": "21201"}) == (
        "1 Main",
        "Baltimore MD 21201",
    )
    assert address_lines({}) == ()
