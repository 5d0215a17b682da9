"""pyx12 as a reader that we did not write: its diagnostics of an interchange.

It logs what it finds with the values; its logger is silenced here. It knows no group of kind PI (275): a 999 on one is
not shown to it.
"""

import io
import json
import logging
from typing import Any

import pyx12.params
import pyx12.x12n_document

from tests.pyx12_maps import parse_once

logging.getLogger("pyx12").setLevel(logging.CRITICAL)
parse_once()


def diagnostics(content: bytes) -> list[str]:
    """What pyx12 finds wrong with an interchange; nothing when it accepts it."""
    found = io.StringIO()
    accepted = pyx12.x12n_document.x12n_document(
        pyx12.params.params(), io.StringIO(content.decode("ascii")), None, None, fd_json=found
    )
    messages = list(_errors(json.loads(found.getvalue() or "{}")))
    return messages or ([] if accepted else ["refused without a reason"])


def _errors(node: Any) -> Any:
    if isinstance(node, dict):
        if "err_str" in node:
            yield node["err_str"]
        for value in node.values():
            yield from _errors(value)
    elif isinstance(node, list):
        for value in node:
            yield from _errors(value)
