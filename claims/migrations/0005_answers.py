"""Notices and webhooks: what suppliers are told when a claim moves."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("claims", "0004_review")]

    operations = []
