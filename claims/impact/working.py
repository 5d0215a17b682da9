"""Working impacts out in the background, a chunk a transaction, by as many workers as there are.

What is to be done is in the rows. A worker that ends in the middle of a chunk leaves nothing of it, and whoever comes
next takes it up. Nobody looks for what is stuck: a chunk that is not done and that nobody holds is simply the next one.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import groupby

from django.db import InterfaceError, OperationalError, transaction

from claims.adjudication.queue import without_collection
from claims.adjudication.version import ENGINE_VERSION
from claims.impact.actions import tell
from claims.impact.fingerprint import fingerprint_of
from claims.impact.keeping import keep_lines
from claims.impact.narrowing import Found, claims_in_reach
from claims.impact.portions import Compared, impact_of
from claims.impact.summary import summary_of
from claims.impact.telling import in_words, totals_of
from claims.impact.touched import touched_tables
from claims.models import ImpactChunk, ImpactRun, ImpactState
from claims.models.mass import LONGEST_SENTENCE
from claims.nudge import IMPACTS, nudge, nudge_after_commit
from policy import clock
from policy.change_sets.reading import tables_with
from policy.readers import current_publication, tables_as_known
from policy.refusals import Refused
from policy.tables import PolicyTables

#: Who acts in the background.
THE_WORKER = "the worker of impacts"

#: Claims of a chunk, unless one patient alone has more: a chunk is done in about a quarter of a second.
CHUNK = 500

#: Seconds after which a worker lets other work have its turn, and asks to be called again.
AWHILE = 10.0

AGAIN = "Work it out again."


class Did(Enum):
    """What a step did: something, or nothing because nothing is left for this worker."""

    WORKED = "worked"
    RESTS = "rests"


def work_impacts_awhile(seconds: float = AWHILE) -> int:
    """Work what is to be worked for so long, then have it gone on with; the number of steps."""
    began, steps = time.monotonic(), 0
    for number in list(
        ImpactRun.objects.filter(state__in=ImpactRun.AT_WORK).order_by("pk").values_list("pk", flat=True)
    ):
        while step(number) == Did.WORKED:
            steps += 1
            if time.monotonic() - began >= seconds:
                nudge(IMPACTS)
                return steps
    return steps


def work(number: int) -> None:
    """Work one until it is over, or until others have what is left of it."""
    while step(number) == Did.WORKED:
        pass


def step(number: int) -> Did:
    """The next of it. What cannot go on is stopped, with the sentence why; a fault of the program is raised, too."""
    try:
        return _step(number)
    except Refused as refusal:
        stop(number, f"{refusal} {AGAIN}")
        return Did.RESTS
    except (OperationalError, InterfaceError):
        raise  # the database went away: whoever comes next goes on
    except Exception as fault:
        stop(number, f"A fault of the program: {type(fault).__name__}: {fault}")
        raise


@transaction.atomic
def _step(number: int) -> Did:
    run = ImpactRun.objects.select_related("change_set").get(pk=number)
    if run.state == ImpactState.QUEUED:
        return _begin(number)
    if run.state != ImpactState.RUNNING:
        return Did.RESTS
    chunks = ImpactChunk.objects.select_for_update(of=("self",), skip_locked=True)
    chunk = chunks.filter(run=run, is_done=False).order_by("number").first()
    if chunk is None:
        return _finish(number)
    check_same_rules(run)
    with without_collection():
        portion = impact_of(number, chunk.claims, compared(run))
        keep_lines(portion.lines)
    chunk.is_done, chunk.before = True, portion.before
    chunk.save(update_fields=["is_done", "before"])
    return Did.WORKED


def _locked(number: int) -> ImpactRun | None:
    """The run, locked; None where another worker has it."""
    rows = ImpactRun.objects.select_for_update(of=("self",), skip_locked=True)
    return rows.select_related("change_set").filter(pk=number).first()


# ---------- the beginning ----------


def _begin(number: int) -> Did:
    """Find the claims that the set can touch, and write them down in chunks; another worker may help from here on."""
    run = _locked(number)
    if run is None or run.state != ImpactState.QUEUED:
        return Did.RESTS
    check_same_rules(run)
    both = compared(run)
    reach = claims_in_reach(touched_tables(both.known, both.proposed), both.known, both.proposed)
    chunks = enumerate(chunks_of(reach), 1)
    ImpactChunk.objects.bulk_create(
        ImpactChunk(run=run, number=place, claims=ids, count=len(ids)) for place, ids in chunks
    )
    run.claims, run.state = len(reach), ImpactState.RUNNING
    run.save(update_fields=["claims", "state"])
    nudge_after_commit(IMPACTS)
    return Did.WORKED


def chunks_of(reach: Sequence[Found]) -> Iterator[list[int]]:
    """The claims in chunks that keep a patient's together."""
    chunk: list[int] = []
    for patient, found in groupby(reach, key=lambda row: row[1]):
        ids = [row[0] for row in found]
        if patient is None:  # claims of patients who are not on file leave each other alone
            yield from (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
            continue
        if chunk and len(chunk) + len(ids) > CHUNK:
            yield chunk
            chunk = []
        chunk += ids
    if chunk:
        yield chunk


_kept: dict[object, tuple[PolicyTables, PolicyTables]] = {}


def compared(run: ImpactRun) -> Compared:
    """The tables of a run; they are made once in a process and kept for its next chunks."""
    which = (run.pk, run.asked_at)
    if which not in _kept:
        made = tables_as_known(run.publication), tables_with(run.change_set)
        _kept.clear()
        _kept[which] = made
    return Compared(*_kept[which], clock.today())


def check_same_rules(run: ImpactRun) -> None:
    """Refuses to go on with other rows, other tables or another program than it was begun with; three queries."""
    if run.fingerprint != fingerprint_of(run.change_set):
        raise Refused(f"{run.change_set} was changed meanwhile.", "outdated")
    if run.publication != current_publication():
        raise Refused("Policy tables were published meanwhile.", "outdated")
    if run.engine_version != ENGINE_VERSION:
        raise Refused("The program that decides was renewed meanwhile.", "outdated")


# ---------- the end ----------


def _finish(number: int) -> Did:
    """When every chunk is done: the totals, and an event that says them."""
    run = _locked(number)
    if run is None or run.state != ImpactState.RUNNING or run.chunks.filter(is_done=False).exists():
        return Did.RESTS
    for name, value in totals_of(run).items():
        setattr(run, name, value)
    run.summary = summary_of(run)
    run.state, run.ended_at = ImpactState.DONE, clock.now()
    run.save()
    tell("impact_worked_out", run, THE_WORKER, f"The impact of {run.change_set} was worked out: {in_words(run)}")
    return Did.RESTS


@transaction.atomic
def stop(number: int, sentence: str) -> None:
    """It cannot go on: say why, on its page and in an event."""
    run = ImpactRun.objects.select_for_update(of=("self",)).select_related("change_set").get(pk=number)
    if not run.is_at_work:
        return
    run.state, run.ended_at, run.note = ImpactState.FAILED, clock.now(), sentence[:LONGEST_SENTENCE]
    run.save(update_fields=["state", "ended_at", "note"])
    tell("impact_failed", run, THE_WORKER, f"The impact of {run.change_set} stopped. {run.note}")
