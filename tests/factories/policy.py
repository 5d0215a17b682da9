"""The policy tables in a moment: the project's own, of the ZIP codes only those of Baltimore or those asked for.

Reading, checking and publishing them takes a third of a second, and most tests need them. So a process does it once for
each folder and business date; after that the rows are put back as they were, with the ids they had, without the history
that triggers write of them.
"""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pgtrigger
import pytest
from django.db import connection, transaction
from django.db.models import Model
from psycopg import sql

from accounts.models import Role, User
from policy import clock
from policy.change_sets import actions, requirements
from policy.changes import Change
from policy.loaders import load_baseline
from policy.loaders.loading import BASELINE_FOLDER
from policy.models import ChangeSet, Publication, PublishedFile
from policy.registry import TABLES

MARYLAND = "12302,"

#: The rows of each policy table in PostgreSQL's binary form, by database, folder and business date.
_KEPT: dict[tuple[str, Path, dt.date], list[tuple[sql.Identifier, bytes]]] = {}


@cache
def small_tables(
    beginnings: tuple[str, ...] = ("212",), settings: tuple[tuple[str, str], ...] = (), *, all_factors: bool = True
) -> Path:
    """A folder like `policy/data` with the ZIP codes that begin so: the 53 of Baltimore unless told.

    `settings` are texts to stand in place of others in `settings.csv`, each of which is there once; without
    `all_factors` the geographic factors are those of Maryland's contractor.
    """
    folder = Path(tempfile.mkdtemp(prefix="policy-tables-")) / "data"
    shutil.copytree(BASELINE_FOLDER, folder)
    _keep_lines(folder / "zip_locality.csv", beginnings)
    if not all_factors:
        _keep_lines(folder / "gaf.csv", (MARYLAND,))
    for was, now in settings:
        text = (folder / "settings.csv").read_text(encoding="utf-8")
        assert text.count(was) == 1
        (folder / "settings.csv").write_text(text.replace(was, now), encoding="utf-8")
    return folder


def _keep_lines(file: Path, beginnings: tuple[str, ...]) -> None:
    """The header and the lines that begin so."""
    header, *lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text(header + "".join(line for line in lines if line.startswith(beginnings)), encoding="utf-8")


def publish_changes(*changes: Change, by: User, reason: str = "A test") -> Publication:
    """Publishes changes as people would: `by` proposes them, another administrator approves.

    What the rooms above want to have been shown before is left out.
    """
    change_set = actions.make("A test", by=by, source="A document of the test", reason=reason)
    for change in changes:
        actions.put_row(change_set, change, by=by)
    return publish_proposed(change_set, by=by)


def publish_proposed(change_set: ChangeSet, *, by: User) -> Publication:
    """`by` proposes a draft, another administrator approves it."""
    actions.propose(change_set, by=by)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(requirements, "_REQUIREMENTS", {})
        publication = actions.approve(change_set, by=second_administrator(), reason="Read and found right").publication
    assert publication is not None
    return publication


def second_administrator() -> User:
    """The administrator who approves what another proposed."""
    person, _ = User.objects.get_or_create(
        email="second.administrator@example.org", defaults={"name": "Sol Second", "role": Role.ADMINISTRATOR}
    )
    return person


def load_small_tables(*settings: tuple[str, str]) -> Publication:
    """Publishes the small tables as the baseline, with other texts in `settings.csv` where some are given."""
    return load_tables(small_tables(settings=settings, all_factors=False))


def load_tables(folder: Path) -> Publication:
    """Publishes a folder, which nobody changes, as the baseline of a database without one."""
    key = (str(connection.settings_dict["NAME"]), folder, clock.today())
    if key in _KEPT:
        _put_back(_KEPT[key])
        return Publication.objects.get()
    publication = load_baseline(folder=folder).publication
    assert publication is not None
    _KEPT[key] = list(_taken_out())
    return publication


def _taken_out() -> Iterator[tuple[sql.Identifier, bytes]]:
    with connection.cursor() as cursor:
        for model in _kept_models():
            table = sql.Identifier(model._meta.db_table)
            with cursor.copy(sql.SQL("COPY {} TO STDOUT (FORMAT binary)").format(table)) as copy:
                yield table, b"".join(bytes(part) for part in copy)


def _put_back(kept: list[tuple[sql.Identifier, bytes]]) -> None:
    models = _kept_models()
    writing = [trigger.get_pgid(model) for model, trigger in pgtrigger.registered() if model in models]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pgtrigger.ignore', %s, true)", [f"{{{','.join(writing)}}}"])
        for table, rows in kept:
            with cursor.copy(sql.SQL("COPY {} FROM STDIN (FORMAT binary)").format(table)) as copy:
                copy.write(rows)
        cursor.execute("SELECT set_config('pgtrigger.ignore', NULL, true)")


def _kept_models() -> list[type[Model]]:
    return [Publication, PublishedFile, *(table.model for table in TABLES)]
