"""Acts on the policy tables: each is one publication, with who, on which source and why."""

from __future__ import annotations

from accounts.actions import record_event
from accounts.models import User
from policy import clock
from policy.changes import AddRow, Change, EndRow, ReplaceRow, plan
from policy.models import Publication
from policy.publishing import one_publication_at_a_time, publish
from policy.revisions import Revision
from policy.words import as_text

__all__ = ["AddRow", "EndRow", "ReplaceRow", "preview_change", "publish_change"]


def preview_change(change: Change) -> Revision:
    """What the change would do now, or Refused; nothing is written."""
    return plan(change)


def publish_change(change: Change, *, by: User, reason: str) -> Publication:
    """Publishes one change to one row of an editable table, or refuses it in a sentence."""
    with one_publication_at_a_time():
        revision = plan(change)
        publication = publish([revision], by=by, source=change.source, reason=reason.strip())
        record_event(
            "policy_published",
            by=by,
            on=clock.today(),
            about=publication,
            sentence=f"{change.table.title}: {change.sentence(revision)}",
            data=_what_changed(revision, publication),
        )
    return publication


def _what_changed(revision: Revision, publication: Publication) -> dict[str, object]:
    name = revision.table.model._meta.model_name
    return {
        "table": revision.table.name,
        "superseded": [f"{name}/{row.pk}" for row in revision.superseded],
        "added": [
            {**{field: as_text(value) for field, value in row.content.items()}, "start": row.start, "end": row.end}
            for row in revision.added
        ],
        "source": publication.source,
        "reason": publication.reason,
    }
