"""Celery tasks of this room; each finds its own work and may come twice, late or never."""

from __future__ import annotations

from celery import shared_task

from beneficiaries.documents.actions import scan_waiting
from beneficiaries.documents.pages import remove_old_pages
from beneficiaries.documents.receiving import remove_abandoned_drafts


@shared_task
def look_after_documents() -> None:
    """Scan what is held because the scanner was away; delete what killed requests left, and old pictures."""
    scan_waiting()
    remove_abandoned_drafts()
    remove_old_pages()
