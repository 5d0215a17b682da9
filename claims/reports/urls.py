"""The addresses of the reports."""

from __future__ import annotations

from django.urls import path

from claims.reports.catalogue import REPORTS
from claims.views import reports

app_name = "reports"

urlpatterns = [path("", reports.index, name="index")]
for each in REPORTS:
    urlpatterns += [
        path(f"{each.name}/", reports.report, {"name": each.name}, name=each.name),
        path(f"{each.name}.csv", reports.export, {"name": each.name}, name=f"{each.name}_csv"),
    ]
