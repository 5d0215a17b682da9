"""How a person likes the list of claims: filters saved under a name, the one it opens with, the columns."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.models import STAFF_ROLES, User

#: Characters of the filters and the order of a list.
LONGEST_QUERY = 1000


class SavedFilterQuerySet(models.QuerySet["SavedFilter"]):
    def visible_to(self, user: User) -> SavedFilterQuerySet:
        """One's own; for staff of the contractor also what colleagues share."""
        own = Q(owner=user)
        return self.filter(own | Q(is_shared=True) if user.role in STAFF_ROLES else own)


class SavedFilter(models.Model):
    """A list of claims under a name: its filters and order as in the address, and what was searched for.

    `search` may be a name or a Medicare number. It stays here and never stands in an address.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=40)
    query = models.CharField("filters and order", max_length=LONGEST_QUERY, blank=True)
    search = models.CharField(max_length=100, blank=True)
    is_shared = models.BooleanField("shared with colleagues", default=False)

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        constraints = (models.UniqueConstraint(fields=["owner", "name"], name="claims_one_saved_filter_a_name"),)

    def __str__(self) -> str:
        return self.name


class WorklistTaste(models.Model):
    """The columns that a person wants to see (the usual ones without any) and the filter that the list opens with."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", primary_key=True)
    columns = ArrayField(models.CharField(max_length=20), null=True, blank=True)
    opens_with = models.ForeignKey(
        SavedFilter, models.SET_NULL, related_name="+", null=True, blank=True, db_index=False
    )

    def __str__(self) -> str:
        return f"Worklist of {self.person}"
