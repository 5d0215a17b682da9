"""What a replay is asked for in words: which claims, and which policy tables."""

from __future__ import annotations

import datetime as dt
import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db.models import QuerySet
from django.http import QueryDict

from claims.filters import ClaimFilter
from claims.models import Claim, ImpactLine, ImpactRun
from claims.replay.chunks import as_ids
from policy.loaders import OURS_LAYOUT, Source, preview_file, table_of
from policy.models import Publication
from policy.readers import end_of, tables_as_known, tables_revised
from policy.tables import PolicyTables

CLAIM_NUMBERS = re.compile(r"[0-9]{13}(?:,[0-9]{13})*")
IMPACT = re.compile(r"impact=([0-9]{1,9})")


class NotUnderstood(ValueError):
    """What was asked for is not what can be asked for; the sentence says what can."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The decisions that stand on the chosen claims (ids, ascending), and how many claims have none yet."""

    decisions: array[int]
    undecided: int


def chosen(text: str) -> Chosen:
    """The decisions of the claims that a text names; two queries, three for claim numbers.

    "all", claim numbers with commas between them, "impact=3" for the decided claims that an impact found to change, or
    the filters of the worklist as in its address ("status=paid&edit=HIT-501&received_from=2026-01-01"). Raises
    NotUnderstood.
    """
    claims = claims_named(text)
    decided = claims.filter(current_decision__isnull=False).order_by("current_decision_id")
    decisions = as_ids(decided.values_list("current_decision_id", flat=True).iterator(chunk_size=10_000))
    return Chosen(decisions, claims.count() - len(decisions))


def claims_named(text: str) -> QuerySet[Claim]:
    if text == "all":
        return _filtered("")
    if CLAIM_NUMBERS.fullmatch(text):
        return _numbered(text.split(","))
    if impact := IMPACT.fullmatch(text):
        return _of_impact(int(impact[1]))
    return _filtered(text)


def _numbered(numbers: Sequence[str]) -> QuerySet[Claim]:
    claims = Claim.objects.filter(icn__in=numbers)
    if unknown := sorted({*numbers} - {*claims.values_list("icn", flat=True)}):
        raise NotUnderstood(f"There is no claim {', '.join(unknown)}.")
    return claims


def _of_impact(number: int) -> QuerySet[Claim]:
    if not ImpactRun.objects.filter(pk=number).exists():
        raise NotUnderstood(f"There is no impact {number}.")
    lines = ImpactLine.objects.filter(run=number, is_waiting=False)
    return Claim.objects.filter(pk__in=lines.values("claim"))


def _filtered(query: str) -> QuerySet[Claim]:
    asked = QueryDict(query)
    known = [name for name in ClaimFilter.base_filters if name != "assigned"]
    if unknown := [name for name in asked if name not in known]:
        raise NotUnderstood(f"“{unknown[0]}” is no filter of claims; choose from {', '.join(known)}.")
    filters = ClaimFilter(asked, queryset=Claim.objects.all())
    if not filters.is_valid():
        faults = (f"{name}: {' '.join(errors)}" for name, errors in filters.form.errors.items())
        raise NotUnderstood("; ".join(faults))
    return filters.qs


def tables_named(names: Sequence[str]) -> PolicyTables:
    """The policy tables that texts name: "current", a publication, a day of knowledge, or the files of a draft.

    A draft is laid over the tables known now, each file as `load_policy` takes it and with every check of a load, named
    for its table ("payment_amounts.csv"). Raises NotUnderstood; BadFile or Refused for a file that could not be loaded.
    """
    if len(names) > 1 or Path(names[0]).is_file():
        return tables_revised(preview_file(_source(Path(name))) for name in names)
    (name,) = names
    if name == "current":
        return tables_as_known()
    if name.isdecimal():
        return tables_as_known(_publication(int(name)))
    try:
        return tables_as_known(_publication_on(dt.date.fromisoformat(name)))
    except ValueError as error:
        if isinstance(error, NotUnderstood):
            raise
        raise NotUnderstood(
            f"“{name}” names no policy tables: give current, the number of a publication, a day like 2026-03-10, "
            "or the file of a draft that is there."
        ) from error


def _source(path: Path) -> Source:
    try:
        return Source(path.name, path.read_bytes(), table_of(OURS_LAYOUT, None, path))
    except OSError as error:
        raise NotUnderstood(f"{path} cannot be read: {error.strerror}.") from error


def _publication(number: int) -> int:
    if not Publication.objects.filter(pk=number).exists():
        last = Publication.objects.order_by("-pk").values_list("pk", flat=True).first()
        raise NotUnderstood(f"There is no publication {number}; the last is {last or 'not there yet'}.")
    return number


def _publication_on(day: dt.date) -> int:
    """The last publication of a day or before; the first of all is known since before the system began."""
    known = Publication.objects.filter(published_at__lte=end_of(day)) | Publication.objects.filter(is_baseline=True)
    last = known.order_by("-pk").values_list("pk", flat=True).first()
    if last is None:
        raise NotUnderstood("No policy tables are loaded yet: manage.py load_policy.")
    return last
