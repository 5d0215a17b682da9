"""What a change set says, as 64 characters: an impact of another state of it is outdated."""

from __future__ import annotations

import hashlib

import orjson

from policy.models import ChangeSet

#: What a row does to the tables; its source and note make no decision another one.
SAID = ("table", "act", "replaces", "content", "start", "end")


def fingerprint_of(change_set: ChangeSet) -> str:
    """One query."""
    rows = list(change_set.rows.order_by("number").values_list(*SAID))
    return hashlib.sha256(orjson.dumps(rows, option=orjson.OPT_SORT_KEYS)).hexdigest()
