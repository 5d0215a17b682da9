"""Corrections: filled from the claim, compared, sent in the right way or asked for, never two, told to both sides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from claims.adjudication.queue import adjudicate_all
from claims.corrections.actions import (
    ask_for_correction,
    begin_correction,
    carry_out,
    decline,
    send_correction,
    take_back,
    withdraw,
)
from claims.corrections.comparing import comparison
from claims.corrections.filling import not_carried_over, typed_from
from claims.corrections.routes import Way, route_of_correction, route_of_taking_back
from claims.models import Adjustment, Claim, ClaimDraft, ClaimStatus, CorrectionRequest
from claims.remedies import last_day_to_appeal
from policy import clock
from policy.readers import tables_as_known
from policy.refusals import Refused
from suppliers.rights import Duty
from tests.accounts.cast import make_person
from tests.claims.adjustments.conftest import limit
from tests.claims.corrections.conftest import put_right
from tests.claims.intake.files import file_of
from tests.claims.pages.scene import TODAY, act_for
from tests.factories.world import World

pytestmark = pytest.mark.django_db

#: What the base claim pays, and what it pays as a subsequent visit.
PAYS, CORRECTED = Decimal("198.76"), Decimal("163.42")
State = CorrectionRequest.State


def compared(draft: ClaimDraft, by: User, day: dt.date = TODAY):  # type: ignore[no-untyped-def]
    draft = ClaimDraft.objects.select_related("supplier", "corrects__current_decision").get(pk=draft.pk)
    return comparison(draft, by, day, tables_as_known())


def again(claim: Claim) -> Claim:
    return Claim.objects.get(pk=claim.pk)


def way(claim: Claim, day: dt.date = TODAY) -> Way:
    return route_of_correction(again(claim), day, tables_as_known()).way


# ---------- filling ----------


def test_a_draft_has_every_value_of_the_claim_that_the_form_knows(denied: Claim) -> None:
    typed = typed_from(denied)
    assert (typed["mbi"], typed["last_name"], typed["birth_date"]) == (denied.mbi, "Evans", "02/15/1948")
    assert (typed["referring_first_name"], typed["referring_last_name"]) == ("Marcus", "Welby")
    assert typed["lines"] == [
        {"line_of": "1", "day": "01/05/2026", "hcpcs": "G0088", "modifiers": "", "minutes": "90", "charge": "400.00"}
    ]


@pytest.mark.parametrize(
    ("given", "minutes"),
    [
        ({"units": Decimal(1)}, "15"),
        ({"units": Decimal(90), "unit_basis": "MJ"}, "90"),
        ({"units": Decimal("1.5")}, ""),
        ({"units": None}, ""),
    ],
)
def test_units_become_minutes_where_they_are_whole(world: World, given: dict[str, object], minutes: str) -> None:
    assert typed_from(world.claim(lines=[given]))["lines"][0]["minutes"] == minutes


def test_what_the_form_does_not_hold_is_said(world: World) -> None:
    claim = world.claim(lines=[{"control_number": "L1", "narrative": "drug"}], rendering_npi="1234567893")
    assert list(not_carried_over(claim)) == [
        "the rendering provider",
        "your own numbers of the lines",
        "notes on the lines",
    ]


def test_a_claim_that_another_insurer_decided_is_not_corrected_here(
    decided: Callable[..., Claim], supplier_person: User
) -> None:
    claim = decided(has_primary_payer_decision=True)
    with pytest.raises(Refused, match="what another insurer decided"):
        begin_correction(claim, by=supplier_person)


def test_of_one_claim_one_correction_is_open(correcting: ClaimDraft, supplier_person: User, denied: Claim) -> None:
    assert begin_correction(denied, by=supplier_person) == correcting
    with pytest.raises(IntegrityError), transaction.atomic():
        ClaimDraft.objects.create(
            supplier=correcting.supplier, corrects=denied, made_by=supplier_person, saved_by=supplier_person
        )


# ---------- comparing ----------


def test_both_sides_are_priced_line_by_line(correcting: ClaimDraft, supplier_person: User) -> None:
    found = compared(put_right(correcting), supplier_person)
    (line,) = found.lines
    assert line.was and line.now
    assert (line.was.outcome, line.was.paid) == ("deny", 0)
    assert line.was.codes.startswith("CO-")
    assert (line.now.outcome, line.now.paid) == ("pay", CORRECTED)
    assert found.difference == line.difference == CORRECTED
    assert [(each.what, each.was, each.now) for each in found.changes] == [("Line 1, code", "G0088", "G0068")]


def test_the_claim_is_no_history_of_its_own_correction(
    decided: Callable[..., Claim], billing: Client, supplier_person: User
) -> None:
    """A paid initial visit replaced on the same day is neither a second visit of the day nor an initial one again."""
    draft = begin_correction(decided(), by=supplier_person)
    draft.values["lines"][0]["charge"] = "450.00"
    draft.save(update_fields=["values"])
    found = compared(draft, supplier_person)
    assert found.lines[0].now and found.lines[0].now.outcome == "pay"
    assert (found.was_paid, found.now_paid, found.difference) == (PAYS, PAYS, 0)


def test_added_and_removed_visits_stand_beside_nothing(correcting: ClaimDraft, supplier_person: User) -> None:
    first = dict(correcting.values["lines"][0], hcpcs="G0068", day="01/12/2026", line_of="")
    correcting.values["lines"] = [first]
    correcting.save(update_fields=["values"])
    found = compared(correcting, supplier_person)
    assert [(line.heading, bool(line.was), bool(line.now)) for line in found.lines] == [
        ("Line 1, removed", True, False),
        ("Visit 1, added", False, True),
    ]


def test_what_makes_no_difference_is_no_change(correcting: ClaimDraft, supplier_person: User) -> None:
    correcting.values |= {"mbi": "1eg4-te5-mk73", "diagnoses": "i5022"}
    correcting.values["lines"][0] |= {"charge": "400", "day": "2026-01-05"}
    correcting.save(update_fields=["values"])
    assert not compared(correcting, supplier_person).is_changed


def test_what_is_missing_is_named_and_nothing_is_decided(correcting: ClaimDraft, supplier_person: User) -> None:
    correcting.values["birth_date"] = ""
    correcting.save(update_fields=["values"])
    found = compared(correcting, supplier_person)
    assert (found.checked, found.lacking) == (None, ("Birth date",))


# ---------- the way ----------


def test_by_default_a_decided_claim_is_corrected_by_request(denied: Claim) -> None:
    route = route_of_correction(denied, TODAY, tables_as_known())
    assert (route.way, route.last_day) == (Way.REQUEST, dt.date(2027, 1, 16))


@pytest.mark.usefixtures("files_taken_in")
@pytest.mark.parametrize(
    ("day", "expected", "good_cause"),
    [
        (dt.date(2027, 1, 16), Way.FILE, False),
        (dt.date(2027, 1, 17), Way.REQUEST, True),
        (dt.date(2030, 1, 16), Way.REQUEST, True),
        (dt.date(2030, 1, 17), Way.NONE, False),
    ],
)
def test_the_way_and_the_good_cause_go_by_the_day(denied: Claim, day: dt.date, expected: Way, good_cause: bool) -> None:
    for route in (
        route_of_correction(denied, day, tables_as_known()),
        route_of_taking_back(denied, day, tables_as_known()),
    ):
        assert (route.way, route.needs_good_cause) == (expected, good_cause)


def test_a_claim_that_could_not_be_processed_goes_as_a_new_one(decided: Callable[..., Claim]) -> None:
    """Denied with MA130: there is no determination to correct (42 CFR 405.926)."""
    claim = decided(lines=[{"hcpcs": "G0089"}])
    route = route_of_correction(claim, TODAY, tables_as_known())
    assert (route.way, route.last_day) == (Way.NEW, dt.date(2027, 1, 5))


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (ClaimStatus.QUEUED, Way.LATER),
        (ClaimStatus.ON_HOLD, Way.LATER),
        (ClaimStatus.SUSPENDED, Way.LATER),
        (ClaimStatus.VOIDED, Way.NEW),
        (ClaimStatus.ADJUSTED, Way.NONE),
        (ClaimStatus.REJECTED, Way.NEW),
    ],
)
def test_every_status_has_its_way(world: World, status: ClaimStatus, expected: Way) -> None:
    assert way(world.claim(status=status)) == expected


def test_the_last_day_to_appeal_is_day_120_after_the_presumed_receipt() -> None:
    assert last_day_to_appeal(dt.date(2026, 1, 30)) == dt.date(2026, 6, 4)


# ---------- sending ----------


@pytest.mark.usefixtures("files_taken_in")
def test_a_replacement_takes_the_place_of_the_claim(
    correcting: ClaimDraft, denied: Claim, supplier_person: User
) -> None:
    claim = send_correction(put_right(correcting), by=supplier_person)
    assert (claim.frequency, claim.original_claim_number, claim.replaces_id) == ("7", denied.icn, denied.pk)
    assert way(denied) == Way.LATER, "until the replacement is decided"
    assert send_correction(correcting, by=supplier_person) == claim, "the button pressed twice"
    adjudicate_all()
    assert (again(claim).status, again(claim).paid_amount) == (ClaimStatus.PAYABLE, CORRECTED)
    assert (again(denied).status, way(denied)) == (ClaimStatus.ADJUSTED, Way.NONE)


def test_a_refused_claim_goes_as_a_new_one(
    world: World, sent: Callable[..., object], billing: Client, supplier_person: User
) -> None:
    sent(file_of(control_number=3).replace(b"*F~", b"*X~"))
    refused = Claim.objects.get(status=ClaimStatus.REJECTED)
    page = billing.get(reverse("claims:rejected", args=[refused.pk])).content.decode()
    assert ">Correct</button>" in page
    draft = begin_correction(refused, by=supplier_person)
    assert draft.values["lines"][0]["hcpcs"] == "G0088", "read from the file: refused lines are not stored"
    draft.values["sex"] = "F"
    draft.save(update_fields=["values"])
    claim = send_correction(draft, by=supplier_person)
    assert (claim.frequency, claim.replaces_id, claim.status) == ("1", None, ClaimStatus.QUEUED)


@pytest.mark.usefixtures("files_taken_in")
def test_a_claim_is_taken_back_by_file(decided: Callable[..., Claim], billing: Client, supplier_person: User) -> None:
    claim = decided()
    done = take_back(claim, reason="Billed twice", by=supplier_person)
    assert isinstance(done, Claim)
    assert (done.frequency, done.replaces_id) == ("8", claim.pk)
    assert again(claim).status == ClaimStatus.VOIDED


# ---------- asking ----------


def asked(draft: ClaimDraft, by: User, **more: str) -> CorrectionRequest:
    return ask_for_correction(draft, reason="The code of another drug was billed", by=by, **more)


def test_a_request_keeps_what_is_asked_line_by_line_and_is_carried_out_as_a_replacement(
    correcting: ClaimDraft, denied: Claim, supplier_person: User, examiner: User
) -> None:
    request = asked(put_right(correcting), supplier_person)
    assert request.asked == [{"what": "Line 1, code", "was": "G0088", "asked": "G0068"}]
    assert way(denied) == Way.NONE, "one at a time"
    done = carry_out(request, reason="The record shows it", by=examiner)
    assert done.made and done.made.frequency == "7"
    assert Adjustment.objects.get(claim=denied).replacement_id == done.made.pk
    adjudicate_all()
    assert again(done.made).paid_amount == CORRECTED
    assert again(denied).status == ClaimStatus.ADJUSTED
    correcting.refresh_from_db()
    assert correcting.claim_id == done.made.pk


def test_what_was_asked_for_in_time_is_carried_out_later(
    correcting: ClaimDraft, supplier_person: User, examiner: User
) -> None:
    clock.set_today(dt.date(2027, 1, 16))
    request = asked(put_right(correcting), supplier_person)
    clock.set_today(dt.date(2027, 2, 20))
    assert carry_out(request, reason="In time", by=examiner).made


def test_after_the_year_a_good_cause_is_needed_and_carries(
    correcting: ClaimDraft, supplier_person: User, examiner: User
) -> None:
    clock.set_today(dt.date(2027, 1, 17))
    with pytest.raises(Refused, match="good cause"):
        asked(put_right(correcting), supplier_person)
    request = asked(correcting, supplier_person, good_cause="The hospital sent new records")
    assert carry_out(request, reason="Shown", by=examiner).made


def test_without_a_change_the_claim_is_decided_anew(
    correcting: ClaimDraft, denied: Claim, supplier_person: User, examiner: User
) -> None:
    request = asked(correcting, supplier_person)
    carry_out(request, reason="Looked at again", by=examiner)
    assert again(denied).status == ClaimStatus.QUEUED
    assert Adjustment.objects.get(claim=denied).kind == Adjustment.Kind.REOPENING


def test_a_request_to_take_back_is_carried_out_as_a_void(
    decided: Callable[..., Claim], billing: Client, supplier_person: User, examiner: User
) -> None:
    claim = decided()
    request = take_back(claim, reason="Billed twice", by=supplier_person)
    assert isinstance(request, CorrectionRequest)
    with pytest.raises(Refused, match="A request about this claim is open"):
        take_back(claim, reason="Billed twice", by=supplier_person)
    carry_out(request, reason="Done", by=examiner)
    assert again(claim).status == ClaimStatus.VOIDED


def test_an_examiner_carries_out_within_the_own_limit_only(
    correcting: ClaimDraft, denied: Claim, supplier_person: User, examiner: User
) -> None:
    request = asked(put_right(correcting), supplier_person)
    with pytest.raises(Refused):
        carry_out(request, reason="Shown", by=limit(examiner, "10.00"))
    request.refresh_from_db()
    assert request.state == State.OPEN
    assert not Adjustment.objects.exists()


def test_a_declined_request_leaves_the_draft_to_be_changed_and_asked_again(
    correcting: ClaimDraft, denied: Claim, supplier_person: User, examiner: User, billing: Client
) -> None:
    request = decline(asked(put_right(correcting), supplier_person), reason="The plan says J2260", by=examiner)
    assert request.state == State.DECLINED
    page = billing.get(reverse("claims:claim", args=[denied.icn])).content.decode()
    assert "The plan says J2260" in page
    assert "Erin" not in page, "who answered is not said"
    with pytest.raises(Refused, match="settled meanwhile"):
        carry_out(request, reason="Late", by=examiner)
    assert asked(correcting, supplier_person).state == State.OPEN


def test_a_withdrawn_request_is_asked_for_no_more(
    correcting: ClaimDraft, denied: Claim, supplier_person: User, examiner: User
) -> None:
    request = withdraw(asked(put_right(correcting), supplier_person), by=supplier_person)
    assert way(denied) == Way.REQUEST
    with pytest.raises(Refused):
        decline(request, reason="Late", by=examiner)


# ---------- pages ----------


def test_the_compare_page_shows_both_and_asks_once(
    correcting: ClaimDraft, billing: Client, denied: Claim, staff: Client
) -> None:
    put_right(correcting)
    address = reverse("claims:correction_compare", args=[correcting.pk])
    page = billing.get(address).content.decode()
    assert "The correction would pay $163.42 more." in page
    assert "Ask for the correction" in page
    assert "Saturday, January 16, 2027" in page
    stale = billing.post(address, {"seen": correcting.version + 1, "reason": "Wrong code"}).content.decode()
    assert "The draft was changed meanwhile" in stale
    billing.post(address, {"seen": correcting.version, "reason": "Wrong code"})
    request = CorrectionRequest.objects.get()
    assert "Withdraw the request" in billing.get(address).content.decode()
    assert billing.get(reverse("claims:check_draft", args=[correcting.pk])).url == address  # type: ignore[attr-defined]
    assert "Wrong code" in staff.get(reverse("claims:correction_requests")).content.decode()
    assert "Answer the request" in staff.get(reverse("claims:claim", args=[denied.icn])).content.decode()
    answer = reverse("claims:correction_request", args=[request.pk])
    assert "The correction would" not in staff.get(answer).content.decode()
    assert "G0068" in staff.get(answer).content.decode()


def test_examiners_answer_on_the_page_of_the_request(
    correcting: ClaimDraft, supplier_person: User, staff: Client, denied: Claim
) -> None:
    request = asked(put_right(correcting), supplier_person)
    address = reverse("claims:correction_request", args=[request.pk])
    seen = staff.get(address).context["claim"]
    assert seen == denied
    staff.post(address, {"reason": "", "decline": "yes", **_seen(staff, address)})
    request.refresh_from_db()
    assert request.state == State.OPEN, "without an answer nothing is done"
    staff.post(address, {"reason": "As the record says", "carry_out": "yes", **_seen(staff, address)})
    request.refresh_from_db()
    assert (request.state, request.answer) == (State.CARRIED_OUT, "As the record says")


def _seen(client: Client, address: str) -> dict[str, str]:
    import re

    page = client.get(address).content.decode()
    return dict(re.findall(r'<input type="hidden" name="(seen[^"]*)" value="([^"]*)"', page))


def test_an_outsider_sees_nothing_of_it(
    correcting: ClaimDraft, denied: Claim, outsider: Client, supplier_person: User
) -> None:
    request = asked(put_right(correcting), supplier_person)
    for method, address in (
        ("post", reverse("claims:correction_begin", args=[denied.pk])),
        ("get", reverse("claims:correction_compare", args=[correcting.pk])),
        ("post", reverse("claims:correction_compare", args=[correcting.pk])),
        ("get", reverse("claims:take_back", args=[denied.icn])),
        ("post", reverse("claims:correction_withdraw", args=[request.pk])),
    ):
        assert getattr(outsider, method)(address).status_code == 404, address
    assert outsider.get(reverse("claims:correction_request", args=[request.pk])).status_code == 403
    assert outsider.get(reverse("claims:correction_requests")).status_code == 403


def test_who_may_not_check_or_send_does_not_correct(
    denied: Claim, world: World, signed_in_as: Callable[[User], Client]
) -> None:
    from accounts.models import Role

    clinician = make_person("Clara Clinician", Role.SUPPLIER)
    act_for(clinician, world.supplier, Duty.CLINICIAN)
    client = signed_in_as(clinician)
    assert client.post(reverse("claims:correction_begin", args=[denied.pk])).status_code == 403
    assert client.get(reverse("claims:take_back", args=[denied.icn])).status_code == 403
    page = client.get(reverse("claims:claim", args=[denied.icn])).content.decode()
    assert ">Correct</button>" not in page


def test_another_suppliers_name_is_in_no_comparison(correcting: ClaimDraft, billing: Client) -> None:
    page = billing.get(reverse("claims:correction_compare", args=[correcting.pk])).content.decode()
    assert "December 20" in page
    assert "Secret Infusion" not in page


def test_the_compare_page_asks_few_queries(
    correcting: ClaimDraft, billing: Client, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    put_right(correcting)
    with django_assert_max_num_queries(40):  # type: ignore[attr-defined]
        billing.get(reverse("claims:correction_compare", args=[correcting.pk]))
