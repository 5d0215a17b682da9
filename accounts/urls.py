"""People and the audit log."""

from __future__ import annotations

from django.urls import path

from accounts import views

app_name = "accounts"

urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/add/", views.add_person, name="add_person"),
    path("people/<int:pk>/", views.change_person, name="change_person"),
    path("audit/", views.audit, name="audit"),
    path("audit/records/", views.accesses, name="accesses"),
]
