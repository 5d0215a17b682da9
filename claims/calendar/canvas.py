"""A canvas for SVG that knows where words and marks stand, so that no words come to lie on others.

Only presentation attributes are written, for the content policy refuses inline styles.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Literal

from claims.calendar.looks import INK_2

Anchor = Literal["start", "middle", "end"]

#: Widths of letters in Source Sans Pro, in thousandths of an em; digits are all alike, other signs take `OTHER`.
LETTERS = """
a504 b553 c456 d555 e496 f292 g504 h544 i246 j247 k495 l255 m829 n547 o542
p555 q555 r347 s419 t338 u544 v467 w719 x446 y467 z425
A544 B588 C571 D615 E527 F494 G617 H652 I263 J480 K579 L486 M819 N647 O664
P569 Q664 R570 S534 T536 U645 V515 W786 X513 Y476 Z539
.249 ,249 :249 ;249 -311 –500 (303 )303 ’249 '249
"""
WIDTHS = {item[0]: int(item[1:]) for item in LETTERS.split()} | {" ": 200} | dict.fromkeys("0123456789", 497)
OTHER, BOLD, ANOTHER_FONT = 700, 1.04, 1.02


def width_of(words: str, size: float, weight: int = 400) -> float:
    """About how wide words are, in pixels; rather too much than too little, for another font may stand in."""
    return units_of(words) / 1000 * size * ANOTHER_FONT * (BOLD if weight >= 600 else 1)


@lru_cache(maxsize=4096)
def units_of(words: str) -> int:
    return sum(WIDTHS.get(letter, OTHER) for letter in words)


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the canvas that words or a mark take. `words` is empty for a mark; `owner` lets its own words in."""

    left: float
    top: float
    right: float
    bottom: float
    words: str = ""
    owner: int = 0

    def meets(self, other: Box) -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


@dataclass(frozen=True, slots=True)
class Words:
    """Words to be placed: `x` is where `anchor` says, `y` the line they stand on."""

    x: float
    y: float
    text: str
    size: float = 12
    fill: str = INK_2
    weight: int = 400
    anchor: Anchor = "start"
    owner: int = 0

    @property
    def box(self) -> Box:
        width = width_of(self.text, self.size, self.weight)
        left = self.x - {"start": 0, "middle": width / 2, "end": width}[self.anchor]
        return Box(left, self.y - 0.78 * self.size, left + width, self.y + 0.24 * self.size, self.text, self.owner)


class Canvas:
    """Layers from back to front: grid and bands, then bars and words, then marks."""

    def __init__(self, width: float, names: float = 0) -> None:
        self.width = width
        #: Words that are placed stay right of the column of names.
        self.names = names
        self.back: list[str] = []
        self.body: list[str] = []
        self.front: list[str] = []
        self.boxes: list[Box] = []

    def take(self, left: float, top: float, right: float, bottom: float, owner: int = 0) -> None:
        """Say that a mark stands there."""
        self.boxes.append(Box(left, top, right, bottom, owner=owner))

    def is_free(self, box: Box) -> bool:
        """Whether words fit between the edges and meet nothing but what they belong to."""
        if box.left < self.names or box.right > self.width:
            return False
        return not any(box.meets(other) for other in self.boxes if not (other.owner and other.owner == box.owner))

    def write(self, words: Words, *, halo: bool = False) -> None:
        """Write words where they are."""
        edge = ' paint-order="stroke" stroke="#fff" stroke-width="3" stroke-linejoin="round"' if halo else ""
        anchor = "" if words.anchor == "start" else f' text-anchor="{words.anchor}"'
        weight = "" if words.weight == 400 else f' font-weight="{words.weight}"'
        size = "" if words.size == 12 else f' font-size="{number(words.size)}"'
        layer = self.front if halo else self.body
        layer.append(
            f'<text x="{number(words.x)}" y="{number(words.y)}" fill="{words.fill}"{size}{weight}{anchor}{edge}>'
            f"{escape(words.text)}</text>"
        )
        self.boxes.append(words.box)

    def place(self, candidates: Iterable[Words], *, halo: bool = False, behind: str = "") -> bool:
        """Write the first of the words that are free, on a ground of the colour `behind`; False when none is."""
        for words in candidates:
            if words.text and self.is_free(words.box):
                if behind:
                    box = words.box
                    self.body.append(rect(box.left - 4, words.y - 13, box.right + 4, words.y + 5, fill=behind))
                self.write(words, halo=halo)
                return True
        return False


def number(value: float) -> str:
    """A length with one decimal, without a zero that says nothing."""
    return f"{value:.1f}".removesuffix(".0")


def rect(
    left: float,
    top: float,
    right: float,
    bottom: float,
    *,
    fill: str,
    stroke: str = "",
    dash: str = "",
    radius: int = 0,
    opacity: str = "",
    title: str = "",
) -> str:
    edges = f' stroke="{stroke}"' if stroke else ""
    edges += f' stroke-dasharray="{dash}"' if dash else ""
    edges += f' rx="{radius}"' if radius else ""
    edges += f' fill-opacity="{opacity}"' if opacity else ""
    size = f'width="{number(max(right - left, 0))}" height="{number(max(bottom - top, 0))}"'
    return f'<rect x="{number(left)}" y="{number(top)}" {size} fill="{fill}"{edges}{closed("rect", title)}'


def path(d: str, *, fill: str = "none", stroke: str = "", width: str = "", dash: str = "", title: str = "") -> str:
    edges = f' stroke="{stroke}"' if stroke else ""
    edges += f' stroke-width="{width}"' if width else ""
    edges += f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path d="{d}" fill="{fill}"{edges}{closed("path", title)}'


def circle(x: float, y: float, radius: float, *, fill: str, stroke: str = "", title: str = "") -> str:
    edges = f' stroke="{stroke}" stroke-width="1.8"' if stroke else ""
    return (
        f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" fill="{fill}"{edges}{closed("circle", title)}'
    )


def glyph(x: float, y: float, size: float, *, d: str, fill: str, title: str) -> str:
    """A silhouette of the status badges, drawn on a grid of 16, on a white ground."""
    scale = number(size / 16) if size == 16 else f"{size / 16:.3f}"
    ground = '<rect x="-1.5" y="-1.5" width="19" height="19" rx="5" fill="#fff"/>'
    at = f"translate({number(x - size / 2)} {number(y - size / 2)}) scale({scale})"
    shape = f'<path fill-rule="evenodd" d="{d}" fill="{fill}"/>'
    return f'<g transform="{at}"><title>{escape(title)}</title>{ground}{shape}</g>'


def closed(tag: str, title: str) -> str:
    return f"><title>{escape(title)}</title></{tag}>" if title else "/>"


def shortened(words: str, room: float, size: float, weight: int = 400) -> str:
    """Words cut at the end where they have no room; the table has them whole."""
    if width_of(words, size, weight) <= room:
        return words
    while words and width_of(f"{words}…", size, weight) > room:
        words = words[:-1]
    return f"{words.rstrip(' ,;')}…" if words else ""
