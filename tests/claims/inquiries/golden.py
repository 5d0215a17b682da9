"""Answers that were reviewed by hand, kept beside the tests. HIT_WRITE_GOLDEN=1 writes them anew, to be reviewed."""

from __future__ import annotations

import os
import re
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


#: What differs from run to run: the time, our control numbers, and our number of a 277.
PASSING = (
    (r"(ISA(?:\*[^*]*){8}\*\d{6})\*\d{4}\*(.\*00501)\*\d{9}", r"\1*0915*\2*000000001"),
    (r"(GS(?:\*[^*]*){3}\*\d{8})\*\d{4}\*\d+", r"\1*0915*1"),
    (r"(BHT\*0022\*11\*\w+\*\d{8})\*\d{4}", r"\1*0915"),
    (r"BHT\*0010\*08\*\d+\*(\d{8})\*\d{4}", r"BHT*0010*08*OURS*\1*0915"),
    (r"GE\*(\d+)\*\d+", r"GE*\1*1"),
    (r"IEA\*1\*\d{9}", "IEA*1*000000001"),
)


def assert_golden(name: str, content: str) -> None:
    """The answer is the one that was reviewed."""
    for pattern, put in PASSING:
        content = re.sub(pattern, put, content)
    path = FOLDER / f"{name}.x12"
    if os.environ.get("HIT_WRITE_GOLDEN"):
        FOLDER.mkdir(exist_ok=True)
        path.write_text(content)
    assert content == path.read_text(), name
