"""Every address of the project. A view that does not say who may use it answers nobody (`accounts.access`)."""

from __future__ import annotations

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from accounts.access import allow, public
from accounts.models import Role
from claims.views import beneficiary as beneficiary_views
from claims.views import suppliers as supplier_views
from hit_project import health, home_views, metrics
from policy import views as policy_views

#: Where the API is; what would break programs that use it gets another number.
API = "api/v1/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home_views.home, name="home"),
    path("help/", home_views.help_page, name="help"),
    path("accounts/", include("allauth.urls")),
    path("", include("accounts.urls")),
    path("claims/", include("claims.urls")),
    path("reports/", include("claims.reports.urls")),
    path("plans/", include("claims.plans.urls")),
    path("", include("claims.organization.urls")),
    path("inbox/", include("claims.inbox.urls")),
    path("documents/", include("beneficiaries.urls")),
    path("review/", include("medical_review.urls")),
    path("beneficiaries/<int:pk>/", beneficiary_views.beneficiary, name="beneficiary"),
    path("suppliers/", include("claims.supplier_urls")),
    path("suppliers/<int:pk>/", supplier_views.supplier, name="supplier"),
    path("policy/", include("policy.urls")),
    path("codebook/", include("policy.codebook_urls")),
    path("prices/", include("claims.prices.urls")),
    path("scenarios/", include("claims.kept_cases.urls")),
    path("manual/", policy_views.manual, name="manual"),
    path(f"{API}schema/", home_views.ApiSchema.as_view(), name="api-schema"),
    path(f"{API}docs/", home_views.ApiPage.as_view(url_name="api-schema"), name="api-docs"),
    path(API, include("claims.api.urls")),
    # One's own password is changed in one place, which leaves an event.
    path(
        "admin/password_change/",
        allow(Role.ADMINISTRATOR)(RedirectView.as_view(pattern_name="account_change_password")),
    ),
    path("admin/", admin.site.urls),
    path("healthz/live", public(health.live), name="live"),
    path("healthz/ready", public(health.ready), name="ready"),
    path("metrics", metrics.metrics, name="metrics"),
]
