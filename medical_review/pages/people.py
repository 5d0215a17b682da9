"""What the pages of reviewers show: what each takes and has, and the ties of one."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from accounts.models import Event, User
from accounts.readers import events_about
from medical_review.actions.people import DECLARED, ENDED, PROFILE
from medical_review.conflicts import HAD, usual_profile
from medical_review.forms import reviewers
from medical_review.models import ReviewerProfile, Skill, SupplierTie
from medical_review.states import SECONDS


@dataclass(frozen=True, slots=True)
class ReviewerRow:
    """A reviewer with the open cases and the standing ties."""

    person: User
    profile: ReviewerProfile
    cases: int
    ties: int

    @property
    def skills(self) -> list[str]:
        """What the person knows, in words; nothing where every visit is taken."""
        known = self.profile.skills
        return [str(Skill(skill).label) for skill in known] if len(known) < len(Skill) else []


def reviewers_seen_by(person: User) -> QuerySet[User]:
    """For a medical director everyone who reviews, for a reviewer oneself."""
    seen = reviewers() if person.role in SECONDS else reviewers().filter(pk=person.pk)
    return seen.select_related("reviewer_profile").annotate(
        cases=Count("review_cases", filter=Q(review_cases__state__in=HAD), distinct=True),
        ties=Count("supplier_ties", filter=Q(supplier_ties__ended_on=None), distinct=True),
    )


def reviewer_rows(person: User) -> list[ReviewerRow]:
    """One query."""
    return [row_of(each) for each in reviewers_seen_by(person)]


def row_of(person: User) -> ReviewerRow:
    """The row of one of `reviewers_seen_by`."""
    profile = getattr(person, "reviewer_profile", None) or usual_profile(person)
    return ReviewerRow(person, profile, person.cases, person.ties)  # type: ignore[attr-defined] # annotated


def ties_of(person: User) -> list[SupplierTie]:
    """The standing ties, then those that ended, the latest first; one query."""
    ties = SupplierTie.objects.filter(person=person).select_related("supplier")
    return sorted(ties, key=lambda tie: tie.ended_on is not None)


def events_of(person: User) -> QuerySet[Event]:
    return events_about(person).filter(verb__in=(PROFILE, DECLARED, ENDED)).order_by("-pk")
