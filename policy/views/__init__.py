"""Pages of the policy tables: reading them, changing rows, publications, the manual."""

from policy.views.changing import add, end, replace
from policy.views.manual import manual
from policy.views.publications import publication, publications
from policy.views.reading import export, subject, table, tables

__all__ = ["add", "end", "export", "manual", "publication", "publications", "replace", "subject", "table", "tables"]
