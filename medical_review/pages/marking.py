"""Two presses on the picture of a page make a box: what an address with `first`, `at.x` and `at.y` says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from medical_review.actions.marking import Box
from medical_review.models.mark import WHOLE
from medical_review.pages.viewer import Viewer

#: CSS pixels that a page is wide where it is pressed: an image input says the place in those.
WIDTH = 640
#: Digits of a number in an address that is looked at.
MOST_DIGITS = 5


class Corner(NamedTuple):
    """A place on the page in thousandths of its width and height."""

    across: int
    down: int

    def __str__(self) -> str:
        return f"{self.across},{self.down}"


class Drawn(NamedTuple):
    """A box in the units of the image over the page."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Marking:
    """How far the marking is: nothing, the first corner, or the box; in pixels the page is `width` by `height`."""

    width: int
    height: int
    first: Corner | None
    box: Box | None
    units: int

    @property
    def corner(self) -> Corner | None:
        """The first corner in the units of the image over the page, while the second is awaited."""
        return Corner(self.first.across, self.first.down * self.units // WHOLE) if self.first and not self.box else None

    @property
    def drawn(self) -> Drawn | None:
        if self.box is None:
            return None
        top, bottom = (each * self.units // WHOLE for each in (self.box.top, self.box.bottom))
        return Drawn(self.box.left, top, self.box.right - self.box.left, bottom - top)

    @property
    def initial(self) -> dict[str, int]:
        return self.box._asdict() if self.box else {}


def marking_of(asked: Mapping[str, str], viewer: Viewer) -> Marking:
    """What was pressed so far; what makes no sense counts as nothing."""
    height = round(WIDTH * viewer.height / WHOLE)
    across, _, down = asked.get("first", "").partition(",")
    first = _corner(across, down, WHOLE, WHOLE)
    pressed = _corner(asked.get("at.x", ""), asked.get("at.y", ""), WIDTH, height)
    if first is None or pressed is None:
        return Marking(WIDTH, height, pressed or first, None, viewer.height)
    left, right = sorted((first.across, pressed.across))
    top, bottom = sorted((first.down, pressed.down))
    return Marking(WIDTH, height, first, Box(left, top, right, bottom), viewer.height)


def _corner(x: str, y: str, width: int, height: int) -> Corner | None:
    """The place `x`, `y` on a page of so many units; None unless both are numbers."""
    if not all(each.isascii() and each.isdecimal() and len(each) <= MOST_DIGITS for each in (x, y)):
        return None
    return Corner(min(WHOLE, round(int(x) * WHOLE / width)), min(WHOLE, round(int(y) * WHOLE / height)))
