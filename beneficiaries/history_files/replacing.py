"""Facts of which a later record replaces the earlier in place. A changed row keeps its arrival: it is seen at once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from beneficiaries.history_files.reading import HistoryRow
from beneficiaries.models import ApplicableProvider, Beneficiary, CoverageSpan, DeductibleElsewhere, Stay
from suppliers.spans import days


@dataclass(frozen=True, slots=True)
class Replacing:
    """How rows become rows of a table: `key` tells them apart, `content` is what a later record replaces."""

    model: type[Model]
    build: Callable[[HistoryRow], Model]
    key: Callable[[Any], Hashable]
    content: tuple[str, ...]


def _coverage(row: HistoryRow) -> CoverageSpan:
    values = row.values
    span = days(values["from"], values["to"])
    return CoverageSpan(beneficiary_id=row.patient, kind=values["coverage"], in_force=span, plan=values["plan"])


def _provider(row: HistoryRow) -> ApplicableProvider:
    values = row.values
    return ApplicableProvider(
        beneficiary_id=row.patient,
        npi=values["npi"],
        name=values["name"],
        kind=values["credential"],
        in_force=days(values["from"], values["to"]),
    )


def _stay(row: HistoryRow) -> Stay:
    values = row.values
    return Stay(
        beneficiary_id=row.patient,
        kind=values["stay"],
        facility=values["facility"],
        admitted=values["admitted"],
        discharged=values["discharged"],
    )


def _deductible(row: HistoryRow) -> DeductibleElsewhere:
    values = row.values
    return DeductibleElsewhere(
        beneficiary_id=row.patient, year=values["year"], amount=values["amount"], source=values["source"]
    )


COVERAGE = Replacing(
    CoverageSpan, _coverage, lambda row: (row.beneficiary_id, row.kind, row.in_force.lower), ("in_force", "plan")
)
PROVIDERS = Replacing(
    ApplicableProvider,
    _provider,
    lambda row: (row.beneficiary_id, row.npi, row.in_force.lower),
    ("in_force", "name", "kind"),
)
STAYS = Replacing(Stay, _stay, lambda row: (row.beneficiary_id, row.kind, row.admitted), ("discharged", "facility"))
DEDUCTIBLE = Replacing(
    DeductibleElsewhere, _deductible, lambda row: (row.beneficiary_id, row.year, row.source), ("amount",)
)


def replace_rows(kind: Replacing, rows: Sequence[HistoryRow]) -> list[int]:
    """Add rows with a new key, change those that say something else; the patient of each row that did either."""
    manager = kind.model._default_manager
    on_file = {kind.key(found): found for found in manager.filter(beneficiary_id__in={row.patient for row in rows})}
    added: dict[Hashable, Model] = {}
    changed: dict[Hashable, Model] = {}
    patients = []
    for row in rows:
        fresh = kind.build(row)
        key = kind.key(fresh)
        present = on_file.get(key)
        if present is None:
            on_file[key] = added[key] = fresh
        elif _content(kind, present) != _content(kind, fresh):
            _copy(kind, fresh, present)
            if key not in added:
                changed[key] = present
        else:
            continue
        patients.append(row.patient)
    manager.bulk_create(added.values(), batch_size=2000)
    manager.bulk_update(changed.values(), kind.content, batch_size=2000)
    return patients


def _content(kind: Replacing, row: Model) -> list[Any]:
    return [getattr(row, name) for name in kind.content]


def _copy(kind: Replacing, source: Model, target: Model) -> None:
    for name in kind.content:
        setattr(target, name, getattr(source, name))


def record_deaths(rows: Sequence[HistoryRow]) -> list[int]:
    """Note the day of death; the patients for whom it is new or another."""
    people = Beneficiary.objects.in_bulk({row.patient for row in rows})
    changed: dict[int, Beneficiary] = {}
    for row in rows:
        person = people[row.patient]
        if person.died != row.values["died"]:
            person.died = row.values["died"]
            changed[row.patient] = person
    Beneficiary.objects.bulk_update(changed.values(), ["died"], batch_size=2000)
    return list(changed)
