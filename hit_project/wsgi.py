"""The entrance for web servers: `gunicorn hit_project.wsgi`."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hit_project.settings")

application = get_wsgi_application()
