"""Who may review what: ties to suppliers, people who judged the claim before, skills, load."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from claims.models import Determination
from medical_review.models import Case, ReviewDecision, ReviewerProfile, Skill, SupplierTie
from medical_review.models.case import CaseQuerySet
from medical_review.models.people import USUAL_LOAD
from medical_review.states import OPEN, REVIEWS, CaseState
from policy.refusals import Refused


def check_may_have(case: Case, person: User) -> None:
    """Refuses a person who does not review, has a tie to the supplier, or judged the claim before this appeal."""
    if not person.is_active or person.role not in REVIEWS:
        raise Refused(
            f"{person} does not review cases. Choose a reviewer or a medical director who may sign in.",
            "does_not_review",
            "to",
        )
    if SupplierTie.objects.standing().filter(person=person, supplier=case.supplier_id).exists():
        raise Refused(f"{person} has declared a tie to this supplier and never reviews its claims.", "tie", "to")
    if judged_before(case, person):
        raise Refused(
            f"{person} took part in an earlier decision on this claim; a redetermination is made by somebody else "
            "(42 CFR 405.948).",
            "judged_before",
            "to",
        )


def judged_before(case: Case, person: User) -> bool:
    """Whether the manual keeps a person from this case: an appeal is never judged by who judged the claim before."""
    if case.kind != Case.Kind.REDETERMINATION:
        return False
    return Case.objects.filter(_judged_by(person), pk=case.pk).exists()


def _judged_by(person: User) -> Q:
    """The condition on a case that a person signed another case of its claim, or determined something on it."""
    earlier = ReviewDecision.objects.filter(case__claim=OuterRef("claim_id")).exclude(case=OuterRef("pk"))
    signed = earlier.filter(Q(signed_by=person) | Q(second_review__made_by=person))
    determined = Determination.objects.filter(claim=OuterRef("claim_id"), made_by=person)
    return Q(Exists(signed)) | Q(Exists(determined))


def cases_for(person: User) -> CaseQuerySet:
    """The cases that wait for a reviewer and that this person may take, the most urgent first."""
    profile = profile_of(person)
    waiting = Case.objects.visible_to(person).filter(state=CaseState.READY, assigned_to=None)
    if profile.skills:
        waiting = waiting.filter(needs__contained_by=profile.skills)
    waiting = waiting.exclude(_judged_by(person), kind=Case.Kind.REDETERMINATION)
    return waiting.in_order()


def profile_of(person: User) -> ReviewerProfile:
    """What the person takes; one without a profile takes everything, up to the usual load."""
    found = ReviewerProfile.objects.filter(person=person).first()
    return found or ReviewerProfile(person=person, skills=list(Skill.values), most_cases=USUAL_LOAD)


def open_cases_of(person: User) -> int:
    """How many open cases the person has, without those in second review, where another one acts."""
    return Case.objects.filter(assigned_to=person, state__in=OPEN).exclude(state=CaseState.SECOND).count()
