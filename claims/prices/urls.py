"""The address of the price explorer."""

from __future__ import annotations

from django.urls import path

from claims.prices import views

app_name = "prices"

urlpatterns = [path("", views.explorer, name="explorer")]
