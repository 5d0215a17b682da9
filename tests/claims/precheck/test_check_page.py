"""The page that checks a claim before it is billed: what it says, keeps, changes, sends, and to whom it shows what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessLog, Event, User
from claims.adjudication.queue import adjudicate_all
from claims.models import Claim, ClaimDraft, ClaimStatus, Decision, LedgerTransfer, PatientLook, ReceivedFile
from claims.precheck import looks
from claims.precheck.drafts import begin_draft, read_draft, save_draft
from claims.precheck.looks import NOT_MATCHED, TOO_MANY
from policy.refusals import Refused
from suppliers.models import Supplier, SupplierPerson
from tests.accounts.cast import make_person
from tests.claims.pages.scene import act_for
from tests.claims.precheck.typed import posted, typed
from tests.factories.beneficiaries import BeneficiaryFactory, OutsideVisitFactory
from tests.factories.suppliers import SupplierFactory
from tests.factories.world import World

pytestmark = pytest.mark.django_db

#: A change of a field is sent by htmx; a button sends the form itself.
LIVE = {"HX-Request": "true"}


@pytest.fixture
def draft(world: World, billing: Client, supplier_person: User) -> ClaimDraft:
    """A draft of the payable base claim."""
    return begin_draft(world.supplier, by=supplier_person, typed=typed())


def address(draft: ClaimDraft, name: str = "draft") -> str:
    return reverse(f"claims:check_{name}", args=[draft.pk])


def read(client: Client, draft: ClaimDraft) -> str:
    response = client.get(address(draft))
    assert response.status_code == 200
    return response.content.decode()


def check(client: Client, draft: ClaimDraft, *visits: dict[str, str], **changed: str) -> str:
    headers = {} if {"use", "add", "remove"} & set(changed) else LIVE
    response = client.post(address(draft), posted(*visits, **changed), headers=headers, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def earlier_visit(world: World, **given: Any) -> None:
    OutsideVisitFactory(beneficiary=world.beneficiary, date_of_service=dt.date(2025, 12, 20), **given)


# ---------- what it says ----------


def test_a_payable_draft_shows_its_price_step_by_step_and_what_is_in_order(billing: Client, draft: ClaimDraft) -> None:
    page = read(billing, draft)
    assert "The visit would be paid" in page
    assert "Would pay $198.76" in page
    for step in ("National amount", "Coinsurance", "−50.70", "Sequestration", "198.76"):
        assert step in page
    assert "Dora Evans, born February 15, 1948" in page
    assert "Drug in the history: J2260" in page
    assert "17 days left" in page
    assert "You: enrolled as D6, licensed in MD, accredited by" in page
    assert "Show all 45 checks" in page
    assert "January 30" in page, "the payment day"


def test_an_initial_visit_too_early_says_why_from_when_and_what_to_use(
    billing: Client, draft: ClaimDraft, world: World
) -> None:
    earlier_visit(world)
    page = read(billing, draft)
    assert "Would be denied" in page
    assert "CO-B16" in page
    assert "/manual/#s320.8.3" in page
    assert "An initial visit is possible from day 61, February 19." in page
    assert "Use G0068, subsequent visit, IV.</b> It would pay $163.42 for January 5." in page
    assert "from Thursday, February 19, then $198.76, with the discharge in your record." in page


def test_a_suggestion_taken_changes_the_draft_and_the_verdict(billing: Client, draft: ClaimDraft, world: World) -> None:
    earlier_visit(world)
    page = check(billing, draft, use="code:1:G0068")
    assert "The visit would be paid" in page
    draft.refresh_from_db()
    assert draft.values["lines"][0]["hcpcs"] == "G0068"


@pytest.mark.parametrize(
    ("visits", "changed", "token", "says"),
    [
        (({"hcpcs": ""},), {}, "code:1:G0088", "Use G0088 on visit 1"),
        (({"hcpcs": "G0089"},), {}, "code:1:G0088", "Use G0088 on visit 1"),
        (({"hcpcs": "G0068"},), {}, "code:1:G0088", "Use G0088 on visit 1"),
        (({}, {}), {}, "remove:2:", "Remove visit 2"),
        (({},), {"referring_npi": ""}, "referring:1:1987654328", "Use NPI 1987654328"),
    ],
    ids=["no code", "the code of another drug", "no earlier visit", "billed twice", "nobody refers"],
)
def test_each_problem_has_one_suggestion_that_solves_it(
    billing: Client,
    draft: ClaimDraft,
    visits: tuple[dict[str, str], ...],
    changed: dict[str, str],
    token: str,
    says: str,
) -> None:
    page = check(billing, draft, *visits, **changed)
    assert page.count('class="fix"') == 1
    assert says in page
    assert f'value="{token}"' in page
    assert "The visit would be paid" in check(billing, draft, *visits, **changed, use=token)


def test_a_code_that_pays_and_fits_the_history_gets_no_suggestion(billing: Client, draft: ClaimDraft) -> None:
    assert 'class="fix"' not in read(billing, draft)


def test_a_visit_that_waits_keeps_the_others_waiting_and_the_page_says_so(billing: Client, draft: ClaimDraft) -> None:
    page = check(billing, draft, {"hcpcs": "G0068"}, {"day": "01/02/2026"})
    assert "One of two visits would be paid and one would wait for its drug bill" in page
    assert "Nothing is paid until every visit of the claim is decided." in page


def test_what_is_lacking_is_named_and_nothing_is_looked_up(billing: Client, draft: ClaimDraft) -> None:
    page = check(billing, draft, {"minutes": ""}, birth_date="")
    assert "Fill in Birth date and a visit with its date, minutes and charge." in page
    assert not PatientLook.objects.exists()


def test_values_that_cannot_be_read_are_kept_and_named(billing: Client, draft: ClaimDraft) -> None:
    page = check(billing, draft, {"day": "soon"}, mbi="12")
    assert "This value is not a day like" in page
    assert "not a Medicare number" in page
    draft.refresh_from_db()
    assert (draft.values["mbi"], draft.values["lines"][0]["day"]) == ("12", "soon")


def test_minutes_become_units_of_the_table(billing: Client, draft: ClaimDraft) -> None:
    days = ("01/05/2026", "01/06/2026", "01/07/2026", "01/08/2026")
    visits = [{"day": day, "minutes": minutes} for day, minutes in zip(days, ("22", "23", "37", "38"), strict=True)]
    assert "22 minutes are 1 unit, 23 minutes are 2, 37 minutes are 2, 38 minutes are 3." in check(
        billing, draft, *visits
    )


# ---------- drafts ----------


def test_a_draft_is_offered_again_until_it_is_deleted(billing: Client, draft: ClaimDraft) -> None:
    assert f"Draft {draft.pk}" in billing.get(reverse("claims:check")).content.decode()
    assert billing.post(address(draft, "delete")).status_code == 302
    assert not ClaimDraft.objects.exists()
    assert address(draft).encode() not in billing.get(reverse("claims:check")).content


def test_a_new_draft_is_of_a_supplier_that_one_acts_for(
    billing: Client, world: World, other_supplier: Supplier
) -> None:
    response = billing.post(reverse("claims:check"), {"supplier": world.supplier.pk})
    assert response["Location"] == address(ClaimDraft.objects.get())
    assert billing.post(reverse("claims:check"), {"supplier": other_supplier.pk}).status_code == 404


def test_visits_are_added_and_removed(billing: Client, draft: ClaimDraft) -> None:
    page = check(billing, draft, add="yes")
    assert 'name="v2-day"' in page
    page = check(billing, draft, {}, {"day": "01/07/2026"}, remove="1")
    assert 'name="v2-day"' not in page
    draft.refresh_from_db()
    assert [line["day"] for line in draft.values["lines"]] == ["01/07/2026"]


def test_without_scripts_a_check_saves_and_comes_back_to_the_page(billing: Client, draft: ClaimDraft) -> None:
    response = billing.post(address(draft), posted({"hcpcs": "G0068"}))
    assert response["Location"] == address(draft)
    draft.refresh_from_db()
    assert draft.values["lines"][0]["hcpcs"] == "G0068"


def test_of_requests_that_overtake_each_other_the_one_that_began_last_stays(
    world: World, draft: ClaimDraft, supplier_person: User
) -> None:
    early, late = timezone.now(), timezone.now()
    save_draft(draft, typed(diagnoses="J44.9"), by=supplier_person, at=late)
    save_draft(read_draft(draft.pk), typed(diagnoses="old"), by=supplier_person, at=early)
    save_draft(draft, typed(diagnoses="older"), by=supplier_person, at=early)
    draft.refresh_from_db()
    assert draft.values["diagnoses"] == "J44.9"


def test_a_change_that_comes_behind_the_submission_changes_nothing(billing: Client, draft: ClaimDraft) -> None:
    stale = read_draft(draft.pk)
    submit(billing, draft)
    with pytest.raises(Refused, match="was submitted as claim"):
        save_draft(stale, typed(), by=stale.made_by, at=timezone.now())


def test_what_a_colleague_saved_meanwhile_is_not_overwritten_unasked(
    billing: Client, draft: ClaimDraft, world: World, signed_in_as: Callable[[User], Client]
) -> None:
    colleague = make_person("Cora Colleague", "supplier")  # type: ignore[arg-type]
    act_for(colleague, world.supplier)
    check(signed_in_as(colleague), draft, diagnoses="J44.9", seen="0")
    page = check(billing, draft, diagnoses="E11.9", seen="0")
    assert "Cora Colleague changed this draft at" in page
    assert "E11.9" in page, "what was typed stays on the page"
    draft.refresh_from_db()
    assert draft.values["diagnoses"] == "J44.9"
    check(billing, draft, diagnoses="E11.9", seen="0", keep="yes")
    draft.refresh_from_db()
    assert draft.values["diagnoses"] == "E11.9"


def test_nothing_of_a_check_touches_the_queue_the_ledger_or_the_history(billing: Client, draft: ClaimDraft) -> None:
    check(billing, draft)
    for model in (Claim, Decision, LedgerTransfer, ReceivedFile):
        assert not model._default_manager.exists()
    assert not Event.objects.filter(about_type="claims.claim").exists()


# ---------- submitting ----------


def submit(client: Client, draft: ClaimDraft, *visits: dict[str, str], **changed: str) -> Any:
    return client.post(address(draft, "submit"), posted(*visits, **changed), follow=True)


def test_a_submitted_draft_is_received_as_any_file_and_decided(
    billing: Client, draft: ClaimDraft, world: World, supplier_person: User
) -> None:
    response = submit(billing, draft)
    claim = Claim.objects.get()
    assert response.redirect_chain[-1][0] == reverse("claims:claim", args=[claim.icn])
    assert f"Received as claim {claim.icn}." in response.content.decode()
    assert claim.file is not None
    assert {answer.kind for answer in claim.file.acknowledgements.all()} == {"999", "277CA"}
    assert (claim.channel, claim.file.submitted_by) == ("electronic", supplier_person)
    assert (claim.supplier, claim.beneficiary) == (world.supplier, world.beneficiary)
    assert (
        Event.objects.get(verb="claim_submitted").sentence
        == f"Submitted from draft {draft.pk} of Evergreen Home Infusion."
    )
    adjudicate_all()
    claim.refresh_from_db()
    assert (claim.status, str(claim.paid_amount)) == (ClaimStatus.PAYABLE, "198.76")


def test_a_draft_makes_one_claim_however_often_it_is_sent(billing: Client, draft: ClaimDraft) -> None:
    submit(billing, draft)
    response = submit(billing, draft, diagnoses="J44.9")
    assert response.redirect_chain[-1][0] == reverse("claims:claim", args=[Claim.objects.get().icn])
    assert billing.get(address(draft)).status_code == 302
    assert "was submitted as claim" in billing.post(address(draft, "delete"), follow=True).content.decode()


def test_a_claim_that_would_be_denied_is_submitted_all_the_same(
    billing: Client, draft: ClaimDraft, world: World
) -> None:
    earlier_visit(world)
    assert "You can still submit" in read(billing, draft)
    submit(billing, draft)
    adjudicate_all()
    assert Claim.objects.get().status == ClaimStatus.DENIED


def test_a_claim_for_someone_not_on_file_is_submitted_with_the_address_given(
    billing: Client, draft: ClaimDraft
) -> None:
    stranger = {"mbi": "9AA9AA9AA99", "last_name": "Nobody"}
    page = submit(billing, draft, **stranger).content.decode()
    assert "It cannot be taken in yet" in page
    assert "Referring provider’s surname: This value is missing." in page
    assert "street" in page
    assert not Claim.objects.exists()
    where = {
        "referring_last_name": "Welby",
        "first_name": "No",
        "sex": "F",
        "street": "1 Elm",
        "city": "Baltimore",
        "state": "md",
        "zip_code": "21201",
    }
    submit(billing, draft, **stranger, **where)
    assert Claim.objects.get().beneficiary is None


def test_a_visit_that_is_not_finished_is_not_left_out_in_silence(billing: Client, draft: ClaimDraft) -> None:
    page = submit(billing, draft, {}, {"minutes": ""}).content.decode()
    assert "Fill in visit 2, or remove it." in page
    assert not Claim.objects.exists()


# ---------- what one may know ----------


@pytest.mark.parametrize(
    "wrong", [{"mbi": "9AA9AA9AA99"}, {"last_name": "Ewans"}, {"birth_date": "02/16/1948"}], ids=["mbi", "name", "born"]
)
def test_whatever_does_not_match_is_answered_alike(
    billing: Client, draft: ClaimDraft, world: World, wrong: dict[str, str]
) -> None:
    earlier_visit(world)
    page = check(billing, draft, **wrong)
    assert NOT_MATCHED in page
    verdict = page.partition('id="after"')[0]
    for told in (
        "J2260",
        "Dora",
        "December 20",
        (
            "HIT-601</b> An initial visit was billed within 60 days of an earlier "
            'home infusion therapy visit <span class="muted">would'
        ),
    ):
        assert told not in page
    assert "would be denied" not in verdict
    assert "The visit depends on the patient’s record" in verdict
    assert not AccessLog.objects.exists()


def test_all_mismatches_give_the_same_page(billing: Client, draft: ClaimDraft, world: World) -> None:
    earlier_visit(world)
    verdicts = {
        check(billing, draft, **wrong).partition('<dl class="known">')[0].partition('<div class="after"')[0]
        for wrong in ({"mbi": "9AA9AA9AA99"}, {"last_name": "Ewans"}, {"birth_date": "02/16/1948"})
    }
    assert len(verdicts) == 1


def test_spaces_case_and_dashes_of_what_names_the_patient_do_not_matter(billing: Client, draft: ClaimDraft) -> None:
    assert "Dora Evans" in check(billing, draft, mbi="1eg4-te5-mk73", last_name="EVANS ")


def test_what_does_not_need_the_patient_is_said_without_one(billing: Client, draft: ClaimDraft) -> None:
    page = check(billing, draft, {"hcpcs": "G0088"}, last_name="Ewans", place_of_service="11")
    assert "The visit would be denied" in page
    assert "The place of service" in page


def test_another_suppliers_visit_is_shown_by_its_day_and_never_by_its_name(
    billing: Client, draft: ClaimDraft, world: World
) -> None:
    earlier_visit(world, supplier_name="Infusion Elsewhere")
    page = read(billing, draft)
    assert "December 20" in page
    assert "another supplier" in page
    assert "Infusion Elsewhere" not in page


def test_looks_are_logged_and_counted_once_a_person_and_day(
    billing: Client, draft: ClaimDraft, world: World, supplier_person: User
) -> None:
    check(billing, draft)
    check(billing, draft, diagnoses="J44.9")
    look = PatientLook.objects.get()
    assert (look.supplier, look.is_match, look.day) == (world.supplier, True, dt.date(2026, 1, 16))
    logged = AccessLog.objects.filter(person=supplier_person, about_type="beneficiaries.beneficiary")
    assert {entry.about_id for entry in logged} == {str(world.beneficiary.pk)}
    assert logged.count() == 2


def test_beyond_the_limit_of_the_day_nobody_new_is_looked_at(
    billing: Client, draft: ClaimDraft, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looks, "MOST_PERSONS", ("precheck_persons_a_day", "2"))
    check(billing, draft)
    check(billing, draft, last_name="Ewans")
    other = BeneficiaryFactory(last_name="Frost", birth_date=dt.date(1950, 3, 1))
    page = check(billing, draft, mbi=other.mbis.get().mbi, last_name="Frost", birth_date="03/01/1950")
    assert TOO_MANY in page
    assert "Dora Evans" in check(billing, draft), "who was looked at that day stays in view"


def test_guesses_are_ended_by_a_limit_of_their_own(
    billing: Client, draft: ClaimDraft, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looks, "MOST_MISMATCHES", ("precheck_mismatches_a_day", "3"))
    for day in range(1, 4):
        assert NOT_MATCHED in check(billing, draft, birth_date=f"03/0{day}/1948")
    assert TOO_MANY in check(billing, draft), "the right answer behind the guesses is not given either"


def test_a_digest_stands_for_what_was_guessed(billing: Client, draft: ClaimDraft) -> None:
    check(billing, draft, last_name="Ewans")
    assert PatientLook.objects.values_list("digest", flat=True)[0].isalnum()
    assert not PatientLook.objects.filter(digest__icontains="wans").exists()


# ---------- who ----------


def test_an_outsider_finds_no_draft_of_another_supplier(outsider: Client, draft: ClaimDraft) -> None:
    assert outsider.get(address(draft)).status_code == 404
    for name in ("draft", "submit", "delete"):
        assert outsider.post(address(draft, name), posted()).status_code == 404
    assert address(draft).encode() not in outsider.get(reverse("claims:check")).content


def test_staff_do_not_read_what_was_not_sent(staff: Client, draft: ClaimDraft) -> None:
    for path in (reverse("claims:check"), address(draft), reverse("claims:check_file")):
        assert staff.get(path).status_code == 403


def test_a_billing_agent_begins_drafts_for_each_supplier(billing: Client, world: World, supplier_person: User) -> None:
    other = SupplierFactory(name="Bayline Infusion")
    SupplierPerson.objects.create(supplier=other, user=supplier_person, duty="billing_agent")
    page = billing.get(reverse("claims:check")).content.decode()
    assert "New draft for Bayline Infusion" in page
    assert "New draft for Evergreen Home Infusion" in page


# ---------- queries ----------


@pytest.mark.parametrize("visits", [1, 8])
def test_a_check_takes_at_most_20_queries(billing: Client, draft: ClaimDraft, visits: int) -> None:
    """Also the first one of a patient on a day, which is counted; the policy tables are in memory."""
    days = [{"day": f"01/{day:02}/2026"} for day in range(3, 3 + visits)]
    check(billing, draft, last_name="Ewans")
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            check(billing, draft, *days)
        assert len([query for query in queries if "SAVEPOINT" not in query["sql"]]) <= 20
