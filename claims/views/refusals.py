"""A refused act goes back to the form it was asked for on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.forms import Form

from policy.refusals import Refused


@contextmanager
def refusals_to(form: Form) -> Iterator[None]:
    """A refusal inside the block stands at the field it is about, or above the form; then the form is shown again."""
    try:
        yield
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
