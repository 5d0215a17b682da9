"""What surrounds every page: navigation by role, the search box, the person, the time zone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from accounts.models import Role, User
from suppliers.access import held_of
from suppliers.rights import Held, Right

VERSION = "0.1.0"

#: Names of suppliers that have room beside the person's own.
MOST_NAMES = 2

#: The words of the navigation and the names of the addresses behind them, at most seven per role.
NAVIGATION: dict[str, tuple[tuple[str, str], ...]] = {
    Role.EXAMINER: (
        ("Home", "home"),
        ("Claims", "claims:worklist"),
        ("Beneficiaries", "beneficiaries:list"),
        ("Suppliers", "suppliers:list"),
        ("Plans of care", "plans:list"),
        ("Edits", "claims:edits"),
        ("Reports", "reports:index"),
    ),
    Role.REVIEWER: (
        ("Home", "home"),
        ("Cases", "review:queue"),
        ("Claims", "claims:worklist"),
        ("Plans of care", "plans:list"),
        ("Probe rounds", "review:probes"),
        ("Letters", "review:letters"),
        ("Reports", "reports:index"),
    ),
    Role.SUPPLIER: (
        ("Home", "home"),
        ("Check", "claims:check"),
        ("Claims", "claims:worklist"),
        ("Plans of care", "plans:list"),
        ("Records", "review:requests"),
        ("Remittances", "claims:remittances"),
        ("Organization", "organization:index"),
    ),
    Role.ADMINISTRATOR: (
        ("Home", "home"),
        ("Claims", "claims:worklist"),
        ("Policy tables", "policy:tables"),
        ("Edits", "claims:edits"),
        ("People", "accounts:people"),
        ("Reports", "reports:index"),
        ("Audit log", "accounts:audit"),
    ),
}
NAVIGATION[Role.MEDICAL_DIRECTOR] = NAVIGATION[Role.REVIEWER]

#: What people of suppliers must be allowed for a word of theirs to be there.
NEEDS = {"claims:check": Right.CHECKS}

ZONE_WORDS = {
    "America/New_York": "Eastern Time",
    "America/Chicago": "Central Time",
    "America/Denver": "Mountain Time",
    "America/Phoenix": "Mountain Standard Time",
    "America/Los_Angeles": "Pacific Time",
    "America/Anchorage": "Alaska Time",
    "Pacific/Honolulu": "Hawaii Time",
}


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """One word of the navigation; `current` is the value of `aria-current`, empty when one is elsewhere."""

    words: str
    address: str
    current: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What `base.html` shows around a page; `navigation` and `standing` are found once they are asked for."""

    navigation: Callable[[], tuple[NavigationItem, ...]]
    search_address: str
    search_placeholder: str
    standing: Callable[[], str]
    zone: str
    is_demonstration: bool
    version: str


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context processor: `frame` in every template."""
    user = getattr(request, "user", None)
    role = getattr(user, "role", "")
    return {
        "frame": Frame(
            navigation=lambda: navigation_for(role, request.path, held_of(request)),
            search_address=address_of("claims:search") if role else "",
            search_placeholder="Claim, MBI or patient" if role == Role.SUPPLIER else "Claim, MBI, NPI or name",
            standing=lambda: standing_of(user, held_of(request)) if user and role else "",
            zone=zone_in_words(),
            is_demonstration=settings.IS_DEMONSTRATION,
            version=VERSION,
        )
    }


def navigation_for(role: str, path: str, held: Iterable[Held] = ()) -> tuple[NavigationItem, ...]:
    """The navigation of a role; the item with the longest address that begins `path` is where one is.

    `held` is what somebody holds of suppliers: nobody reads a word that would only be refused.
    """
    rights = {right for each in held for right in each.rights}
    shown = [pair for pair in NAVIGATION.get(role, ()) if pair[1] not in NEEDS or NEEDS[pair[1]] in rights]
    items = [(words, address_of(name)) for words, name in shown]
    items = [(words, address) for words, address in items if address]
    here = max((address for _, address in items if _lies_under(path, address)), key=len, default="")
    return tuple(
        NavigationItem(words, address, "page" if address == path else "true" if address == here else "")
        for words, address in items
    )


def _lies_under(path: str, address: str) -> bool:
    return path.startswith(address) if address != "/" else path == "/"


def address_of(name: str) -> str:
    """The address of a named URL; empty where this installation does not have the page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def standing_of(user: User, held: Iterable[Held]) -> str:
    """As what a person is here: for a person of suppliers their names, else the role."""
    if user.role != Role.SUPPLIER:
        return user.role_label
    names = [each.name for each in held]
    if len(names) > MOST_NAMES:
        return f"{names[0]} and {len(names) - 1} more"
    return " and ".join(names) or user.role_label


def zone_in_words() -> str:
    """ "Eastern Time" for the zone in which this request shows its times."""
    name = timezone.get_current_timezone_name()
    key = getattr(timezone.get_current_timezone(), "key", name)
    return ZONE_WORDS.get(key, key.replace("_", " "))
