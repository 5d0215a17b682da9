"""Addresses of the policy tables. Codes come last, so that no code can be taken for a page."""

from __future__ import annotations

from django.urls import path

from policy import views

app_name = "policy"

urlpatterns = [
    path("", views.tables, name="tables"),
    path("manual/", views.manual, name="manual"),
    path("publications/", views.publications, name="publications"),
    path("publications/<int:number>/", views.publication, name="publication"),
    path("<slug:slug>/", views.table, name="table"),
    path("<slug:slug>/export.csv", views.export, name="export"),
    path("<slug:slug>/add/", views.add, name="add"),
    path("<slug:slug>/rows/<int:row>/end/", views.end, name="end"),
    path("<slug:slug>/rows/<int:row>/replace/", views.replace, name="replace"),
    path("<slug:slug>/<str:code>/", views.subject, name="subject"),
]
