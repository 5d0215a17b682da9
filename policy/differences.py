"""What a revision means to a reader: rows added, changed field by field, ended, gone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from policy.checks import name_of
from policy.columns import cells_of
from policy.drafts import Draft, content_fields
from policy.models import PolicyRow
from policy.registry import PolicyTable
from policy.words import as_text, day_in_words, span_in_words

OPEN = "open"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field with what it said and what it says."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One row of a change set. `kind` is added, changed, ended or removed; `sign` goes before the word."""

    kind: str
    name: str
    words: str
    basis: str
    fields: tuple[FieldChange, ...] = ()

    @property
    def sign(self) -> str:
        return {"added": "+", "changed": "~", "ended": "×", "removed": "×"}[self.kind]

    @property
    def css(self) -> str:
        return {"added": "add", "changed": "chg", "ended": "end", "removed": "end"}[self.kind]


def differences(table: PolicyTable, superseded: Sequence[Draft], added: Sequence[Draft]) -> list[Difference]:
    """The rows of a revision, a row and the one that takes its place from the same day as one change."""
    before = {(row.key(table), row.start): row for row in superseded}
    after = {(row.key(table), row.start) for row in added}
    found = [_whole_row("removed", table, row) for place, row in before.items() if place not in after]
    for row in added:
        old = before.get((row.key(table), row.start))
        found.append(_changed(table, old, row) if old else _whole_row("added", table, row))
    return sorted(found, key=lambda difference: difference.name)


def _whole_row(kind: str, table: PolicyTable, row: Draft) -> Difference:
    """A row without a counterpart, with all that it says beside its name."""
    name = name_of(table, row)
    said = [cell.text for cell in cells_of(table, table.model(**row.content)) if cell.text not in ("", *name.split())]
    words = ", ".join([*said, span_in_words(row.start, row.end)])
    return Difference(kind, name, words, row.content["basis"])


def _changed(table: PolicyTable, old: Draft, new: Draft) -> Difference:
    fields = [FieldChange(label, was, now) for label, was, now in _field_pairs(table.model, old, new) if was != now]
    ends = old.end != new.end
    if ends:
        fields.append(FieldChange("Last day", _last_day(old), _last_day(new)))
    is_ended = ends and new.end is not None and (old.end is None or new.end < old.end)
    kind = "ended" if is_ended else "changed"
    return Difference(kind, name_of(table, new), "", new.content["basis"], tuple(fields))


def _field_pairs(model: type[PolicyRow], old: Draft, new: Draft) -> Iterable[tuple[str, str, str]]:
    for field in content_fields(model):
        label = str(field.verbose_name)
        was, now = (as_text(_shown(field, row.content[field.name])) for row in (old, new))
        yield label[:1].upper() + label[1:], was, now


def _shown(field: Any, value: Any) -> Any:
    return dict(field.flatchoices).get(value, value)


def _last_day(row: Draft) -> str:
    return day_in_words(row.end) if row.end else OPEN
