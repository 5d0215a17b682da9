# ruff: noqa: E501 - statements of SQL
"""A million claims: the demonstration's year many times over, so that every claim was decided by the real engine.

python -m tests.benchmarks.make_million [--claims N] [--seed S]

Fills the database of the settings, which must be empty or hold the demonstration alone. A copy has patients, numbers,
charges, suppliers and an examiner of its own; the older it is meant to be, the further its days lie back. What its
decisions say (facts and trace) is what was decided about the original, with the original's days. Rows are only added.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import connection, transaction

from claims.demo.names import MEN, SURNAMES, WOMEN

#: Ids of a copy lie this much above those of the copy before.
STEP = 1_000_000

#: Suppliers are copied so often, with a town behind the name; copies of claims are spread over them.
SUPPLIERS = 10
TOWNS = "Arden Bexley Calder Dunmore Elkton Fairview Granby Hollis Irvine Jasper".split()

EXAMINERS = 20

#: Letters that an MBI may have.
MBI_LETTERS = "ACDEFGHJKMNPQRTUVWXY"

NEXT = f"{{0}} + k * {STEP}"
SPREAD = f"{{0}} + (k %% {SUPPLIERS}) * {STEP}"

#: Settled claims lie up to three years back, the others at most a week more than their originals.
DAYS_BACK = "(CASE WHEN c.status IN ('paid', 'denied', 'rejected') THEN 7 * (k %% 150) ELSE k %% 7 END)::int"
BACK = f"{{0}} - {DAYS_BACK}"

#: Columns of one name mean the same in every table.
EVERYWHERE: dict[str, str] = {
    **dict.fromkeys(("id", "claim_id", "decision_id", "line_id", "beneficiary_id", "plan_id", "previous_id"), NEXT),
    **dict.fromkeys(("replaces_id", "current_decision_id", "arrival", "asked_by"), NEXT),
    **dict.fromkeys(("supplier_id", "remittance_id"), SPREAD),
}
DAYS = ("received_on", "first_day", "last_day", "date_of_service", "through", "decided_on", "payment_day")

#: A number that differs from person to person; what a person's names are chosen by.
NUMBER = "({person} * 31 + k * 17 + %(seed)s)"
SURNAME = f"(%(surnames)s::text[])[1 + ({NUMBER} %% {len(SURNAMES)})::int]"
FIRST_NAME = (
    f"CASE {{sex}} WHEN 'M' THEN (%(men)s::text[])[1 + ({NUMBER} * 7 %% {len(MEN)})::int]"
    f" ELSE (%(women)s::text[])[1 + ({NUMBER} * 7 %% {len(WOMEN)})::int] END"
)
LETTER = "substr(%(letters)s, 1 + (({0}) %% 20)::int, 1)"
MBI = (
    f"CASE WHEN length({{0}}) = 11 THEN left({{0}}, 1) || {LETTER.format('1 + k %% 19')} || substr({{0}}, 3, 2)"
    f" || {LETTER.format('k / 19')} || substr({{0}}, 6, 2) || {LETTER.format('k / 380')} || substr({{0}}, 9) ELSE {{0}} END"
)
PERSON = {"last_name": SURNAME.format(person="t.id"), "first_name": FIRST_NAME.format(person="t.id", sex="t.sex")}
OF_PERSON = {"person": "t.beneficiary_id", "sex": "t.patient_sex"}

CLAIM = {
    "icn": "(10 + k %% 80) || substr(t.icn, 3, 5) || lpad((k / 80 * 100000 + t.id)::text, 6, '0')",
    "position": "t.position + k * 10000",
    "mbi": MBI.format("t.mbi"),
    "patient_last_name": f"coalesce({SURNAME.format(**OF_PERSON)}, t.patient_last_name)",
    "patient_first_name": f"coalesce({FIRST_NAME.format(**OF_PERSON)}, t.patient_first_name)",
    "billing_npi": "coalesce(s.npi, t.billing_npi)",
    "billing_tin": "coalesce(s.tin, t.billing_tin)",
    "billing_name": "coalesce(s.name, t.billing_name)",
    "total_charge": "t.total_charge + k %% 40 * (SELECT count(*) FROM claims_claimline l WHERE l.claim_id = t.id)",
    "status": """CASE WHEN t.status = 'paid' AND (t.id + k) %% 40 < 2 THEN (ARRAY['adjusted', 'voided'])[1 + ((t.id + k) %% 40)::int]
                      WHEN t.status = 'payable' AND (t.id + k) %% 10 < 2 THEN (ARRAY['queued', 'received'])[1 + ((t.id + k) %% 10)::int]
                      ELSE t.status END""",
    # What was voided and told has no payment day any more.
    "payment_day": f"""CASE WHEN t.status <> 'paid' OR (t.id + k) %% 40 <> 1 THEN {BACK.format('t."payment_day"')} END""",
    "queue_number": f"CASE WHEN t.status = 'payable' AND (t.id + k) %% 10 = 0 THEN t.arrival + k * {STEP} END",
    "assigned_to_id": "CASE WHEN t.status IN ('suspended', 'on_hold') AND (t.id + k) %% 3 = 0"
    " THEN (%(examiners)s::bigint[])[1 + ((t.id + k) %% %(count)s)::int] END",
}

OF_CLAIM = "JOIN claims_claim c ON c.id = t.claim_id"

#: The tables in their order: what joins a row to its claim `c`, and columns that are not as everywhere.
COPIED: dict[str, tuple[str, Mapping[str, str]]] = {
    "beneficiaries_beneficiary": ("", PERSON),
    "beneficiaries_beneficiarymbi": ("", {"mbi": MBI.format("t.mbi")}),
    **dict.fromkeys(
        (
            "beneficiaries_coveragespan",
            "beneficiaries_applicableprovider",
            "beneficiaries_beneficiaryaddress",
            "beneficiaries_deductibleelsewhere",
            "beneficiaries_stay",
            "beneficiaries_dmedrugclaim",
            "beneficiaries_outsidevisit",
            "beneficiaries_planofcare",
            "beneficiaries_planofcareversion",
        ),
        ("", {}),
    ),
    "claims_claimline": (OF_CLAIM, {"charge": "t.charge + k %% 40"}),
    "claims_linedecision": ("", {}),
    "claims_linedenial": (OF_CLAIM, {"charge": "t.charge + k %% 40"}),
    "claims_remitteddecision": ("", {}),
    "claims_decision": (OF_CLAIM, {}),
    "claims_claim": (
        "JOIN claims_claim c ON c.id = t.id LEFT JOIN suppliers_supplier s ON s.id = " + SPREAD.format("t.supplier_id"),
        CLAIM,
    ),
    "accounts_event": (
        "JOIN claims_claim c ON t.about_type = 'claims.claim' AND t.about_id = c.id::text",
        {"about_id": f"(c.id + k * {STEP})::text"},
    ),
}

#: Suppliers and what hangs on them: copied as often as there are suppliers' copies, not as often as claims.
OF_SUPPLIERS: dict[str, Mapping[str, str]] = {
    "suppliers_supplier": {
        "npi": "'1' || lpad((t.id * 100 + k)::text, 9, '0')",
        "name": "t.name || ' of ' || (%(towns)s::text[])[1 + k::int]",
    },
    "suppliers_enrollment": {},
    "suppliers_license": {},
    "suppliers_accreditation": {},
    "claims_remittance": {"trace_number": f"(t.id + k * {STEP})::text"},
}


def make_million(claims: int = 1_000_000, seed: int = 1) -> None:
    """Copy the demonstration's claims until there are at least so many."""
    from claims.models import Claim

    original = Claim.objects.count()
    if original > 10_000:
        raise SystemExit("There are more claims than the demonstration's. Start with an empty database.")
    with transaction.atomic(), unchecked([*OF_SUPPLIERS, *COPIED]):
        names = {"surnames": list(SURNAMES), "women": list(WOMEN), "men": list(MEN), "towns": TOWNS}
        people = {"examiners": make_examiners(), "count": EXAMINERS}
        values = {"seed": seed, "letters": MBI_LETTERS, **names, **people}
        for table, columns in OF_SUPPLIERS.items():
            copy(table, "", columns, {**values, "copies": SUPPLIERS - 1})
        for table, (join, columns) in COPIED.items():
            copy(table, join, columns, {**values, "copies": -(-(claims - original) // original)})
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE, PROCESS_TOAST FALSE)")


def make_examiners() -> list[int]:
    """Accounts of people whom claims are assigned to; nobody can sign in as one of them."""
    from accounts.models import Role, User

    names = ((f"million{number}@demo.example", f"Examiner {number}") for number in range(1, EXAMINERS + 1))
    return [User.objects.create_user(email, name=name, role=Role.EXAMINER).pk for email, name in names]


def copy(table: str, join: str, columns: Mapping[str, str], values: Mapping[str, object]) -> None:
    """Insert every row of a table again for each copy `k`, in one statement."""
    began = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = %s"
            " AND is_generated = 'NEVER'",
            [table],
        )
        names = [name for (name,) in cursor.fetchall()]
        chosen = ", ".join(value_of(name, columns, has_claim=bool(join)) for name in names)
        quoted = ", ".join(f'"{name}"' for name in names)
        cursor.execute(
            f"INSERT INTO {table} ({quoted}) SELECT {chosen} "
            f"FROM generate_series(1::bigint, %(copies)s) k CROSS JOIN {table} t {join}",
            values,
        )
        rows = cursor.rowcount
        cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table])
        cursor.execute(f"SELECT setval(%s, (SELECT max(id) FROM {table}))", [cursor.fetchone()[0]])
        if "arrival" in names:
            cursor.execute(
                f"SELECT setval('arrival_number', greatest(last_value, (SELECT max(arrival) FROM {table}))) FROM arrival_number"
            )
    print(f"{table:<40} {rows:>12,} rows {time.monotonic() - began:>6.1f} s", flush=True)


def value_of(name: str, columns: Mapping[str, str], *, has_claim: bool) -> str:
    """What a copy has in a column."""
    if name in columns:
        return columns[name]
    if has_claim and name in DAYS:
        return BACK.format(f't."{name}"')
    return EVERYWHERE.get(name, "{0}").format(f't."{name}"')


@contextmanager
def unchecked(tables: list[str]) -> Iterator[None]:
    """Without the tables' own triggers, references and further indexes, which are made again at the end."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL synchronous_commit TO off; SET LOCAL maintenance_work_mem TO '1GB';"
            " SET LOCAL max_parallel_maintenance_workers TO 2"
        )
        cursor.execute(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE contype IN ('f', 'x') AND conrelid = ANY(%s::regclass[])",
            [tables],
        )
        constraints = cursor.fetchall()
        cursor.execute(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index i"
            " WHERE indrelid = ANY(%s::regclass[]) AND NOT indisunique"
            " AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = i.indexrelid)",
            [tables],
        )
        indexes = cursor.fetchall()
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table, name, _ in constraints:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        began = time.monotonic()
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        for _, definition in indexes:
            cursor.execute(definition)
        for table, name, definition in constraints:
            cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
    print(f"indexes and references {time.monotonic() - began:.0f} s", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with prepared():
        make_million(asked.claims, asked.seed)


@contextmanager
def prepared() -> Iterator[None]:
    """The embedded servers, the tables, and the demonstration if there is none yet."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hit_project.settings")
    import django
    from django.conf import settings

    from hit_project.embedded import servers

    began = time.monotonic()
    with servers(settings.VAR_DIR):
        django.setup()
        from django.core.management import call_command

        from claims.models import Claim

        call_command("migrate", verbosity=0)
        if not Claim.objects.exists():
            call_command("make_demo_world")
        yield
    print(f"in all {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
