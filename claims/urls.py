"""The addresses of claims, files, remittances and edits."""

from __future__ import annotations

from django.urls import path

from claims.views import claim, edits, files, remittances, worklist

app_name = "claims"

urlpatterns = [
    path("", worklist.claim_list, name="worklist"),
    path("search/", worklist.search, name="search"),
    path("export.csv", worklist.export, name="export"),
    path("files/", files.file_list, name="files"),
    path("files/upload/", files.upload, name="upload"),
    path("files/<int:pk>/", files.file_page, name="file"),
    path("files/<int:pk>/answers/<int:answer>/", files.download_answer, name="answer"),
    path("remittances/", remittances.remittance_list, name="remittances"),
    path("remittances/<int:pk>/", remittances.remittance, name="remittance"),
    path("remittances/<int:pk>/835/", remittances.download_835, name="remittance_835"),
    path("edits/", edits.catalogue, name="edits"),
    path("rejected/<int:pk>/", claim.rejected, name="rejected"),
    path("<str:icn>/", claim.claim_page, name="claim"),
]
