"""The home page of the staff as a whole."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from accounts.models import User
from claims.inventory.figures import DENIAL_DAYS, Figures
from claims.inventory.reading import figures_for
from claims.pages.home.clock import ClockChart, clock_chart
from claims.pages.home.denials import DenialTable, denials_by_edit, denials_by_reason
from claims.pages.home.flow import Flow, flow
from claims.pages.home.links import Figure
from claims.pages.home.own_work import own_work
from claims.pages.home.states import StateTable, state_table
from claims.pages.home.stuck import StuckRow, stuck_rows


@dataclass(frozen=True, slots=True)
class Home:
    figures: Figures
    mine: tuple[Figure, ...]
    states: StateTable
    clock: ClockChart
    flow: Flow
    by_edit: DenialTable
    by_reason: DenialTable
    stuck: tuple[StuckRow, ...]
    denial_days: int = DENIAL_DAYS


def home_page(user: User, today: dt.date) -> Home | None:
    """The page of a person; six queries when the summary is of today. None while it is counted the first time."""
    figures = figures_for(today)
    if figures is None:
        return None
    return Home(
        figures=figures,
        mine=own_work(user, figures),
        states=state_table(figures),
        clock=clock_chart(figures),
        flow=flow(figures.counted_for),
        by_edit=denials_by_edit(figures),
        by_reason=denials_by_reason(figures),
        stuck=stuck_rows(user, figures),
    )
