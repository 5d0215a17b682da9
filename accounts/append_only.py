"""Tables to which rows are only ever added: the database itself refuses to change, delete or truncate them."""

from __future__ import annotations

import pgtrigger

REFUSAL = "RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);"


def append_only_triggers() -> list[pgtrigger.Trigger]:
    """The triggers of an append-only table, for `Meta.triggers`; bulk statements and raw SQL meet them too.

    Its rows are sealed by their `id`, which comes from a sequence. Emptying a test database between tests sets the
    triggers aside by `pgtrigger.ignore`.
    """
    return [
        pgtrigger.Trigger(
            name="append_only",
            when=pgtrigger.Before,
            operation=pgtrigger.Update | pgtrigger.Delete,
            func=REFUSAL,
        ),
        pgtrigger.Trigger(
            name="never_truncated",
            when=pgtrigger.Before,
            operation=pgtrigger.Truncate,
            level=pgtrigger.Statement,
            func=REFUSAL,
        ),
    ]
