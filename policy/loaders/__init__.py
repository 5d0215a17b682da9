"""Loaders of the policy tables: reading → checking → publishing."""

from policy.loaders.files import LAYOUT_NAMES, OURS_LAYOUT, BadFile, Source, table_of
from policy.loaders.loading import Act, Outcome, load_baseline, load_file, preview_file

__all__ = [
    "LAYOUT_NAMES",
    "OURS_LAYOUT",
    "Act",
    "BadFile",
    "Outcome",
    "Source",
    "load_baseline",
    "load_file",
    "preview_file",
    "table_of",
]
