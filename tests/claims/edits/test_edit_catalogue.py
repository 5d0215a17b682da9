"""The page of the edits is up to date."""

from __future__ import annotations

from claims.edits.catalogue import PAGE, catalogue_page
from claims.scenarios.tables_from_csv import policy_tables_from_csv


def test_page_is_what_the_registry_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == catalogue_page(policy_tables_from_csv().dispositions), (
        "run python -m claims.edits.catalogue"
    )
