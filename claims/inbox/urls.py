"""The addresses of the inbox."""

from __future__ import annotations

from django.urls import path

from claims.inbox import views

app_name = "inbox"

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("read/", views.read_all, name="read_all"),
    path("mail/", views.choose, name="mail"),
    path("<int:pk>/", views.open_notice, name="open"),
]
