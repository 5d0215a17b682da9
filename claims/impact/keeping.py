"""Writing the changed lines of a chunk: there may be hundreds of thousands, and COPY takes a tenth of Django's time."""

from __future__ import annotations

from collections.abc import Iterable

import orjson
from django.db import connection

from claims.models import ImpactLine

COLUMNS = (
    *("run_id", "claim_id", "number", "is_waiting", "date_of_service", "hcpcs", "supplier", "supplier_name", "edit"),
    *("difference", "before", "after"),
)
COPY = f"COPY claims_impactline ({', '.join(COLUMNS)}) FROM STDIN"


def keep_lines(lines: Iterable[ImpactLine]) -> None:
    """One statement."""
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        for line in lines:
            plain = (getattr(line, name) for name in COLUMNS[:-2])
            copy.write_row((*plain, orjson.dumps(line.before).decode(), orjson.dumps(line.after).decode()))
