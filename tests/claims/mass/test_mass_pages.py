"""The pages of mass adjustments: from the claims list to the reversal, and who may do what."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AccessLog, User
from claims.mass.actions import approve, make
from claims.mass.listing import Item
from claims.models import Claim, MassAdjustment, MassState
from claims.replay.writing import HEADINGS
from tests.claims.mass.conftest import TITLE, WHY, decided, line, previewed, publish_amount, worked, world_of
from tests.factories.world import World

SignIn = Callable[[User], Client]


@pytest.fixture
def claims(world: World) -> list[Claim]:
    """Two claims that would change and one that would not."""
    found = [decided(world), decided(world_of(1)), decided(world_of(2), line("G0068", 5))]
    publish_amount("100.00")
    return found


@pytest.fixture
def staff(examiner: User, signed_in_as: SignIn) -> Client:
    return signed_in_as(examiner)


def address(name: str, *args: object) -> str:
    return reverse(f"claims:{name}", args=args)


def text_of(answer: object) -> str:
    return " ".join(answer.content.decode().split())  # type: ignore[attr-defined]


def asked(mass: MassAdjustment, name: str) -> str:
    return address("mass_act", mass.pk, name)


# ---------- the way ----------


def test_the_claims_list_leads_to_the_form_with_its_filters(claims: list[Claim], staff: Client) -> None:
    page = text_of(staff.get(address("worklist"), {"status": "payable", "code": "G0088", "order": "icn"}))
    link = f"{address('mass_new')}?status=payable&amp;code=G0088"
    assert f'href="{link}"' in page
    form = staff.get(address("mass_new"), {"status": "payable", "code": "G0088"}).context["form"]
    assert form["claims"].value() == "status=payable&code=G0088"


def test_from_the_form_to_the_preview(claims: list[Claim], staff: Client, examiner: User) -> None:
    sent = {"title": TITLE, "reason": WHY, "claims": "status=payable"}
    answer = staff.post(address("mass_new"), sent)
    mass = MassAdjustment.objects.get()
    assert answer["Location"] == address("mass_adjustment", mass.pk)
    assert (mass.state, mass.made_by) == (MassState.PREVIEWING, examiner)
    page = text_of(staff.get(answer["Location"]))
    assert "Being previewed" in page
    assert 'hx-trigger="every 3s"' in page
    assert "Load this page again" in page
    mass = worked(mass)
    page = text_of(staff.get(address("mass_adjustment", mass.pk)))
    assert "You made this. A second person" in page
    assert "hx-trigger" not in page
    assert "2 changed lines" in page


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("claims", "colour=red", "is no filter of claims"),
        ("claims", "status=voided", "No claim matches"),
        ("title", "", "Title is required"),
        ("title", "x" * 61, "60"),
        ("reason", "", "Why is required"),
    ],
)
def test_what_is_wrong_in_the_form_is_said_at_its_field(
    claims: list[Claim], staff: Client, field: str, value: str, says: str
) -> None:
    sent = {"title": TITLE, "reason": WHY, "claims": "all", field: value}
    answer = staff.post(address("mass_new"), sent)
    assert answer.status_code == 200
    assert [*answer.context["form"].errors] == [field]
    assert says in text_of(answer)
    assert not MassAdjustment.objects.exists()


def test_a_second_person_approves_on_the_page(
    claims: list[Claim], examiner: User, second: User, signed_in_as: SignIn
) -> None:
    mass = previewed(examiner)
    browser = signed_in_as(second)
    page = text_of(browser.get(address("mass_adjustment", mass.pk)))
    assert "Approve and run" in page
    answer = browser.post(address("mass_approve", mass.pk), {"reason": ""})
    assert "Why is required" in text_of(answer)
    assert browser.post(address("mass_approve", mass.pk), {"reason": "Seen"}).status_code == 302
    mass = worked(mass)
    assert (mass.state, mass.approved_by) == (MassState.DONE, second)
    assert "Take it back" in text_of(browser.get(address("mass_adjustment", mass.pk)))
    answer = browser.post(address("mass_reverse", mass.pk), {"reason": "The figure was wrong"})
    reversal = MassAdjustment.objects.get(reverses=mass)
    assert answer["Location"] == address("mass_adjustment", reversal.pk)
    assert f"Mass adjustment {reversal.pk}</a>" in text_of(browser.get(address("mass_adjustment", mass.pk)))


def test_ones_own_is_not_approved_by_a_forged_request(claims: list[Claim], staff: Client, examiner: User) -> None:
    mass = previewed(examiner)
    answer = staff.post(address("mass_approve", mass.pk), {"reason": "I am sure"})
    assert "A second person must approve it." in text_of(answer)
    mass.refresh_from_db()
    assert (mass.state, mass.approved_by) == (MassState.PREVIEWED, None)


def test_pause_resume_and_cancel_on_the_page(claims: list[Claim], staff: Client, examiner: User, second: User) -> None:
    mass = approve(previewed(examiner), by=second, reason="Seen")
    for act, state in (("pause", MassState.PAUSED), ("resume", MassState.RUNNING), ("cancel", MassState.CANCELLED)):
        assert f'id="act-{act}"' in text_of(staff.get(address("mass_adjustment", mass.pk))) or act == "cancel"
        assert staff.post(asked(mass, act)).status_code == 302
        mass.refresh_from_db()
        assert mass.state == state
    answer = staff.post(asked(mass, "resume"), follow=True)
    assert "That cannot be done now: the mass adjustment is cancelled." in text_of(answer)


def test_an_act_that_is_none_is_not_found(claims: list[Claim], staff: Client, examiner: User) -> None:
    mass = previewed(examiner)
    assert staff.post(asked(mass, "destroy")).status_code == 404
    assert staff.get(asked(mass, "pause")).status_code == 405
    assert staff.get(address("mass_adjustment", mass.pk + 1)).status_code == 404


# ---------- claims and lines ----------


def test_changed_lines_are_narrowed_by_supplier(claims: list[Claim], staff: Client, examiner: User) -> None:
    mass = previewed(examiner)
    everything = staff.get(address("mass_lines", mass.pk))
    of_one = staff.get(address("mass_lines", mass.pk), {"supplier": claims[1].billing_npi})
    assert [len(answer.context["page"].rows) for answer in (everything, of_one)] == [2, 1]
    assert claims[1].icn in text_of(of_one).replace(" ", "")
    assert "No changed line is in this list" in text_of(staff.get(address("mass_lines", mass.pk), {"edit": "HIT-501"}))


def test_claims_are_narrowed_by_where_they_stand(claims: list[Claim], staff: Client, examiner: User) -> None:
    mass = previewed(examiner)
    for state, count in (("", 3), (Item.State.CHANGES, 2), (Item.State.SAME, 1), ("otherwise", 0), ("unheard", 3)):
        answer = staff.get(address("mass_claims", mass.pk), {"state": state})
        assert len(answer.context["page"].rows) == count, state


def test_the_export_has_every_line_and_is_noted_for_each_claim(
    claims: list[Claim], staff: Client, examiner: User
) -> None:
    mass = previewed(examiner)
    answer = staff.get(address("mass_export", mass.pk))
    rows = list(csv.DictReader(io.StringIO(b"".join(answer).decode())))  # type: ignore[arg-type]
    assert [row["claim"] for row in rows] == [claims[0].icn, claims[1].icn]
    assert list(rows[0]) == list(HEADINGS)
    assert float(rows[0]["paid_after"]) - float(rows[0]["paid_before"]) == pytest.approx(float(rows[0]["difference"]))
    assert AccessLog.objects.filter(person=examiner, about_type="claims.claim").count() == 2


def test_the_queries_of_the_pages_do_not_grow(claims: list[Claim], staff: Client, examiner: User) -> None:
    def queries(mass: MassAdjustment) -> list[int]:
        counts = []
        for name in ("mass_adjustments", "mass_adjustment", "mass_claims", "mass_lines"):
            with CaptureQueriesContext(connection) as captured:
                assert staff.get(address(name, *([] if name == "mass_adjustments" else [mass.pk]))).status_code == 200
            counts.append(len(captured))
        return counts

    small = previewed(examiner, str(claims[0].icn))
    queries(small)
    few = queries(small)
    large = previewed(examiner)
    assert queries(large) == few
    assert max(few) <= 12


# ---------- who may ----------


def test_who_may_read_and_who_may_act(
    claims: list[Claim],
    examiner: User,
    administrator: User,
    reviewer: User,
    medical_director: User,
    supplier_person: User,
    signed_in_as: SignIn,
) -> None:
    mass = previewed(examiner)
    reads = [
        address("mass_adjustments"),
        *(address(name, mass.pk) for name in ("mass_adjustment", "mass_claims", "mass_lines", "mass_export")),
    ]
    acts = [asked(mass, "pause"), address("mass_approve", mass.pk), address("mass_reverse", mass.pk)]
    for person, may_read, may_act in (
        (examiner, True, True),
        (administrator, True, True),
        (reviewer, True, False),
        (medical_director, True, False),
        (supplier_person, False, False),
    ):
        browser = signed_in_as(person)
        assert {browser.get(path).status_code for path in reads} == {200 if may_read else 403}, person
        assert browser.get(address("mass_new")).status_code == (200 if may_act else 403), person
        answers = {browser.post(path).status_code for path in acts}
        assert (answers <= {200, 302}) if may_act else (answers == {403}), person
        if may_read and not may_act:
            page = text_of(browser.get(address("mass_adjustment", mass.pk)))
            assert "<button" not in page.split('<main id="main"')[1].split("</main>")[0]
    assert Client().get(reads[0])["Location"].startswith("/accounts/login/")


# ---------- the command ----------


def test_the_command_previews_and_goes_on(claims: list[Claim], examiner: User, second: User) -> None:
    mass = make(TITLE, WHY, "all", by=examiner)
    out = io.StringIO()
    call_command("mass_adjustment", "preview", mass.pk, by=examiner.email, stdout=out)
    assert "waits for approval" in out.getvalue()
    assert "1 come out the same, 2 would change" in out.getvalue()
    mass.refresh_from_db()
    approve(mass, by=second, reason="Seen")
    call_command("mass_adjustment", "work", mass.pk, stdout=out)
    assert "2 were decided anew" in out.getvalue()


@pytest.mark.parametrize(
    ("act", "number", "by", "says"),
    [
        ("work", 999, "", "There is no mass adjustment 999"),
        ("preview", None, "", "Say who previews it"),
        ("preview", None, "rosa.reviewer@example.org", "for the role examiner or administrator"),
    ],
)
def test_the_command_refuses_in_words(
    claims: list[Claim], examiner: User, reviewer: User, act: str, number: int | None, by: str, says: str
) -> None:
    mass = make(TITLE, WHY, "all", by=examiner)
    with pytest.raises(CommandError, match=says):
        call_command("mass_adjustment", act, number or mass.pk, by=by)
