"""The project itself, as the app that holds commands, template tags and the frame of every page."""

from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class StaticFiles(StaticFilesConfig):
    """Leaves out what installed packages bring and no page here uses."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "redoc", "rest_framework"]


class ProjectConfig(AppConfig):
    name = "hit_project"
    verbose_name = "Home Infusion Claims"

    def ready(self) -> None:
        """Every entrance knows the Celery application, so that what it sends reaches the broker."""
        from hit_project import celery  # noqa: F401
