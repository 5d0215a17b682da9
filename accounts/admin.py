"""The Django admin: administrators read everything there, and look after people's accounts; nothing else is changed.

Acts on claims, policy and reviews belong to the pages that check them and write events.
"""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import models
from django.http import HttpRequest

from accounts.access import person_of
from accounts.actions import save_person
from accounts.forms import PersonForm
from accounts.models import AccessLog, Event, IdempotencyKey, User

# Groups are not used. An authenticator's row holds its secret, and an address is changed with its person.
for unused in (Group, Authenticator, EmailAddress):
    if admin.site.is_registered(unused):
        admin.site.unregister(unused)


class ReadOnlyAdmin(admin.ModelAdmin):
    """Shows rows and changes none; the base of every admin class in the project."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return bool(request.user.is_staff)


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    """People: made, changed and made inactive, never deleted, because events name them."""

    form = PersonForm
    list_display = ("name", "email", "role", "amount_limit", "is_active", "last_login")
    list_filter = ("role", "is_active")
    search_fields = ("name", "email")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[User]:
        """Without programs, which are their keys' affair."""
        return super().get_queryset(request).filter(is_program=False)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_staff)

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Of everyone but oneself: nobody raises their own limit or changes their own role."""
        return bool(request.user.is_staff) and obj != request.user

    def save_model(self, request: HttpRequest, obj: User, form: PersonForm, change: bool) -> None:
        save_person(obj, by=person_of(request), password=form.cleaned_data["new_password"] or None)


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ("at", "on", "actor_label", "verb", "sentence")
    list_filter = ("verb", "on")
    search_fields = ("actor_label", "sentence", "about_id")
    show_full_result_count = False


@admin.register(AccessLog)
class AccessLogAdmin(ReadOnlyAdmin):
    list_display = ("at", "person", "about_type", "about_id", "page", "reason")
    list_filter = ("about_type",)
    search_fields = ("about_id", "person__name")
    list_select_related = ("person",)
    show_full_result_count = False


@admin.register(IdempotencyKey)
class IdempotencyKeyAdmin(ReadOnlyAdmin):
    """Keys of requests, without the answers, which may hold health information."""

    list_display = ("created_at", "key", "user", "response_status")
    fields = ("key", "user", "request_hash", "response_status", "created_at")
    list_select_related = ("user",)
    show_full_result_count = False
