"""Draws one page of a document from standard input as a picture; run as a program, in a process of its own.

As `opened.py` it knows nothing of the project, has bounds on memory and time, and may die. It writes one line of JSON
("width" and "height" in pixels and "bytes", or "why" it cannot be drawn), the picture (WebP), then the page's text in
UTF-8. Usage: drawn.py pdf|tiff|jpeg|png NUMBER.
"""

from __future__ import annotations

import io
import json
import resource
import sys
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

MEGABYTE = 1024 * 1024
#: Bytes of memory and seconds of work of this process.
MOST_MEMORY, MOST_SECONDS = 1536 * MEGABYTE, 15
#: Pixels of the picture of a page: 150 dpi of US Letter; a page that is longer is drawn smaller.
WIDTH, MOST_HEIGHT = 1275, 2550
#: Pixels of a picture that was sent, and characters of a page's text.
MOST_PIXELS, MOST_TEXT = 100_000_000, 20_000


class Undrawn(Exception):
    """The page cannot be drawn; `str()` is the code of the reason."""


def draw_pdf(stream: IO[bytes], number: int) -> tuple[Image, str]:
    """Fields that were filled in and annotations are drawn too; scripts are never run."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(stream.read())
    except pypdfium2.PdfiumError as error:
        raise Undrawn("encrypted" if "password" in str(error).lower() else "broken") from error
    document.init_forms()
    page = document[number - 1]
    width, height = page.get_size()
    if min(width, height) <= 0:
        raise Undrawn("broken")
    # A hair less: PDFium rounds up.
    scale = min(WIDTH / width, MOST_HEIGHT / height) - 1e-6
    picture = page.render(scale=scale, may_draw_forms=True).to_pil()
    return picture, text_of(page)


def text_of(page: Any) -> str:
    """The text of a page, for who does not see its picture; a page whose fonts are broken has none."""
    import pypdfium2

    try:
        return str(page.get_textpage().get_text_bounded())[:MOST_TEXT]
    except pypdfium2.PdfiumError:
        return ""


def draw_picture(stream: IO[bytes], kind: str, number: int) -> tuple[Image, str]:
    """A page of a fax has more dots across than down: it is stretched to its true shape."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None
    picture: Image.Image = Image.open(stream, formats=[kind.upper()])
    picture.seek(number - 1)
    if picture.width * picture.height > MOST_PIXELS:
        raise Undrawn("too_hard")
    across, down = (float(dots) or 1.0 for dots in picture.info.get("dpi", (1, 1)))
    shape = across / down if 0.3 < across / down < 3 else 1.0
    drawn = ImageOps.exif_transpose(picture.convert("L" if picture.mode in ("1", "L") else "RGB"))
    scale = min(WIDTH / drawn.width, MOST_HEIGHT / (drawn.height * shape), 1.0)
    size = max(1, round(drawn.width * scale)), max(1, round(drawn.height * shape * scale))
    return drawn.resize(size, Image.Resampling.LANCZOS), ""


def draw(stream: IO[bytes], kind: str, number: int) -> bytes:
    """All that the program writes."""
    try:
        picture, text = draw_pdf(stream, number) if kind == "pdf" else draw_picture(stream, kind, number)
        content = io.BytesIO()
        picture.convert("RGB").save(content, "WEBP", quality=80, method=2)
    except Undrawn as undrawn:
        return said(why=str(undrawn))
    except MemoryError:
        return said(why="too_hard")
    except Exception as error:  # noqa: BLE001 # whatever a library says of a hostile page, it cannot be drawn
        return said(why="broken", error=f"{type(error).__name__}: {error}"[:200])
    size = content.getbuffer().nbytes
    start = said(width=picture.width, height=picture.height, bytes=size)
    return start + content.getvalue() + text.encode("utf-8", "replace")


def said(**values: Any) -> bytes:
    return json.dumps(values).encode() + b"\n"


def bound() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


if __name__ == "__main__":
    bound()
    sys.stdout.buffer.write(draw(sys.stdin.buffer, sys.argv[1], int(sys.argv[2])))
