"""The words and signs that every page uses; loaded into every template.

Status: a `TextChoices` member says beside its label how it looks and what it means:

    class ClaimStatus(models.TextChoices):
        ON_HOLD = "on_hold", "On hold"

        @property
        def glyph(self) -> str: ...     # circle-check (pays, paid), circle-check-open (payable), octagon-x (denied),
                                        # square-pause (on hold), diamond-alert (suspended), eye (in review),
                                        # page (records due), ring-broken (received), square-info (informs),
                                        # diamond-question (not documented), circle-minus, ring, ring-dot
        @property
        def tone(self) -> str: ...      # the colour: pays, denied, hold, waits, informs or neutral
        @property
        def meaning(self) -> str: ...   # one plain sentence, shown on hover

A model field read from the database is a plain text; give the tag the member: `ClaimStatus(claim.status)`.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any, Protocol, runtime_checkable

from django import template
from django.http import HttpRequest
from django.template import Context
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from accounts.demo import DemonstrationPerson, people_present
from claims.models import Claim
from claims.pages.meanwhile import SEEN, version_of
from suppliers.access import may_do
from suppliers.rights import Right

register = template.Library()

NOTHING = "–"
MINUS = "−"


# ---------- icons and status ----------


@register.simple_tag
def icon(name: str, tone: str = "") -> SafeString:
    """A drawing of the sprite, without a name of its own: words stand beside it. `tone` colours it like a status."""
    return _drawing(f"i-{name}", f"ic ic--{tone}" if tone else "ic")


@register.simple_tag
def glyph(name: str, tone: str = "") -> SafeString:
    """A status silhouette alone, where the word stands elsewhere."""
    return _drawing(f"s-{name}", f"ic ic--{tone}" if tone else "ic")


def _drawing(name: str, css: str) -> SafeString:
    href = f"{static('img/sprite.svg')}#{name}"
    return format_html('<svg class="{}" aria-hidden="true" focusable="false"><use href="{}"></use></svg>', css, href)


@runtime_checkable
class Styled(Protocol):
    """What a status must say of itself to be drawn."""

    @property
    def label(self) -> str: ...
    @property
    def tone(self) -> str: ...
    @property
    def glyph(self) -> str: ...


@register.simple_tag
def status_badge(status: Any, form: str = "plain", word: str = "") -> SafeString:
    """A status as glyph and word (`plain`, for tables) or as a tinted badge (`badge`, beside a heading).

    `word` replaces the label ("On hold for a drug bill"). Something without `tone` and `glyph` is drawn as its word.
    """
    if not isinstance(status, Styled):
        return format_html('<span class="st">{}</span>', word or status or NOTHING)
    css = "badge badge--" if form == "badge" else "st st--"
    meaning = getattr(status, "meaning", "")
    return format_html(
        '<span class="{}{}"{}>{}{}</span>',
        css,
        status.tone,
        format_html(' title="{}"', meaning) if meaning else "",
        _drawing(f"s-{status.glyph}", "ic"),
        word or status.label,
    )


BASIS_WORDS = {
    "estimated": ("Estimated amounts", "Calculated, not the figure that CMS published."),
    "inferred": ("Inferred", "A reading, or a value that was not seen in a published source."),
}


@register.simple_tag
def basis_tag(basis: str) -> SafeString:
    """A dashed tag wherever a figure or a date is not published; nothing for what is."""
    if basis not in BASIS_WORDS:
        return mark_safe("")
    word, title = BASIS_WORDS[basis]
    return format_html('<span class="basis" title="{}">{}</span>', title, word)


# ---------- two people at once ----------


@register.simple_tag
def seen(claim: Claim) -> SafeString:
    """The version of the claim that a form is opened at, beside `{% csrf_token %}`; one query."""
    return format_html('<input type="hidden" name="{}" value="{}">', SEEN, version_of(claim))


# ---------- what one may do ----------


@register.filter
def may(request: HttpRequest, right: str) -> bool:
    """`request|may:"claims:send"`: whether a person of suppliers may do this for at least one of them."""
    return may_do(request, Right(right))


# ---------- money and numbers ----------


@register.filter
def money(amount: Decimal | int | str | None) -> str:
    """1,234.56 with a true minus: for tables, which carry no dollar signs."""
    if amount is None or amount == "":
        return NOTHING
    return f"{Decimal(amount):,.2f}".replace("-", MINUS)


@register.filter
def dollars(amount: Decimal | int | str | None) -> str:
    """$1,234.56 for sentences; the minus stands before the dollar sign."""
    if amount is None or amount == "":
        return NOTHING
    value = Decimal(amount)
    return f"{MINUS if value < 0 else ''}${abs(value):,.2f}"


@register.filter
def count(number: int, noun: str) -> str:
    """`3|count:"claim"` is "3 claims"; give the plural after a comma when it is not formed by s: `"entry,entries"`."""
    singular, _, plural = noun.partition(",")
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


# ---------- identifiers ----------


@register.filter
def icn(number: str) -> SafeString:
    """A claim number spaced 2-5-6 by margin, so that a copy of it has no spaces."""
    text = str(number or "")
    return (
        _spaced(text[:2], text[2:7], text[7:]) if len(text) == 13 else format_html('<span class="id">{}</span>', text)
    )


@register.filter
def mbi(number: str) -> SafeString:
    """A Medicare number as on the card, 4-3-4, spaced by margin."""
    text = str(number or "")
    return (
        _spaced(text[:4], text[4:7], text[7:]) if len(text) == 11 else format_html('<span class="id">{}</span>', text)
    )


def _spaced(first: str, *rest: str) -> SafeString:
    others = format_html_join("", "<i>{}</i>", ((part,) for part in rest))
    return format_html('<span class="id">{}{}</span>', first, others)


# ---------- days and moments ----------


def _as_day(value: Any) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value if isinstance(value, dt.date) else None


@register.filter
def day(value: Any) -> str:
    """March 16, 2026"""
    at = _as_day(value)
    return f"{at:%B} {at.day}, {at.year}" if at else NOTHING


@register.filter
def short_day(value: Any) -> str:
    """Mar 16: for tables and axes, where the year is clear."""
    at = _as_day(value)
    return f"{at:%b} {at.day}" if at else NOTHING


@register.filter
def month_day(value: Any) -> str:
    """March 16: for sentences, where the year is clear."""
    at = _as_day(value)
    return f"{at:%B} {at.day}" if at else NOTHING


@register.filter
def weekday(value: Any) -> str:
    """Monday, March 16: where someone must act on that day."""
    at = _as_day(value)
    return f"{at:%A}, {at:%B} {at.day}" if at else NOTHING


@register.filter
def moment(value: dt.datetime | None) -> str:
    """March 16, 2026, 9:24 AM, in the person's time zone."""
    return f"{day(value)}, {clock(value)}" if value else NOTHING


@register.filter
def clock(value: dt.datetime | None) -> str:
    """9:24 AM, in the person's time zone."""
    if not value:
        return NOTHING
    at = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{at.hour % 12 or 12}:{at:%M} {'AM' if at.hour < 12 else 'PM'}"


# ---------- citations ----------

#: "Pub. 100-02 ch. 15 §320.8.1" or "§320.5 A": the parts of the manual that this project keeps.
MANUAL_SECTION = re.compile(r"(?:Pub\. 100-02,? ch\. 15,? )?§+ ?(320(?:\.\d+)*)(?: [A-D]\b)?")


@register.filter
def citation(text: str) -> SafeString:
    """A citation with each section of the manual linked to its own text; other sources stay plain words."""
    try:
        manual = reverse("manual")
    except NoReverseMatch:
        return format_html("{}", text)
    text = text or ""
    pieces: list[SafeString] = []
    end = 0
    for match in MANUAL_SECTION.finditer(text):
        pieces += [
            escape(text[end : match.start()]),
            format_html('<a href="{}#s{}">{}</a>', manual, match[1], match[0]),
        ]
        end = match.end()
    return format_html_join("", "{}", ((piece,) for piece in (*pieces, escape(text[end:]))))


# ---------- links that keep the filters ----------

#: Where one stands in a list: dropped whenever a filter changes.
POSITION_PARAMETERS = ("after", "before", "cursor", "page")


@register.simple_tag(takes_context=True)
def query_with(context: Context, **changes: Any) -> str:
    """The address's query with some parameters set, or removed by `None`; `{% query_with sort="age" %}`."""
    query = context["request"].GET.copy()
    if not set(changes) & set(POSITION_PARAMETERS):
        for name in POSITION_PARAMETERS:
            query.pop(name, None)
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None and value != "":
            query.setlist(name, list(map(str, value)) if isinstance(value, (list, tuple)) else [str(value)])
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def chip_without(context: Context, name: str, value: Any = None) -> str:
    """The query without one value of a filter, or without the filter: where a chip leads that removes itself."""
    query = context["request"].GET.copy()
    kept = [one for one in query.getlist(name) if value is not None and one != str(value)]
    for other in (*POSITION_PARAMETERS, name):
        query.pop(other, None)
    if kept:
        query.setlist(name, kept)
    return f"?{query.urlencode()}"


# ---------- parts of the frame ----------


@register.inclusion_tag("_breadcrumbs.html")
def breadcrumbs(*steps: str) -> dict[str, Any]:
    """The way here: words and addresses in turn, the last words without an address; "Home" comes first by itself.

    `{% breadcrumbs "Claims" "claims:worklist" "Claim 02 26062 031874" %}`; an address is the name of a URL or a path.
    """
    *links, here = steps
    pairs = zip(links[::2], links[1::2], strict=True)
    return {"links": [(words, _address(target)) for words, target in pairs], "here": here}


def _address(target: str) -> str:
    return target if target.startswith(("/", "?")) else reverse(target)


# ---------- forms ----------

#: How Django opens its own messages, and how they go on after the name of the field.
ERROR_OPENINGS = {
    "This field ": " ",
    "This value ": " ",
    "Ensure this value is ": " must be ",
    "Ensure this value has ": " must have ",
    "Ensure that there are ": " must have ",
}


@register.filter
def about_field(error: str, label: str) -> str:
    """An error that names its field: "This field is required." of the field "Amount" is "Amount is required."."""
    text = str(error)
    for opening, bridge in ERROR_OPENINGS.items():
        if text.startswith(opening):
            return f"{label}{bridge}{text.removeprefix(opening)}"
    return text if label.lower() in text.lower() else f"{label}: {text}"


INPUT_CLASSES = {"checkbox": "chk", "radio": "rad", "file": "usa-file-input", "hidden": ""}


@register.filter
def input_class(widget: dict[str, Any]) -> str:
    """The classes of an input by its type, with those that the form gave it."""
    own = widget["attrs"].get("class", "")
    return f"{INPUT_CLASSES.get(widget['type'], 'usa-input')} {own}".strip()


@register.simple_tag
def demonstration_people() -> list[DemonstrationPerson]:
    """Who can sign in with one press on the sign-in page of a demonstration."""
    return people_present()
