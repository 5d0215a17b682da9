"""The people of the demonstration, one or two of each role, with passwords that are no secret."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ImproperlyConfigured

from accounts.models import Role, User


@dataclass(frozen=True, slots=True)
class DemonstrationPerson:
    """Someone who exists only in a demonstration. `amount_limit` in dollars; none means no limit."""

    name: str
    email: str
    role: Role
    password: str
    amount_limit: Decimal | None = None


PEOPLE = (
    DemonstrationPerson(
        "Dana Okafor", "examiner@demo.example", Role.EXAMINER, "synthetic-demo-2026-examiner", Decimal("2500.00")
    ),
    DemonstrationPerson(
        "Miriam Castellanos, RN", "reviewer@demo.example", Role.REVIEWER, "synthetic-demo-2026-reviewer"
    ),
    DemonstrationPerson(
        "Dr. Anselm Whitaker", "director@demo.example", Role.MEDICAL_DIRECTOR, "synthetic-demo-2026-director"
    ),
    DemonstrationPerson(
        "Ingrid Sato", "administrator@demo.example", Role.ADMINISTRATOR, "synthetic-demo-2026-administrator"
    ),
    DemonstrationPerson("Paul Reyes", "approver@demo.example", Role.ADMINISTRATOR, "synthetic-demo-2026-approver"),
    DemonstrationPerson("Theo Brandt", "supplier@demo.example", Role.SUPPLIER, "synthetic-demo-2026-supplier"),
    DemonstrationPerson("Noa Lindqvist", "agent@demo.example", Role.SUPPLIER, "synthetic-demo-2026-agent"),
)


def sign_ins() -> list[tuple[str, str, str]]:
    """What the demonstration prints when it is ready: role, e-mail address, password."""
    return [(str(person.role.label), person.email, person.password) for person in PEOPLE]


def make_people() -> dict[str, User]:
    """Makes the demonstration's people, by e-mail address; those who exist are left as they are.

    Whom the supplier's person acts for is added by the demonstration's world, which knows the suppliers.
    """
    if not settings.IS_DEMONSTRATION:
        raise ImproperlyConfigured("People with public passwords are made in a demonstration only.")
    people = {user.email: user for user in User.objects.filter(email__in=[person.email for person in PEOPLE])}
    missing = [person for person in PEOPLE if person.email not in people]
    with ThreadPoolExecutor() as pool:  # hashing a password takes a third of a second, and all processors share in it
        hashed = list(pool.map(make_password, [person.password for person in missing]))
    for person, password in zip(missing, hashed, strict=True):
        people[person.email] = _make(person, password)
    return people


def people_present() -> list[DemonstrationPerson]:
    """Those who can sign in here: none outside a demonstration."""
    if not settings.IS_DEMONSTRATION:
        return []
    addresses = [person.email for person in PEOPLE]
    present = set(User.objects.filter(email__in=addresses, is_active=True).values_list("email", flat=True))
    return [person for person in PEOPLE if person.email in present]


def _make(person: DemonstrationPerson, hashed_password: str) -> User:
    return User.objects.create(
        email=person.email,
        password=hashed_password,
        name=person.name,
        role=person.role,
        amount_limit=person.amount_limit,
    )
