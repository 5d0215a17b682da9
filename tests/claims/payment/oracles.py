"""Judges of an 835 that nobody here wrote: oxedi (syntax, usage, balance) and pyx12 (the maps of 005010X221A1)."""

from __future__ import annotations

import io
import json
import logging
import tempfile

import oxedi
from pyx12.params import params
from pyx12.x12n_document import x12n_document

from tests.pyx12_maps import parse_once

logging.getLogger("pyx12").setLevel(logging.CRITICAL)
parse_once()


def oxedi_findings(content: bytes) -> list[str]:
    return [str(diagnostic) for diagnostic in oxedi.parse(content).diagnostics]


def pyx12_findings(content: bytes) -> str:
    """What pyx12 finds, as JSON; empty when it accepts the file."""
    found = io.StringIO()
    with tempfile.NamedTemporaryFile("wb", suffix=".835") as file:
        file.write(content)
        file.flush()
        accepts = x12n_document(params(), file.name, None, None, None, fd_json=found)
    return "" if accepts else json.dumps(json.loads(found.getvalue()), indent=1)
