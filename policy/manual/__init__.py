"""The manual: Pub. 100-02 chapter 15 §320 to §320.9, as CR 11880 (Transmittal 10547) added it; a US government work.

`section_320.txt` is the text without the transmittal around it. A blank line parts blocks; `# 320.8.1 Title` begins a
section, `## Words` a heading inside it; items begin with a letter, a number, `-` or, one level down, `o`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path

TEXT = Path(__file__).resolve().parent / "section_320.txt"
PUBLICATION = "Medicare Benefit Policy Manual, Pub. 100-02, chapter 15"
ITEM = re.compile(r"([A-D]\.|\d\.|-|o) (.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list: its mark ("A.", "1.", or nothing) and the items below it."""

    mark: str
    text: str
    below: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A heading inside a section, a paragraph, or a list."""

    heading: str = ""
    paragraph: str = ""
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A section: "320.8.1", its title, the line that tells its revision, its blocks."""

    number: str
    title: str
    revision: str
    blocks: tuple[Block, ...]

    @property
    def anchor(self) -> str:
        return f"s{self.number}"

    @property
    def depth(self) -> int:
        """0 for §320, 1 for §320.8, 2 for §320.8.1."""
        return self.number.count(".")


@lru_cache(maxsize=1)
def sections() -> tuple[Section, ...]:
    """The sections in their order."""
    return tuple(map(_section, re.split(r"(?m)^# ", TEXT.read_text(encoding="utf-8"))[1:]))


def section(number: str) -> Section | None:
    """The section of a number like "320.8.1"."""
    return next((found for found in sections() if found.number == number), None)


def _section(text: str) -> Section:
    head, revision, *paragraphs = (part.strip() for part in text.strip().split("\n\n"))
    number, title = head.split(" ", 1)
    return Section(number, title, revision.strip("()"), tuple(_blocks(paragraphs)))


def _blocks(paragraphs: list[str]) -> Iterator[Block]:
    for is_list, group in groupby(paragraphs, lambda text: bool(ITEM.fullmatch(text))):
        if is_list:
            yield Block(items=_items(group))
            continue
        for text in group:
            yield Block(heading=text.removeprefix("## ")) if text.startswith("## ") else Block(paragraph=text)


def _items(group: Iterator[str]) -> tuple[Item, ...]:
    items: list[Item] = []
    for mark, text in (match.groups() for match in map(ITEM.fullmatch, group) if match):
        if mark == "o" and items:
            above = items.pop()
            items.append(Item(above.mark, above.text, (*above.below, Item("", text))))
        else:
            items.append(Item("" if mark == "-" else mark, text))
    return tuple(items)
