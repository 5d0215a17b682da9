"""Judges of a 271 and a 277 that nobody here wrote: x12sdk for the sets, pyx12 for the codes in them.

Neither is whole. x12sdk gives loop 2100C of a 271 the reject reasons of loop 2100B, so that those of a subscriber are
shown to it as 15, and takes no EB with EB13 in place of EB03, so that such are shown to it with 30. pyx12 has no map of
the 271 of this version, and one of the 277 that it does not register and cannot walk: its lists of codes are used.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import pyx12
import x12sdk.io
from pydantic import ValidationError

MAPS = Path(next(iter(pyx12.__path__))) / "map"


def x12sdk_findings(content: bytes) -> str:
    """What x12sdk finds wrong with the sets of an interchange; empty when it takes them."""
    text = re.sub(r"(AAA\*[NY]\*\*)(?!4[13])\d\d\*", r"\g<1>15*", content.decode("ascii"))
    text = text.replace("EB*D***MB", "EB*D**30*MB")
    try:
        with x12sdk.io.X12ModelReader(text.replace("\n", "")) as reader:
            found = list(reader.models())
    except (ValidationError, ValueError, KeyError) as error:
        return str(error)
    return "" if found else "no set was read"


@cache
def codes_in(map_name: str, element: str) -> frozenset[str]:
    """Every code that a map of pyx12 has anywhere for an element, such as AAA03."""
    root = ET.parse(MAPS / map_name).getroot()
    return frozenset(
        code.text or "" for node in root.iter("element") if node.get("xid") == element for code in node.iter("code")
    )


@cache
def listed_codes(code_list: str) -> frozenset[str]:
    """The codes of one of the external lists that pyx12 carries: claim_status_cat, claim_status."""
    root = ET.parse(MAPS / "codes.xml").getroot()
    (found,) = (node for node in root if node.findtext("id") == code_list)
    return frozenset(code.text or "" for code in found.iter("code"))
