"""Forms of the claims pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

MEGABYTE = 1024 * 1024
#: The largest file that is taken in, in megabytes.
MOST_MEGABYTES = 20


def file_field(label: str, help_text: str) -> forms.FileField:
    return forms.FileField(label=label, help_text=help_text, allow_empty_file=True, max_length=200)


class UploadForm(forms.Form):
    """A file to be received: claims or inquiries; which, the file says."""

    file = file_field(
        "X12 file", f"An 837P (005010X222A1), 270 (005010X279A1) or 276 (005010X212) of at most {MOST_MEGABYTES} MB."
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        refuse_unreadable(file.size)
        return file


def refuse_unreadable(size: int) -> None:
    """Raises ValidationError for a file that is empty or larger than is taken in."""
    if size == 0:
        raise ValidationError("The file is empty. Choose the file that your billing system wrote.", code="empty")
    if size > MOST_MEGABYTES * MEGABYTE:
        raise ValidationError(
            f"The file has {size / MEGABYTE:.1f} MB; at most {MOST_MEGABYTES} MB are taken in. "
            "Split it into several files.",
            code="too_large",
        )
