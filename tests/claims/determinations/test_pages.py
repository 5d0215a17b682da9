"""The pages of determinations: who may open them, what they say, that a refusal stands at its field."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AccessLog, Role, User
from claims.adjudication.queue import adjudicate_all
from claims.determinations.actions import override
from claims.determinations.holds import hold_until
from claims.models import Claim, ClaimHold, ClaimStatus, Determination
from policy import clock
from tests.accounts.cast import make_person
from tests.claims.determinations.scene import WOULD_PAY, Decide, late, line, not_at_home, person_with_limit
from tests.factories.world import World

pytestmark = pytest.mark.django_db

ACTS = ("override", "waive", "more_time", "drug_category", "hold", "release")
SignIn = Callable[[User], Client]


def address(act: str, claim: Claim) -> str:
    return reverse(f"claims:{act}", args=[claim.icn])


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    words = re.sub(r"<[^>]+>", " ", response.content.decode().replace("&#x27;", "'"))
    return re.sub(r"\s+", " ", words)


def page_of(client: Client, claim: Claim) -> str:
    return text(client, address("claim", claim))


@pytest.fixture
def denied(decided: Decide) -> Claim:
    return not_at_home(decided)


@pytest.fixture
def proposed(denied: Claim) -> Determination:
    return override(denied, "HIT-105", 1, reason="Seen by me", by=person_with_limit(Decimal(0)))


# ---------- who ----------


def test_suppliers_reach_no_page_of_determinations(
    billing: Client, outsider: Client, denied: Claim, proposed: Determination, examiner: User
) -> None:
    hold = hold_until(denied, dt.date(2026, 3, 1), reason="Asked", by=examiner)
    paths = [address(act, denied) for act in ACTS] + [
        reverse("claims:approvals"),
        reverse("claims:settle", args=[proposed.pk]),
        reverse("claims:revoke", args=[proposed.pk]),
        reverse("claims:end_hold", args=[hold.pk]),
        reverse("claims:paper"),
    ]
    for client in (billing, outsider):
        assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(paths, 403)


def test_each_role_opens_the_acts_that_are_its_own(
    denied: Claim, signed_in_as: SignIn, reviewer: User, administrator: User, medical_director: User, examiner: User
) -> None:
    works = {"override", "waive", "more_time", "hold", "release"}
    allowed = {
        examiner: works,
        reviewer: {"drug_category"},
        medical_director: {*works, "drug_category"},
        administrator: set(),
    }
    for person, acts in allowed.items():
        client = signed_in_as(person)
        found = {act for act in ACTS if client.get(address(act, denied)).status_code == 200}
        assert found == acts, person


def test_a_claim_that_does_not_exist_is_not_found(staff: Client) -> None:
    assert staff.get(reverse("claims:override", args=["0000000000000"])).status_code == 404
    assert staff.get(reverse("claims:settle", args=[1])).status_code == 404


def test_a_supplier_reads_no_reason_name_or_hold_on_the_page_of_the_claim(
    billing: Client, denied: Claim, examiner: User
) -> None:
    override(denied, "HIT-105", 1, reason="The secret reason", by=examiner)
    hold_until(denied, dt.date(2026, 3, 1), reason="The secret hold", by=examiner)
    adjudicate_all()
    said = page_of(billing, denied)
    assert "Set aside by the contractor: it does not decide." in said
    for secret in ("secret", examiner.email, examiner.name, "Determinations and holds", "by hand"):
        assert secret not in said
    assert "by hand" not in text(billing, reverse("claims:worklist"))
    api = billing.get(reverse("api:claim", args=[denied.icn])).content.decode()
    assert "secret" not in api
    assert examiner.email not in api


# ---------- what the claim says ----------


def test_the_panel_tells_who_decided_what_why_and_until_when(
    staff: Client, denied: Claim, proposed: Determination, examiner: User
) -> None:
    hold_until(denied, dt.date(2026, 3, 1), reason="Asked the supplier", by=examiner)
    said = page_of(staff, denied)
    assert "Hold by hand March 1, 2026 Asked the supplier Erin Examiner, January 16" in said
    assert "Override of HIT-105 on line 1 – Seen by me Lena Limited, January 16 Waits for a second person" in said
    assert f", ${WOULD_PAY} at stake Withdraw Override of HIT-105 on line 1" in said
    assert "held by hand until Mar 1" in text(staff, reverse("claims:worklist"))


def test_the_acts_that_the_page_offers_go_by_role_and_by_what_the_claim_lacks(
    staff: Client, denied: Claim, signed_in_as: SignIn, reviewer: User, decided: Decide
) -> None:
    def offered(client: Client, claim: Claim) -> list[str]:
        panel = client.get(address_of(claim)).context["acting"]
        acts = [*panel.first, *(act for group in panel.more.values() for act in group)]
        return [act.address for act in acts if act.is_open and act.group in ("Decide", "Hold back")]

    def address_of(claim: Claim) -> str:
        return address("claim", claim)

    assert offered(staff, denied) == ["claims:override", "claims:waive", "claims:hold"]
    assert offered(signed_in_as(reviewer), denied) == []
    shown = staff.get(address_of(denied)).context["acting"]
    assert [act.why_not for act in shown.more["Decide"] if act.address == "claims:release"] == [
        "The claim does not wait. Only a claim on hold or suspended is released."
    ]
    waiting = decided(lines=[line("G0068", dt.date(2026, 2, 9))], received_on=dt.date(2026, 2, 10))
    assert "claims:release" in offered(staff, waiting)
    clock.set_today(dt.date(2027, 2, 1))
    assert "claims:more_time" in offered(staff, late(decided))


def test_the_panel_costs_three_queries_however_much_was_decided(
    staff: Client, denied: Claim, decided: Decide, examiner: User
) -> None:
    def queries(claim: Claim) -> int:
        with CaptureQueriesContext(connection) as made:
            staff.get(address("claim", claim))
        return sum("claims_determination" in query["sql"] or "claims_claimhold" in query["sql"] for query in made)

    poor = person_with_limit(Decimal(0))
    for number in range(3):
        hold_until(denied, dt.date(2026, 3, 1 + number), reason="Asked", by=examiner)
    override(denied, "HIT-105", 1, reason="Seen", by=poor)
    override(denied, "HIT-105", None, reason="Seen", by=poor)
    assert queries(denied) == queries(decided(lines=[line("G0068", dt.date(2026, 1, 9))])) == 3


# ---------- the forms ----------


def test_an_override_by_its_form_leads_back_to_the_claim(staff: Client, denied: Claim) -> None:
    assert "HIT-105 on line 1: place is not a home" in text(staff, address("override", denied))
    response = staff.post(
        address("override", denied), {"edit": "HIT-105 on line 1", "reason": "A letter of January 9"}, follow=True
    )
    assert "Override of HIT-105 on line 1: the claim is decided anew." in response.content.decode()
    assert Determination.objects.get().line_number == 1


def test_a_proposal_says_that_a_second_person_is_needed_and_what_is_at_stake(
    denied: Claim, signed_in_as: SignIn
) -> None:
    client = signed_in_as(person_with_limit(Decimal(0)))
    response = client.post(address("override", denied), {"edit": "HIT-105", "reason": "Seen"}, follow=True)
    assert f"It counts when a second person approves it (${WOULD_PAY} at stake)." in response.content.decode()


def test_errors_stand_at_their_fields(staff: Client, denied: Claim, decided: Decide) -> None:
    response = staff.post(address("override", denied), {"edit": "HIT-999", "reason": ""})
    assert set(response.context["form"].errors) == {"edit", "reason"}
    response = staff.post(address("hold", denied), {"until": "01/16/2026", "reason": "Asked"})
    assert response.context["form"].errors["until"] == ["The hold must end on a day after today."]
    absolute = decided(lines=[line("99601", dt.date(2026, 1, 5))])
    response = staff.post(address("override", absolute), {"edit": "HIT-103", "reason": "Please"})
    assert "Nothing can be paid while this stands." in response.context["form"].errors["edit"][0]
    assert not Determination.objects.exists()


def test_a_waiver_more_time_and_a_category_by_their_forms(
    staff: Client, world: World, decided: Decide, denied: Claim
) -> None:
    staff.post(address("waive", denied), {"edit": "HIT-105", "until": "02/01/2026", "reason": "Flood"})
    clock.set_today(dt.date(2027, 2, 1))
    claim = late(decided)
    response = staff.post(
        address("more_time", claim), {"ground": "error", "day": "06/01/2026", "reason": "Letter of June 1"}
    )
    assert "which is too late" in response.context["form"].errors["day"][0]
    staff.post(address("more_time", claim), {"ground": "error", "day": "07/01/2026", "reason": "Letter of July 1"})
    made = [(each.kind, each.until) for each in Determination.objects.order_by("arrival")]
    assert made == [("waiver", dt.date(2026, 2, 1)), ("timely_filing", dt.date(2027, 1, 31))]


def test_the_page_of_release_says_what_still_holds_the_claim(staff: Client, decided: Decide, examiner: User) -> None:
    claim = decided(lines=[line("G0068", dt.date(2026, 2, 9))], received_on=dt.date(2026, 2, 10))
    hold_until(claim, dt.date(2026, 3, 1), reason="Asked the supplier", by=examiner)
    said = text(staff, address("release", claim))
    assert "HIT-501 on line 1: " in said
    assert "Held by hand until March 1, 2026 by Erin Examiner: Asked the supplier" in said
    staff.post(address("release", claim), {"reason": "It came"})
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.QUEUED


def test_pages_of_a_claim_that_was_never_decided_open_and_refuse(staff: Client, world: World) -> None:
    claim = world.claim()
    assert "Hold until a day" in page_of(staff, claim)
    for act in ("override", "waive", "release"):
        assert staff.get(address(act, claim)).status_code == 200
    response = staff.post(address("release", claim), {"reason": "Now"})
    assert "being decided at this moment" in response.context["form"].non_field_errors()[0]


# ---------- approvals ----------


def test_the_list_leaves_out_what_one_made_oneself_and_other_kinds(
    staff: Client, proposed: Determination, signed_in_as: SignIn, reviewer: User, medical_director: User
) -> None:
    path = reverse("claims:approvals")
    assert f"Seen by me Lena Limited, January 16 {WOULD_PAY}" in text(staff, path)
    for person, sees in ((proposed.made_by, False), (reviewer, False), (medical_director, True)):
        assert (str(proposed) in text(signed_in_as(person), path)) is sees


def test_the_list_costs_the_same_queries_for_one_and_for_many(staff: Client, decided: Decide) -> None:
    poor = person_with_limit(Decimal(0))

    def queries() -> int:
        with CaptureQueriesContext(connection) as made:
            staff.get(reverse("claims:approvals"))
        return len(made)

    claim = not_at_home(decided)
    override(claim, "HIT-105", 1, reason="Seen", by=poor)
    one = queries()
    for day in (7, 8, 9):
        override(not_at_home(decided, lines=[line("G0068", dt.date(2026, 1, day))]), "HIT-105", 1, reason="x", by=poor)
    assert queries() == one <= 5


def test_approving_and_refusing_by_the_page(staff: Client, proposed: Determination, denied: Claim) -> None:
    path = reverse("claims:settle", args=[proposed.pk])
    assert "Seen by me" in text(staff, path)
    assert staff.post(path, {"reason": "", "approve": "1"}).context["form"].errors
    response = staff.post(path, {"reason": "I saw it too", "approve": "1"})
    assert response["Location"] == reverse("claims:approvals")
    denied.refresh_from_db()
    assert denied.status == ClaimStatus.QUEUED
    response = staff.post(path, {"reason": "Late", "refuse": "1"})
    assert "Somebody was faster" in response.context["form"].non_field_errors()[0]
    assert "Approved by Erin Examiner, January 16: I saw it too" in page_of(staff, denied)


def test_ones_own_determination_is_refused_by_its_page(proposed: Determination, signed_in_as: SignIn) -> None:
    response = signed_in_as(proposed.made_by).post(
        reverse("claims:settle", args=[proposed.pk]), {"reason": "Yes", "approve": "1"}
    )
    assert "A second person must approve it" in response.context["form"].non_field_errors()[0]


def test_revoking_and_ending_a_hold_by_their_pages(staff: Client, denied: Claim, examiner: User) -> None:
    made = override(denied, "HIT-105", 1, reason="Seen", by=examiner)
    adjudicate_all()
    hold = hold_until(denied, dt.date(2026, 3, 1), reason="Asked", by=examiner)
    staff.post(reverse("claims:end_hold", args=[hold.pk]), {"reason": "Answered"})
    assert not ClaimHold.objects.standing().exists()
    staff.post(reverse("claims:revoke", args=[made.pk]), {"reason": "Another claim"})
    assert "Revoked by Erin Examiner, January 16: Another claim" in page_of(staff, denied)


def test_looking_at_a_form_is_logged(staff: Client, denied: Claim, examiner: User) -> None:
    staff.get(address("override", denied))
    (seen,) = AccessLog.objects.filter(person=examiner, about_id=str(denied.pk))
    assert seen.page == "Override an edit"


def test_a_second_examiner_sees_the_limit_on_the_list(denied: Claim, signed_in_as: SignIn) -> None:
    assert make_person("Second Examiner", Role.EXAMINER).amount_limit is None
    client = signed_in_as(person_with_limit(Decimal("50.00")))
    assert "Your own limit is $50.00." in text(client, reverse("claims:approvals"))
