"""Targeted probe and educate: a supplier's probe, its rounds, their results, the education, the outcome."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from accounts.append_only import append_only_triggers
from accounts.models import Role, User
from medical_review.models.draw import Draw
from medical_review.models.people import SupplierTie
from medical_review.probes.rates import rate
from medical_review.probes.states import PROBE_ARROWS, STANDING, ProbeState
from policy.arrivals import ArrivalField
from suppliers.models import Supplier
from suppliers.rights import Right


class ProbeQuerySet(models.QuerySet["Probe"]):
    def visible_to(self, user: User) -> ProbeQuerySet:
        """Their own for suppliers; for staff all but those of suppliers to which they have a tie."""
        if user.role == Role.SUPPLIER:
            return self.filter(supplier__in=Supplier.objects.allowing(user, Right.CLAIMS_READ))
        tied = SupplierTie.objects.standing().filter(person=user, supplier=OuterRef("supplier_id"))
        return self.exclude(Exists(tied))


@pghistory.track()
class Probe(models.Model):
    """A supplier that was chosen, why and by whom; `state` says where its rounds stand."""

    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="probes")
    why = models.CharField("why it was chosen", max_length=500)
    state = models.CharField(max_length=10, choices=ProbeState, default=ProbeState.CHOSEN)
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    chosen_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    arrival = ArrivalField()

    objects = ProbeQuerySet.as_manager()

    class Meta:
        ordering = ("-arrival",)
        constraints = (
            models.UniqueConstraint(
                fields=["supplier"], condition=Q(state__in=STANDING), name="review_one_standing_probe"
            ),
            models.CheckConstraint(
                condition=Q(state__in=STANDING) | Q(ended_on__isnull=False), name="review_probe_ended_on_a_day"
            ),
        )
        triggers = (pgtrigger.FSM(name="state_moves_along_the_arrows", field="state", transitions=PROBE_ARROWS),)

    def __str__(self) -> str:
        return f"Probe {self.pk} of {self.supplier}"

    @property
    def state_shown(self) -> ProbeState:
        return ProbeState(self.state)


class ProbeRound(models.Model):
    """A round: the claims that were drawn for it."""

    probe = models.ForeignKey(Probe, models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    draw = models.OneToOneField(Draw, models.PROTECT, related_name="probe_round")
    arrival = ArrivalField()

    class Meta:
        ordering = ("probe", "number")
        constraints = (
            models.UniqueConstraint(fields=["probe", "number"], name="review_probe_round_once"),
            models.CheckConstraint(condition=Q(number__range=(1, 3)), name="review_three_probe_rounds"),
        )
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"Round {self.number}"


class RoundResult(models.Model):
    """What a round found, in claims and dollars, when its last case was decided; `threshold` is a share of charges.

    `left_out` counts the claims whose cases ended without a decision. Nobody found it where the job did.
    """

    round = models.OneToOneField(ProbeRound, models.PROTECT, related_name="result")
    claims = models.PositiveSmallIntegerField()
    claims_in_error = models.PositiveSmallIntegerField()
    charges = models.DecimalField(max_digits=12, decimal_places=2)
    charges_in_error = models.DecimalField(max_digits=12, decimal_places=2)
    paid = models.DecimalField(max_digits=12, decimal_places=2)
    paid_in_error = models.DecimalField(max_digits=12, decimal_places=2)
    left_out = models.PositiveSmallIntegerField()
    threshold = models.DecimalField(max_digits=5, decimal_places=4)
    found_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True)
    found_on = models.DateField()
    arrival = ArrivalField()

    class Meta:
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"Result of {self.round}"

    @property
    def by_claims(self) -> Decimal:
        return rate(self.claims_in_error, self.claims)

    @property
    def by_charges(self) -> Decimal:
        return rate(self.charges_in_error, self.charges)

    @property
    def by_paid(self) -> Decimal:
        return rate(self.paid_in_error, self.paid)

    @property
    def is_above(self) -> bool:
        """Whether the error rate by charges lies above the threshold; exactly at it is not above."""
        return self.by_charges > self.threshold


class Education(models.Model):
    """An education session after a round: when, by whom, on what, with which material."""

    round = models.ForeignKey(ProbeRound, models.PROTECT, related_name="educations")
    held_on = models.DateField()
    held_by = models.CharField("who held it", max_length=120)
    topics = models.CharField(max_length=500)
    material = models.CharField(max_length=500, blank=True)
    next_round_from = models.DateField("earliest day of the next round")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    arrival = ArrivalField()

    class Meta:
        ordering = ("arrival",)
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"Education of {self.held_on}"


class RoundOutcome(models.Model):
    """What follows from a round, and why."""

    class Word(models.TextChoices):
        RELEASE = "release", "Released"
        GO_ON = "go_on", "Next round"
        REFER = "refer", "Referred after three rounds"

    round = models.OneToOneField(ProbeRound, models.PROTECT, related_name="outcome")
    word = models.CharField(max_length=7, choices=Word)
    reason = models.CharField(max_length=500)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_on = models.DateField()
    arrival = ArrivalField()

    class Meta:
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return str(self.get_word_display())


def earliest(educations: list[Education]) -> dt.date | None:
    """The first day of the next round, by the education that was noted last."""
    return educations[-1].next_round_from if educations else None
