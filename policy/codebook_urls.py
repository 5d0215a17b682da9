"""Addresses of the public code book. Codes come last, so that no code can be taken for a page."""

from __future__ import annotations

from django.urls import path

from policy.views import codebook

app_name = "codebook"

urlpatterns = [
    path("", codebook.tables, name="book"),
    path("<slug:slug>/", codebook.table, name="book_table"),
    path("<slug:slug>/<str:code>/", codebook.code, name="book_code"),
]
