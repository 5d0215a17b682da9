"""The few pages that belong to no app: the way in, help, and the API's description."""

from __future__ import annotations

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from accounts.access import RolePermission, person_of, public, signed_in
from accounts.models import Role
from claims.views.home import home as staff_home
from claims.views.supplier_home import home as supplier_home


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """The page one's day begins with."""
    return supplier_home(request) if person_of(request).role == Role.SUPPLIER else staff_home(request)


@public
def help_page(request: HttpRequest) -> HttpResponse:
    """Keyboard, accessibility, and what the words of a status mean."""
    return render(request, "accounts/help.html")


class ApiSchema(SpectacularAPIView):
    """The OpenAPI description of the API."""

    allowed_roles = Role.values
    permission_classes = (RolePermission,)


@signed_in
@method_decorator(csp_update({"style-src": ["'self'", "'unsafe-inline'"]}), name="dispatch")
class ApiPage(SpectacularSwaggerSplitView):
    """The API's description as a page. Swagger sets styles on elements, hence a content policy of its own."""

    template_name = "api.html"
