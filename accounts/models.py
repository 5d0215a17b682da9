"""People and what is kept about their acts: who may sign in, what happened, who looked at whose record."""

from __future__ import annotations

from decimal import Decimal
from zoneinfo import ZoneInfo, available_timezones

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.functions import Lower, Now

from accounts.append_only import append_only_triggers


class Role(models.TextChoices):
    """What a person is here to do; every page and every API operation names the roles it is open to."""

    EXAMINER = "examiner", "Examiner"
    REVIEWER = "reviewer", "Reviewer"
    MEDICAL_DIRECTOR = "medical_director", "Medical director"
    ADMINISTRATOR = "administrator", "Administrator"
    SUPPLIER = "supplier", "Supplier"

    @property
    def meaning(self) -> str:
        return {
            Role.EXAMINER: "Works claims: assigns, releases, overrides within the amount limit, sends to review.",
            Role.REVIEWER: "A nurse who reviews medical records against the plan of care and the manual.",
            Role.MEDICAL_DIRECTOR: "Decides the second review of cases that were denied or lie above a limit.",
            Role.ADMINISTRATOR: "Proposes and approves policy tables, looks after people, reads the audit log.",
            Role.SUPPLIER: "Acts for one or several home infusion therapy suppliers and sees only their records.",
        }[self]


#: The four roles of people who work for the contractor.
STAFF_ROLES = (Role.EXAMINER, Role.REVIEWER, Role.MEDICAL_DIRECTOR, Role.ADMINISTRATOR)


class UserManager(BaseUserManager["User"]):
    """Creates people by e-mail address, which is kept in small letters and compared without regard to case."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> User:
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> User:
        """What `createsuperuser` calls: there is no superuser here, so it makes an administrator."""
        return self.create_user(email, password, **{"role": Role.ADMINISTRATOR, **fields})

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


def validate_time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError("“%(name)s” is no time zone. Use a name like America/Chicago.", params={"name": name})


class User(AbstractBaseUser):
    """A person who may sign in, by e-mail address, with exactly one role.

    `amount_limit` is the largest amount in dollars that the person may release, override or approve alone;
    empty means no limit. People are made inactive, never deleted: events name them. A program is somebody who acts by
    a key of the API and never signs in.
    """

    email = models.EmailField("e-mail address", max_length=254, unique=True)
    name = models.CharField("name", max_length=120)
    role = models.CharField("role", max_length=20, choices=Role.choices)
    amount_limit = models.DecimalField("amount limit", max_digits=12, decimal_places=2, null=True, blank=True)
    time_zone = models.CharField("time zone", max_length=64, blank=True, validators=[validate_time_zone])
    is_active = models.BooleanField("may sign in", default=True)
    is_program = models.BooleanField("a program, not a person", default=False, editable=False)
    created_at = models.DateTimeField("made", db_default=Now(), editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "people"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="person_email_once_in_any_case"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="person_role_known"),
            models.CheckConstraint(
                condition=models.Q(amount_limit__isnull=True) | models.Q(amount_limit__gte=0),
                name="person_amount_limit_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(is_program=False) | models.Q(is_active=False), name="person_program_never_signs_in"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    @property
    def is_staff(self) -> bool:
        """May read the Django admin: administrators."""
        return self.is_active and self.role == Role.ADMINISTRATOR

    @property
    def is_contractor_staff(self) -> bool:
        return self.role in STAFF_ROLES

    @property
    def role_label(self) -> str:
        return str(Role(self.role).label)

    @property
    def zone(self) -> ZoneInfo | None:
        """The person's own time zone, or nothing when the business zone is to be used."""
        return ZoneInfo(self.time_zone) if self.time_zone else None

    def may_decide(self, amount: Decimal) -> bool:
        """Whether `amount` dollars lie within this person's own authority."""
        return self.amount_limit is None or amount <= self.amount_limit

    def has_perm(self, perm: str, obj: models.Model | None = None) -> bool:
        """The Django admin's question: administrators may view. What may be changed, its admin class says."""
        return self.is_staff and perm.rpartition(".")[2].startswith("view_")

    def has_perms(self, perm_list: list[str], obj: models.Model | None = None) -> bool:
        return all(self.has_perm(perm, obj) for perm in perm_list)

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_staff


class Event(models.Model):
    """Something that a person or a job did, in one sentence; never changed, never deleted.

    `at` is the moment it was written, `on` the business date it counts for. `actor_label` keeps the name as it was;
    it is all there is when a job acted. `about_type` and `about_id` name the row it is about ("claims.claim", "17").
    """

    actor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    actor_label = models.CharField("who", max_length=160)
    at = models.DateTimeField("when", db_default=Now(), editable=False)
    on = models.DateField("business date")
    verb = models.CharField("what", max_length=60)
    sentence = models.TextField("in words")
    about_type = models.CharField("kind of record", max_length=80, blank=True)
    about_id = models.CharField("record", max_length=64, blank=True)
    data = models.JSONField("details", default=dict, blank=True, encoder=DjangoJSONEncoder)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["about_type", "about_id", "-id"], name="event_by_record"),
            models.Index(fields=["actor", "-id"], name="event_by_actor"),
            models.Index(fields=["verb", "-id"], name="event_by_verb"),
            models.Index(fields=["on", "-id"], name="event_by_business_date"),
        ]
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return self.sentence


class AccessLog(models.Model):
    """Who looked at a record with health information, on which page, and why when a reason was asked for.

    45 CFR 164.312(b) asks for a record of activity in systems that hold such information.
    """

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("when", db_default=Now(), editable=False)
    about_type = models.CharField("kind of record", max_length=80)
    about_id = models.CharField("record", max_length=64)
    page = models.CharField("page", max_length=200)
    reason = models.CharField("why", max_length=200, blank=True)

    class Meta:
        verbose_name = "access to a record"
        verbose_name_plural = "accesses to records"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["about_type", "about_id", "-id"], name="access_by_record"),
            models.Index(fields=["person", "-id"], name="access_by_person"),
        ]
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"{self.person} opened {self.about_type} {self.about_id}"


class IdempotencyKey(models.Model):
    """The answer to a request that carried a key, so that the same request sent again is answered, not done, again.

    `request_hash` is the SHA-256 of method, path and body: the same key with another request is refused.
    `response_status` is empty while the first request is still being worked.
    """

    key = models.CharField(max_length=100)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    request_hash = models.CharField(max_length=64)
    response_status = models.PositiveSmallIntegerField(null=True, blank=True)
    response_body = models.TextField(blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="idempotency_key_once_per_person")]
        indexes = [models.Index(fields=["created_at"], name="idempotency_key_by_age")]

    def __str__(self) -> str:
        return self.key

    @property
    def is_answered(self) -> bool:
        return self.response_status is not None
