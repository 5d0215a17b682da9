"""The addresses of documents."""

from __future__ import annotations

from django.urls import path

from beneficiaries.views import documents

app_name = "beneficiaries"

urlpatterns = [
    path("<int:pk>/", documents.document, name="document"),
    path("<int:pk>/pages/<int:number>/", documents.page, name="document_page"),
    path("<int:pk>/<str:token>/", documents.content, name="document_content"),
]
