"""Names of files as people may read them: no path, no control characters, nothing that turns the line around."""

from __future__ import annotations

import unicodedata

LONGEST = 100


def clean_name(name: str) -> str:
    """The last part of a name, without what cannot be seen; "document" when nothing is left. Its end is kept."""
    last = name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(letter for letter in last if not unicodedata.category(letter).startswith("C"))
    plain = " ".join(seen.replace('"', "'").split()).strip(". ")
    if len(plain) > LONGEST:
        plain = f"{plain[: LONGEST - 20]}…{plain[-19:]}"
    return plain or "document"


def name_to_save(name: str, kind: str) -> str:
    """The name under which a browser saves the document: its ending is that of its content."""
    endings = {"jpeg": (".jpeg", ".jpg"), "tiff": (".tiff", ".tif")}.get(kind, (f".{kind}",))
    return name if name.lower().endswith(endings) else f"{name}{endings[-1]}"
