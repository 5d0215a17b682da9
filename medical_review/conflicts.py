"""Who may review what: ties to suppliers, people who judged the claim before, skills, load."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from claims.models import Adjustment, Determination
from medical_review.models import BlindReview, Case, LineAnswer, ReviewDecision, ReviewerProfile, Skill, SupplierTie
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

    if BlindReview.objects.filter(case=case, assigned_to=person).exists():
        raise Refused(f"{person} judged this case blind; the first judgement is somebody else’s.", "judged_blind", "to")


def judged_before(case: Case, person: User) -> bool:
    """Whether the manual keeps a person from this case: an appeal is never judged by who judged the claim before."""
    if case.kind != Case.Kind.REDETERMINATION:
        return False
    return Case.objects.filter(_judged_by(person), pk=case.pk).exists()


def _judged_by(person: User) -> Q:
    """The condition on a case that a person took part in what was decided on its claim, or on the one it replaced.

    Who signed another case of it, was its second reviewer, wrote of its lines or judged it blind; who determined
    something on it, approved that, or asked for or settled an adjustment.
    """
    others = ReviewDecision.objects.filter(_about("case__claim")).exclude(case=OuterRef("pk"))
    words = LineAnswer.objects.filter(_about("case__claim"), made_by=person).exclude(case=OuterRef("pk"))
    blind = BlindReview.objects.filter(_about("case__claim"), assigned_to=person).exclude(case=OuterRef("pk"))
    determined = Determination.objects.filter(_about("claim"))
    adjusted = Adjustment.objects.filter(_about("claim"))
    return (
        Q(Exists(others.filter(Q(signed_by=person) | Q(second_review__made_by=person))))
        | Q(Exists(words))
        | Q(Exists(blind))
        | Q(Exists(determined.filter(Q(made_by=person) | Q(approval__made_by=person))))
        | Q(Exists(adjusted.filter(Q(asked_by=person) | Q(settled_by=person))))
    )


def _about(claim: str) -> Q:
    """The condition on a row, by the name of its claim, that it is about a case's claim or the one that it replaced."""
    return Q(**{claim: OuterRef("claim_id")}) | Q(**{claim: OuterRef("claim__replaces_id")})


def cases_for(person: User) -> CaseQuerySet:
    """The cases that wait for a reviewer and that this person may take, the most urgent first."""
    profile = profile_of(person)
    waiting = Case.objects.visible_to(person).filter(state=CaseState.READY, assigned_to=None)
    if profile.skills:
        waiting = waiting.filter(needs__contained_by=profile.skills)
    waiting = waiting.exclude(_judged_by(person), kind=Case.Kind.REDETERMINATION)
    waiting = waiting.exclude(Exists(BlindReview.objects.filter(case=OuterRef("pk"), assigned_to=person)))
    return waiting.in_order()


def profile_of(person: User) -> ReviewerProfile:
    """What the person takes; one without a profile takes everything, up to the usual load."""
    return ReviewerProfile.objects.filter(person=person).first() or usual_profile(person)


def usual_profile(person: User) -> ReviewerProfile:
    return ReviewerProfile(person=person, skills=list(Skill.values), most_cases=USUAL_LOAD)


#: States of the open cases that a reviewer has; in second review another one acts.
HAD = tuple(state for state in OPEN if state != CaseState.SECOND)


def open_cases_of(person: User) -> int:
    """How many open cases the person has."""
    return Case.objects.filter(assigned_to=person, state__in=HAD).count()


def check_no_tie(supplier: int, by: User) -> None:
    """Refuses who has a tie to the supplier with this id."""
    if SupplierTie.objects.standing().filter(person=by, supplier=supplier).exists():
        raise Refused("You have declared a tie to this supplier and take no part in its review.", "tie")
