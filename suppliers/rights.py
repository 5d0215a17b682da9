"""What people and programs of a supplier may do: one table by duty, asked in one place.

Pages and API views name the right that they need (`accounts.access.allow(…, right=…)`, `rights` of an API view);
`suppliers.access` asks at the door whether it is held for any supplier, `require` at the record whether for that one.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from accounts.models import Role, User


class Right(models.TextChoices):
    """What may be done for a supplier. The values are also the scopes that a key of its programs may have."""

    CLAIMS_READ = "claims:read", "Read claims, files and their answers"
    CLAIMS_SEND = "claims:send", "Send claims and files"
    CHECKS = "checks", "Check claims before they are sent"
    ELIGIBILITY = "eligibility", "Ask whether a patient is eligible"
    PLANS_READ = "plans:read", "Read plans of care and documents"
    PLANS_WRITE = "plans:write", "Keep plans of care and documents"
    RECORDS = "records", "Answer requests for records"
    REMITTANCES_READ = "remittances:read", "Read remittances"
    PEOPLE = "people", "Invite people, change their duties, end their access"
    KEYS = "keys", "Make and revoke keys of programs"


class Duty(models.TextChoices):
    """As what somebody acts for a supplier; `PROGRAM` is a key's, whose scopes say what it may do."""

    ADMINISTRATOR = "administrator", "Administrator"
    BILLER = "biller", "Biller"
    CLINICIAN = "clinician", "Clinician"
    BILLING_AGENT = "billing_agent", "Billing agent"
    PROGRAM = "program", "Program with a key"


READING = frozenset({Right.CLAIMS_READ, Right.PLANS_READ, Right.REMITTANCES_READ})
BILLING = READING | {Right.CLAIMS_SEND, Right.CHECKS, Right.ELIGIBILITY, Right.RECORDS}

#: The table.
RIGHTS: dict[str, frozenset[Right]] = {
    Duty.ADMINISTRATOR: frozenset(Right),
    Duty.BILLER: BILLING,
    Duty.BILLING_AGENT: BILLING,
    Duty.CLINICIAN: READING | {Right.PLANS_WRITE, Right.RECORDS},
}

#: What a key may be given: no key looks after people or keys.
SCOPES = tuple(right for right in Right if right not in (Right.PEOPLE, Right.KEYS))

#: What administrators of the contractor do for any supplier.
OF_STAFF = frozenset({Right.PEOPLE, Right.KEYS})


@dataclass(frozen=True, slots=True)
class Held:
    """What somebody is to one supplier, and what that allows."""

    supplier: int
    npi: str
    name: str
    duty: Duty
    rights: frozenset[Right]


def with_held(users: QuerySet[User]) -> QuerySet[User]:
    """People read together with what they hold, so that `held_by` asks nothing more."""
    rows = apps.get_model("suppliers", "SupplierPerson").objects.filter(user=OuterRef("pk"))
    held = rows.order_by("supplier__name", "supplier__npi").values(
        held=JSONObject(
            supplier="supplier",
            npi="supplier__npi",
            name="supplier__name",
            duty="duty",
            scopes=F("user__api_key__scopes"),
        )
    )
    return users.annotate(held=ArraySubquery(held))


def held_by(user: User) -> tuple[Held, ...]:
    """Everything that a person or a program of suppliers holds, by the suppliers' names.

    One query, none for who was read `with_held`, as everyone is who has signed in.
    """
    if user.role != Role.SUPPLIER:
        return ()
    rows = getattr(user, "held", None)
    if rows is None:
        (rows,) = with_held(User.objects.filter(pk=user.pk)).values_list("held", flat=True)  # type: ignore[misc]
    return tuple(
        Held(row["supplier"], row["npi"], row["name"], Duty(row["duty"]), _rights(row["duty"], row["scopes"]))
        for row in rows
    )


def _rights(duty: str, scopes: list[str] | None) -> frozenset[Right]:
    return frozenset(map(Right, scopes or ())) if duty == Duty.PROGRAM else RIGHTS[duty]


def may(user: User, right: Right, supplier: int) -> bool:
    """Whether somebody may do this for the supplier with this id. What staff may do, their role says at the door."""
    if user.role != Role.SUPPLIER:
        return right not in OF_STAFF or user.role == Role.ADMINISTRATOR
    return any(held.supplier == supplier and right in held.rights for held in held_by(user))


def require(user: User, right: Right, supplier: int) -> None:
    """Refuse with 403 and a sentence what `may` does not allow; for a record that is in sight."""
    if not may(user, right, supplier):
        raise PermissionDenied(refusal(right))


def refusal(right: Right) -> str:
    """Why somebody may not, and who may."""
    duties = [str(duty.label).lower() for duty in Duty if right in RIGHTS.get(duty, ())]
    return (
        f"Your duty at this supplier does not include this: {str(right.label).lower()}. It belongs to these duties: "
        f"{', '.join(duties)}. An administrator of the supplier can change yours."
    )
