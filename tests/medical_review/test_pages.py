"""The pages of medical review: what they show, what is kept, who sees them."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AccessLog, User
from medical_review.actions.assigning import take
from medical_review.actions.deciding import sign
from medical_review.models import Case, Finding, LineVerdict, Rationale
from tests.medical_review.scene import limited, ready

SignIn = Callable[[User], Client]


@pytest.fixture
def at_work(reviewer: User, signed_in_as: SignIn) -> Client:
    return signed_in_as(reviewer)


def page_of(client: Client, case: Case) -> str:
    return client.get(reverse("review:case", args=[case.pk])).content.decode()


def fields_in(page: str) -> dict[str, str]:
    """What a browser would send of the desk as it was opened."""
    desk = page.partition('id="desk-form"')[2].partition("</form>")[0]
    text_areas = re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>([^<]*)</textarea>', desk)
    return {
        **dict(re.findall(r'<input type="hidden" id="was-[^"]*" name="([^"]*)" value="([^"]*)"', desk)),
        **dict(re.findall(r'type="radio" name="([^"]*)" value="([^"]*)"[^>]* checked', desk)),
        **dict(re.findall(r'<input class="usa-input[^"]*" name="([^"]*)" value="([^"]*)"', desk)),
        **{name: unescape(text) for name, text in text_areas},
    }


def keep(client: Client, case: Case, fields: dict[str, str], **headers: str) -> str:
    address = reverse("review:keep", args=[case.pk])
    return client.post(address, fields, headers=headers, follow=True).content.decode()


def test_the_queues_open_in_as_many_queries_for_any_of_them(
    case: Case, at_work: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for queue in ("unassigned", "mine", "records", "overdue", "second", "ended", "nonsense"):
        with django_assert_max_num_queries(10):
            answer = at_work.get(reverse("review:queue"), {"queue": queue, "skill": "intravenous"})
        assert (case.number in answer.content.decode()) is (queue in ("mine", "nonsense"))


def test_the_case_shows_what_is_on_file_and_says_so(case: Case, at_work: Client) -> None:
    page = page_of(at_work, case)
    assert "Part B on January 5 and January 7, by the entitlement on file." in page
    assert "Signed January 2; the claim came on January 16." in page
    assert "The plan of care leaves out: duration and discipline." in page
    assert "0 of" not in page
    assert re.search(r"1\d of 20 answered", page)
    assert AccessLog.objects.filter(about_type="claims.claim", about_id=str(case.claim_id)).exists()


def test_the_case_takes_as_many_queries_whatever_is_written(
    case: Case, at_work: Client, reviewer: User, django_assert_num_queries: Callable[..., Any]
) -> None:
    address = reverse("review:case", args=[case.pk])
    at_work.get(address)
    with django_assert_num_queries(25):
        at_work.get(address)
    ready(case, reviewer, LineVerdict.ADJUST, LineVerdict.DENY)
    with django_assert_num_queries(25):
        at_work.get(address)


def test_what_was_not_touched_leaves_no_version(case: Case, at_work: Client) -> None:
    keep(at_work, case, fields_in(page_of(at_work, case)))
    assert not Finding.objects.exists()
    assert not Rationale.objects.exists()


def test_what_is_written_is_kept_and_priced_without_scripts(case: Case, at_work: Client, reviewer: User) -> None:
    fields = fields_in(page_of(at_work, case))
    page = keep(
        at_work, case, {**fields, "p9": "not_met", "p9-note": "No date", "p9-page": "3", "l2": "deny", "l2-point": "9"}
    )
    (finding,) = Finding.objects.all()
    assert (finding.point, finding.answer, finding.note, finding.made_by) == (9, "not_met", "No date", reviewer)
    assert '<span id="after-2">0.00</span>' in page
    assert "2 Plan of care, CO-272 N705" in page
    assert "Line 2, January 7, 2026, G0068: denied. Plan of care." in page


def test_a_day_that_is_none_is_refused_with_what_was_written(case: Case, at_work: Client) -> None:
    fields = fields_in(page_of(at_work, case))
    page = keep(at_work, case, {**fields, "v1-note_of": "the fifth"})
    assert "Visit of line 1: “the fifth” is no day. Write it as 01/12/2026." in page


def test_two_people_at_once_see_both_versions_and_nothing_is_written_over(
    case: Case, at_work: Client, reviewer: User, medical_director: User, signed_in_as: SignIn
) -> None:
    opened = fields_in(page_of(at_work, case))
    take(case, medical_director, by=medical_director)
    other = signed_in_as(medical_director)
    keep(other, case, {**fields_in(page_of(other, case)), "p13": "met", "p13-page": "8"})
    take(case, reviewer, by=reviewer)
    page = keep(at_work, case, {**opened, "p13": "not_met", "p13-note": "No contact note", "p8": "met", "p8-page": "2"})
    assert "Somebody else wrote here meanwhile" in page
    assert "Not met, No contact note" in page
    assert Finding.objects.get(point=13).made_by == medical_director
    assert Finding.objects.get(point=8).made_by == reviewer


def test_two_reviewers_on_one_case_from_two_browsers_lose_nothing_and_are_both_told(
    case: Case, at_work: Client, reviewer: User, medical_director: User, signed_in_as: SignIn
) -> None:
    """Each keeps a form that was opened before the other acted, while the case goes to and fro between them."""
    mine = {**fields_in(page_of(at_work, case)), "p13": "not_met", "p13-note": "No contact note", "p8": "met"}
    take(case, medical_director, by=medical_director)
    other = signed_in_as(medical_director)
    theirs = {**fields_in(page_of(other, case)), "p13": "met", "p13-page": "8"}
    told_me = keep(at_work, case, mine)
    assert "Mel Director has the case now, so nothing was kept." in told_me
    assert "Not met, No contact note" in told_me
    keep(other, case, theirs)
    take(case, reviewer, by=reviewer)
    told_them = keep(other, case, {**theirs, "p19": "not_documented", "p19-note": "Nothing on teaching"})
    assert "Rosa Reviewer has the case now, so nothing was kept." in told_them
    assert "Not documented, Nothing on teaching" in told_them
    both = keep(at_work, case, mine)
    assert "Somebody else wrote here meanwhile" in both
    assert "Not met, No contact note" in both
    assert "Met, 8" in both
    kept = {each.point: (each.made_by, each.answer) for each in Finding.objects.all()}
    assert kept == {13: (medical_director, "met"), 8: (reviewer, "met")}


def test_who_lost_the_case_meanwhile_gets_back_what_they_wrote(
    case: Case, at_work: Client, medical_director: User
) -> None:
    opened = fields_in(page_of(at_work, case))
    take(case, medical_director, by=medical_director)
    page = keep(at_work, case, {**opened, "rationale": "My own words, long and good"})
    assert "Mel Director has the case now, so nothing was kept." in page
    assert "My own words, long and good" in page
    assert not Rationale.objects.exists()


def test_a_form_opened_before_somebody_acted_does_nothing(case: Case, at_work: Client, medical_director: User) -> None:
    address = reverse("review:close", args=[case.pk])
    seen = re.search(r'name="seen" value="([^"]*)"', at_work.get(address).content.decode())
    assert seen is not None
    take(case, medical_director, by=medical_director)
    page = at_work.post(address, {"seen": seen[1], "why": "Nothing left"}).content.decode()
    assert "Somebody else was faster" in page
    assert "Mel Director" in page
    case.refresh_from_db()
    assert case.is_open


def test_the_supplier_and_outsiders_see_no_case(
    case: Case, supplier_person: User, other_supplier_person: User, signed_in_as: SignIn
) -> None:
    for person in (supplier_person, other_supplier_person):
        for name in ("case", "keep", "sign", "close", "second"):
            assert signed_in_as(person).get(reverse(f"review:{name}", args=[case.pk])).status_code == 403


def test_an_examiner_reads_a_case_and_writes_nothing(case: Case, examiner: User, signed_in_as: SignIn) -> None:
    client = signed_in_as(examiner)
    assert " disabled" in page_of(client, case)
    assert client.post(reverse("review:sign", args=[case.pk])).status_code == 403


def test_the_way_from_the_claim_leads_to_its_case(case: Case, at_work: Client) -> None:
    answer = at_work.get(reverse("review:of_claim", args=[case.claim.icn]))
    assert answer.url == reverse("review:case", args=[case.pk])  # type: ignore[attr-defined]


def test_a_director_who_is_refused_keeps_what_was_chosen(
    case: Case, reviewer: User, medical_director: User, signed_in_as: SignIn
) -> None:
    sign(ready(case, limited(reviewer, Decimal(10)), LineVerdict.AFFIRM, LineVerdict.DENY), by=reviewer)
    director, address = signed_in_as(medical_director), reverse("review:overrule", args=[case.pk])
    chosen = {"l1": "affirm", "l2": "adjust", "l2-point": "9", "reason": "It is signed", "rationale": "As I see it"}
    page = director.post(address, chosen).content.decode()
    assert "Line 2 needs another visit code of that day" in page
    assert re.search(r'name="l2" value="adjust" checked', page)
    assert director.post(address, {**chosen, "l2-code": "G0069"}).status_code == 302
    assert case.decisions.count() == 2
