"""A plan of care as a supplier types it: with all that §320.5 to §320.5.2 asks for."""

from __future__ import annotations

from typing import Any

from tests.factories.beneficiaries import PHYSICIAN_NPI

COMPLETE: dict[str, Any] = {
    "physician_name": "Elena Marchetti",
    "physician_npi": PHYSICIAN_NPI,
    "credential": "MD",
    "established": "01/12/2026",
    "drugs": ["J2260"],
    "therapy_type": "inotropic infusion",
    "dosage": "0.375 mcg/kg/min",
    "frequency": "continuous",
    "route": "IV",
    "amount": "3 visits a week",
    "duration": "12 weeks",
    "starts": "01/12/2026",
    "ends": "",
    "professional_services": ["nursing assessment", "remote monitoring"],
    "fewest": "1",
    "most": "3",
    "discipline": "RN",
    "needs": "Daily weights.",
    "signed": "01/13/2026",
    "signed_page": "2",
    "review_every_days": "",
    "options_notified": "01/10/2026",
    "dme_supplier": "Harbor DME",
    "dme_consulted": "01/11/2026",
    "prescriber_consulted": "01/11/2026",
    "changed_on": "",
}


def typed(**other: Any) -> dict[str, Any]:
    """The complete plan with some fields otherwise."""
    return {**COMPLETE, **other}
