"""What people decide about a claim: exceptions, the second person's word, payments they hold back, reviews."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from accounts.append_only import append_only_triggers
from claims.models.claim import Claim
from claims.models.status import ClaimStatus
from policy.arrivals import ArrivalField


class DeterminationQuerySet(models.QuerySet["Determination"]):
    def awaiting_approval(self) -> DeterminationQuerySet:
        """Those that wait for a second person and were not withdrawn."""
        return self.filter(needs_approval=True, approval__isnull=True, revocation__isnull=True)


class Determination(models.Model):
    """A person's decision that counts as a fact (an override, a waiver, a drug's category, an exception).

    It counts from its own arrival or, where a second person is needed, from the arrival of that person's approval,
    until it is revoked; a decision sees what arrived before it was asked for. `money_at_stake` is what the lines
    concerned would pay with nothing in their way, in dollars: whether a second person is needed depends on it.
    """

    class Kind(models.TextChoices):
        OVERRIDE = "override", "Override of an edit"
        WAIVER = "waiver", "Waiver of an edit"
        DRUG_CATEGORY = "drug_category", "Payment category of a drug without a code"
        TIMELY_FILING = "timely_filing", "Exception to timely filing"
        REVIEW_AFFIRM = "review_affirm", "Affirmed in medical review"
        REVIEW_CODE = "review_code", "Adjusted in medical review to another code"
        REVIEW_DENY = "review_deny", "Denied in medical review"

    #: Those that a decision of medical review leaves; only another one takes them back.
    OF_REVIEW = (Kind.REVIEW_AFFIRM, Kind.REVIEW_CODE, Kind.REVIEW_DENY)

    class State(models.TextChoices):
        STANDS = "stands", "Stands"
        PROPOSED = "proposed", "Waits for a second person"
        REFUSED = "refused", "Refused by the second person"
        REVOKED = "revoked", "Revoked"

    class Ground(models.TextChoices):
        """Why the time to file is longer; kept as the `value` of an exception to timely filing."""

        ERROR = "error", "Administrative error of Medicare or its contractor, 424.44(b)(1)"
        ENTITLEMENT = "entitlement", "Retroactive entitlement to Medicare, 424.44(b)(2)"
        MEDICAID = "medicaid", "Retroactive entitlement, and State Medicaid took its payment back, 424.44(b)(3)"
        DISENROLLMENT = (
            "disenrollment",
            "Retroactive disenrollment from a Medicare Advantage plan or PACE, 424.44(b)(4)",
        )

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="determinations")
    kind = models.CharField(max_length=15, choices=Kind)
    edit = models.CharField(max_length=7, blank=True)
    line_number = models.PositiveSmallIntegerField(null=True, blank=True)
    value = models.CharField(max_length=40, blank=True)
    until = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=500)
    money_at_stake = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    needs_approval = models.BooleanField(default=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_on = models.DateField()
    arrival = ArrivalField()

    objects = DeterminationQuerySet.as_manager()

    class Meta:
        ordering = ("arrival",)
        triggers = append_only_triggers()

    def __str__(self) -> str:
        match self.kind:
            case self.Kind.DRUG_CATEGORY:
                return f"Payment category {self.value} for the drug without a code"
            case self.Kind.TIMELY_FILING:
                return f"Exception to timely filing ({self.Ground(self.value).label})"
        on = f" on line {self.line_number}" if self.line_number else ""
        match self.kind:
            case self.Kind.REVIEW_AFFIRM:
                return f"{self.edit} affirmed in medical review{on}"
            case self.Kind.REVIEW_CODE:
                return f"{self.value} instead of the code billed{on}, by medical review"
            case self.Kind.REVIEW_DENY:
                return f"Denied in medical review{on} ({self.value})"
        return f"{self.kind.capitalize()} of {self.edit}{on}"

    @property
    def is_of_review(self) -> bool:
        return self.kind in self.OF_REVIEW

    @property
    def state(self) -> State:
        """Where it stands, from the rows that followed it."""
        if hasattr(self, "revocation"):
            return self.State.REVOKED
        if not self.needs_approval:
            return self.State.STANDS
        if not hasattr(self, "approval"):
            return self.State.PROPOSED
        return self.State.STANDS if self.approval.is_granted else self.State.REFUSED


class FollowUp(models.Model):
    """Something a person did about an earlier act: why, who, when."""

    reason = models.CharField(max_length=500)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_on = models.DateField()
    arrival = ArrivalField()

    class Meta:
        abstract = True


class DeterminationApproval(FollowUp):
    """The second person's word on a determination: granted or refused, once."""

    determination = models.OneToOneField(Determination, models.PROTECT, related_name="approval")
    is_granted = models.BooleanField()

    class Meta:
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return "Approved" if self.is_granted else "Refused"


class DeterminationRevocation(FollowUp):
    """The end of a determination: decisions asked for from its arrival on do not see the determination any more."""

    determination = models.OneToOneField(Determination, models.PROTECT, related_name="revocation")

    class Meta:
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return "Revoked"


class ClaimHoldQuerySet(models.QuerySet["ClaimHold"]):
    def standing(self) -> ClaimHoldQuerySet:
        """Those that have not ended; the work of the day ends each on the day that it names."""
        return self.filter(end__isnull=True)


class ClaimHold(FollowUp):
    """A person holds a claim back by hand until a day: it is decided as any other, but not paid and not told.

    Several may stand beside each other, and beside the hold of a claim that waits for its drug.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="holds")
    until = models.DateField("the day on which it ends")

    objects = ClaimHoldQuerySet.as_manager()

    class Meta:
        ordering = ("arrival",)
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"Held by hand until {self.until}"


class ClaimHoldEnd(FollowUp):
    """The end of a hold by hand: by a person before its day, or on it by the work of the day."""

    hold = models.OneToOneField(ClaimHold, models.PROTECT, related_name="end")
    made_by = models.ForeignKey(  # type: ignore[assignment] # the work of the day is nobody
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"Ended on {self.made_on}"


class ReviewReferralQuerySet(models.QuerySet["ReviewReferral"]):
    def standing(self) -> ReviewReferralQuerySet:
        """Those that wait for medical review to end them."""
        return self.filter(end__isnull=True)

    def about(self, claim: Claim) -> ReviewReferralQuerySet:
        """Those of a claim, and of the one that it replaces: a replacement does not escape the review."""
        return self.filter(claim__in=(claim.pk, claim.replaces_id)).select_related("claim", "made_by")


class ReviewReferral(FollowUp):
    """A row of the outbox that medical review reads: a person asks a reviewer to look at a claim, and why.

    Medical review leaves one itself, without a person, where it selects a claim before payment. While it stands the
    claim is neither paid nor told, however it is decided; a claim has one at a time.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="referrals")
    made_by = models.ForeignKey(  # type: ignore[assignment] # a selection by the system is nobody's
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = ReviewReferralQuerySet.as_manager()

    class Meta:
        ordering = ("arrival",)
        indexes = (models.Index(fields=["arrival"], name="claims_referrals_in_order"),)
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"Sent to medical review on {self.made_on}"

    @property
    def sender(self) -> str:
        """Who asks for the review, in words."""
        return str(self.made_by) if self.made_by_id else "Medical review"


class ReviewReferralEnd(FollowUp):
    """The end of a referral: called back by who works claims, or by medical review when it is done."""

    referral = models.OneToOneField(ReviewReferral, models.PROTECT, related_name="end")
    made_by = models.ForeignKey(  # type: ignore[assignment] # what became pointless is ended by nobody
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"Ended on {self.made_on}"


def held_until() -> Subquery:
    """The latest day of the standing holds by hand on a claim, for the rows of a list; nothing when there is none."""
    standing = ClaimHold.objects.standing().filter(claim=OuterRef("pk")).order_by("-until")
    return Subquery(standing.values("until")[:1])


def in_review_since() -> Subquery:
    """The day on which a claim, or the one that it replaces, was sent to medical review; nothing when it is not there.

    What was voided is reviewed by nobody any more.
    """
    of_chain = Q(claim=OuterRef("pk")) | Q(claim=OuterRef("replaces"))
    alive = ~Q(claim__status=ClaimStatus.VOIDED)
    return Subquery(ReviewReferral.objects.standing().filter(of_chain, alive).order_by("made_on").values("made_on")[:1])


def held_by_hand() -> Q:
    """The condition that a person holds a claim back: by a hold until a day, or because it was sent to medical review.

    A referral holds the claim that replaces the one that was sent, too. What was voided is reviewed by nobody any more:
    its money comes back whether or not a referral stands.
    """
    held = Q(Exists(ClaimHold.objects.standing().filter(claim=OuterRef("pk"))))
    its_own = ReviewReferral.objects.standing().filter(claim=OuterRef("pk"))
    of_the_first = ReviewReferral.objects.standing().filter(claim=OuterRef("replaces"))
    referred = Q(Exists(its_own)) | Q(Exists(of_the_first))
    return held | (referred & ~Q(status=ClaimStatus.VOIDED))
