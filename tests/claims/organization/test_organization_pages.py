"""The pages of an organization: what is at risk, who is invited and how they come in, keys that are shown once."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from claims.models import Claim, ClaimStatus
from claims.organization.risk import DAYS, at_risk
from policy.readers import tables_as_known
from suppliers.models import ApiKey, Invitation, Supplier, SupplierPerson
from suppliers.people import end_access
from suppliers.rights import Duty
from suppliers.spans import days
from tests.accounts.cast import PASSWORD
from tests.claims.pages.scene import TODAY, act_for
from tests.factories.claims import ClaimFactory
from tests.factories.suppliers import AccreditationFactory, LicenseFactory, SupplierFactory
from tests.factories.world import World

SignIn = Callable[[User], Client]


def page(name: str, supplier: Supplier, *more: int) -> str:
    return reverse(f"organization:{name}", args=[supplier.pk, *more])


def text(response: Any) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


# ---------- the money at risk ----------


def claim(supplier: Supplier, status: ClaimStatus, **given: Any) -> Claim:
    """A claim of one visit of January 5 that charges 400 and, if it pays, pays 150."""
    pays = Decimal("150.00") if status in (ClaimStatus.PAID, ClaimStatus.PAYABLE) else None
    return ClaimFactory(supplier=supplier, status=status, paid_amount=pays, **given)


def risks(*suppliers: Supplier) -> list[tuple[str, Decimal, Decimal, int]]:
    found = at_risk(suppliers, tables_as_known(), TODAY)
    return [(each.lapse.words, each.risk.pays, each.risk.undecided, each.risk.claims) for each in found]


@pytest.fixture
def ending(world: World) -> Supplier:
    """A supplier whose accreditation ends in 20 days."""
    span = days(dt.date(2026, 1, 1), TODAY + dt.timedelta(days=20))
    return SupplierFactory(accreditation__in_force=span)


def test_what_paid_and_what_is_not_decided_is_at_risk_and_what_is_denied_is_not(ending: Supplier) -> None:
    for status in ClaimStatus:
        claim(ending, status, **({"icn": None} if status == ClaimStatus.REJECTED else {}))
    claim(ending, ClaimStatus.PAID, is_test=True)
    claim(SupplierFactory(), ClaimStatus.PAID)
    # Paid and payable pay 150 each; received, queued, on hold and suspended charge 400 each.
    assert risks(ending) == [
        ("Accreditation, The Joint Commission", Decimal("300.00"), Decimal("1600.00"), 6),
    ]


@pytest.mark.parametrize(("ago", "counts"), [(DAYS - 1, True), (DAYS, False)])
def test_claims_count_that_were_received_in_the_last_90_days(ending: Supplier, ago: int, counts: bool) -> None:
    claim(ending, ClaimStatus.PAID, received_on=TODAY - dt.timedelta(days=ago))
    assert risks(ending)[0][3] == int(counts)


@pytest.mark.parametrize(("day", "counts"), [(dt.date(2025, 12, 31), False), (dt.date(2026, 1, 1), True)])
def test_visits_count_that_lie_under_what_ends(ending: Supplier, day: dt.date, counts: bool) -> None:
    claim(ending, ClaimStatus.PAID, lines=[{"date_of_service": day}])
    assert risks(ending)[0][3] == int(counts)


def test_a_license_risks_the_visits_in_its_state_only(world: World) -> None:
    supplier = SupplierFactory(license=None)
    LicenseFactory(supplier=supplier, state="VA", in_force=days(dt.date(2021, 1, 1), TODAY))
    LicenseFactory(supplier=supplier, state="MD")
    claim(supplier, ClaimStatus.PAID, service_state="VA", patient_state="MD")
    claim(supplier, ClaimStatus.PAID, service_state="", patient_state="VA")
    claim(supplier, ClaimStatus.PAID, service_state="MD")
    assert risks(supplier) == [("License, VA", Decimal("300.00"), Decimal("0.00"), 2)]


def test_what_another_follows_is_not_at_risk(ending: Supplier) -> None:
    AccreditationFactory(supplier=ending, organization="ACHC", in_force=days(TODAY))
    assert risks(ending) == []


# ---------- the page ----------


def test_staff_of_the_supplier_and_administrators_see_it_and_others_do_not(
    world: World, billing: Client, outsider: Client, staff: Client, administrator: User, signed_in_as: SignIn
) -> None:
    address = page("organization", world.supplier)
    assert outsider.get(address).status_code == 404
    assert staff.get(address).status_code == 403
    for client in (billing, signed_in_as(administrator)):
        said = text(client.get(address))
        assert "Sam Supplier" in said
        assert "Invite a person" in said
        assert "Accreditation, The Joint Commission" in said
    assert billing.get(reverse("organization:index"))["Location"] == address


def test_who_is_no_administrator_reads_who_is_there_and_changes_nothing(
    world: World, supplier_person: User, signed_in_as: SignIn
) -> None:
    act_for(supplier_person, world.supplier, Duty.BILLER)
    said = text(signed_in_as(supplier_person).get(page("organization", world.supplier)))
    assert "sam.supplier@example.org Biller" in said
    assert "Invite a person" not in said
    assert "Who changed what" not in said
    assert "Send claims and files yes yes yes no" in said


def test_the_page_says_what_ends_and_the_money_at_risk(
    administrator: User, ending: Supplier, signed_in_as: SignIn
) -> None:
    claim(ending, ClaimStatus.PAID)
    claim(ending, ClaimStatus.SUSPENDED)
    said = text(signed_in_as(administrator).get(page("organization", ending)))
    assert "Accreditation, The Joint Commission 20 days left" in said
    assert "At risk: $150.00 and $400.00 of charges not decided, 2 claims." in said
    assert "claims received in the last 90 days were paid or will be paid" in said


def test_the_number_of_queries_does_not_depend_on_what_is_on_file(
    billing: Client, world: World, administrator: User
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as made:
            assert billing.get(page("organization", world.supplier)).status_code == 200
        return len(made)

    queries()
    before = queries()
    for number in range(5):
        person = User.objects.create_user(f"p{number}@example.org", name=f"Person {number}", role="supplier")
        row = act_for(person, world.supplier, Duty.BILLER)
        if number % 2:
            end_access(row, by=administrator)
        billing.post(page("invite", world.supplier), {"email": f"i{number}@example.org", "duty": "biller"})
    assert queries() == before <= 17


# ---------- invitations ----------


def invited(billing: Client, supplier: Supplier, email: str, duty: str = "clinician") -> str:
    """The path of the link that went to the address."""
    answer = billing.post(page("invite", supplier), {"email": email, "duty": duty}, follow=True)
    assert f"{email} is invited." in text(answer)
    message = mail.outbox[-1]
    assert message.to == [email]
    (link,) = re.findall(r"http://testserver(/join/\S+/)", message.body)
    return str(link)


def test_an_invited_person_makes_an_account_signs_in_and_is_there(world: World, billing: Client) -> None:
    link, browser = invited(billing, world.supplier, "nina@example.org"), Client()
    assert "Your account is nina@example.org" in text(browser.get(link))
    weak = browser.post(link, {"name": "Nina Novak", "password": "nina"})
    assert "too short" in text(weak)
    answer = browser.post(link, {"name": "Nina Novak, RN", "password": PASSWORD})
    assert answer["Location"] == reverse("account_login")
    assert browser.get("/").status_code == 302
    browser.post(reverse("account_login"), {"login": "nina@example.org", "password": PASSWORD})
    assert "Evergreen Home Infusion. You are clinician here." in text(browser.get("/"))
    assert browser.get(link).status_code == 404
    assert "Nina Novak, RN" in text(billing.get(page("organization", world.supplier)))


def test_who_has_an_account_signs_in_and_accepts(
    world: World, billing: Client, outsider: Client, other_supplier: Supplier, examiner: User, signed_in_as: SignIn
) -> None:
    link = invited(billing, world.supplier, "olga.outsider@example.org", "billing_agent")
    assert f"{reverse('account_login')}?next={link}" in Client().get(link).content.decode()
    stranger = signed_in_as(examiner)
    assert "instead of as Erin Examiner" in text(stranger.get(link))
    stranger.post(link)
    Client().post(link)
    assert not SupplierPerson.objects.filter(user=examiner).exists()
    assert "Accept the invitation" in text(outsider.get(link))
    assert "You act for Evergreen Home Infusion from now on." in text(outsider.post(link, follow=True))
    said = text(outsider.get(reverse("organization:index")))
    assert "Bayline Infusion Administrator" in said
    assert "Evergreen Home Infusion Billing agent" in said


def test_a_withdrawn_link_and_a_guessed_one_are_answered_alike(world: World, billing: Client) -> None:
    link = invited(billing, world.supplier, "nina@example.org")
    billing.post(page("withdraw", world.supplier, Invitation.objects.get().pk))
    answers = {Client().get(path).status_code for path in (link, reverse("organization:join", args=["guessed"]))}
    assert answers == {404}
    assert "This link does not work" in text(Client().get(link))


def test_a_mail_that_cannot_leave_is_said(world: World, billing: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    form = {"email": "nina@example.org", "duty": "biller"}
    answer = billing.post(page("invite", world.supplier), form, follow=True)
    assert "could not be sent. Invite again in a few minutes." in text(answer)


def test_a_refused_invitation_keeps_what_was_typed(world: World, billing: Client) -> None:
    answer = billing.post(page("invite", world.supplier), {"email": "sam.supplier@example.org", "duty": "biller"})
    assert answer.status_code == 200
    assert "acts for the supplier already" in text(answer)
    assert 'value="sam.supplier@example.org"' in answer.content.decode()


# ---------- duties and ends ----------


def test_a_duty_is_changed_and_an_access_ended_on_the_persons_page(
    world: World, billing: Client, other_supplier_person: User
) -> None:
    row = act_for(other_supplier_person, world.supplier, Duty.BILLER)
    address = page("person", world.supplier, row.pk)
    assert "biller of Evergreen Home Infusion" in text(billing.get(address))
    billing.post(address, {"duty": "clinician"})
    row.refresh_from_db()
    assert row.duty == Duty.CLINICIAN
    said = text(billing.post(page("end", world.supplier, row.pk), follow=True))
    assert "Olga Outsider does not act for Evergreen Home Infusion any more." in said
    assert "People whose access has ended, 1" in said
    assert billing.get(address).status_code == 404


def test_the_last_administrator_is_told_why(world: World, billing: Client) -> None:
    row = SupplierPerson.objects.get(supplier=world.supplier)
    said = text(billing.post(page("person", world.supplier, row.pk), {"duty": "biller"}))
    assert "Sam Supplier is the last administrator of Evergreen Home Infusion." in said
    said = text(billing.post(page("end", world.supplier, row.pk), follow=True))
    assert "Make another person administrator first." in said


def test_rows_of_another_supplier_are_not_there(
    world: World, billing: Client, outsider: Client, other_supplier: Supplier
) -> None:
    theirs = SupplierPerson.objects.get(supplier=other_supplier)
    for supplier in (world.supplier, other_supplier):
        for name in ("person", "end"):
            assert billing.post(page(name, supplier, theirs.pk), {"duty": "biller"}).status_code == 404


# ---------- keys ----------


def test_a_key_is_shown_once_and_revoked(world: World, billing: Client) -> None:
    address = page("keys", world.supplier)
    form = {"name": "Nightly billing", "scopes": ["claims:send", "claims:read"], "days": "90"}
    answer = billing.post(address, form)
    (secret,) = re.findall(r"hit_[\w-]{43}", answer.content.decode())
    assert "no-store" in answer["Cache-Control"]
    key = ApiKey.objects.get()
    again = billing.get(address)
    assert secret not in again.content.decode()
    assert f"Nightly billing {key.start}… claims:read , claims:send" in text(again)
    assert "never" in text(again)
    bearer = {"Authorization": f"Bearer {secret}"}
    assert Client().get(reverse("api:claims"), headers=bearer).status_code == 200
    said = text(billing.post(page("revoke", world.supplier, key.pk), follow=True))
    assert "The key “Nightly billing” opens nothing any more." in said
    assert "Keys that work no more, 1" in said
    assert Client().get(reverse("api:claims"), headers=bearer).status_code == 401


def test_what_a_key_lacks_is_said_at_its_field(world: World, billing: Client) -> None:
    said = text(billing.post(page("keys", world.supplier), {"name": "", "days": "9999"}))
    assert "Name is required" in said
    assert "What it may do is required" in said
    assert not ApiKey.objects.exists()


def test_keys_of_another_supplier_are_not_there(
    world: World, billing: Client, outsider: Client, other_supplier: Supplier
) -> None:
    assert billing.get(page("keys", other_supplier)).status_code == 404
    outsider.post(page("keys", other_supplier), {"name": "Theirs", "scopes": ["checks"], "days": "30"})
    key = ApiKey.objects.get()
    assert billing.post(page("revoke", world.supplier, key.pk)).status_code == 404
    assert billing.post(page("revoke", other_supplier, key.pk)).status_code == 404
