"""Pages on paper as PDF/UA-1 (ISO 14289-1): tagged, with title and language, with nothing fetched but our fonts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

STYLE = Path(__file__).with_name("paper.css")
FONTS = Path(settings.BASE_DIR) / "static" / "vendor" / "uswds" / "fonts" / "source-sans-pro"


class FontsAlone(URLFetcher):
    """Nothing is fetched but the fonts; any other address stops the page."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if not url.startswith(FONTS.as_uri()):
            raise FatalURLFetchingError(f"A page on paper asks for {url}, which is no font of the system.")
        return super().fetch(url, headers)


@dataclass(frozen=True, slots=True)
class Paper:
    """The bytes of a PDF and its number of pages."""

    content: bytes
    pages: int


@cache
def _style(file: Path) -> tuple[CSS, FontConfiguration]:
    """A style sheet with the fonts of the pages, read once in a process: no font of the machine is needed."""
    fonts = FontConfiguration()
    text = file.read_text(encoding="utf-8").replace("{fonts}", FONTS.as_uri())
    return CSS(string=text, font_config=fonts, url_fetcher=FontsAlone()), fonts


def paper_of(template: str, context: dict[str, object], style: Path = STYLE) -> Paper:
    """The PDF of a template, which has the title, the language and everything to be read."""
    page = render_to_string(template, {**context, "contractor": settings.CONTRACTOR})
    sheet, fonts = _style(style)
    document = HTML(string=page, url_fetcher=FontsAlone()).render(stylesheets=[sheet], font_config=fonts)
    content = document.write_pdf(pdf_variant="pdf/ua-1")
    assert content is not None
    return Paper(content, len(document.pages))
