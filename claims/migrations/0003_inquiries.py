"""Eligibility and claim status asked by file: 270 and 276, and what was answered."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0002_lists")]

    operations = [
        migrations.AddField(
            model_name="receivedfile",
            name="inquiries",
            field=models.PositiveIntegerField(default=0, verbose_name="inquiries answered"),
        ),
        migrations.AddField(
            model_name="receivedfile",
            name="asked_for",
            field=models.ManyToManyField(related_name="+", to="suppliers.supplier"),
        ),
        migrations.AlterField(
            model_name="acknowledgement",
            name="kind",
            field=models.CharField(
                choices=[
                    ("TA1", "TA1 interchange acknowledgement"),
                    ("999", "999 implementation acknowledgement"),
                    ("277CA", "277CA claim acknowledgement"),
                    ("271", "271 eligibility"),
                    ("277", "277 claim status"),
                ],
                max_length=5,
            ),
        ),
    ]
