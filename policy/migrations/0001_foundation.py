"""What every other migration builds on: the extensions for exclusion constraints and search, the arrival numbers."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        migrations.RunSQL("CREATE SEQUENCE arrival_number", "DROP SEQUENCE arrival_number"),
    ]
