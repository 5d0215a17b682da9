"""The addresses of the API."""

from __future__ import annotations

from django.urls import path, re_path

from accounts.access import public
from claims.api import attachments, checks, errors, fhir, inquiries, notices, plans, sending, suppliers, tables, views
from claims.api import public as public_views

app_name = "api"

urlpatterns = [
    path("plans/", plans.PlanList.as_view(), name="plans"),
    path("plans/<int:pk>/", plans.PlanDetail.as_view(), name="plan"),
    path("plans/<int:pk>/changes/", plans.PlanChanges.as_view(), name="plan_changes"),
    path("plans/<int:pk>/completion/", plans.PlanCompletion.as_view(), name="plan_completion"),
    path("plans/<int:pk>/reviews/", plans.PlanReviews.as_view(), name="plan_reviews"),
    path("plans/<int:pk>/documents/", plans.PlanDocuments.as_view(), name="plan_documents"),
    path("documents/<int:pk>/", plans.DocumentDetail.as_view(), name="document"),
    path("documents/<int:pk>/content/", plans.DocumentContent.as_view(), name="document_content"),
    path("claims/", sending.ClaimSubmission.as_view(), name="claims"),
    path("claims/<str:icn>/", views.ClaimDetail.as_view(), name="claim"),
    path("suppliers/", suppliers.SupplierList.as_view(), name="suppliers"),
    path("suppliers/<int:pk>/", suppliers.SupplierDetail.as_view(), name="supplier"),
    path("policy/", tables.TableList.as_view(), name="tables"),
    path("policy/<str:name>/", tables.TableRows.as_view(), name="table"),
    path("public/policy/", public_views.PublicTables.as_view(), name="public_tables"),
    path("public/policy/<str:name>/", public_views.PublicRows.as_view(), name="public_table"),
    path("public/prices/", public_views.PublicPrice.as_view(), name="public_price"),
    path("notices/", notices.NoticeList.as_view(), name="notices"),
    path("fhir/metadata", fhir.Capabilities.as_view(), name="fhir_metadata"),
    path("fhir/ExplanationOfBenefit/<str:icn>", fhir.ExplanationOfBenefit.as_view(), name="fhir_benefit"),
    path("fhir/ClaimResponse/<str:icn>", fhir.ClaimResponse.as_view(), name="fhir_response"),
    path("fhir/$submit-attachment", attachments.SubmitAttachment.as_view(), name="fhir_submit_attachment"),
    path("checks/", checks.ClaimCheck.as_view(), name="check"),
    path("checks/file/", checks.FileCheck.as_view(), name="check_file"),
    path("eligibility/", inquiries.EligibilityInquiry.as_view(), name="eligibility"),
    path("claim-status/", inquiries.ClaimStatusList.as_view(), name="claim_status"),
    path("files/", views.FileList.as_view(), name="files"),
    path("files/<int:pk>/", views.FileDetail.as_view(), name="file"),
    path("files/<int:pk>/answers/<int:answer>/", views.AnswerDownload.as_view(), name="answer"),
    path("remittances/", views.RemittanceList.as_view(), name="remittances"),
    path("remittances/<int:pk>/", views.RemittanceDetail.as_view(), name="remittance"),
    path("remittances/<int:pk>/835/", views.RemittanceDownload.as_view(), name="remittance_835"),
    re_path(r"^(?P<rest>.*)/$", public(errors.not_there), name="not_there"),
]
