"""Notices: found behind the deciding path, seen by whom they concern, told by mail without saying anything."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from claims.daily import move_business_date
from claims.inbox import mail
from claims.inbox.actions import choose_mail
from claims.inbox.news import find_news, tell_records_requested
from claims.models import Claim, NoticeChoice, NoticeKind, ReceivedFile, SupplierNotice
from suppliers.keys import make_key
from suppliers.models import ApiKey
from suppliers.rights import Duty
from tests.claims.intake.files import file_of
from tests.claims.pages.scene import act_for, line
from tests.factories.world import World

INBOX = reverse("inbox:inbox")
Decide = Callable[..., Claim]


def kinds() -> list[str]:
    return sorted(SupplierNotice.objects.values_list("kind", flat=True))


# ---------- what is told ----------


def test_a_claim_is_told_as_decided_and_then_as_paid(billing: Client, decided: Decide) -> None:
    claim = decided()
    assert find_news() == 1
    move_business_date(dt.date(2026, 1, 30))
    find_news()
    assert kinds() == ["claim.decided", "claim.paid"]
    assert {notice.claim for notice in SupplierNotice.objects.all()} == {claim}
    assert SupplierNotice.objects.get(kind="claim.paid").on == dt.date(2026, 1, 30)
    assert find_news() == 0, "nothing is told twice"


def test_a_claim_that_waits_is_told_as_held(billing: Client, decided: Decide) -> None:
    decided(lines=[line("G0068", dt.date(2026, 2, 10))], received_on=dt.date(2026, 2, 14))
    find_news()
    assert kinds() == ["claim.held"]
    assert "waits for a drug bill" in billing.get(INBOX).content.decode()


def test_test_claims_and_suppliers_for_whom_nobody_acts_are_not_told(decided: Decide, world: World) -> None:
    decided()
    assert find_news() == 0
    assert not SupplierNotice.objects.exists()


def test_a_file_with_refused_claims_is_told_to_who_sent_it(
    billing: Client, world: World, supplier_person: User, outsider: Client
) -> None:
    upload = SimpleUploadedFile("claims.x12", file_of(mbis=("1EG4TE5MKXX",)))
    billing.post(reverse("api:files"), {"file": upload})
    find_news()
    assert SupplierNotice.objects.get().person == supplier_person
    assert "refused" in billing.get(INBOX).content.decode()
    assert "There is no notice" in outsider.get(INBOX).content.decode()


def test_a_file_that_is_still_received_is_told_when_it_is_done(billing: Client, world: World) -> None:
    billing.post(reverse("api:files"), {"file": SimpleUploadedFile("a.x12", file_of(mbis=("1EG4TE5MKXX",)))})
    ReceivedFile.objects.update(state="receiving", rejected=0)
    assert find_news() == 0
    ReceivedFile.objects.update(state="finished", rejected=1)
    assert find_news() == 1


def test_a_key_is_told_14_days_before_it_expires(billing: Client, world: World, supplier_person: User) -> None:
    key, _ = make_key(world.supplier, "Nightly", ["claims:read"], 30, by=supplier_person)
    assert find_news() == 0
    ApiKey.objects.filter(pk=key.pk).update(expires_at=timezone.now() + dt.timedelta(days=14))
    assert (find_news(), find_news()) == (1, 0)
    assert kinds() == ["key.expiring"]


def test_records_that_are_asked_for_are_told_once(billing: Client, decided: Decide) -> None:
    claim = decided()
    for _ in range(2):
        tell_records_requested([claim], on=dt.date(2026, 1, 20), due=dt.date(2026, 3, 6), source="records_request/7")
    assert kinds() == ["records.requested"]
    assert "by Friday, March 6" in billing.get(INBOX).content.decode()


def test_finding_news_takes_as_many_queries_for_many_as_for_one(billing: Client, decided: Decide) -> None:
    counts = []
    for claims in (1, 1, 6):
        for _ in range(claims):
            decided()
        with CaptureQueriesContext(connection) as queries:
            assert find_news() == claims
        counts.append(len(queries))
    assert counts[1] == counts[2] <= 25


# ---------- who sees it ----------


@pytest.mark.parametrize(
    ("duty", "seen"),
    [
        (Duty.ADMINISTRATOR, {"claim.decided", "records.requested", "key.expiring"}),
        (Duty.BILLER, {"claim.decided", "records.requested"}),
        (Duty.CLINICIAN, {"claim.decided", "records.requested"}),
    ],
)
def test_each_duty_is_told_what_it_may_act_on(
    world: World, decided: Decide, supplier_person: User, other_supplier_person: User, duty: Duty, seen: set[str]
) -> None:
    act_for(supplier_person, world.supplier, duty)
    claim = decided()
    for number, kind in enumerate(("claim.decided", "records.requested", "key.expiring")):
        SupplierNotice.objects.create(
            supplier=world.supplier, kind=kind, claim=claim, outcome="pay", on=claim.received_on, source=f"x/{number}"
        )
    assert {notice.kind for notice in SupplierNotice.objects.visible_to(supplier_person)} == seen
    assert not SupplierNotice.objects.visible_to(other_supplier_person).exists()


def test_staff_have_no_inbox(staff: Client) -> None:
    assert staff.get(INBOX).status_code == 403


# ---------- read and unread ----------


def test_a_notice_is_read_by_who_opened_it_and_by_nobody_else(
    world: World, billing: Client, decided: Decide, signed_in_as: Callable[[User], Client]
) -> None:
    colleague = User.objects.create_user("c@example.org", name="Cora Colleague", role=Role.SUPPLIER)
    act_for(colleague, world.supplier)
    claim = decided()
    find_news()
    notice = SupplierNotice.objects.get()
    answer = billing.post(reverse("inbox:open", args=[notice.pk]))
    assert answer["Location"] == reverse("claims:claim", args=[claim.icn])
    assert "You have read everything" in billing.get(INBOX).content.decode()
    assert "1 unread notice" in signed_in_as(colleague).get(INBOX).content.decode()
    assert "There is no notice" in billing.get(INBOX, {"unread": "yes"}).content.decode()


def test_all_is_read_up_to_what_was_shown(billing: Client, decided: Decide) -> None:
    decided()
    find_news()
    shown = billing.get(INBOX).content.decode()
    decided()
    find_news()
    (up_to,) = re.findall(r'name="up_to" value="(\d+)"', shown)
    billing.post(reverse("inbox:read_all"), {"up_to": up_to})
    assert "1 unread notice" in billing.get(INBOX).content.decode()


def test_an_outsider_cannot_open_a_notice(billing: Client, outsider: Client, decided: Decide) -> None:
    decided()
    find_news()
    assert outsider.post(reverse("inbox:open", args=[SupplierNotice.objects.get().pk])).status_code == 404


def test_the_inbox_takes_a_fixed_number_of_queries(billing: Client, decided: Decide) -> None:
    counts = []
    for claims in (1, 5):
        for _ in range(claims):
            decided()
        find_news()
        with CaptureQueriesContext(connection) as queries:
            billing.get(INBOX)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8


def test_the_inbox_shows_one_kind_and_ignores_what_is_none(billing: Client, decided: Decide) -> None:
    decided()
    find_news()
    assert "is decided" in billing.get(INBOX, {"kind": "claim.decided"}).content.decode()
    assert "There is no notice" in billing.get(INBOX, {"kind": "claim.paid"}).content.decode()
    assert "is decided" in billing.get(INBOX, {"kind": "nonsense"}).content.decode()


# ---------- by mail ----------


def test_a_digest_comes_once_a_day_and_says_only_to_sign_in(
    billing: Client, decided: Decide, mailoutbox: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = decided()
    find_news()
    assert mail.mail_notices() == 1
    decided()
    find_news()
    assert mail.mail_notices() == 0, "the next digest comes tomorrow"
    monkeypatch.setattr(mail, "calendar_day", lambda: timezone.now().date() + dt.timedelta(days=2))
    assert mail.mail_notices() == 1
    text = mailoutbox[0].subject + mailoutbox[0].body
    assert "1 new notice" in text
    assert reverse("inbox:inbox") in text
    told = (claim.icn, claim.mbi, claim.patient_last_name, claim.patient_first_name, claim.billing_name, "pays")
    assert [word for word in told if str(word) in text] == []


def test_who_wants_it_is_mailed_at_once_and_who_does_not_never(
    billing: Client, supplier_person: User, decided: Decide, mailoutbox: list[Any]
) -> None:
    choose_mail(NoticeChoice.Mail.AT_ONCE, by=supplier_person)
    for _ in range(2):
        decided()
        find_news()
        assert mail.mail_notices() == 1
    assert billing.post(reverse("inbox:mail"), {"mail": "none"}).status_code == 302
    decided()
    find_news()
    assert mail.mail_notices() == 0
    assert len(mailoutbox) == 2


def test_a_mail_that_is_not_taken_is_sent_later(
    billing: Client, decided: Decide, mailoutbox: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    decided()
    find_news()

    def refuse(*given: Any, **named: Any) -> None:
        raise ConnectionRefusedError

    with monkeypatch.context() as patch:
        patch.setattr(mail, "send_mail", refuse)
        assert mail.mail_notices() == 0
    assert mail.mail_notices() == 1


def test_what_was_read_before_is_not_mailed(billing: Client, decided: Decide, mailoutbox: list[Any]) -> None:
    decided()
    find_news()
    billing.post(reverse("inbox:open", args=[SupplierNotice.objects.get().pk]))
    assert mail.mail_notices() == 0


def test_every_kind_has_its_words(world: World, billing: Client, decided: Decide) -> None:
    claim = decided()
    for kind in NoticeKind:
        SupplierNotice.objects.create(
            supplier=world.supplier, kind=kind, claim=claim, outcome="pay", on=claim.received_on, source=kind.value
        )
    assert billing.get(INBOX).status_code == 200
    assert len(billing.get(reverse("api:notices")).json()["results"]) == len(NoticeKind) - 1
