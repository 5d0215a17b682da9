"""Cases that administrators keep: errors by line and key, versions, runs, and what they stop."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Event, Role, User
from claims.kept_cases.actions import keep_case, run_and_remember
from claims.kept_cases.reading import MOST_DAYS, NotACase, read_one
from claims.kept_cases.running import check_kept_cases, run_kept_cases, run_text, standing_cases
from claims.kept_cases.views import EXAMPLE
from policy.change_sets.actions import propose, wrote_in
from policy.change_sets.requirements import unmet_requirements
from policy.models import ChangeSet, KeptCase, KeptCaseRun
from policy.readers import tables_as_known
from policy.refusals import Refused
from tests.factories.change_sets import another_amount, change_set

SignIn = Callable[[User], Client]
TEXT = EXAMPLE.read_text(encoding="utf-8")
WHY = "The rule of 30 days"
#: The same case with what is allowed, for a test to fill in.
PRICED = TEXT.replace("{decision: pay, edits: []}", "{decision: pay, edits: [], allowed: %s}")


@pytest.fixture
def second(db: None) -> User:
    return User.objects.create_user("abe@example.org", name="Abe Administrator", role=Role.ADMINISTRATOR)


@pytest.fixture
def page(administrator: User, signed_in_as: SignIn) -> Client:
    return signed_in_as(administrator)


def allowed_today() -> str:
    (claim,) = run_text(TEXT, tables_as_known()).claims
    assert claim.decision
    price = claim.decision.lines[0].price
    assert price
    return str(price.allowed)


# ---------- errors by line and key ----------


@pytest.mark.parametrize(
    ("was", "now", "line", "key"),
    [
        ("hcpcs: J2260", "hcpc: J2260", 7, "given.dme_drug_claims[0].hcpc"),
        ("status: pay\n", "status: paid\n", 14, "then.claims[0].status"),
        ("date: 2026-01-05", "date: soon", 11, "when.claims[0].lines[0].date"),
        ("then:", "than:", 12, "than"),
        ("case: drug-30-days-before", "case: Drug 30", 1, "case"),
        ("[amounts, gaf, settings]", "[amounts, factors]", 5, "given.policy.from_tables[1]"),
        ("edits: []}", "edits: []", 17, ""),
    ],
)
def test_what_is_wrong_is_told_by_line_and_key(was: str, now: str, line: int, key: str) -> None:
    assert TEXT.count(was) == 1
    with pytest.raises(NotACase) as found:
        read_one(TEXT.replace(was, now))
    assert (found.value.fault.line, found.value.fault.key) == (line, key)


def test_a_case_that_would_last_for_years_is_refused() -> None:
    text = TEXT.replace("when:\n", "when:\n  today: 2090-01-01\n")
    with pytest.raises(NotACase, match=f"more than {MOST_DAYS:,} days"):
        read_one(text)


@pytest.mark.parametrize("text", ["", "[]", "- case: a\n- case: b\n", "just words"])
def test_what_is_not_one_case_is_refused(text: str) -> None:
    with pytest.raises(NotACase):
        read_one(text)


# ---------- keeping ----------


def test_a_case_is_kept_in_versions_that_nothing_changes(tables: None, administrator: User) -> None:
    first = keep_case(TEXT, by=administrator, reason=WHY)
    second = keep_case(TEXT + "\n", by=administrator, reason="A line more", seen=1)
    assert (first.version, second.version) == (1, 2)
    assert [case.pk for case in standing_cases()] == [second.pk]
    assert Event.objects.filter(verb="kept_case_saved").count() == 2
    with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic():
        KeptCase.objects.filter(pk=first.pk).update(text="")


def test_a_case_that_does_not_hold_today_is_not_kept_alone(tables: None, administrator: User) -> None:
    with pytest.raises(Refused, match="does not hold under today") as refused:
        keep_case(TEXT.replace("status: pay\n      lines", "status: deny\n      lines"), by=administrator, reason=WHY)
    assert refused.value.field == "text"
    assert not KeptCase.objects.exists()


def test_who_began_from_an_older_version_is_told_so(tables: None, administrator: User, second: User) -> None:
    keep_case(TEXT, by=administrator, reason=WHY)
    for seen in (None, 2):
        with pytest.raises(Refused, match="is kept in version 1 by Ada Administrator"):
            keep_case(TEXT, by=second, reason=WHY, seen=seen)


def test_only_administrators_keep_and_run(tables: None, examiner: User) -> None:
    with pytest.raises(Refused, match="Only administrators"):
        keep_case(TEXT, by=examiner, reason=WHY)
    with pytest.raises(Refused, match="Only administrators"):
        run_and_remember(by=examiner)


# ---------- before a publication ----------


def test_a_kept_case_stops_a_change_set_that_breaks_it(tables: None, administrator: User, second: User) -> None:
    text = PRICED % allowed_today()
    keep_case(text, by=administrator, reason=WHY)
    assert run_kept_cases(tables_as_known()) == ()
    draft = change_set(another_amount("G0088", "300.00", dt.date(2026, 1, 1)), by=administrator)
    with pytest.raises(Refused, match="1 kept case does not hold under this change set: drug-30-days-before"):
        check_kept_cases(draft)
    assert any("drug-30-days-before" in words for words in unmet_requirements(draft))
    unrelated = change_set(another_amount("G0070", "400.00", dt.date(2026, 1, 1)), by=administrator)
    check_kept_cases(unrelated)


def test_a_change_set_may_change_the_case_that_it_breaks(tables: None, administrator: User, second: User) -> None:
    text = PRICED % allowed_today()
    keep_case(text, by=administrator, reason=WHY)
    draft = change_set(another_amount("G0088", "300.00", dt.date(2026, 1, 1)), by=administrator)
    with pytest.raises(Refused) as refused:
        check_kept_cases(draft)
    assert refused.value.code == "kept_cases_fail"
    weaker = text.replace(f", allowed: {allowed_today()}", "")
    keep_case(weaker, by=second, reason="The rates changed", change_set=draft, seen=1)
    check_kept_cases(draft)
    assert wrote_in(draft, second)
    assert [case.version for case in standing_cases()] == [1]
    assert [case.version for case in standing_cases(draft)] == [2]


def test_a_case_is_retired_in_a_change_set_only(tables: None, administrator: User) -> None:
    keep_case(TEXT, by=administrator, reason=WHY)
    with pytest.raises(Refused, match="second person"):
        keep_case(TEXT, by=administrator, reason="Not needed", seen=1, is_retired=True)
    draft = change_set(another_amount("G0088", "300.00", dt.date(2026, 1, 1)), by=administrator)
    keep_case(TEXT, by=administrator, reason="Not needed", seen=1, is_retired=True, change_set=draft)
    assert standing_cases(draft) == []
    assert len(standing_cases()) == 1


def test_a_set_that_is_proposed_takes_no_more_cases(tables: None, administrator: User) -> None:
    draft = change_set(another_amount("G0088", "300.00", dt.date(2026, 1, 1)), by=administrator)
    propose(draft, by=administrator)
    with pytest.raises(Refused, match="waits for approval"):
        keep_case(TEXT, by=administrator, reason=WHY, change_set=ChangeSet.objects.get(pk=draft.pk))


# ---------- in the browser ----------


def test_a_case_is_written_run_and_kept(tables: None, page: Client) -> None:
    new = reverse("scenarios:new")
    assert page.get(new).context["form"].initial["text"] == TEXT
    ran = page.post(new, {"text": TEXT, "run": "1", "reason": ""})
    assert "It holds" in ran.content.decode()
    assert not KeptCase.objects.exists()
    wrong = page.post(new, {"text": TEXT.replace("status: pay\n", "status: deny\n"), "run": "1"}).content.decode()
    assert "then.claims[0].status: expected deny, found pay" in wrong
    assert "Say why" in page.post(new, {"text": TEXT, "keep": "1"}).content.decode()
    kept = page.post(new, {"text": TEXT, "keep": "1", "reason": WHY, "seen": ""}, follow=True)
    assert "drug-30-days-before, version 1 is kept." in kept.content.decode()
    again = page.post(new, {"text": TEXT, "keep": "1", "reason": WHY, "seen": ""}).content.decode()
    assert "is kept in version 1" in again


def test_a_fault_stands_at_the_field_with_its_line(tables: None, page: Client) -> None:
    answer = page.post(reverse("scenarios:new"), {"text": TEXT.replace("hcpcs: J2260", "hcpc: J2260"), "run": "1"})
    assert "Line 7, given.dme_drug_claims[0].hcpc: unknown key" in answer.content.decode()


def test_runs_are_kept_with_their_publication(tables: None, page: Client, administrator: User) -> None:
    keep_case(TEXT, by=administrator, reason=WHY)
    answer = page.post(reverse("scenarios:run"), follow=True).content.decode()
    assert "1 case run: all hold." in answer
    run = KeptCaseRun.objects.get()
    assert (run.holds, run.publication, run.ran_by) == (True, tables_as_known().publication, administrator)
    assert "Holds" in page.get(reverse("scenarios:case", args=["drug-30-days-before"])).content.decode()


def test_the_pages_are_for_administrators(tables: None, examiner: User, signed_in_as: SignIn) -> None:
    for name in ("list", "new"):
        assert signed_in_as(examiner).get(reverse(f"scenarios:{name}")).status_code == 403


def test_the_list_costs_the_same_however_many_cases(
    tables: None, page: Client, administrator: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(3):
        keep_case(TEXT.replace("drug-30", f"drug-{number}"), by=administrator, reason=WHY)
    run_and_remember(by=administrator)
    with django_assert_max_num_queries(6):
        answer = page.get(reverse("scenarios:list"))
    assert answer.content.decode().count("publication") >= 3
