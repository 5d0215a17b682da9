"""Addresses of the policy tables. Codes come last, so that no code can be taken for a page."""

from __future__ import annotations

from django.urls import path

from policy import views
from policy.views import checklist

app_name = "policy"

urlpatterns = [
    path("", views.tables, name="tables"),
    path("manual/", views.manual, name="manual"),
    path("checklist/", checklist.yearly, name="checklist"),
    path("change-sets/", views.change_sets.change_set_list, name="change_sets"),
    path("change-sets/new/", views.change_sets.make, name="change_set_new"),
    path("change-sets/<int:number>/", views.change_sets.change_set, name="change_set"),
    path("change-sets/<int:number>/describe/", views.change_sets.describe, name="change_set_describe"),
    path("change-sets/<int:number>/file/", views.change_sets.upload, name="change_set_file"),
    path("change-sets/<int:number>/take-out/", views.change_sets.take_out, name="change_set_take_out"),
    path("change-sets/<int:number>/decide/", views.change_sets.decide, name="change_set_decide"),
    path("change-sets/<int:number>/roll-back/", views.change_sets.roll_back, name="change_set_roll_back"),
    path("change-sets/<int:number>/act/<slug:name>/", views.change_sets.act, name="change_set_act"),
    path("publications/", views.publications, name="publications"),
    path("publications/<int:number>/", views.publication, name="publication"),
    path("<slug:slug>/", views.table, name="table"),
    path("<slug:slug>/export.csv", views.export, name="export"),
    path("<slug:slug>/add/", views.add, name="add"),
    path("<slug:slug>/rows/<int:row>/end/", views.end, name="end"),
    path("<slug:slug>/rows/<int:row>/replace/", views.replace, name="replace"),
    path("<slug:slug>/<str:code>/", views.subject, name="subject"),
]
