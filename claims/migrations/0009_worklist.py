import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0001_initial"),
        ("accounts", "0002_shared_cache"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedFilter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40)),
                ("query", models.CharField(blank=True, max_length=1000, verbose_name="filters and order")),
                ("search", models.CharField(blank=True, max_length=100)),
                ("is_shared", models.BooleanField(default=False, verbose_name="shared with colleagues")),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("name", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("owner", "name"), name="claims_one_saved_filter_a_name")
                ],
            },
        ),
        migrations.CreateModel(
            name="WorklistTaste",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "columns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), blank=True, null=True, size=None
                    ),
                ),
                (
                    "opens_with",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="claims.savedfilter",
                    ),
                ),
            ],
        ),
        migrations.RemoveConstraint(model_name="claimline", name="claims_line_once"),
        migrations.AddConstraint(
            model_name="claimline",
            constraint=models.UniqueConstraint(
                fields=("claim", "number"), include=("hcpcs", "date_of_service"), name="claims_line_once"
            ),
        ),
        migrations.AddIndex(
            model_name="claimline", index=models.Index(fields=["hcpcs", "claim"], name="claims_lines_by_code")
        ),
        migrations.AddIndex(
            model_name="claimline", index=models.Index(fields=["date_of_service", "claim"], name="claims_lines_by_day")
        ),
        migrations.RemoveIndex(model_name="claim", name="claims_by_status"),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["status", "received_on", "arrival"], name="claims_by_status"),
        ),
        migrations.AddIndex(
            model_name="claim", index=models.Index(fields=["total_charge", "id"], name="claims_by_charge")
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                condition=models.Q(("supplier__isnull", True)), fields=["billing_npi"], name="claims_unknown_supplier"
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Upper("patient_last_name"), "text_pattern_ops"
                ),
                condition=models.Q(("beneficiary__isnull", True)),
                name="claims_unknown_patient",
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                condition=models.Q(("is_test", True)), fields=["received_on", "arrival"], name="claims_tests"
            ),
        ),
    ]
