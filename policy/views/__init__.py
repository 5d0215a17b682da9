"""Pages of the policy tables: reading them, changing rows, change sets, publications, the manual."""

from policy.views import change_sets
from policy.views.changing import add, end, replace
from policy.views.manual import manual
from policy.views.publications import publication, publications
from policy.views.reading import export, subject, table, tables

__all__ = [
    "add",
    "change_sets",
    "end",
    "export",
    "manual",
    "publication",
    "publications",
    "replace",
    "subject",
    "table",
    "tables",
]
