"""Two people at once: the second is shown both versions, nothing is lost, nothing is overwritten."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.actions import log_access
from accounts.models import AccessLog, User
from claims.adjustments.actions import propose
from claims.determinations.actions import override
from claims.determinations.holds import hold_until
from claims.models import Adjustment, Claim, ClaimHold, Determination
from claims.notes import write_note
from claims.pages.meanwhile import SEEN, also_looking, version_in
from tests.claims.determinations.scene import Decide, decide_again, line, not_at_home, person_with_limit

SignIn = Callable[[User], Client]

SEEN_FIELD = re.compile(r'name="seen" value="([^"]+)"')


@pytest.fixture
def denied(decided: Decide) -> Claim:
    return not_at_home(decided)


def text_of(response: Any) -> str:
    words = re.sub(r"<[^>]+>", " ", response.content.decode().replace("&#x27;", "'"))
    return re.sub(r"\s+", " ", words).replace(" .", ".")


def address(name: str, claim: Claim) -> str:
    return reverse(f"claims:{name}", args=[claim.icn])


def opened(client: Client, path: str) -> dict[str, str]:
    """What a form carries when it is opened."""
    found = SEEN_FIELD.search(client.get(path).content.decode())
    assert found, path
    return {SEEN: found[1]}


def test_the_second_sees_both_versions_and_what_was_written_and_then_may_send_it_again(
    staff: Client, denied: Claim, medical_director: User
) -> None:
    path = address("hold", denied)
    seen = opened(staff, path)
    override(denied, "HIT-105", 1, reason="A letter", by=medical_director)
    decide_again(denied)
    written = {"until": "02/02/2026", "reason": "Asked the supplier"}
    response = staff.post(path, {**written, **seen})
    said = text_of(response)
    assert "Somebody else was faster, so nothing was done" in said
    assert "Status Denied Payable changed" in said
    assert "Payment $0.00 $198.76 changed" in said
    assert "Override of HIT-105 on line 1: A letter" in said
    assert "Hold until 02/02/2026 Reason Asked the supplier" in said
    assert not ClaimHold.objects.exists()
    again = SEEN_FIELD.search(response.content.decode())
    assert again
    assert again[1] != seen[SEEN]
    assert response.context["form"]["reason"].value() == "Asked the supplier"
    assert staff.post(path, {**written, SEEN: again[1]}).status_code == 302
    assert ClaimHold.objects.get().reason == "Asked the supplier"


def test_an_act_that_leaves_status_and_decision_alone_is_noticed_too(
    staff: Client, denied: Claim, medical_director: User
) -> None:
    seen = opened(staff, address("hold", denied))
    write_note(denied, "Do not hold it", by=medical_director)
    response = staff.post(address("hold", denied), {"until": "02/02/2026", "reason": "Asked", **seen})
    assert "A note was written." in text_of(response)
    assert not ClaimHold.objects.exists()


def test_what_one_did_oneself_in_another_window_is_no_surprise(staff: Client, denied: Claim, examiner: User) -> None:
    seen = opened(staff, address("override", denied))
    hold_until(denied, dt.date(2026, 2, 2), reason="Asked", by=examiner)
    staff.post(address("override", denied), {"edit": "HIT-105 on line 1", "reason": "A letter", **seen})
    assert Determination.objects.exists()


def test_a_form_without_a_version_is_compared_with_nothing(staff: Client, denied: Claim) -> None:
    for sent in ("", "7", "7.denied", "x.denied.0", "7.nonsense.0", "7.denied.-1"):
        assert version_in({SEEN: sent}) is None
    staff.post(address("hold", denied), {"until": "02/02/2026", "reason": "Asked", SEEN: "7.nonsense.0"})
    assert ClaimHold.objects.exists()


def test_every_form_that_acts_on_a_claim_carries_its_version(
    staff: Client, denied: Claim, decided: Decide, examiner: User, signed_in_as: SignIn, reviewer: User
) -> None:
    poor = person_with_limit(Decimal(0))
    made = override(denied, "HIT-105", 1, reason="Seen", by=poor)
    hold = hold_until(denied, dt.date(2026, 3, 1), reason="Asked", by=examiner)
    paths = [address(name, denied) for name in ("override", "waive", "hold", "release", "assign", "send_to_review")]
    paths += [reverse("claims:settle", args=[made.pk]), reverse("claims:revoke", args=[made.pk])]
    paths += [reverse("claims:end_hold", args=[hold.pk]), address("reopen", denied), address("void", denied)]
    other = decided(lines=[line("G0068", dt.date(2026, 1, 9))])
    asked = propose(other, Adjustment.Kind.REOPENING, "Wrong day", by=poor)
    paths += [reverse("claims:adjustment", args=[asked.pk]), address("claim", other)]
    for path in paths:
        assert opened(staff, path)
    assert opened(signed_in_as(reviewer), address("drug_category", denied))


@pytest.mark.parametrize("name", ["reopen", "void"])
def test_adjustments_are_not_asked_for_over_anothers_act(
    staff: Client, denied: Claim, medical_director: User, name: str
) -> None:
    seen = opened(staff, address(name, denied))
    write_note(denied, "Wait for the letter", by=medical_director)
    response = staff.post(address(name, denied), {"reason": "Wrong place", **seen})
    assert "Reason Wrong place" in text_of(response)
    assert not Adjustment.objects.exists()


def test_approving_and_settling_are_not_done_over_anothers_act(
    staff: Client, denied: Claim, decided: Decide, medical_director: User
) -> None:
    poor = person_with_limit(Decimal(0))
    made = override(denied, "HIT-105", 1, reason="Seen", by=poor)
    other = decided(lines=[line("G0068", dt.date(2026, 1, 9))])
    asked = propose(other, Adjustment.Kind.REOPENING, "Wrong day", by=poor)
    for claim, path in (
        (denied, reverse("claims:settle", args=[made.pk])),
        (other, reverse("claims:adjustment", args=[asked.pk])),
    ):
        seen = opened(staff, path)
        write_note(claim, "Wait", by=medical_director)
        assert "nothing was done" in text_of(staff.post(path, {"reason": "Yes", "approve": "", **seen}))
    asked.refresh_from_db()
    assert asked.state == Adjustment.State.PROPOSED
    assert not hasattr(Determination.objects.get(), "approval")


# ---------- who else has it open ----------


def test_colleagues_who_opened_the_claim_in_the_last_minutes_are_named(
    staff: Client, denied: Claim, examiner: User, reviewer: User, supplier_person: User
) -> None:
    for person, page in ((reviewer, "Claim"), (supplier_person, "Claim"), (reviewer, "Claim")):
        log_access(person, denied, page=page)
    assert [(each.name, each.minutes) for each in also_looking(denied, examiner)] == [("Rosa Reviewer", 0)]
    assert "Also open: Rosa Reviewer, just now." in text_of(staff.get(address("claim", denied)))


def test_a_list_that_showed_the_claim_and_a_look_of_six_minutes_ago_do_not_count(
    denied: Claim, examiner: User, reviewer: User, medical_director: User
) -> None:
    for page in ("Approvals", "Claims, CSV export"):
        log_access(reviewer, denied, page=page)
    earlier = dt.datetime.now(dt.UTC) - dt.timedelta(minutes=6)
    AccessLog.objects.create(
        person=medical_director, about_type="claims.claim", about_id=str(denied.pk), page="Claim", at=earlier
    )
    assert also_looking(denied, examiner) == []
