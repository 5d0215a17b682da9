"""Plans of care on pages: from a patient named beyond doubt to a plan on file, its changes, reviews and days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import AccessLog, Event, User
from beneficiaries.models import PlanDraft, PlanOfCare, PlanOfCareVersion, PlanReview
from beneficiaries.plans.actions import begin_plan
from claims.models import PatientLook
from policy import clock
from tests.beneficiaries.documents.making import pdf
from tests.claims.pages.scene import TODAY, act_for
from tests.claims.plans.writing import COMPLETE, typed
from tests.factories.beneficiaries import PlanOfCareFactory
from tests.factories.world import MBI, World

LIST, NEW = reverse("plans:list"), reverse("plans:new")


def address(name: str, *arguments: object) -> str:
    return reverse(f"plans:{name}", args=arguments)


@pytest.fixture
def draft(world: World, billing: Client, supplier_person: User) -> PlanDraft:
    return begin_plan(world.supplier, world.beneficiary.pk, by=supplier_person)


@pytest.fixture
def plan(world: World) -> PlanOfCare:
    assert world.plan is not None
    return world.plan


def save(client: Client, draft: PlanDraft, values: dict[str, Any], **buttons: str) -> Any:
    draft.refresh_from_db()
    return client.post(address("draft", draft.pk), {**values, "seen": draft.saved, **buttons}, follow=True)


# ---------- for whom ----------


def named(world: World, **other: Any) -> dict[str, Any]:
    patient = world.beneficiary
    said = {"mbi": MBI, "last_name": patient.last_name, "birth_date": f"{patient.birth_date:%m/%d/%Y}"}
    return {"supplier": world.supplier.pk, **said, **other}


def test_a_patient_named_beyond_doubt_gets_a_draft(world: World, billing: Client) -> None:
    response = billing.post(NEW, named(world))
    draft = PlanDraft.objects.get()
    assert response.headers["Location"] == address("draft", draft.pk)
    assert (draft.beneficiary, draft.supplier) == (world.beneficiary, world.supplier)


@pytest.mark.parametrize("wrong", [{"mbi": "2FH5UF6NM84"}, {"last_name": "Nobody"}, {"birth_date": "01/01/1901"}])
def test_whatever_does_not_match_is_refused_alike_and_counted(world: World, billing: Client, wrong: Any) -> None:
    response = billing.post(NEW, named(world, **wrong))
    assert "do not all match one person on file" in response.content.decode()
    assert not PlanDraft.objects.exists()
    assert list(PatientLook.objects.values_list("is_match", flat=True)) == [False]


def test_nobody_writes_for_a_supplier_that_is_not_theirs(world: World, outsider: Client) -> None:
    assert "Select a valid choice" in outsider.post(NEW, named(world)).content.decode()
    assert not PlanDraft.objects.exists()


# ---------- drafts ----------


def test_nothing_is_required_to_save_a_draft(billing: Client, draft: PlanDraft) -> None:
    response = save(billing, draft, {"dosage": "0.375"})
    assert "0 of 16 in place" not in response.content.decode()
    assert "1 of 16 in place" in response.content.decode()
    draft.refresh_from_db()
    assert draft.values["dosage"] == "0.375"


def test_htmx_gets_the_list_and_what_stands_beside_the_fields(billing: Client, draft: PlanDraft) -> None:
    values = {**typed(signed=""), "seen": 0}
    response = billing.post(address("draft", draft.pk), values, headers={"HX-Request": "true"})
    part = response.content.decode()
    assert part.lstrip().startswith("<aside")
    assert "15 of 16 in place" in part
    assert 'data-announce="15 of 16 points are in place. Missing: Signed and dated."' in part
    assert '<a href="#id_signed">' in part
    assert '<b class="nowrap">HIT-403</b> The plan of care is not signed.' in part
    assert "category 1; bill visits as G0088 or G0068" in part
    assert 'name="seen" id="seen" value="1" hx-swap-oob="true"' in part


def test_what_another_saved_meanwhile_is_not_overwritten(
    world: World, billing: Client, draft: PlanDraft, reviewer: User, other_supplier_person: User,
    signed_in_as: Callable[[User], Client],
) -> None:  # fmt: skip
    act_for(other_supplier_person, world.supplier)
    save(signed_in_as(other_supplier_person), draft, {"dosage": "theirs"})
    mine = {"dosage": "mine", "seen": "0"}
    page = billing.post(address("draft", draft.pk), mine).content.decode()
    assert "Olga Outsider changed this draft" in page
    draft.refresh_from_db()
    assert draft.values["dosage"] == "theirs"
    billing.post(address("draft", draft.pk), {**mine, "keep": "yes"})
    draft.refresh_from_db()
    assert draft.values["dosage"] == "mine"


def test_a_draft_is_deleted_with_its_documents(billing: Client, draft: PlanDraft) -> None:
    sent = {"files": SimpleUploadedFile("plan.pdf", pdf())}
    billing.post(address("draft_documents", draft.pk), sent)
    billing.post(address("delete", draft.pk))
    assert not PlanDraft.objects.exists()


# ---------- on file ----------


def test_a_complete_plan_goes_on_file_with_its_documents(world: World, billing: Client, draft: PlanDraft) -> None:
    billing.post(address("draft_documents", draft.pk), {"files": SimpleUploadedFile("plan.pdf", pdf())})
    response = save(billing, draft, COMPLETE, file="yes")
    version = PlanOfCareVersion.objects.latest("pk")
    assert response.redirect_chain[-1][0] == address("plan", version.plan_id)
    plan = version.plan
    assert (plan.beneficiary, plan.supplier) == (world.beneficiary, world.supplier)
    assert (plan.starts, plan.ends) == (dt.date(2026, 1, 12), dt.date(2026, 4, 5))
    assert (version.number, version.drugs, version.ordered_visits) == (1, ["J2260"], (1, 3))
    assert (version.signed, version.signed_page) == (dt.date(2026, 1, 13), 2)
    assert [each.name for each in version.documents.all()] == ["plan.pdf"]
    page = response.content.decode()
    assert "The plan of care is on file." in page
    assert "16 of 16 in place" in page
    assert Event.objects.get(verb="plan_filed").about_id == str(plan.pk)
    assert billing.get(address("draft", draft.pk)).headers["Location"] == address("plan", plan.pk)


def test_an_incomplete_plan_goes_on_file_and_says_what_is_missing(billing: Client, draft: PlanDraft) -> None:
    page = save(billing, draft, typed(signed="", discipline=""), file="yes").content.decode()
    assert "The plan of care is on file; 2 points are missing." in page
    assert "A claim sent today would be suspended" in page


def test_a_plan_without_its_first_day_stays_a_draft(billing: Client, draft: PlanDraft) -> None:
    page = save(billing, draft, typed(starts=""), file="yes").content.decode()
    assert "until then it stays a draft" in page
    assert 'href="#id_starts"' in page
    draft.refresh_from_db()
    assert draft.values["dosage"] == COMPLETE["dosage"]


def begun(client: Client, plan: PlanOfCare, purpose: str) -> PlanDraft:
    client.post(address("begin", plan.pk, purpose))
    return PlanDraft.objects.get(plan=plan, purpose=purpose, filed=None)


def test_a_change_is_a_version_with_its_own_day_and_signature(billing: Client, plan: PlanOfCare) -> None:
    draft = begun(billing, plan, "change")
    assert (draft.values["signed"], draft.values["dosage"]) == ("", "0.375 mcg/kg/min")
    values = {**draft.values, "changed_on": "01/15/2026", "dosage": "0.5 mcg/kg/min"}
    save(billing, draft, values, file="yes")
    first, second = plan.versions.all()
    assert (first.dosage, first.signed) == ("0.375 mcg/kg/min", dt.date(2026, 1, 2))
    assert (second.number, second.dosage, second.signed) == (2, "0.5 mcg/kg/min", None)
    assert second.arrival > first.arrival
    page = billing.get(address("plan", plan.pk)).content.decode()
    assert '<b class="nowrap">HIT-405</b> The change of January 15 to the plan of care is not signed.' in page


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"changed_on": "", "dosage": "other"}, "Give the day of the change."),
        ({"changed_on": "01/02/2026", "dosage": "other"}, "A change is dated after it."),
        ({"changed_on": "01/15/2026"}, "Nothing is different from the version on file."),
    ],
)
def test_a_change_that_is_none_is_refused(billing: Client, plan: PlanOfCare, values: Any, words: str) -> None:
    draft = begun(billing, plan, "change")
    page = save(billing, draft, {**draft.values, **values}, file="yes").content.decode()
    assert words in page
    assert plan.versions.count() == 1


def test_what_was_left_out_is_filled_in_and_what_is_stated_stays(billing: Client, world: World) -> None:
    plan = PlanOfCareFactory(beneficiary=world.beneficiary, supplier=world.supplier, unsigned=True, ends=None)
    before = plan.versions.get()
    draft = begun(billing, plan, "complete")
    save(billing, draft, typed(dosage="another dosage", signed="01/05/2026"), file="yes")
    after = plan.versions.get()
    assert (after.signed, after.needs) == (dt.date(2026, 1, 5), "Daily weights.")
    assert (after.dosage, after.arrival) == (before.dosage, before.arrival)
    assert "signed" in Event.objects.get(verb="plan_completed").sentence


def test_a_second_draft_of_a_change_is_the_first(billing: Client, plan: PlanOfCare) -> None:
    assert begun(billing, plan, "change") == begun(billing, plan, "change")


def test_a_review_is_noted_once_and_not_ahead(billing: Client, plan: PlanOfCare) -> None:
    for _ in range(2):
        billing.post(address("review", plan.pk), {"reviewed_on": "01/14/2026", "note": "Stable"})
    assert PlanReview.objects.count() == 1
    page = billing.post(address("review", plan.pk), {"reviewed_on": "01/17/2026"}).content.decode()
    assert "not after today" in page
    assert "was established" in billing.post(address("review", plan.pk), {"reviewed_on": "01/01/2026"}).content.decode()


def test_a_plan_is_shown_as_it_stood_on_a_day(billing: Client, world: World) -> None:
    plan = PlanOfCareFactory(
        beneficiary=world.beneficiary, supplier=world.supplier, changed=True, change__dosage="raised"
    )

    def on(day: str) -> str:
        page = billing.get(address("plan", plan.pk), {"on": day}).content.decode()
        return page[page.index('id="content-heading"') : page.index('id="versions-heading"')]

    assert "Version 1" in on("01/03/2026")
    assert "raised" not in on("01/03/2026")
    assert "raised" in on("01/04/2026")
    assert "the plan said nothing" in on("01/01/2026")
    assert "not a day like" in on("tomorrow")


# ---------- the list ----------


def test_the_list_tells_what_lapses_and_which_reviews_are_due(billing: Client, world: World, plan: PlanOfCare) -> None:
    PlanOfCare.objects.filter(pk=plan.pk).update(ends=TODAY + dt.timedelta(days=30), review_every_days=10)
    other = PlanOfCareFactory(
        beneficiary=world.beneficiary, supplier=world.supplier, ends=TODAY + dt.timedelta(days=31)
    )

    def shown(tab: str) -> list[int]:
        return [each.pk for each in billing.get(LIST, {"show": tab}).context["list"].page.rows]

    assert (shown("lapsing"), shown("reviews"), shown("all")) == ([plan.pk], [plan.pk], [other.pk, plan.pk])
    page = billing.get(LIST).content.decode()
    assert "lapses in 30 days" in page
    assert "was due Jan 12" in page
    clock.set_today(TODAY + dt.timedelta(days=31))
    assert shown("in-force") == [other.pk]


# ---------- who ----------


def test_an_outsider_finds_nothing(outsider: Client, plan: PlanOfCare, draft: PlanDraft) -> None:
    assert outsider.get(LIST).context["list"].page.rows == ()
    looked = [address("plan", plan.pk), address("draft", draft.pk)]
    assert [outsider.get(each).status_code for each in looked] == [404, 404]
    written = [
        address("begin", plan.pk, "change"),
        address("review", plan.pk),
        address("plan_documents", plan.pk),
        address("draft", draft.pk),
        address("draft_documents", draft.pk),
        address("delete", draft.pk),
    ]
    assert {outsider.post(each).status_code for each in written} == {404}


def test_people_of_the_contractor_read_and_write_nothing(staff: Client, plan: PlanOfCare, draft: PlanDraft) -> None:
    page = staff.get(address("plan", plan.pk))
    assert page.status_code == 200
    assert "Change the plan" not in page.content.decode()
    assert staff.get(LIST).context["list"].drafts == ()
    assert staff.get(address("draft", draft.pk)).status_code == 403
    assert staff.post(address("begin", plan.pk, "change")).status_code == 403
    assert staff.post(address("plan_documents", plan.pk)).status_code == 403


def test_every_look_is_logged_and_no_address_names_a_person(billing: Client, plan: PlanOfCare) -> None:
    billing.get(LIST)
    page = billing.get(address("plan", plan.pk)).content.decode()
    assert AccessLog.objects.filter(about_type="beneficiaries.planofcare", about_id=str(plan.pk)).count() == 2
    assert f'href="{MBI}' not in page


# ---------- how many queries ----------


def test_the_pages_ask_a_fixed_number_of_queries(
    billing: Client, world: World, plan: PlanOfCare, draft: PlanDraft, django_assert_num_queries: Any
) -> None:
    counts = {LIST: 8, address("plan", plan.pk): 12, address("draft", draft.pk): 7}
    for asked in counts:
        billing.get(asked)
    for asked, count in counts.items():
        with django_assert_num_queries(count):
            billing.get(asked)
    for _ in range(5):
        other = PlanOfCareFactory(beneficiary=world.beneficiary, supplier=world.supplier, changed=True)
        PlanReview.objects.create(plan=plan, reviewed_on=TODAY - dt.timedelta(days=other.pk % 10))
    with django_assert_num_queries(counts[LIST]):
        billing.get(LIST)


def test_typing_asks_few_queries(billing: Client, draft: PlanDraft, django_assert_max_num_queries: Any) -> None:
    values, headers = {**typed(), "seen": 0}, {"HX-Request": "true"}
    billing.post(address("draft", draft.pk), values, headers=headers)
    with django_assert_max_num_queries(18):
        billing.post(address("draft", draft.pk), values, headers=headers)
