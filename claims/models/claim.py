"""A claim and its service lines as they were billed, with where the claim stands now."""

from __future__ import annotations

from collections.abc import Collection

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Upper

from accounts.models import Role, User
from beneficiaries.models import Beneficiary
from claims.models.file import Interchange, ReceivedFile
from claims.models.status import TRANSITIONS, ClaimStatus
from policy.arrivals import ArrivalField
from suppliers.models import Supplier


class ClaimQuerySet(models.QuerySet["Claim"]):
    def visible_to(self, user: User) -> ClaimQuerySet:
        """All for staff of the contractor, their own suppliers' claims for people of a supplier."""
        if user.role == Role.SUPPLIER:
            return self.filter(supplier__people__user=user)
        return self

    def replacing(self, claims: Collection[int]) -> ClaimQuerySet:
        """Those that take, or are about to take, the place of the claims with these ids."""
        return self.filter(replaces__in=claims).exclude(status__in=(ClaimStatus.VOIDED, ClaimStatus.REJECTED))


class Claim(models.Model):
    """A claim. What was billed never changes; `status` and the fields below it say where it stands.

    `queue_number` is the arrival number of what asked for the next decision: work is done in its order and a decision
    sees what arrived before it. `edits` and `informs` are those of the decision that stands.
    """

    class Channel(models.TextChoices):
        ELECTRONIC = "electronic", "Electronic"
        PAPER = "paper", "Paper"

    # A rejected claim has no number, and none is not the same number as another's none.
    icn = models.CharField("claim number", max_length=13, null=True, blank=True)  # noqa: DJ001
    arrival = ArrivalField()
    is_test = models.BooleanField(default=False)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.ELECTRONIC)
    file = models.ForeignKey(ReceivedFile, models.PROTECT, related_name="claims", null=True, blank=True, db_index=False)
    interchange = models.ForeignKey(
        Interchange, models.PROTECT, related_name="claims", null=True, blank=True, db_index=False
    )
    position = models.PositiveIntegerField("position in the file", default=0)
    received_on = models.DateField()

    # What was billed
    patient_control_number = models.CharField(max_length=38)
    frequency = models.CharField(max_length=1, default="1")
    original_claim_number = models.CharField(max_length=50, blank=True)
    billing_npi = models.CharField(max_length=10)
    billing_tin = models.CharField(max_length=9)
    billing_name = models.CharField(max_length=120)
    mbi = models.CharField("MBI", max_length=12)
    patient_last_name = models.CharField(max_length=60)
    patient_first_name = models.CharField(max_length=35, blank=True)
    patient_birth_date = models.DateField(null=True, blank=True)
    patient_sex = models.CharField(max_length=1, blank=True)
    patient_state = models.CharField(max_length=2, blank=True)
    patient_zip = models.CharField(max_length=9, blank=True)
    service_state = models.CharField(max_length=2, blank=True)
    service_zip = models.CharField(max_length=9, blank=True)
    place_of_service = models.CharField(max_length=2, blank=True)
    referring_npi = models.CharField(max_length=20, blank=True)
    referring_name = models.CharField(max_length=120, blank=True)
    rendering_npi = models.CharField(max_length=10, blank=True)
    diagnoses = ArrayField(models.CharField(max_length=10), default=list)
    accepts_assignment = models.BooleanField(default=True)
    has_primary_payer_decision = models.BooleanField(default=False)
    total_charge = models.DecimalField(max_digits=12, decimal_places=2)
    first_day = models.DateField("first day of service", null=True, blank=True)
    last_day = models.DateField("last day of service", null=True, blank=True)
    #: Everything else that was read (attachments, notes, other payers), and the byte ranges of the claim's segments.
    billed = models.JSONField(default=dict)
    #: What the gateway found, one mapping a finding; a claim with findings was rejected.
    gateway_findings = models.JSONField(default=list)

    # Who it concerns
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="claims", null=True, blank=True, db_index=False)
    beneficiary = models.ForeignKey(
        Beneficiary, models.PROTECT, related_name="claims", null=True, blank=True, db_index=False
    )

    #: The claim that this one replaces (frequency 7) or takes back (frequency 8).
    replaces = models.ForeignKey(
        "self", models.PROTECT, related_name="replaced_by", null=True, blank=True, db_index=False
    )

    # Where it stands
    status = models.CharField(max_length=10, choices=ClaimStatus, default=ClaimStatus.RECEIVED)
    queue_number = models.BigIntegerField(null=True, blank=True)
    queue_reason = models.CharField(max_length=120, blank=True)
    looks_done = models.PositiveSmallIntegerField(default=0)
    next_look = models.DateField(null=True, blank=True)
    current_decision = models.ForeignKey(
        "claims.Decision", models.PROTECT, related_name="+", null=True, blank=True, db_constraint=False, db_index=False
    )
    edits = ArrayField(models.CharField(max_length=7), default=list)
    informs = ArrayField(models.CharField(max_length=7), default=list)
    allowed_amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    paid_amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    payment_day = models.DateField(null=True, blank=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="assigned_claims",
        null=True,
        blank=True,
        db_index=False,
    )

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ("-arrival",)
        # Every change of status touches every index, so there is none that another one serves as well.
        constraints = (
            models.UniqueConstraint(fields=["icn"], name="claims_claim_number_once"),
            models.UniqueConstraint(
                fields=["file", "position"], condition=models.Q(file__isnull=False), name="claims_once_in_a_file"
            ),
            models.CheckConstraint(
                condition=models.Q(status=ClaimStatus.REJECTED) | models.Q(icn__isnull=False),
                name="claims_accepted_claim_has_a_number",
            ),
        )
        indexes = (
            models.Index(fields=["queue_number"], condition=models.Q(status=ClaimStatus.QUEUED), name="claims_queue"),
            models.Index(fields=["beneficiary", "arrival"], name="claims_of_beneficiary"),
            models.Index(fields=["supplier", "-arrival"], name="claims_of_supplier"),
            models.Index(fields=["status", "received_on", "arrival"], name="claims_by_status"),
            models.Index(fields=["received_on", "arrival"], name="claims_by_receipt"),
            models.Index(fields=["mbi"], name="claims_by_mbi"),
            models.Index(fields=["next_look"], condition=models.Q(next_look__isnull=False), name="claims_next_look"),
            models.Index(fields=["payment_day"], condition=models.Q(payment_day__isnull=False), name="claims_pay_day"),
            models.Index(fields=["replaces"], condition=models.Q(replaces__isnull=False), name="claims_replacements"),
            models.Index(
                fields=["received_on", "arrival"],
                condition=models.Q(status=ClaimStatus.SUSPENDED, assigned_to__isnull=True),
                name="claims_to_take",
            ),
            models.Index(fields=["assigned_to"], condition=models.Q(assigned_to__isnull=False), name="claims_assigned"),
            # Most claims have no edit; queries of it must say that it is not empty.
            GinIndex(fields=["edits"], condition=~models.Q(edits=[]), name="claims_with_edit"),
            models.Index(fields=["total_charge", "id"], name="claims_by_charge"),
            models.Index(fields=["received_on", "arrival"], condition=models.Q(is_test=True), name="claims_tests"),
            # What names no supplier or patient on file is searched by what was billed.
            models.Index(
                fields=["billing_npi"], condition=models.Q(supplier__isnull=True), name="claims_unknown_supplier"
            ),
            models.Index(
                OpClass(Upper("patient_last_name"), "text_pattern_ops"),
                condition=models.Q(beneficiary__isnull=True),
                name="claims_unknown_patient",
            ),
        )
        triggers = (
            pgtrigger.FSM(
                name="status_moves_along_the_arrows",
                field="status",
                transitions=[(start, end) for start, ends in TRANSITIONS.items() for end in ends],
            ),
        )

    def __str__(self) -> str:
        return self.icn or f"Rejected claim {self.pk}"

    @property
    def patient_name(self) -> str:
        return f"{self.patient_last_name}, {self.patient_first_name}".rstrip(", ")

    @property
    def status_shown(self) -> ClaimStatus:
        return ClaimStatus(self.status)


class ClaimLine(models.Model):
    """A service line as billed."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="lines", db_index=False)
    number = models.PositiveSmallIntegerField()
    date_of_service = models.DateField()
    through = models.DateField(null=True, blank=True)
    hcpcs = models.CharField(max_length=10)
    modifiers = ArrayField(models.CharField(max_length=2), default=list)
    units = models.DecimalField(max_digits=12, decimal_places=3, null=True, blank=True)
    unit_basis = models.CharField(max_length=2, default="UN")
    charge = models.DecimalField(max_digits=12, decimal_places=2)
    place_of_service = models.CharField(max_length=2, blank=True)
    diagnosis_pointers = ArrayField(models.PositiveSmallIntegerField(), default=list)
    control_number = models.CharField("line control number", max_length=50, blank=True)
    narrative = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("claim", "number")
        constraints = (
            models.UniqueConstraint(
                fields=["claim", "number"], include=["hcpcs", "date_of_service"], name="claims_line_once"
            ),
        )
        indexes = (
            models.Index(fields=["hcpcs", "claim"], name="claims_lines_by_code"),
            models.Index(fields=["date_of_service", "claim"], name="claims_lines_by_day"),
        )

    def __str__(self) -> str:
        return f"Line {self.number}"
