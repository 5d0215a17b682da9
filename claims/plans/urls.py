"""The addresses of plans of care."""

from __future__ import annotations

from django.urls import path

from claims.plans import views

app_name = "plans"

urlpatterns = [
    path("", views.plan_list, name="list"),
    path("new/", views.new, name="new"),
    path("drafts/<int:pk>/", views.draft, name="draft"),
    path("drafts/<int:pk>/delete/", views.delete, name="delete"),
    path("drafts/<int:pk>/documents/", views.draft_documents, name="draft_documents"),
    path("drafts/<int:pk>/documents/<int:document>/remove/", views.remove, name="remove_document"),
    path("<int:pk>/", views.plan, name="plan"),
    path("<int:pk>/reviews/", views.review, name="review"),
    path("<int:pk>/documents/", views.plan_documents, name="plan_documents"),
    path("<int:pk>/<slug:purpose>/", views.begin, name="begin"),
]
