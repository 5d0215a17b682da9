"""Colours and silhouettes of the calendar, those of the status badges and of the design's tokens."""

from __future__ import annotations

from dataclasses import dataclass

from claims.calendar.marks import Look

INK, INK_2, INK_3 = "#1b1b1b", "#3d4551", "#565c65"
LINE, SOFT_LINE, WEEK_LINE, AXIS_LINE = "#c6cace", "#e6e8ea", "#f1f3f6", "#c6cace"
NAVY, DRUG, THIN, GAP_GROUND = "#162e51", "#1a4480", "#8d9297", "#eceef1"
DENIED_INK = "#8b0a03"
#: What a decision did not know.
PALE = "#c6cace"

FONT = "Source Sans Pro Web, Source Sans Pro, Helvetica Neue, Arial, sans-serif"


@dataclass(frozen=True, slots=True)
class BarLook:
    """A bar's ground and edge; a dashed edge is not certain or not there yet."""

    fill: str
    stroke: str
    dash: str = ""
    ink: str = INK
    weight: int = 400


#: A hatched ground is a pattern of the drawing itself.
HATCHED = "hatched"
DASHED = "4 3"

BARS: dict[Look, BarLook] = {
    "paid": BarLook("#dbe9f6", "#4a86bd"),
    "pending": BarLook("#fff", "#4a86bd", DASHED),
    "denied": BarLook("#f9eeee", "#b50909"),
    "needed": BarLook("#fffdf2", "#947100", DASHED, "#5c4809", 600),
    "plan": BarLook("#eceef1", THIN),
    "change": BarLook("#dfe4ea", THIN),
    "stay": BarLook(HATCHED, THIN, ink=INK_2),
    "other": BarLook("#d5dbe3", INK_3),
}

#: The fill and the path of an outcome's silhouette, on a grid of 16 (static/img/sprite.svg has the same).
OUTCOMES: dict[str, tuple[str, str]] = {
    "pay": (
        "#216e1f",
        "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm-.9 10.3L3.9 8.1l1.2-1.2 2 2 3.9-4 1.2 1.2-5.1 5.2Z",
    ),
    "deny": (
        "#b50909",
        (
            "M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1L5.1 1Z"
            "m.6 3.5L4.5 5.7 6.8 8l-2.3 2.3 1.2 1.2L8 9.2l2.3 2.3 1.2-1.2L9.2 8l2.3-2.3-1.2-1.2L8 6.8 5.7 4.5Z"
        ),
    ),
    "hold": (
        "#7a5f00",
        (
            "M3 1.5h10A1.5 1.5 0 0 1 14.5 3v10a1.5 1.5 0 0 1-1.5 1.5H3A1.5 1.5 0 0 1 1.5 13V3A1.5 1.5 0 0 1 3 1.5Z"
            "M5 4.5v7h2v-7H5Zm4 0v7h2v-7H9Z"
        ),
    ),
    "suspend": (
        "#665190",
        "M8 .3 15.7 8 8 15.7.3 8 8 .3ZM7.1 3.8l.3 5.2h1.2l.3-5.2H7.1Zm0 6.4V12h1.8v-1.8H7.1Z",
    ),
}
