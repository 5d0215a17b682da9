"""The kinds of history, and the triggers that leave an outbox row wherever history of a kind is written."""

from __future__ import annotations

import pgtrigger
from django.db import models


class HistoryKind(models.TextChoices):
    """The kinds of history file; docs/history_files.md lists their columns."""

    PEOPLE = "people", "People with their MBI and address"
    PROVIDERS = "providers", "Providers who care for a patient"
    COVERAGE = "coverage", "Entitlement and other insurance"
    STAYS = "stays", "Stays in a hospital or skilled nursing facility"
    DRUG_CLAIMS = "drug_claims", "Drug claims of the DME benefit"
    OUTSIDE_VISITS = "outside_visits", "Visits decided by other contractors"
    DEDUCTIBLE = "deductible", "Deductible used elsewhere"
    DEATHS = "deaths", "Deaths"


class MovedKind(models.TextChoices):
    """What else moves a patient's history, besides files."""

    PLANS = "plans", "Plans of care"
    SUPPLIERS = "suppliers", "Records of suppliers"
    DECISIONS = "decisions", "Decisions on other claims"


def announces(kind: HistoryKind | MovedKind, patient: str = "NEW.beneficiary_id") -> tuple[pgtrigger.Trigger, ...]:
    """Triggers of a table whose rows, when they are added or say something else, move a patient's history.

    `patient` is the SQL for the patient's id.
    """
    row = f"SELECT '{kind.value}', {patient}"
    func = f"INSERT INTO beneficiaries_historyarrival (kind, beneficiary_id) {row}; RETURN NULL;"
    return (
        pgtrigger.Trigger(name="announce_added", when=pgtrigger.After, operation=pgtrigger.Insert, func=func),
        pgtrigger.Trigger(
            name="announce_changed",
            when=pgtrigger.After,
            operation=pgtrigger.Update,
            condition=pgtrigger.AnyChange(),
            func=func,
        ),
    )
