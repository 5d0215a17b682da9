"""How a view says who may use it: the decorators `allow`, `staff`, `signed_in` and `public`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from accounts.models import STAFF_ROLES, Role

V = TypeVar("V", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Access:
    """Who may use a view: everyone, or people of these roles who have signed in. No role at all means nobody.

    `right` names what people of suppliers must hold besides; the suppliers' room knows who holds what.
    """

    roles: frozenset[str] = frozenset()
    is_public: bool = False
    right: str = ""

    def admits(self, user: Any) -> bool:
        return self.is_public or (user.is_authenticated and user.role in self.roles)


PUBLIC = Access(is_public=True)
SIGNED_IN = Access(frozenset(Role.values))
NOBODY = Access()


def declare(access: Access) -> Callable[[V], V]:
    """Marks a view, or a class of views, with `access`; the mark passes through decorators that use `wraps`."""

    def mark(view: V) -> V:
        view.access = access  # type: ignore[attr-defined]
        return view

    return mark


def allow(*roles: Role, right: str = "") -> Callable[[V], V]:
    """Declares that a view, or a class of views, is open to people of these roles; `right` is asked of suppliers."""
    return declare(Access(frozenset(roles), right=right))


def staff(view: V) -> V:
    """Declares that a view is open to the people who work for the contractor."""
    return allow(*STAFF_ROLES)(view)


def signed_in(view: V) -> V:
    """Declares that a view is open to every person who has signed in."""
    return declare(SIGNED_IN)(view)


def public(view: V) -> V:
    """Declares that a view is open to everyone, also to those who have not signed in."""
    return declare(PUBLIC)(view)
