"""The addresses of claims, files, remittances and edits."""

from __future__ import annotations

from django.urls import path

from claims.views import (
    adjustments,
    claim,
    determinations,
    edits,
    files,
    mass,
    money,
    notices,
    paper,
    remittances,
    worklist,
)

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
    path("overpayments/", money.overpayment_rows, name="overpayments"),
    path("overpayments/<int:pk>/", money.overpayment, name="overpayment"),
    path("overpayments/<int:pk>/<slug:name>/", money.act, name="overpayment_act"),
    path("notices/", notices.notices, name="notices"),
    path("edits/", edits.catalogue, name="edits"),
    path("rejected/<int:pk>/", claim.rejected, name="rejected"),
    path("approvals/", determinations.approvals, name="approvals"),
    path("determinations/<int:pk>/", determinations.settle, name="settle"),
    path("determinations/<int:pk>/revoke/", determinations.revoke, name="revoke"),
    path("holds/<int:pk>/end/", determinations.end_hold, name="end_hold"),
    path("paper/", paper.key, name="paper"),
    path("adjustments/", adjustments.adjustments, name="adjustments"),
    path("adjustments/<int:pk>/", adjustments.adjustment, name="adjustment"),
    path("mass-adjustments/", mass.mass_list, name="mass_adjustments"),
    path("mass-adjustments/new/", mass.make, name="mass_new"),
    path("mass-adjustments/<int:pk>/", mass.mass_adjustment, name="mass_adjustment"),
    path("mass-adjustments/<int:pk>/claims/", mass.mass_claims, name="mass_claims"),
    path("mass-adjustments/<int:pk>/lines/", mass.mass_lines, name="mass_lines"),
    path("mass-adjustments/<int:pk>/lines.csv", mass.export_lines, name="mass_export"),
    path("mass-adjustments/<int:pk>/approve/", mass.approve, name="mass_approve"),
    path("mass-adjustments/<int:pk>/reverse/", mass.reverse, name="mass_reverse"),
    path("mass-adjustments/<int:pk>/<slug:name>/", mass.act, name="mass_act"),
    path("<str:icn>/", claim.claim_page, name="claim"),
    path("<str:icn>/notice/", notices.notice, name="notice"),
    path("<str:icn>/notice/mailed/", notices.mailed, name="notice_mailed"),
    path("<str:icn>/reopen/", adjustments.reopen, name="reopen"),
    path("<str:icn>/void/", adjustments.void, name="void"),
    path("<str:icn>/override/", determinations.override, name="override"),
    path("<str:icn>/waive/", determinations.waive, name="waive"),
    path("<str:icn>/more-time/", determinations.more_time, name="more_time"),
    path("<str:icn>/drug-category/", determinations.drug_category, name="drug_category"),
    path("<str:icn>/hold/", determinations.hold, name="hold"),
    path("<str:icn>/release/", determinations.release, name="release"),
]
