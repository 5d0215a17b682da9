"""Reads about impacts: the one that a change set shows, how far it is, its lines, one claim side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db.models import QuerySet, Sum

from claims.edits.registry import edit_on
from claims.impact.standing import is_current
from claims.mass.readers import BATCH, PAGE_SIZE, as_change
from claims.models import Claim, ImpactLine, ImpactRun, LineOutcome
from claims.pages.keyset import Order, Page, Place, page_or_first
from claims.replay import LineChange, LineState
from policy.models import ChangeSet

IN_ORDER = Order(("id",))

#: Earlier impacts that the page of a change set lists.
MOST_EARLIER = 10


@dataclass(frozen=True, slots=True)
class Shown:
    """The latest impact of a change set, None when it was never asked for; `done` claims of it are decided."""

    run: ImpactRun | None
    is_current: bool
    done: int


def shown_of(change_set: ChangeSet) -> Shown:
    """At most five queries."""
    run = runs_of(change_set).first()
    return shown(run) if run else Shown(None, is_current=False, done=0)


def shown(run: ImpactRun) -> Shown:
    done = run.chunks.filter(is_done=True).order_by().aggregate(sum=Sum("count"))["sum"] if run.is_at_work else None
    return Shown(run, is_current(run), done or 0)


def runs_of(change_set: ChangeSet) -> QuerySet[ImpactRun]:
    """The latest first."""
    runs = ImpactRun.objects.filter(change_set=change_set).order_by("-pk")
    return runs.select_related("change_set", "asked_by", "mass")


def lines_of(run: ImpactRun, lookups: dict[str, Any], place: Place) -> Page[ImpactLine]:
    """A page of the changed lines, each with its `change`; one query."""
    page = page_or_first(_lines(run).filter(**lookups), IN_ORDER, PAGE_SIZE, place)
    for row in page.rows:
        row.change = as_change(row, row.claim)  # type: ignore[attr-defined]
    return page


def _lines(run: ImpactRun) -> QuerySet[ImpactLine]:
    return run.lines.select_related("claim").defer("claim__billed", "claim__gateway_findings")


def lines_to_export(run: ImpactRun) -> Iterator[list[ImpactLine]]:
    """Every changed line in batches, a claim's one after another, read from one cursor however many there are."""
    found = _lines(run).order_by("claim", "number").iterator(chunk_size=BATCH)
    while batch := list(islice(found, BATCH)):
        yield batch


def sample_of(run: ImpactRun) -> list[ImpactLine]:
    """The sampled claims by the line that changes most; one query."""
    found = _lines(run).filter(claim__in=run.summary.get("sample", ())).order_by("claim", "number")
    largest: dict[int, ImpactLine] = {}
    for line in found:
        kept = largest.get(line.claim_id)
        if kept is None or abs(line.difference) > abs(kept.difference):
            largest[line.claim_id] = line
    for line in largest.values():
        line.change = as_change(line, line.claim)  # type: ignore[attr-defined]
    return list(largest.values())


# ---------- one claim side by side ----------


@dataclass(frozen=True, slots=True)
class Side:
    """A line as it stands or would stand."""

    state: LineState
    outcome: LineOutcome | None
    edits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BothSides:
    """A changed line today and after the publication."""

    change: LineChange
    today: Side
    after: Side

    @property
    def apart(self) -> Decimal:
        """Dollars between what the line pays and would pay."""
        return abs(self.change.difference)


def sides_of(run: ImpactRun, claim: Claim) -> list[BothSides]:
    """The changed lines of a claim; one query."""
    changes = [as_change(line, claim) for line in run.lines.filter(claim=claim).order_by("number")]
    return [BothSides(change, _side(change, change.before), _side(change, change.after)) for change in changes]


def _side(change: LineChange, state: LineState) -> Side:
    titles = ((edit, edit_on(edit, change.date_of_service)) for edit in (*state.edits, *state.informs))
    outcome = LineOutcome(state.outcome) if state.outcome else None
    return Side(state, outcome, tuple(f"{edit}: {found.title}" if found else edit for edit, found in titles))
