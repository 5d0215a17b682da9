"""The addresses of kept cases. Names come last, so that no name can be taken for a page."""

from __future__ import annotations

from django.urls import path

from claims.kept_cases import views

app_name = "scenarios"

urlpatterns = [
    path("", views.case_list, name="list"),
    path("run/", views.run_all, name="run"),
    path("new/", views.new, name="new"),
    path("cases/<slug:name>/", views.case, name="case"),
    path("cases/<slug:name>/change/", views.change, name="change"),
]
