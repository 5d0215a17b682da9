"""What a supplier types into the form of a draft: by default the payable base claim of the base world."""

from __future__ import annotations

from typing import Any

from tests.factories.beneficiaries import PHYSICIAN_NPI
from tests.factories.world import MBI

VISIT = {"day": "01/05/2026", "hcpcs": "G0088", "modifiers": "", "minutes": "90", "charge": "400.00"}
CLAIM = {
    "mbi": MBI,
    "last_name": "Evans",
    "birth_date": "02/15/1948",
    "referring_npi": PHYSICIAN_NPI,
    "diagnoses": "I50.22",
    "place_of_service": "12",
}


def typed(*visits: dict[str, str], **changed: str) -> dict[str, Any]:
    """As a draft keeps it."""
    return {**CLAIM, **changed, "lines": [{**VISIT, **visit} for visit in visits or ({},)]}


def posted(*visits: dict[str, str], **changed: str) -> dict[str, str]:
    """As the form sends it."""
    values = typed(*visits)
    lines = {
        f"v{number}-{name}": value for number, line in enumerate(values.pop("lines"), 1) for name, value in line.items()
    }
    return {**values, **lines, "visits": str(len(visits) or 1), **changed}
