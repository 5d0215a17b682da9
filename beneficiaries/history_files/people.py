"""People: a row with an MBI that nobody has makes a person; another row of the same person changes what it says."""

from __future__ import annotations

from collections.abc import Sequence

from beneficiaries.history_files.patients import as_billed
from beneficiaries.history_files.reading import HistoryRow
from beneficiaries.history_files.refusals import RefusedRow
from beneficiaries.history_files.replacing import Replacing, replace_rows
from beneficiaries.models import Beneficiary, BeneficiaryAddress, BeneficiaryMbi
from beneficiaries.readers import match_beneficiaries, people_with_mbis
from suppliers.spans import days

PERSON = ("last_name", "first_name", "middle_name", "birth_date", "sex")
REMEDY = "Another person has this MBI: neither birth date nor last name agrees. Correct the row."


def _address(row: HistoryRow) -> BeneficiaryAddress:
    values = row.values
    place = {name: values[name] for name in ("address", "city", "state", "zip")}
    return BeneficiaryAddress(beneficiary_id=row.patient, in_force=days(values["from"], values["to"]), **place)


ADDRESSES = Replacing(
    BeneficiaryAddress,
    _address,
    lambda row: (row.beneficiary_id, row.in_force.lower),
    ("in_force", "address", "city", "state", "zip"),
)


def load_people(rows: Sequence[HistoryRow], file: str) -> tuple[list[int], list[RefusedRow]]:
    """Make or change the people of these rows, with their addresses; who was made or changed, and the refused rows."""
    made = _make_people(rows)
    keys = {row.line: as_billed(row) for row in rows}
    matched = match_beneficiaries(keys.values())
    ours, refused = [], []
    for row in rows:
        if number := matched.get(keys[row.line]):
            row.patient = number
            ours.append(row)
        else:
            refused.append(RefusedRow(file, row.line, "mbi", row.values["mbi"], REMEDY))
    return sorted({*made, *_change_people(ours), *replace_rows(ADDRESSES, ours)}), refused


def _make_people(rows: Sequence[HistoryRow]) -> list[int]:
    known = people_with_mbis({row.values["mbi"] for row in rows})
    fresh = {row.values["mbi"]: row for row in rows if row.values["mbi"] not in known}
    people = [Beneficiary(**{name: row.values[name] for name in PERSON}) for row in fresh.values()]
    Beneficiary.objects.bulk_create(people, batch_size=2000)
    BeneficiaryMbi.objects.bulk_create(
        (
            BeneficiaryMbi(beneficiary=person, mbi=mbi, in_force=days(row.values["from"]))
            for person, (mbi, row) in zip(people, fresh.items(), strict=True)
        ),
        batch_size=2000,
    )
    return [person.pk for person in people]


def _change_people(rows: Sequence[HistoryRow]) -> list[int]:
    people = Beneficiary.objects.in_bulk({row.patient for row in rows})
    changed: dict[int, Beneficiary] = {}
    for row in rows:
        person = people[row.patient]
        if any(getattr(person, name) != row.values[name] for name in PERSON):
            for name in PERSON:
                setattr(person, name, row.values[name])
            changed[row.patient] = person
    Beneficiary.objects.bulk_update(changed.values(), PERSON, batch_size=2000)
    return list(changed)
