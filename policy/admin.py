"""The policy tables in the Django admin: to read, in all their versions. Changes go through the policy pages."""

from __future__ import annotations

from django.contrib import admin

from accounts.admin import ReadOnlyAdmin
from policy.models import BusinessDate, ChangeSet, ProposedRow, Publication, PublishedFile
from policy.registry import TABLES


class PolicyRowAdmin(ReadOnlyAdmin):
    """All versions of the rows of a table."""

    list_display = ("__str__", "in_force", "known", "basis", "source", "published_in", "superseded_in")
    list_filter = ("basis",)
    list_select_related = ("published_in", "superseded_in")
    show_full_result_count = False


for table in TABLES:
    admin.site.register(
        table.model, type(f"{table.model.__name__}Admin", (PolicyRowAdmin,), {"search_fields": table.key})
    )


@admin.register(Publication)
class PublicationAdmin(ReadOnlyAdmin):
    list_display = ("pk", "published_at", "published_by", "source", "reason", "is_baseline")
    list_select_related = ("published_by",)


@admin.register(PublishedFile)
class PublishedFileAdmin(ReadOnlyAdmin):
    list_display = ("name", "table", "layout", "rows", "sha256", "publication")
    list_select_related = ("publication",)


@admin.register(ChangeSet)
class ChangeSetAdmin(ReadOnlyAdmin):
    list_display = ("pk", "title", "state", "made_by", "proposed_by", "decided_by", "publication")
    list_filter = ("state",)
    list_select_related = ("made_by", "proposed_by", "decided_by", "publication")


@admin.register(ProposedRow)
class ProposedRowAdmin(ReadOnlyAdmin):
    list_display = ("change_set", "number", "table", "act", "start", "end", "source", "basis", "put_by")
    list_filter = ("table", "act")
    list_select_related = ("change_set", "put_by")
    show_full_result_count = False


@admin.register(BusinessDate)
class BusinessDateAdmin(ReadOnlyAdmin):
    list_display = ("day",)
