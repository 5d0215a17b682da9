"""The claim's supplier on a calendar: accredited, licensed and enrolled as lines; what is lacking shows as a gap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from claims.adjudication.facts import Span, SupplierFacts
from claims.calendar.known import Known, known
from claims.calendar.marks import Bar, Lane, Mark, Said
from claims.calendar.scene import ClaimScene, bearing_of_days
from claims.calendar.window import Window
from claims.calendar.words import day_in, span
from claims.edits.context import find_place
from claims.edits.wording import listed


@dataclass(frozen=True, slots=True)
class Standing:
    """Something a supplier has from a day through a day: what, and from whom."""

    what: str
    name: str
    span: Span


def supplier_lane(scene: ClaimScene, window: Window) -> Lane:
    """Accreditation as a line; the license and the enrollment are lines too where they do not hold all the time."""
    if scene.facts.supplier is None:
        return Lane("Accreditation", "thin", (), words="The supplier is not on file", is_new_subject=True)
    state = _state(scene)
    found = _known(scene, state)
    bars = {what: [_bar(each, scene, window) for each in found if each.fact.what == what] for what in WHATS}
    inside = {what: [bar for bar in each if window.touches(bar.first, bar.last)] for what, each in bars.items()}
    beside = _beside(inside, scene.facts.supplier, state, window)
    rows = [_with_words(bars, beside, what) for what, bars in inside.items() if _has_a_line(what, bars, window)]
    nothing = "" if inside["Accredited"] else "No accreditation in these weeks"
    return Lane("Accreditation", "thin", tuple(rows), words=nothing, is_new_subject=True)


WHATS = ("Accredited", "Licensed", "Enrolled", "Revoked")


def _has_a_line(what: str, bars: list[Bar], window: Window) -> bool:
    return bool(bars) and (what in ("Accredited", "Revoked") or not _holds_throughout(bars, window))


def _state(scene: ClaimScene) -> str:
    """The State where the claim's services were furnished (reading 12); "" when that is not known."""
    days = [line.date for line in scene.lines]
    place, _ = find_place(scene.facts, min(days)) if days else (None, "")
    return place.state if place else ""


def _known(scene: ClaimScene, state: str) -> list[Known[Standing]]:
    now = standings(scene.supplier_now, scene, state) if scene.supplier_now else None
    then = standings(scene.facts.supplier, scene, state) if scene.facts.supplier else []
    return list(known(then, now, lambda each: (each.what, each.name, each.span.start)))


def standings(supplier: SupplierFacts, scene: ClaimScene, state: str) -> list[Standing]:
    """All dated standings of a supplier, licenses of the one State alone."""
    return [
        *(
            Standing("Accredited", _organization(each.organization, scene), each.span)
            for each in supplier.accredited or ()
        ),
        *(Standing("Licensed", each.state, each.span) for each in supplier.licensed or () if each.state == state),
        *(Standing("Enrolled", supplier.specialty, each) for each in supplier.enrolled or ()),
        *(Standing("Revoked", "", each) for each in supplier.revoked or ()),
    ]


def _organization(code: str, scene: ClaimScene) -> str:
    row = scene.tables.organizations.on(code, scene.today)
    return row.name if row else code


def _bar(each: Known[Standing], scene: ClaimScene, window: Window) -> Bar:
    found = each.fact
    days = span(found.span.start, found.span.end, window)
    since = each.since(lambda one: f"ends {day_in(one.span.end, window)}" if one.span.end else "has no end")
    return Bar(
        found.span.start,
        found.span.end,
        "other" if found.what == "Revoked" else "thin",
        Said(
            f"{found.what} {found.name}".strip(),
            scene.facts.supplier.name if scene.facts.supplier else "",
            since=since,
            bearing=bearing_of_days(scene, found.span.covers, "covers the day"),
        ),
        labels=(_label(found, days) + (f", {since}" if since else ""), days),
        is_later=each.is_later,
    )


def _label(found: Standing, days: str) -> str:
    if found.what == "Accredited":
        return f"{found.name}, {_until(found.span, days)}"
    return f"{found.what} {found.name} {days}".replace("  ", " ")


def _until(found: Span, days: str) -> str:
    """ "through Dec 15, 2029": of an accreditation its end is asked for."""
    return f"through {found.end:%b} {found.end.day}, {found.end.year}" if found.end else days


def _holds_throughout(bars: Iterable[Bar], window: Window) -> bool:
    return any(bar.first <= window.first and (bar.last is None or bar.last >= window.last) for bar in bars)


def _beside(inside: dict[str, list[Bar]], supplier: SupplierFacts, state: str, window: Window) -> str:
    """ "Enrolled as D6, licensed in MD": of what holds throughout, for it has no line of its own."""
    parts: list[str] = []
    if inside["Enrolled"] and _holds_throughout(inside["Enrolled"], window):
        parts.append(f"enrolled as {supplier.specialty}")
    if state and inside["Licensed"] and _holds_throughout(inside["Licensed"], window):
        parts.append(f"licensed in {state}")
    words = listed(parts) if parts else ""
    return f"{words[:1].upper()}{words[1:]}"


def _with_words(bars: list[Bar], beside: str, what: str) -> tuple[Mark, ...]:
    """The first line of the accreditation says the rest, too."""
    if what != "Accredited" or not beside:
        return tuple(bars)
    first, *others = bars
    return (replace(first, labels=(f"{first.labels[0]}. {beside}", *first.labels)), *others)
