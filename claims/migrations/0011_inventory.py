import django.contrib.postgres.indexes
import django.core.serializers.json
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0010_notes"), ("suppliers", "0001_initial")]

    operations: list[migrations.operations.base.Operation] = [
        migrations.CreateModel(
            name="CountedUpTo",
            fields=[
                ("table", models.CharField(max_length=63, primary_key=True, serialize=False)),
                ("last_id", models.BigIntegerField()),
            ],
            options={"verbose_name_plural": "counted up to"},
        ),
        migrations.CreateModel(
            name="DailyCount",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("received", models.PositiveIntegerField(default=0)),
                ("rejected", models.PositiveIntegerField(default=0)),
                ("decided", models.PositiveIntegerField(default=0)),
                ("paid", models.PositiveIntegerField(default=0)),
                ("paid_amount", models.DecimalField(decimal_places=2, default=0, max_digits=16)),
            ],
            options={"ordering": ("day",)},
        ),
        migrations.CreateModel(
            name="Inventory",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("counted_for", models.DateField(verbose_name="business date of the count")),
                ("counted_at", models.DateTimeField()),
                ("seconds", models.FloatField()),
                ("open_claims", models.JSONField(default=list, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("denials", models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("stuck", models.JSONField(default=list, encoder=django.core.serializers.json.DjangoJSONEncoder)),
            ],
            options={
                "verbose_name_plural": "inventory",
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="claims_one_inventory")],
            },
        ),
        migrations.CreateModel(
            name="LineDenial",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line_number", models.PositiveSmallIntegerField()),
                ("edit", models.CharField(blank=True, max_length=7)),
                ("group", models.CharField(blank=True, max_length=2)),
                ("carc", models.CharField(blank=True, max_length=4)),
                ("charge", models.DecimalField(decimal_places=2, max_digits=12)),
                ("decided_on", models.DateField()),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="denials", to="claims.claim"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="claims.decision",
                    ),
                ),
                (
                    "supplier",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="suppliers.supplier",
                    ),
                ),
            ],
            options={
                "ordering": ("decision", "line_number"),
                "indexes": [models.Index(fields=["decided_on", "edit"], name="claims_denials_by_day")],
                "constraints": [
                    models.UniqueConstraint(fields=("decision", "line_number"), name="claims_line_denial_once")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="decision",
            index=django.contrib.postgres.indexes.BrinIndex(
                autosummarize=True, fields=["decided_on"], name="claims_decision_by_day", pages_per_range=16
            ),
        ),
    ]
