# ruff: noqa: E501 - statements of SQL
"""The summary, the home page and the reports over a year of many claims.

python -m tests.benchmarks.bench_inventory [--claims N]

Of each hundred claims three wait or are payable (of the last sixty days), eight are denied, the others are paid; a
supplier has a remittance on each day. Traces are as long as those of one line.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from statistics import quantiles

from tests.benchmarks.database import measured_database
from tests.benchmarks.report import Figure, report

SUPPLIERS = """INSERT INTO suppliers_supplier (npi, tin, name, kind, specialty, taxonomy, address, city, state, zip, submitter_id)
    SELECT '1' || lpad(n::text, 9, '0'), lpad(n::text, 9, '0'), 'Synthetic ' || n, 'pharmacy', 'D6', '', '1 Main', 'Baltimore', 'MD', '21201', ''
      FROM generate_series(1, 200) n"""

#: `n` is the number of a claim; `age` its days since receipt, `state` 0 to 99 what became of it.
NUMBERED = """SELECT n, n %% 365 AS age, (n / 365) %% 100 AS state, (SELECT min(id) FROM suppliers_supplier) + n %% 200 AS supplier
                FROM generate_series(1::bigint, %(claims)s) n"""

ROWS = (
    f"""INSERT INTO claims_claim (id, icn, is_test, channel, position, received_on, patient_control_number, frequency,
             original_claim_number, billing_npi, billing_tin, billing_name, mbi, patient_last_name, patient_first_name,
             patient_sex, patient_state, patient_zip, service_state, service_zip, place_of_service, referring_npi,
             referring_name, rendering_npi, diagnoses, accepts_assignment, has_primary_payer_decision, total_charge,
             first_day, last_day, billed, gateway_findings, supplier_id, status, queue_reason,
             looks_done, edits, informs, current_decision_id, allowed_amount, paid_amount, decided_on, payment_day)
       SELECT n, lpad(n::text, 13, '0'), false, 'electronic', 0, date '2026-01-16' - age::int, 'SYN' || n, '1', '', '1234567893',
              '521234567', 'Synthetic', lpad(n::text, 11, '0'), 'Synthetic', 'Past', 'F', 'MD', '21201', '', '', '12', '1987654328', '', '',
              '{{I5022}}', true, false, 800, date '2026-01-06' - age::int, date '2026-01-06' - age::int, '{{}}', '[]', supplier,
              CASE WHEN age < 60 AND state < 18 THEN (ARRAY['suspended','on_hold','payable'])[1 + state %% 3] WHEN state > 91 THEN 'denied' ELSE 'paid' END,
              '', 0, CASE WHEN state > 91 THEN '{{HIT-501}}' ELSE '{{}}' END::varchar[], '{{}}', n, 600, 470.40, date '2026-01-16' - age::int,
              date '2026-01-30' - age::int
         FROM ({NUMBERED}) numbered""",
    f"""INSERT INTO claims_claimline (id, claim_id, number, date_of_service, hcpcs, modifiers, units, unit_basis, charge,
             place_of_service, diagnosis_pointers, control_number, narrative)
       SELECT n, n, 1, date '2026-01-06' - age::int, 'G0068', '{{}}', 6, 'UN', 800, '', '{{1}}', '', '' FROM ({NUMBERED}) numbered""",
    f"""INSERT INTO claims_decision (id, claim_id, number, asked_by, reason, decided_on, decided_at, status,
             allowed_amount, paid_amount, publication, engine_version, facts, trace)
       SELECT n, n, 1, 0, '', date '2026-01-16' - age::int, '2026-01-16', CASE WHEN age < 60 AND state < 18 THEN (ARRAY['suspend','hold','pay'])[1 + state %% 3] WHEN state > 91 THEN 'deny' ELSE 'pay' END,
              600, 470.40, 1, 'history', '{{}}',
              CASE WHEN state > 91 THEN '{{"lines":[{{"number":1,"reason_edit":"HIT-501","padding":"' || repeat('evidence ', 300) || '"}}]}}' ELSE '{{}}' END
         FROM ({NUMBERED}) numbered ORDER BY age DESC""",
    f"""INSERT INTO claims_linedecision (decision_id, line_id, number, outcome, edits, informs, "group", carc, rarcs,
             allowed, deductible, coinsurance, sequestration, paid)
       SELECT n, n, 1, CASE WHEN age < 60 AND state < 18 THEN (ARRAY['suspend','hold','pay'])[1 + state %% 3] WHEN state > 91 THEN 'deny' ELSE 'pay' END,
              CASE WHEN state > 91 THEN '{{HIT-501}}' ELSE '{{}}' END::varchar[], '{{}}', 'CO', '16', '{{}}', 600, 0, 120, 9.60, 470.40 FROM ({NUMBERED}) numbered""",
    """INSERT INTO claims_remittance (id, supplier_id, payment_day, trace_number, control_number, claim_count, charge_amount, paid_amount, interest_amount, content, created_at)
       SELECT s.id * 1000 + age, s.id, date '2026-01-16' - age, s.id || '-' || age, 1, 1, 1, 1, 0, '', '2026-01-16'
         FROM suppliers_supplier s, generate_series(0, 365) age""",
    f"""INSERT INTO claims_remitteddecision (remittance_id, decision_id, claim_id, is_reversal, interest_amount)
       SELECT supplier * 1000 + greatest(age - 14, 0), n, n, false, 0 FROM ({NUMBERED}) numbered WHERE NOT (age < 60 AND state < 18) AND age >= 14""",
    *(
        f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
        for table in ("claims_claim", "claims_decision", "claims_remittance")
    ),
)


def make_year(claims: int) -> None:
    """Claims of the year that ends on the business date."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(SUPPLIERS)
        for statement in ROWS:
            cursor.execute(statement, {"claims": claims})
        cursor.execute("VACUUM ANALYZE")


def seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def p95(act: Callable[[], object], times: int = 40) -> float:
    """Milliseconds."""
    return quantiles((seconds(act) * 1000 for _ in range(times)), n=20)[-1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=1_000_000)
    claims = parser.parse_args().claims
    os.environ.setdefault("STATIC_STORAGE", "django.contrib.staticfiles.storage.StaticFilesStorage")
    with measured_database():
        print(f"{claims:,} claims made in {seconds(lambda: make_year(claims)):.0f} s", flush=True)
        measure(f"{claims:,} claims: ")


def measure(where: str) -> None:
    from django.test import Client

    from accounts.models import Role, User
    from claims.inventory.counting import count_inventory
    from claims.models import Claim

    report(Figure(f"{where}the first count, of everything", seconds(count_inventory), "s"))
    report(Figure(f"{where}a count when nothing was added", seconds(count_inventory), "s", "≤ 5"))
    someone = User.objects.create_user("bench@example.org", name="Bench", role=Role.EXAMINER)
    Claim.objects.filter(status="suspended", pk__lt=20_000).update(assigned_to=someone)
    browser = Client()
    browser.force_login(someone)
    report(Figure(f"{where}home, 95th percentile", p95(lambda: browser.get("/")), "ms", "≤ 300"))
    for name in ("work", "denials", "overturns", "money"):
        for words, query in (
            ("one month", "first=2025-12-01&last=2025-12-31"),
            ("a year", "first=2025-01-17&last=2026-01-16"),
        ):
            address = f"/reports/{name}/?{query}"
            spent = p95(lambda: browser.get(address), 5)  # noqa: B023 - called at once
            report(Figure(f"{where}report of {name}, {words}", spent, "ms", "≤ 1,000"))


if __name__ == "__main__":
    main()
