"""The addresses of the API."""

from __future__ import annotations

from django.urls import path

from claims.api import views

app_name = "api"

urlpatterns = [
    path("claims/", views.ClaimList.as_view(), name="claims"),
    path("claims/<str:icn>/", views.ClaimDetail.as_view(), name="claim"),
    path("files/", views.FileList.as_view(), name="files"),
    path("files/<int:pk>/", views.FileDetail.as_view(), name="file"),
    path("files/<int:pk>/answers/<int:answer>/", views.AnswerDownload.as_view(), name="answer"),
    path("remittances/", views.RemittanceList.as_view(), name="remittances"),
    path("remittances/<int:pk>/", views.RemittanceDetail.as_view(), name="remittance"),
    path("remittances/<int:pk>/835/", views.RemittanceDownload.as_view(), name="remittance_835"),
]
