"""Loading files: read, check, compare with what is known, publish; with one bad line, nothing at all.

The tables that come with the project are the baseline, loaded once: their rows are known since before the system
began. After that a file of the project changes nothing by itself, so that a new version of the project cannot undo
what administrators have published; it is loaded by name, like any other file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from accounts.actions import Actor, record_event
from accounts.models import User
from policy import clock
from policy.checks import Reason, fault_of, name_of, reason_codes_known_now
from policy.drafts import Draft, Key, known_now
from policy.loaders.files import Source, raise_if_bad, read_and_check
from policy.loaders.rate_report import compare_with_office_infusion
from policy.loaders.reading import Contradiction, Reading
from policy.models import Publication, PublishedFile
from policy.publishing import one_publication_at_a_time, publish
from policy.refusals import Refused
from policy.registry import AMOUNTS, REASON_CODES, TABLES, PolicyTable
from policy.revisions import Revision, gaps, revise, rows_after

BASELINE_FOLDER = Path(__file__).resolve().parent.parent / "data"
BASELINE_SOURCE = "The tables that come with the project"
ZIP_SOURCE = "HUD ZIP-to-county file and CMS's county-to-locality list"

Tell = Callable[[str], None]


@dataclass(slots=True)
class Outcome:
    """What a load did; without a publication everything was known already."""

    publication: Publication | None = None
    revisions: list[Revision] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Act:
    """Who loads, from what and why; the first load of all is the baseline."""

    by: Actor
    source: str
    reason: str
    is_baseline: bool = False
    effective_from: dt.date | None = None
    tell: Tell = lambda line: None


def load_baseline(
    *, by: Actor = "the policy loader", folder: Path = BASELINE_FOLDER, tell: Tell = lambda line: None
) -> Outcome:
    """Loads the project's own tables as the baseline; a second time it only says what differs, and changes nothing."""
    files = [Source(path.name, path.read_bytes(), table) for table, path in _files_of(folder)]
    with one_publication_at_a_time():
        baseline = Publication.objects.filter(is_baseline=True).first()
        if baseline is not None:
            return _compare_with_baseline(files, baseline, folder, tell)
        if Publication.objects.exists():
            raise Refused("Rows were published before the baseline; the baseline must be first.", "baseline_late")
        return _load(files, Act(by, BASELINE_SOURCE, "Baseline", is_baseline=True, tell=tell))


def load_file(file: Source, act: Act) -> Outcome:
    """Loads one file over what is known; rows of subjects and days that it does not name stay as they are."""
    with one_publication_at_a_time():
        if not Publication.objects.exists():
            raise Refused("Load the baseline first: manage.py load_policy", "no_baseline")
        return _load([file], act)


def preview_file(file: Source, *, effective_from: dt.date | None = None) -> Revision:
    """What loading a file would change in its table now, with every check of a load; nothing is written.

    Raises BadFile or Refused as a load would.
    """
    reading = read_and_check(file, file.name, effective_from)
    reasons = reason_codes_known_now() | _reason_codes_in([file], [reading])
    return _revise(file, reading, reasons, Act("a preview", file.name, "A preview"))


def _files_of(folder: Path) -> Iterable[tuple[PolicyTable, Path]]:
    return ((table, path) for table in TABLES if (path := folder / f"{table.name}.csv").exists())


def _compare_with_baseline(files: Sequence[Source], baseline: Publication, folder: Path, tell: Tell) -> Outcome:
    loaded = set(PublishedFile.objects.values_list("table", "sha256"))
    for file in files:
        if (file.table.name, file.sha256) in loaded:
            tell(f"{file.table.name}: no change")
        else:
            tell(
                f"{file.table.name}: {file.name} has changed and is not loaded by itself; to load it: "
                f"manage.py load_policy --table {file.table.name} {folder / file.name} --source … --reason …"
            )
    tell(f"The baseline is publication {baseline.pk}; nothing was changed.")
    return Outcome()


def _load(files: Sequence[Source], act: Act) -> Outcome:
    """The steps of a load, inside the lock."""
    row_source = ZIP_SOURCE if act.is_baseline else act.source
    readings = [read_and_check(file, row_source, act.effective_from) for file in files]
    reasons = reason_codes_known_now() | _reason_codes_in(files, readings)
    outcome = Outcome()
    for file, reading in zip(files, readings, strict=True):
        outcome.revisions.append(_revise(file, reading, reasons, act))
    if not act.is_baseline and not any(outcome.revisions):
        act.tell("No change: everything in the file is known already.")
        return outcome
    act.tell(f"publishing {sum(len(revision.added) for revision in outcome.revisions):,} rows")
    outcome.publication = publish(
        outcome.revisions,
        by=act.by if isinstance(act.by, User) else None,
        source=act.source,
        reason=act.reason,
        is_baseline=act.is_baseline,
    )
    _remember(files, readings, outcome.publication, act.by)
    act.tell(f"Publication {outcome.publication.pk}: {act.source}")
    return outcome


def _reason_codes_in(files: Sequence[Source], readings: Sequence[Reading]) -> set[Reason]:
    return {
        (draft.content["kind"], draft.content["code"])
        for file, reading in zip(files, readings, strict=True)
        if file.table is REASON_CODES
        for draft in reading.drafts
    }


def _revise(file: Source, reading: Reading, reasons: set[Reason], act: Act) -> Revision:
    """What the file changes in its table, checked against the rows that stay."""
    table = file.table
    known = known_now(table)
    revision = revise(table, known, reading.drafts)
    reading.problems += [
        Contradiction(draft.line or 0, fault.words)
        for draft in reading.drafts
        if (fault := fault_of(table, draft.content, reasons))
    ]
    if table.is_continuous:
        reading.problems += _gaps_named(table, rows_after(revision, known))
    raise_if_bad(file, reading)
    act.tell(
        f"{table.name}: {len(reading.drafts):,} rows read, {len(revision.added):,} added, "
        f"{len(revision.superseded):,} superseded, {revision.unchanged:,} known already"
    )
    if table is AMOUNTS and not act.is_baseline:
        for line in compare_with_office_infusion(revision.added):
            act.tell(line)
    return revision


def _gaps_named(table: PolicyTable, rows: Mapping[Key, Sequence[Draft]]) -> list[Contradiction]:
    return [
        Contradiction(
            gap.after.line or gap.before.line or 0,
            f"{name_of(table, gap.after)} would have no row from {gap.first} to {gap.last}",
        )
        for gap in gaps(rows)
    ]


def _remember(files: Sequence[Source], readings: Sequence[Reading], publication: Publication, by: Actor) -> None:
    """Keeps which files were loaded, and says so in the record of acts."""
    PublishedFile.objects.bulk_create(
        PublishedFile(
            publication=publication,
            table=file.table.name,
            layout=file.layout,
            name=file.name,
            sha256=file.sha256,
            rows=len(reading.drafts),
        )
        for file, reading in zip(files, readings, strict=True)
    )
    names = ", ".join(file.name for file in files)
    record_event(
        "policy_loaded",
        by=by,
        on=clock.today(),
        about=publication,
        sentence=f"Policy tables were published from {names}: {publication.reason}",
        data={"files": {file.name: file.sha256 for file in files}, "source": publication.source},
    )
