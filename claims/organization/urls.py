"""The addresses of organizations, and of the links in invitations."""

from __future__ import annotations

from django.urls import path

from claims.organization import views
from claims.webhooks import views as webhooks

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
    path("organization/<int:pk>/webhooks/", webhooks.webhooks, name="webhooks"),
    path("organization/<int:pk>/webhooks/<int:webhook>/", webhooks.webhook, name="webhook"),
    path("organization/<int:pk>/webhooks/<int:webhook>/test/", webhooks.try_webhook, name="try_webhook"),
    path("organization/<int:pk>/webhooks/<int:webhook>/stop/", webhooks.stop, name="stop_webhook"),
    path("organization/<int:pk>/webhooks/<int:webhook>/events/<int:delivery>/", webhooks.again, name="send_again"),
    path("join/<str:token>/", views.join, name="join"),
]
