"""History files: what other systems know of patients, loaded from CSV or JSON lines (docs/history_files.md)."""

from beneficiaries.history_files.loading import Loaded, load_history_file
from beneficiaries.history_files.reading import FileRefused
from beneficiaries.history_files.refusals import RefusedRow, write_report

__all__ = ["FileRefused", "Loaded", "RefusedRow", "load_history_file", "write_report"]
