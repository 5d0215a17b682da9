"""pyx12 parses its maps and lists of codes anew for every file, most of its time; here each is parsed once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import IO, Any
from xml.etree.ElementTree import ElementTree

import defusedxml.ElementTree
import pyx12.codes
import pyx12.dataele
import pyx12.map_if._loader
import pyx12.map_index

PARSING = (pyx12.codes, pyx12.dataele, pyx12.map_if._loader, pyx12.map_index)


@cache
def _parsed(file: Path) -> ElementTree[Any]:
    return defusedxml.ElementTree.parse(file, parser=defusedxml.ElementTree.XMLParser(encoding="utf-8"))


def _parse(source: IO[bytes], parser: object) -> ElementTree[Any]:
    return _parsed(Path(source.name))


def parse_once() -> None:
    """From now on, in this process."""
    kept = SimpleNamespace(parse=_parse, XMLParser=defusedxml.ElementTree.XMLParser)
    for module in PARSING:
        module.et = kept  # type: ignore[attr-defined]
