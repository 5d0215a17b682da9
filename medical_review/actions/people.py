"""What the medical director keeps of reviewers: what they take, and the suppliers whose claims they never review."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from accounts.actions import record_event
from accounts.models import User
from claims.adjustments.checks import said
from claims.authority import check_role
from claims.edits.wording import how_many, listed
from medical_review.actions.assigning import assign
from medical_review.actions.holding import lock_case
from medical_review.models import Case, ReviewerProfile, Skill, SupplierTie
from medical_review.states import REVIEWS, SECONDS, CaseState
from policy import clock
from policy.refusals import Refused
from suppliers.models import Supplier

#: The events of these acts; they are about the reviewer.
PROFILE, DECLARED, ENDED = "reviewer_profile_changed", "supplier_tie_declared", "supplier_tie_ended"

#: Cases that a reviewer may be set to take at most.
MOST_CASES = 200

#: In which states a case is taken from a reviewer, and the act that must be possible then.
TAKEN_FROM = {CaseState.IN_REVIEW: "hand_back", CaseState.RECORDS: "receive_records"}


@transaction.atomic
def set_profile(person: User, *, skills: Collection[str], most_cases: int, by: User) -> ReviewerProfile:
    """Set what a reviewer takes: visits of these skills, none meaning all, and so many open cases (0: none more)."""
    check_role(SECONDS, by)
    person = _lock(person)
    if not 0 <= most_cases <= MOST_CASES:
        raise Refused(f"Give a number of cases from 0 to {MOST_CASES}.", "most_cases", "most_cases")
    chosen = [skill for skill in Skill if skill in skills]
    values = {"skills": [skill.value for skill in chosen], "most_cases": most_cases}
    profile, _ = ReviewerProfile.objects.update_or_create(person=person, defaults=values)
    visits = listed([skill.label.lower() for skill in chosen]) if chosen else "visits of every kind"
    sentence = f"{person} takes {visits}, {how_many(most_cases, 'open case')} at most."
    record_event(PROFILE, by=by, on=clock.today(), about=person, sentence=sentence, data=values)
    return profile


@transaction.atomic
def declare_tie(person: User, supplier: Supplier, *, reason: str, by: User) -> SupplierTie:
    """From now the supplier's cases are out of the person's sight; those that the person has go back to nobody."""
    check_role(SECONDS, by)
    person = _lock(person)
    if SupplierTie.objects.standing().filter(person=person, supplier=supplier).exists():
        raise Refused(f"A tie of {person} to {supplier} stands already.", "tied", "supplier")
    tie = SupplierTie.objects.create(person=person, supplier=supplier, reason=said(reason), declared_on=clock.today())
    taken = _take_away(person, supplier, by)
    sentence = f"{person} has a tie to {supplier}: {tie.reason}"
    if taken:
        sentence += f" {how_many(taken, 'case')} went back to nobody."
    record_event(DECLARED, by=by, on=clock.today(), about=person, sentence=sentence, data={"supplier": supplier.pk})
    return tie


@transaction.atomic
def end_tie(tie: SupplierTie, *, by: User) -> SupplierTie:
    """The tie stands no more; that it stood stays on record."""
    check_role(SECONDS, by)
    tie = SupplierTie.objects.select_for_update(of=("self",)).select_related("person", "supplier").get(pk=tie.pk)
    if tie.ended_on:
        raise Refused("This tie has ended already.", "ended")
    tie.ended_on = clock.today()
    tie.save(update_fields=["ended_on"])
    sentence = f"The tie of {tie.person} to {tie.supplier} has ended."
    data = {"supplier": tie.supplier_id}
    record_event(ENDED, by=by, on=clock.today(), about=tie.person, sentence=sentence, data=data)
    return tie


def _lock(person: User) -> User:
    """The person, locked against others who change the same; refuses who does not review."""
    if person.role not in REVIEWS:
        raise Refused(f"{person} does not review cases.", "does_not_review")
    return User.objects.select_for_update(no_key=True).get(pk=person.pk)


def _take_away(person: User, supplier: Supplier, by: User) -> int:
    """Take from the person the supplier's cases on which the person would act; how many."""
    cases = Case.objects.filter(assigned_to=person, supplier=supplier, state__in=TAKEN_FROM)
    found = list(cases.select_related("claim").order_by("claim_id"))
    for case in found:
        state = CaseState(case.state)
        locked = lock_case(case, TAKEN_FROM[state])
        stays = CaseState.READY if state == CaseState.IN_REVIEW else state
        assign(locked, None, by, stays, f"{person} has a tie to the supplier")
    return len(found)
