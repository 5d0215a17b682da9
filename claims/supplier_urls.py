"""The address of the list of suppliers; the page of one is the root's `supplier`."""

from __future__ import annotations

from django.urls import path

from claims.views import suppliers

app_name = "suppliers"

urlpatterns = [path("", suppliers.supplier_rows, name="list")]
