"""The pages of reviewers: what each takes, ties to suppliers; kept by the medical director, ended and not deleted."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import Event, Role, User
from accounts.readers import events_about
from claims.models import Claim
from medical_review.actions.assigning import take, take_next
from medical_review.actions.opening import open_due_cases
from medical_review.actions.people import declare_tie, end_tie, set_profile
from medical_review.conflicts import profile_of
from medical_review.models import Case, CaseAssignment, ReviewerProfile, SupplierTie
from medical_review.states import CaseState
from policy import clock
from policy.refusals import Refused
from tests.accounts.cast import make_person
from tests.medical_review.requests.scene import ask_for, signed_in

LIST = reverse("review:reviewers")


def page_of(person: User) -> str:
    return reverse("review:reviewer", args=[person.pk])


def act(name: str, person: User, *more: int) -> str:
    return reverse(f"review:{name}", args=[person.pk, *more])


def sentences(person: User) -> list[str]:
    return list(events_about(person).order_by("pk").values_list("sentence", flat=True))


# ---------- what a reviewer takes ----------


def test_the_director_sets_skills_and_load(case: Case, reviewer: User, medical_director: User) -> None:
    browser = signed_in(medical_director)
    assert "Every visit" in browser.get(LIST).content.decode()
    sent = {"skills": ["complex", "intravenous"], "most_cases": "1"}
    text = browser.post(act("set_profile", reviewer), sent, follow=True).content.decode()
    assert "1 of 1 at most" in text
    assert "Intravenous infusion, Chemotherapy and other complex drugs" in text
    profile = profile_of(reviewer)
    assert (profile.skills, profile.most_cases) == (["intravenous", "complex"], 1)
    assert sentences(reviewer) == [
        f"{reviewer} takes intravenous infusion and chemotherapy and other complex drugs, 1 open case at most."
    ]
    with pytest.raises(Refused, match="as many as you take"):
        take_next(by=reviewer)


@pytest.mark.parametrize("most", ["-1", "201", "many", ""])
def test_a_load_that_makes_no_sense_comes_back(reviewer: User, medical_director: User, most: str) -> None:
    page = signed_in(medical_director).post(act("set_profile", reviewer), {"most_cases": most})
    assert 'aria-invalid="true"' in page.content.decode()
    assert not ReviewerProfile.objects.exists()


# ---------- ties ----------


def test_a_tie_takes_the_cases_away_and_its_end_lets_them_be_seen(
    case: Case, reviewer: User, medical_director: User
) -> None:
    assert case.supplier is not None
    browser = signed_in(medical_director)
    sent = {"supplier": case.supplier.npi, "reason": "A sister works there"}
    text = browser.post(act("declare_tie", reviewer), sent, follow=True).content.decode()
    assert "A sister works there" in text
    case.refresh_from_db()
    assert (case.state, case.assigned_to) == (CaseState.READY, None)
    assert CaseAssignment.objects.last().why == f"{reviewer} has a tie to the supplier"  # type: ignore[union-attr]
    assert not Case.objects.visible_to(reviewer).exists()
    tie = SupplierTie.objects.get()
    ended = browser.post(act("end_tie", reviewer, tie.pk), follow=True).content.decode()
    assert "The tie has ended" in ended
    assert "A sister works there" in ended, "it stays on record"
    tie.refresh_from_db()
    assert tie.ended_on == clock.today()
    assert take_next(by=reviewer) == case
    assert [sentence.partition(":")[0] for sentence in sentences(reviewer)] == [
        f"{reviewer} has a tie to {case.supplier}",
        f"The tie of {reviewer} to {case.supplier} has ended.",
    ]


def test_records_that_come_after_a_tie_find_nobody_who_has_the_case(
    case: Case, reviewer: User, medical_director: User
) -> None:
    ask_for(case, reviewer)
    assert case.supplier is not None
    declare_tie(reviewer, case.supplier, reason="Family", by=medical_director)
    case.refresh_from_db()
    assert (case.state, case.assigned_to) == (CaseState.RECORDS, None)


def test_a_case_of_another_supplier_or_person_stays(case: Case, reviewer: User, medical_director: User) -> None:
    assert case.supplier is not None
    colleague = make_person("A colleague", Role.REVIEWER)
    declare_tie(colleague, case.supplier, reason="Family", by=medical_director)
    case.refresh_from_db()
    assert case.assigned_to == reviewer


def test_what_is_refused_leaves_nothing(case: Case, reviewer: User, medical_director: User, examiner: User) -> None:
    assert case.supplier is not None
    tie = declare_tie(reviewer, case.supplier, reason="Family", by=medical_director)
    end_tie(tie, by=medical_director)
    again = declare_tie(reviewer, case.supplier, reason="Family", by=medical_director)
    before = Event.objects.count()
    for code, refused in {
        "tied": lambda: declare_tie(reviewer, case.supplier, reason="Family", by=medical_director),  # type: ignore[arg-type]
        "ended": lambda: end_tie(tie, by=medical_director),
        "does_not_review": lambda: set_profile(examiner, skills=(), most_cases=1, by=medical_director),
        "wrong_role": lambda: end_tie(again, by=reviewer),
        "most_cases": lambda: set_profile(reviewer, skills=(), most_cases=-1, by=medical_director),
    }.items():
        with pytest.raises(Refused) as refusal:
            refused()
        assert refusal.value.code == code
    assert Event.objects.count() == before


# ---------- who sees them ----------


def test_a_reviewer_reads_the_own_page_and_changes_nothing(
    suspended: Claim, reviewer: User, medical_director: User
) -> None:
    open_due_cases()
    assert suspended.supplier is not None
    tie = declare_tie(reviewer, suspended.supplier, reason="Family", by=medical_director)
    browser = signed_in(reviewer)
    listed = browser.get(LIST).content.decode()
    assert page_of(reviewer) in listed
    assert page_of(medical_director) not in listed
    own = browser.get(page_of(reviewer)).content.decode()
    assert "Family" in own
    assert "Declare a tie" not in own
    assert browser.get(page_of(medical_director)).status_code == 404
    for address in (act("set_profile", reviewer), act("declare_tie", reviewer), act("end_tie", reviewer, tie.pk)):
        assert browser.post(address, {"most_cases": "3"}).status_code == 403


@pytest.mark.parametrize("role", [Role.EXAMINER, Role.ADMINISTRATOR, Role.SUPPLIER])
def test_others_reach_none_of_it(reviewer: User, role: Role) -> None:
    browser = signed_in(make_person("Somebody else", role))
    assert [browser.get(page).status_code for page in (LIST, page_of(reviewer))] == [403, 403]


def test_a_tie_is_ended_at_its_own_person_alone(case: Case, reviewer: User, medical_director: User) -> None:
    assert case.supplier is not None
    tie = declare_tie(reviewer, case.supplier, reason="Family", by=medical_director)
    assert signed_in(medical_director).post(act("end_tie", medical_director, tie.pk)).status_code == 404
    assert SupplierTie.objects.standing().get() == tie


def test_the_pages_ask_as_much_for_many_as_for_few(
    case: Case, reviewer: User, medical_director: User, django_assert_max_num_queries: object
) -> None:
    browser = signed_in(medical_director)
    with django_assert_max_num_queries(4) as few:  # type: ignore[operator]
        browser.get(LIST)
    for number in range(5):
        take(case, make_person(f"Colleague {number}", Role.REVIEWER), by=reviewer)
        case.refresh_from_db()
    with django_assert_max_num_queries(len(few)):  # type: ignore[operator]
        browser.get(LIST)
    with django_assert_max_num_queries(7):  # type: ignore[operator]
        browser.get(page_of(reviewer))
