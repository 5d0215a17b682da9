"""Forms of the claims pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

MEGABYTE = 1024 * 1024
#: The largest file that is taken in, in megabytes.
MOST_MEGABYTES = 20


class UploadForm(forms.Form):
    """An 837P to be received."""

    file = forms.FileField(
        label="837P file",
        help_text=f"One X12 837P file (005010X222A1) of at most {MOST_MEGABYTES} MB, of one or several suppliers.",
        allow_empty_file=True,
        max_length=200,
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
