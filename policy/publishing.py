"""The one place that makes policy rows known: a publication ends the knowledge of the rows it replaces and adds rows.

Publications stand in one line: a lock lets one at a time read what is known, decide and write, so their numbers, their
moments and the order in which others see them agree. Rows are written by COPY, the same way for one row and forty
thousand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import connection, transaction
from django.db.models import DateTimeField, F, Func, Value
from psycopg import sql
from psycopg.types.range import DateRange, TimestamptzRange

from accounts.models import User
from policy import clock
from policy.drafts import ONE_DAY, Draft, content_fields
from policy.models import Publication
from policy.refusals import Refused
from policy.registry import PolicyTable
from policy.revisions import Revision

SPANS = ("in_force", "known", "published_in_id")


@contextmanager
def one_publication_at_a_time() -> Iterator[None]:
    """A transaction in which nobody else publishes; what is known now cannot change before it ends.

    The lock lets readers pass, and decisions that name an earlier publication.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE policy_publication IN SHARE ROW EXCLUSIVE MODE")
        yield


def publish(
    revisions: Iterable[Revision], *, by: User | None, source: str, reason: str, is_baseline: bool = False
) -> Publication:
    """Makes the revisions known, all at one moment; called inside `one_publication_at_a_time`."""
    _refuse_unless_told(source, reason)
    moment = next_moment()
    publication = Publication.objects.create(
        published_at=moment, published_by=by, source=source, reason=reason, is_baseline=is_baseline
    )
    known = TimestamptzRange(None if is_baseline else moment, None)
    for revision in revisions:
        _supersede(revision, publication)
        _insert(revision.table, revision.added, known, publication)
    return publication


def _refuse_unless_told(source: str, reason: str) -> None:
    if not 0 < len(source.strip()) <= 300:
        raise Refused("Say which document the rows come from, in at most 300 characters.", "no_source", "source")
    if not 0 < len(reason.strip()) <= 500:
        raise Refused("Say why the rows are published, in at most 500 characters.", "no_reason", "reason")


def next_moment() -> dt.datetime:
    """Now, but always after the last publication: a business date that was moved back must not turn time around."""
    last = Publication.objects.order_by("-id").values_list("published_at", flat=True).first()
    now = clock.now()
    return now if last is None or last < now else last + dt.timedelta(microseconds=1)


def _supersede(revision: Revision, publication: Publication) -> None:
    """The replaced rows are known until now; they keep all that they say."""
    rows = revision.table.model._default_manager.filter(pk__in=[row.pk for row in revision.superseded])
    until = Func(
        Func(F("known"), function="lower", output_field=DateTimeField()),
        Value(publication.published_at),
        function="tstzrange",
        output_field=DateTimeRangeField(),
    )
    rows.update(known=until, superseded_in=publication)


def _insert(table: PolicyTable, drafts: Sequence[Draft], known: TimestamptzRange, publication: Publication) -> None:
    if not drafts:
        return
    fields = content_fields(table.model)
    columns: list[sql.Composable] = [
        sql.Identifier(name) for name in (*SPANS, *(str(field.column) for field in fields))
    ]
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table.model._meta.db_table), sql.SQL(", ").join(columns)
    )
    names = [field.name for field in fields]
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for draft in drafts:
            content = (draft.content[name] for name in names)
            copy.write_row((days_of(draft), known, publication.pk, *content))


def days_of(draft: Draft) -> DateRange:
    """The span of a draft as the database keeps it, its upper end outside."""
    return DateRange(draft.start, draft.end + ONE_DAY if draft.end else None)
