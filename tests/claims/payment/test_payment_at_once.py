"""Two payment runs at the same moment take turns, supplier by supplier."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection

from claims.models import Remittance, RemittedDecision
from claims.payment.actions import RunSummary, run_payment_day
from claims.payment.ledger import balances, discrepancies
from policy import clock
from tests.claims.payment.deciding import PAYMENT_DAY, decide
from tests.factories.claims import ClaimFactory
from tests.factories.suppliers import SupplierFactory


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_pay_everybody_once() -> None:
    clock.set_today(PAYMENT_DAY)
    for _ in range(5):
        supplier = SupplierFactory()
        for _ in range(3):
            decide(ClaimFactory(supplier=supplier))
    together = Barrier(2)

    def run(_: int) -> RunSummary:
        try:
            together.wait()
            return run_payment_day(PAYMENT_DAY)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(run, range(2))

    assert first.remittances + second.remittances == 5
    assert Remittance.objects.count() == 5
    assert RemittedDecision.objects.count() == 15
    assert balances()["bank"] == 15 * Decimal("152.88")
    assert discrepancies() == ()
