"""What was keyed from paper, as it is shown beside the decision: the original of a claim that came in no file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms

from claims.models import Claim
from claims.paper.forms import PaperForm, PaperLineForm


def items_keyed(claim: Claim) -> list[tuple[str, str]]:
    """The items of the paper form with what was keyed, empty ones left out; nothing for a claim that came in a file."""
    values = claim.billed.get("keyed", {}).get("values", {})
    found = list(_items(PaperForm, values))
    for number, line in enumerate(values.get("lines", []), 1):
        found += [(f"Line {number}, {label}", words) for label, words in _items(PaperLineForm, line)]
    return found


def _items(form: type[forms.Form], values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, field in form.base_fields.items():
        value = values.get(name)
        if value not in (None, "", []):
            yield str(field.label), _in_words(value)


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)
