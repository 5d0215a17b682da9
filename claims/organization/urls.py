"""The addresses of organizations, and of the links in invitations."""

from __future__ import annotations

from django.urls import path

from claims.organization import views

app_name = "organization"

urlpatterns = [
    path("organization/", views.index, name="index"),
    path("organization/<int:pk>/", views.organization, name="organization"),
    path("organization/<int:pk>/invite/", views.invite, name="invite"),
    path("organization/<int:pk>/invitations/<int:invitation>/withdraw/", views.withdraw, name="withdraw"),
    path("organization/<int:pk>/people/<int:row>/", views.person, name="person"),
    path("organization/<int:pk>/people/<int:row>/end/", views.end, name="end"),
    path("organization/<int:pk>/keys/", views.keys, name="keys"),
    path("organization/<int:pk>/keys/<int:key>/revoke/", views.revoke, name="revoke"),
    path("join/<str:token>/", views.join, name="join"),
]
