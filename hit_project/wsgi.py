"""The entrance for web servers: `gunicorn hit_project.wsgi`."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hit_project.settings")

from hit_project import celery  # noqa: F401 - tasks sent from a page need the application and its broker

application = get_wsgi_application()
