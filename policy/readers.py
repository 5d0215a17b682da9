"""Reads of the policy tables: in memory for decisions, by day and knowledge for pages.

A decision asks `tables_as_known(current_publication())` once per batch: one cheap query, and the tables themselves only
when something was published since. What one publication knew never changes, so its tables are kept in the process.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any, TypeVar

from django.db.models import F, Max, Q, QuerySet

from policy import clock, models
from policy.drafts import ONE_DAY
from policy.models import PolicyRow, Publication, ReasonCode
from policy.models.codes import VisitCode
from policy.registry import TABLES, ZIPS, PolicyTable
from policy.revisions import Revision
from policy.tables import (
    AmountRow,
    Dated,
    DispositionRow,
    DrugRow,
    FactorRow,
    LocalityRow,
    OrganizationRow,
    PlaceRow,
    PolicyTables,
    RateRow,
    SettingRow,
    VisitCodeRow,
)

R = TypeVar("R", bound=PolicyRow)


# ---------- for decisions ----------


def current_publication() -> int:
    """The number of the latest publication, 0 before the first; one query on the primary key."""
    return Publication.objects.aggregate(latest=Max("pk"))["latest"] or 0


def tables_as_known(publication: int | None = None) -> PolicyTables:
    """All tables as one publication knew them; without one, as they are known now (one query more)."""
    return _tables(current_publication() if publication is None else publication)


def tables_revised(revisions: Iterable[Revision]) -> PolicyTables:
    """All tables as they would be known now with these revisions of a draft; nothing is written.

    The publication stays the present one; a row of the draft is named for its table and its place ("…/draft-1").
    """
    return _built(_Rows(current_publication(), tuple(revisions)))


@lru_cache(maxsize=4)
def _tables(publication: int) -> PolicyTables:
    return _built(_Rows(publication))


def _built(rows: _Rows) -> PolicyTables:
    return PolicyTables(
        publication=rows.publication,
        drugs=Dated(
            (hcpcs, DrugRow(row, hcpcs, modifier, category, route, descriptor, start, end, basis))
            for row, start, end, basis, hcpcs, modifier, category, route, descriptor in rows.of(
                models.HomeInfusionDrug, "hcpcs", "modifier", "payment_category", "route", "descriptor"
            )
        ),
        visit_codes=Dated(
            (hcpcs, VisitCodeRow(row, hcpcs, category, kind == VisitCode.VisitType.INITIAL, words, start, end, basis))
            for row, start, end, basis, hcpcs, category, kind, words in rows.of(
                models.VisitCode, "hcpcs", "payment_category", "visit_type", "descriptor"
            )
        ),
        amounts=Dated(
            (amount_key(hcpcs, locality), AmountRow(row, hcpcs, amount, locality, start, end, basis))
            for row, start, end, basis, hcpcs, amount, locality in rows.of(
                models.PaymentAmount, "hcpcs", "amount", "locality"
            )
        ),
        factors=Dated(
            (locality, FactorRow(row, locality, name, factor, start, end, basis))
            for row, start, end, basis, locality, name, factor in rows.of(
                models.GeographicFactor, "locality", "name", "factor"
            )
        ),
        localities=Dated(
            (zip5, LocalityRow(row, zip5, locality, start, end, basis))
            for row, start, end, basis, zip5, locality in rows.of(models.ZipLocality, "zip5", "locality")
        ),
        deductibles=rows.rates(models.PartBDeductible, "amount"),
        coinsurance=rows.rates(models.Coinsurance, "rate"),
        sequestration=rows.rates(models.Sequestration, "rate"),
        places=Dated(
            (code, PlaceRow(row, code, name, is_home, start, end, basis))
            for row, start, end, basis, code, name, is_home in rows.of(models.PlaceOfService, "code", "name", "is_home")
        ),
        organizations=Dated(
            (code, OrganizationRow(row, code, name, start, end, basis))
            for row, start, end, basis, code, name in rows.of(models.AccreditingOrganization, "code", "name")
        ),
        dispositions=Dated(
            (edit, DispositionRow(row, edit, what, group, carc, tuple(rarcs), remedy, start, end, basis))
            for row, start, end, basis, edit, what, group, carc, rarcs, remedy in rows.of(
                models.EditDisposition, "edit", "disposition", "group", "carc", "rarcs", "remedy"
            )
        ),
        settings=Dated(
            (name, SettingRow(row, name, value, start, end, basis))
            for row, start, end, basis, name, value in rows.of(models.PolicySetting, "name", "value")
        ),
    )


def amount_key(hcpcs: str, locality: str = "") -> str:
    """The key of an amount in `PolicyTables.amounts`: "G0088", or "G0088@12302-01" for one locality."""
    return f"{hcpcs}@{locality}" if locality else hcpcs


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows that one publication knew: tuples of row name, first day, last day, basis and the fields asked for.

    `revisions` are those of a draft: the rows they supersede are left out, the rows they add are there.
    """

    publication: int
    revisions: tuple[Revision, ...] = ()

    def of(self, model: type[PolicyRow], *fields: str) -> Iterator[tuple[Any, ...]]:
        name = model._meta.model_name
        revisions = [revision for revision in self.revisions if revision.table.model is model]
        gone = {row.pk for revision in revisions for row in revision.superseded}
        rows = (
            model._default_manager.filter(known_to(self.publication))
            .order_by("in_force")
            .values_list("pk", "in_force__startswith", "in_force__endswith", "basis", *fields)
        )
        for pk, start, after, basis, *values in rows.iterator(chunk_size=10_000):
            if pk not in gone:
                yield (f"{name}/{pk}", start, after - ONE_DAY if after else None, basis, *values)
        for place, draft in enumerate((draft for revision in revisions for draft in revision.added), 1):
            values = [draft.content[field] for field in fields]
            yield (f"{name}/draft-{place}", draft.start, draft.end, draft.content["basis"], *values)

    def rates(self, model: type[PolicyRow], field: str) -> Dated[RateRow]:
        return Dated(
            ("", RateRow(row, value, start, end, basis)) for row, start, end, basis, value in self.of(model, field)
        )


def known_to(publication: int) -> Q:
    """Rows that a publication or an earlier one published, and that none up to it superseded."""
    still = Q(superseded_in=None) | Q(superseded_in__gt=publication)
    return Q(published_in__lte=publication) & still


def forget() -> None:
    """Drops what this process keeps: for tests that empty the tables."""
    for clear in (_tables.cache_clear, _meanings.cache_clear, *_ALSO_FORGOTTEN):
        clear()


_ALSO_FORGOTTEN: list[Callable[[], None]] = []


def on_forgetting(clear: Callable[[], None]) -> None:
    """Have what another module keeps by publication dropped by `forget`, too."""
    _ALSO_FORGOTTEN.append(clear)


# ---------- reason codes in words ----------


def reason_meanings(publication: int | None = None) -> Mapping[tuple[str, str], str]:
    """Our own words for reason codes by kind and code, {("CARC", "16"): …}; one query, two after a publication.

    Give `publication` to spare the first.
    """
    return _meanings(current_publication() if publication is None else publication)


def meaning_of(kind: str, code: str, publication: int | None = None) -> str:
    """What a reason code means in our own words, empty for an unknown one; give `publication` to spare the query."""
    return _meanings(current_publication() if publication is None else publication).get((kind, code), "")


@lru_cache(maxsize=4)
def _meanings(publication: int) -> Mapping[tuple[str, str], str]:
    rows = ReasonCode.objects.filter(known_to(publication)).order_by("in_force")
    return {(kind, code): meaning for kind, code, meaning in rows.values_list("kind", "code", "meaning")}


# ---------- for pages ----------


def end_of(day: dt.date) -> dt.datetime:
    """The last moment of a day in the business zone: what is known on a day includes what was published on it."""
    return dt.datetime.combine(day + ONE_DAY, dt.time(), clock.zone()) - dt.timedelta(microseconds=1)


def rows_known(model: type[R], on: dt.date | None = None) -> QuerySet[R]:
    """The rows known at the end of a day, or now."""
    rows = model._default_manager.all()
    return rows.filter(known__contains=end_of(on)) if on else rows.filter(superseded_in=None)


def rows_in_force(model: type[R], day: dt.date, known_on: dt.date | None = None) -> QuerySet[R]:
    """What applied on a day, as known on another day or now."""
    return rows_known(model, known_on).filter(in_force__contains=day)


def history_of(table: PolicyTable, code: str) -> QuerySet[PolicyRow]:
    """Every version of the rows of a code, the latest knowledge first, with the publications that made and ended it."""
    found = table.model._default_manager.filter(**({table.find_by: code} if table.find_by else {}))
    latest_first = F("superseded_in").desc(nulls_first=True)
    return found.select_related("published_in__published_by", "superseded_in__published_by").order_by(
        *table.key, latest_first, "-published_in", "in_force"
    )


# ---------- tables that run out ----------


@dataclass(frozen=True, slots=True)
class RunningOut:
    """A table whose rows of today end soon with none to follow: how many subjects, and the first of the last days."""

    table: PolicyTable
    last_day: dt.date
    subjects: int

    @property
    def year_to_load(self) -> int:
        """The year of the first day that has no row."""
        return (self.last_day + ONE_DAY).year


def warn_tables_running_out(within_days: int = 60, today: dt.date | None = None) -> list[RunningOut]:
    """The tables that must have a row on each day and will lack one within so many days; two queries a table."""
    today = today or clock.today()
    found = []
    for table in TABLES:
        if table.is_continuous and table is not ZIPS:
            ends = _last_days(table, today, today + dt.timedelta(days=within_days))
            if ends:
                found.append(RunningOut(table, min(ends), len(ends)))
    return found


def _last_days(table: PolicyTable, today: dt.date, horizon: dt.date) -> list[dt.date]:
    """The last days of subjects that have a row today and none on the horizon."""
    key = itemgetter(*range(len(table.key))) if table.key else lambda row: ()
    known = rows_known(table.model)
    later = {key(row) for row in known.filter(in_force__contains=horizon).values_list(*table.key, "pk")}
    soon: dict[Any, dt.date] = {}
    rows = known.filter(in_force__overlap=(today, horizon)).values_list(*table.key, "in_force__endswith")
    for row in rows:
        if key(row) not in later and row[-1]:
            soon[key(row)] = max(row[-1] - ONE_DAY, soon.get(key(row), row[-1] - ONE_DAY))
    return list(soon.values())
