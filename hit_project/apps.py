"""The project itself, as the app that holds commands, template tags and the frame of every page."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "hit_project"
    verbose_name = "Home Infusion Claims"

    def ready(self) -> None:
        """Every entrance knows the Celery application, so that what it sends reaches the broker."""
        from hit_project import celery  # noqa: F401
