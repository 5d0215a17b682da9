"""What the pages of an organization show."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from accounts.models import Event, User
from accounts.readers import events_about
from claims.organization.risk import DEFINITION, AtRisk, at_risk
from claims.pages.calendars import CalendarShown, calendar_shown
from claims.pages.supplier.standing import standing_calendar, standings_of
from policy.tables import PolicyTables
from suppliers.models import ApiKey, Invitation, Supplier, SupplierPerson
from suppliers.rights import RIGHTS, Duty, Right, may

#: Former people, keys that work no more and events that a page shows, the latest.
MOST_FORMER, MOST_OLD_KEYS, MOST_EVENTS = 20, 20, 20

#: The table of rights: its columns, and each right with whether the duty of the column allows it.
DUTIES = tuple(map(Duty, RIGHTS))
TABLE = tuple((right, tuple(right in allowed for allowed in RIGHTS.values())) for right in Right)


@dataclass(frozen=True, slots=True)
class OrganizationPage:
    """An organization as its people see it; `may_change` its people, `may_key` its keys."""

    supplier: Supplier
    spans: CalendarShown
    ending: tuple[AtRisk, ...]
    people: tuple[SupplierPerson, ...]
    former: tuple[SupplierPerson, ...]
    invitations: tuple[Invitation, ...]
    events: tuple[Event, ...]
    may_change: bool
    may_key: bool
    definition: str = DEFINITION
    duties: tuple[Duty, ...] = DUTIES
    rights: tuple[tuple[Right, tuple[bool, ...]], ...] = TABLE


def organization_page(supplier: Supplier, person: User, tables: PolicyTables, today: dt.date) -> OrganizationPage:
    """The page of a supplier whose spans were read with it (`SPANS`); at most seven queries."""
    people = SupplierPerson.objects.filter(supplier=supplier).select_related("user", "former")
    standings = standings_of(supplier, tables, today)
    may_change = may(person, Right.PEOPLE, supplier.pk)
    return OrganizationPage(
        supplier=supplier,
        spans=calendar_shown(standing_calendar(standings, today, supplier.name), "standing"),
        ending=tuple(at_risk([supplier], tables, today)),
        people=tuple(people.current().order_by("user__name", "pk")),
        former=tuple(people.former().order_by("-ended_at")[:MOST_FORMER]),
        invitations=tuple(supplier.invitations.open().select_related("made_by")) if may_change else (),
        events=tuple(events_about(supplier)[:MOST_EVENTS]) if may_change else (),
        may_change=may_change,
        may_key=may(person, Right.KEYS, supplier.pk),
    )


@dataclass(frozen=True, slots=True)
class KeysPage:
    """The keys that work, and the latest that do not any more."""

    working: tuple[ApiKey, ...]
    ended: tuple[ApiKey, ...]


def keys_page(supplier: Supplier) -> KeysPage:
    """Two queries."""
    keys = supplier.api_keys.select_related("made_by", "revoked_by")
    latest = list(keys.filter(revoked_at=None))
    ended = [key for key in latest if not key.works]
    revoked = list(keys.exclude(revoked_at=None)[:MOST_OLD_KEYS])
    return KeysPage(tuple(key for key in latest if key.works), tuple([*ended, *revoked][:MOST_OLD_KEYS]))
