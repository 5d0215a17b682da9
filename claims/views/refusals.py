"""What becomes of an act that may be refused: said at its form, or as a message where it has none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest

from policy.refusals import Refused


@contextmanager
def refusals_to(form: Form) -> Iterator[None]:
    """A refusal inside the block stands at the field it is about, or above the form; then the form is shown again."""
    try:
        yield
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


def do_and_tell(request: HttpRequest, act: Callable[[], object], done: str) -> None:
    """Do something that a button asks for, without a form: `done`, or why it was refused, is said on the next page."""
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
