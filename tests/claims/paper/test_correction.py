"""Correcting what was keyed from paper: it is keyed again, and what was keyed first gives way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from claims.adjudication.queue import adjudicate_all
from claims.models import Adjustment, Claim, ClaimStatus
from claims.paper.correction import correct_claim
from policy import clock
from policy.refusals import Refused
from tests.claims.determinations.scene import Decide, person_with_limit
from tests.claims.paper.test_paper import PAPER, TYPED, send
from tests.factories.world import World

SignIn = Callable[[User], Client]


@pytest.fixture
def keyed(world: World, staff: Client) -> Claim:
    """A decided claim that was keyed with five units where the paper says six."""
    send(staff, **{"lines-0-units": "5", "lines-0-hcpcs": "g0068"})
    adjudicate_all()
    return Claim.objects.get()


def correction(claim: Claim, **changed: str) -> dict[str, str]:
    return {**TYPED, "token": "form-2", "reason": "Five was keyed for six", **changed}


def test_what_was_keyed_wrongly_is_keyed_again_and_the_first_claim_gives_way(
    staff: Client, keyed: Claim, examiner: User
) -> None:
    path = reverse("claims:correct", args=[keyed.icn])
    form = staff.get(path).context["form"]
    assert {name: form[name].value() for name in ("mbi", "diagnoses")} == {"mbi": PAPER.mbi, "diagnoses": "I50.22"}
    assert staff.get(path).context["lines"][0]["pointers"].value() == "A"
    response = staff.post(path, correction(keyed))
    made = Claim.objects.exclude(pk=keyed.pk).get()
    assert response["Location"] == reverse("claims:claim", args=[made.icn])
    assert (made.frequency, made.replaces, made.lines.get().units) == ("7", keyed, 6)
    adjustment = Adjustment.objects.get()
    assert (adjustment.kind_words, adjustment.asked_by) == ("Keyed anew", examiner)
    adjudicate_all()
    keyed.refresh_from_db()
    assert keyed.status == ClaimStatus.ADJUSTED
    assert keyed.lines.get().units == 5
    said = staff.get(reverse("claims:claim", args=[keyed.icn])).content.decode()
    assert f"What was keyed is corrected by claim {made.icn}: Five was keyed for six" in said


def test_another_patient_or_supplier_takes_no_ones_place(staff: Client, keyed: Claim) -> None:
    path = reverse("claims:correct", args=[keyed.icn])
    response = staff.post(path, correction(keyed, mbi="9AA9AA9AA99", last_name="Other"))
    assert "another patient" in response.content.decode()
    assert Claim.objects.count() == 1


def test_a_correction_above_ones_limit_and_without_a_reason_is_refused(
    keyed: Claim, staff: Client, signed_in_as: SignIn
) -> None:
    path = reverse("claims:correct", args=[keyed.icn])
    assert staff.post(path, correction(keyed, reason="")).context["form"].errors["reason"]
    poor = signed_in_as(person_with_limit(Decimal(1)))
    response = poor.post(path, correction(keyed))
    assert "more than your limit of $1.00" in response.content.decode()
    assert Claim.objects.count() == 1


def test_a_claim_that_came_in_a_file_is_not_corrected(staff: Client, world: World, decided: Decide) -> None:
    claim = decided()
    response = staff.get(reverse("claims:correct", args=[claim.icn]), follow=True)
    assert "stands as it was sent" in response.content.decode()


def test_after_a_year_a_correction_goes_by_reopening(keyed: Claim, examiner: User) -> None:
    clock.set_today(dt.date(2027, 1, 17))
    with pytest.raises(Refused, match="needs a good cause"):
        correct_claim(keyed, PAPER, reason="Late", token="t", by=examiner)
