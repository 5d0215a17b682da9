"""The project itself, as the app that holds commands, template tags and the frame of every page."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "hit_project"
    verbose_name = "Home Infusion Claims"
