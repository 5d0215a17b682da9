# ruff: noqa: E501 - statements of SQL
"""A payable world of any size, made by the database itself: one supplier, N patients, a claim of L lines for each.

Charges differ, as they do between suppliers, so that not every price is that of another line.
"""

from __future__ import annotations

from django.db import connection, transaction

SUPPLIER = """
WITH s AS (
  INSERT INTO suppliers_supplier (npi, tin, name, kind, specialty, taxonomy, address, city, state, zip, submitter_id)
  VALUES ('1234567893', '521234567', 'Synthetic Infusion', 'pharmacy', 'D6', '', '1 Main', 'Baltimore', 'MD', '21201', '')
  RETURNING id),
 e AS (INSERT INTO suppliers_enrollment (supplier_id, in_force, source) SELECT id, '[2021-01-01,)', '' FROM s),
 l AS (INSERT INTO suppliers_license (supplier_id, in_force, source, state, number)
       SELECT id, '[2021-01-01,)', '', 'MD', '' FROM s)
INSERT INTO suppliers_accreditation (supplier_id, in_force, source, organization, number)
SELECT id, '[2021-01-01,2029-12-15)', '', 'TJC', '' FROM s
"""

#: `n` is the number of a patient; ids begin behind those that are there.
PATIENTS = (
    """INSERT INTO beneficiaries_beneficiary (id, last_name, first_name, middle_name, birth_date, sex)
       SELECT n, 'Synthetic', 'Patient ' || n, '', '1948-02-15', 'F' FROM generate_series(%(first)s, %(last)s) n""",
    """INSERT INTO beneficiaries_beneficiarymbi (beneficiary_id, mbi, in_force)
       SELECT n, lpad(n::text, 11, '0'), '[2013-02-01,)' FROM generate_series(%(first)s, %(last)s) n""",
    """INSERT INTO beneficiaries_coveragespan (beneficiary_id, in_force, source, kind, plan)
       SELECT n, '[2013-02-01,)', '', 'part_b', '' FROM generate_series(%(first)s, %(last)s) n""",
    """INSERT INTO beneficiaries_applicableprovider (beneficiary_id, in_force, source, npi, name, kind)
       SELECT n, '[2020-01-01,)', '', '1987654328', 'Synthetic', 'MD' FROM generate_series(%(first)s, %(last)s) n""",
    """INSERT INTO beneficiaries_dmedrugclaim (beneficiary_id, hcpcs, modifier, date_of_service, status, supplier_name,
                                               narrative, claim_number, loaded_on)
       SELECT n, 'J2260', '', date '2026-01-03' - 28 * k, 'paid', '', '', '', '2026-01-10'
         FROM generate_series(%(first)s, %(last)s) n, generate_series(0, 5) k""",
    """INSERT INTO beneficiaries_outsidevisit (beneficiary_id, hcpcs, date_of_service, status, supplier_npi, supplier_tin,
                                               supplier_name, contractor, claim_number, loaded_on)
       SELECT n, 'G0068', date '2025-10-20' - 7 * k, 'paid', '1679576722', '520000001', 'Other', '', '', '2026-01-10'
         FROM generate_series(%(first)s, %(last)s) n, generate_series(0, 9) k""",
    """INSERT INTO beneficiaries_planofcare (id, beneficiary_id, supplier_id, established, starts, options_notified)
       SELECT n, n, (SELECT min(id) FROM suppliers_supplier), '2026-01-02', '2026-01-02', '2026-01-02'
         FROM generate_series(%(first)s, %(last)s) n""",
    """INSERT INTO beneficiaries_planofcareversion (plan_id, number, changed_on, physician_npi, physician_name, credential,
             signed, drugs, dosage, frequency, route, therapy_type, amount, duration, professional_services, discipline,
             visits_per_week, needs, dme_supplier)
       SELECT n, 1, '2026-01-02', '1987654328', 'Synthetic', 'MD', '2026-01-02', '{J2260}', '0.375 mcg/kg/min',
              'continuous', 'IV', 'inotropic infusion', '3 visits a week', '12 weeks', '{nursing}', 'RN', '[1,4)',
              '', ''
         FROM generate_series(%(first)s, %(last)s) n""",
    """INSERT INTO claims_claim (id, icn, is_test, channel, position, received_on, patient_control_number, frequency,
             original_claim_number, billing_npi, billing_tin, billing_name, mbi, patient_last_name, patient_first_name,
             patient_sex, patient_state, patient_zip, service_state, service_zip, place_of_service, referring_npi,
             referring_name, rendering_npi, diagnoses, accepts_assignment, has_primary_payer_decision, total_charge,
             first_day, last_day, billed, gateway_findings, supplier_id, beneficiary_id, status, queue_number,
             queue_reason, looks_done, edits, informs)
       SELECT n, lpad(n::text, 13, '0'), false, 'electronic', 0, '2026-01-16', 'SYN' || n, '1', '', '1234567893',
              '521234567', 'Synthetic Infusion', lpad(n::text, 11, '0'), 'Synthetic', 'Patient', 'F', 'MD', '21201', '',
              '', '12', '1987654328', '', '', '{I5022}', true, false, (400 + n %% 40) * %(lines)s, '2026-01-05', '2026-01-12', '{}',
              '[]', (SELECT min(id) FROM suppliers_supplier), n, 'queued', nextval('arrival_number'), 'Benchmark', 0,
              '{}', '{}'
         FROM generate_series(%(first)s, %(last)s) n""",
    """INSERT INTO claims_claimline (claim_id, number, date_of_service, hcpcs, modifiers, units, unit_basis, charge,
             place_of_service, diagnosis_pointers, control_number, narrative)
       SELECT n, k, date '2026-01-05' + (k - 1) %% 7, CASE k WHEN 1 THEN 'G0088' ELSE 'G0068' END, '{}', 6, 'UN', 400 + n %% 40, '',
              '{1}', '', ''
         FROM generate_series(%(first)s, %(last)s) n, generate_series(1, %(lines)s) k""",
)

#: The outboxes told of all that is on file long ago.
LONG_KNOWN = ("DELETE FROM beneficiaries_historyarrival", "DELETE FROM suppliers_recordarrival")


def make_nation(patients: int, lines: int) -> None:
    """Add `patients` patients, each with six drug bills, ten earlier visits and a queued claim of `lines` lines."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), (SELECT count(*) FROM suppliers_supplier) FROM beneficiaries_beneficiary WHERE id < %s",
            [FIRST_OF_THE_PAST],
        )
        there, suppliers = cursor.fetchone()
        if not suppliers:
            cursor.execute(SUPPLIER)
        numbers = {"first": there + 1_000_001, "last": there + 1_000_000 + patients, "lines": lines}
        for statement in (*PATIENTS, *LONG_KNOWN):
            cursor.execute(statement, numbers)
        cursor.execute("ANALYZE")


#: Ten lines on five claims for each patient of the past, decided and paid long ago; what was known is not kept here.
LINES_OF_A_PATIENT, CLAIMS_OF_A_PATIENT = 10, 5

HISTORY = (
    """INSERT INTO beneficiaries_beneficiary (id, last_name, first_name, middle_name, birth_date, sex)
       SELECT n, 'Synthetic', 'Past ' || n, '', '1940-02-15', 'F' FROM generate_series(%(first)s::bigint, %(last)s) n""",
    """INSERT INTO claims_claim (id, icn, is_test, channel, position, received_on, patient_control_number, frequency,
             original_claim_number, billing_npi, billing_tin, billing_name, mbi, patient_last_name, patient_first_name,
             patient_sex, patient_state, patient_zip, service_state, service_zip, place_of_service, referring_npi,
             referring_name, rendering_npi, diagnoses, accepts_assignment, has_primary_payer_decision, total_charge,
             first_day, last_day, billed, gateway_findings, supplier_id, beneficiary_id, status, queue_reason,
             looks_done, edits, informs, current_decision_id, allowed_amount, paid_amount, decided_on, payment_day)
       SELECT n * 5 + k, 'H' || lpad((n * 5 + k)::text, 12, '0'), false, 'electronic', 0, date '2021-02-01' + (n %% 1500)::int,
              'SYN' || n, '1', '', '1234567893', '521234567', 'Synthetic Infusion', lpad(n::text, 11, '0'), 'Synthetic',
              'Past', 'F', 'MD', '21201', '', '', '12', '1987654328', '', '', '{I5022}', true, false, 800,
              date '2021-01-20' + (n %% 1500)::int + k, date '2021-01-22' + (n %% 1500)::int + k, '{}', '[]',
              (SELECT min(id) FROM suppliers_supplier), n, 'paid', '', 0, '{}', '{}', n * 5 + k, 600, 470.40,
              date '2021-02-01' + (n %% 1500)::int, date '2021-02-16' + (n %% 1500)::int
         FROM generate_series(%(first)s::bigint, %(last)s) n, generate_series(0, 4) k""",
    """INSERT INTO claims_claimline (id, claim_id, number, date_of_service, hcpcs, modifiers, units, unit_basis, charge,
             place_of_service, diagnosis_pointers, control_number, narrative)
       SELECT (n * 5 + k) * 2 + l, n * 5 + k, l, date '2021-01-20' + (n %% 1500)::int + k + 2 * (l - 1), 'G0068', '{}', 6,
              'UN', 400, '', '{1}', '', ''
         FROM generate_series(%(first)s::bigint, %(last)s) n, generate_series(0, 4) k, generate_series(1, 2) l""",
    """INSERT INTO claims_decision (id, claim_id, number, asked_by, reason, decided_on, decided_at, status,
             allowed_amount, paid_amount, publication, engine_version, facts, trace)
       SELECT n * 5 + k, n * 5 + k, 1, 0, '', '2021-02-01', '2021-02-01', 'pay', 600, 470.40, 1, 'history', '{}', '{}'
         FROM generate_series(%(first)s::bigint, %(last)s) n, generate_series(0, 4) k""",
    """INSERT INTO claims_linedecision (decision_id, line_id, number, outcome, edits, informs, "group", carc, rarcs,
             allowed, deductible, coinsurance, sequestration, paid)
       SELECT n * 5 + k, (n * 5 + k) * 2 + l, l, 'pay', '{}', '{}', '', '', '{}', 300, 0, 60, 4.80, 235.20
         FROM generate_series(%(first)s::bigint, %(last)s) n, generate_series(0, 4) k, generate_series(1, 2) l""",
)

#: Ids of the past begin here; those of the benchmark's own patients stay far below.
FIRST_OF_THE_PAST = 100_000_000


@transaction.atomic
def make_history(lines: int) -> None:
    """Add `lines` historic lines of patients of their own, with their claims and decisions."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM suppliers_supplier")
        if not cursor.fetchone()[0]:
            cursor.execute(SUPPLIER)
        cursor.execute(
            "SELECT greatest(max(id) + 1, %s) FROM beneficiaries_beneficiary WHERE id >= %s",
            [FIRST_OF_THE_PAST, FIRST_OF_THE_PAST],
        )
        first = cursor.fetchone()[0] or FIRST_OF_THE_PAST
        numbers = {"first": first, "last": first + lines // LINES_OF_A_PATIENT - 1}
        for statement in (*HISTORY, *LONG_KNOWN):
            cursor.execute(statement, numbers)
