"""Work that stopped: why, and whether it can be run again."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import Role, User
from claims.inventory.actions import RUNS_AGAIN
from claims.inventory.figures import Figures
from claims.inventory.filters import STUCK
from claims.inventory.stuck import Stuck
from claims.mass.checks import MAKERS
from claims.models import Adjustment
from claims.pages.home.links import claims_where

#: Who may ask for stuck work to be run again.
RUNNERS = (Role.EXAMINER, Role.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class StuckRow:
    """What stopped, the page about it ("" when there is none), and where "Run again" posts to."""

    stuck: Stuck
    address: str
    is_list: bool
    run_again: str


def stuck_rows(user: User, figures: Figures) -> tuple[StuckRow, ...]:
    return tuple(
        StuckRow(stuck, _page_of(stuck), stuck.kind in dict(STUCK), _run_again(stuck, user)) for stuck in figures.stuck
    )


def _page_of(stuck: Stuck) -> str:
    if stuck.kind in dict(STUCK):
        return claims_where(stuck=stuck.kind)
    match stuck.kind:
        case "files" if stuck.pk:
            return reverse("claims:file", args=[stuck.pk])
        case "mass":
            return reverse("claims:mass_adjustment", args=[stuck.pk])
        case "adjustments" | "proposals":
            state = Adjustment.State.APPROVED if stuck.kind == "adjustments" else Adjustment.State.PROPOSED
            return f"{reverse('claims:adjustments')}?{urlencode({'state': state, 'kind': ''})}"
    return ""


def _run_again(stuck: Stuck, user: User) -> str:
    if stuck.kind == "mass":
        return reverse("claims:mass_act", args=[stuck.pk, "preview"]) if user.role in MAKERS else ""
    may = stuck.kind in RUNS_AGAIN and user.role in RUNNERS
    return reverse("claims:run_again", args=[stuck.kind]) if may else ""


#: Who may ask for stuck work to be run again.
RUNNERS = (Role.EXAMINER, Role.ADMINISTRATOR)
