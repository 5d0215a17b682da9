"""How long one decision takes: three payable lines, ten earlier visits, six drug bills. Run it as a script.

python -m tests.benchmarks.bench_decide --repeats 400
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import timeit
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from claims.adjudication.canonical import dump_decision, dump_facts, facts_from_json
from claims.adjudication.engine import decide
from claims.adjudication.facts import ClaimFacts, DrugBill, Visit
from claims.adjudication.roll_forward import roll_forward
from claims.scenarios.format import read_case
from claims.scenarios.tables_from_csv import policy_tables_from_csv
from claims.scenarios.world import claims_of
from tests.benchmarks.report import Figure, report

ROUNDS = 5

CASE = {
    "case": "bench",
    "when": {
        "claims": [
            {
                "lines": [
                    {"date": dt.date(2026, 1, 5), "hcpcs": "G0068", "charge": Decimal("400.00")},
                    {"date": dt.date(2026, 1, 7), "hcpcs": "G0068", "charge": Decimal("400.00")},
                    {"date": dt.date(2026, 1, 12), "hcpcs": "G0068", "charge": Decimal("400.00")},
                ]
            }
        ]
    },
    "then": {"claims": []},
}


def payable_claim() -> ClaimFacts:
    """Three payable lines of a patient with ten earlier visits and six drug bills."""
    (claim,) = claims_of(read_case(CASE, "bench"))
    assert claim.beneficiary is not None
    first = dt.date(2025, 11, 3)
    visits = tuple(
        Visit(
            f"prior-{week}",
            first + dt.timedelta(days=6 * week),
            "G0068",
            "paid",
            claim.supplier_key,
            "Chesapeake",
            f"9{week}",
        )
        for week in range(10)
    )
    bills = tuple(
        DrugBill(f"bill-{month}", "J2260", "", dt.date(2026, 1, 3) - dt.timedelta(days=20 * month), "paid")
        for month in range(6)
    )
    return replace(claim, beneficiary=replace(claim.beneficiary, visits=visits, drug_bills=bills))


def microseconds(work: Callable[[], object], repeats: int) -> float:
    """The best time of one call, in microseconds, without garbage collection as in a batch."""
    gc.collect()
    return min(timeit.repeat(work, number=ROUNDS, repeat=repeats)) / ROUNDS * 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=400)
    repeats = parser.parse_args().repeats
    claim, tables = payable_claim(), policy_tables_from_csv()
    decision = decide(claim, tables)
    assert decision.status == "pay", decision
    later, facts = replace(claim, control_number="LATER"), dump_facts(claim)
    for name, work in (
        ("decide, prices known", lambda: decide(claim, tables)),
        ("decide, prices worked out", lambda: decide(claim, replace(tables))),
        ("roll forward", lambda: roll_forward(later, claim, decision)),
        ("facts to JSON", lambda: dump_facts(claim)),
        ("facts from JSON", lambda: facts_from_json(facts)),
        ("decision to JSON", lambda: dump_decision(decision)),
    ):
        report(Figure(f"one claim of three lines: {name}", microseconds(work, repeats), "µs"))
    report(
        Figure("one claim of three lines: its facts", len(facts), "bytes"),
        Figure("one claim of three lines: its decision", len(dump_decision(decision)), "bytes"),
    )


if __name__ == "__main__":
    main()
