"""Indexes and the daily summary that lists and reports of a million claims are read by."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="ClaimCourse",
            fields=[
                (
                    "claim",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="claims.claim",
                    ),
                ),
                ("received_on", models.DateField(db_index=True)),
                ("is_first_pass", models.BooleanField()),
                ("was_suspended", models.BooleanField()),
                ("final_on", models.DateField(blank=True, null=True)),
            ],
            options={"ordering": ("claim",)},
        ),
        migrations.CreateModel(
            name="DailyPaid",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(db_index=True)),
                ("category", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("locality", models.CharField(blank=True, max_length=8)),
                ("place", models.CharField(blank=True, max_length=120)),
                ("lines", models.IntegerField()),
                ("allowed", models.DecimalField(decimal_places=2, max_digits=16)),
                ("paid", models.DecimalField(decimal_places=2, max_digits=16)),
            ],
            options={"verbose_name_plural": "daily paid", "ordering": ("day", "category", "locality")},
        ),
        migrations.AddField(
            model_name="inventory",
            name="stuck_claims",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="linedenial",
            name="is_overturned",
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name="RecurringCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("lines", "Lines of final decisions, by supplier"),
                            ("fired", "Claims on which an edit fired with power to decide, by edit"),
                        ],
                        max_length=5,
                    ),
                ),
                ("key", models.CharField(blank=True, max_length=20)),
                ("day", models.DateField()),
                ("previous_on", models.DateField(blank=True, null=True)),
                ("number", models.PositiveIntegerField()),
            ],
            options={
                "ordering": ("what", "day", "key"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("what", "day", "key", "previous_on"),
                        name="claims_recurring_once",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ClaimDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(choices=[("D", "Decided"), ("P", "Told as paid")], max_length=1)),
                ("day", models.DateField()),
                ("previous_on", models.DateField(blank=True, null=True)),
                ("month", models.DateField(verbose_name="first day of the month")),
                ("received_on", models.DateField()),
                ("arrival", models.BigIntegerField()),
                (
                    "claim",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="days",
                        to="claims.claim",
                    ),
                ),
            ],
            options={
                "ordering": ("claim", "what", "day"),
                "indexes": [
                    models.Index(
                        fields=["what", "month", "received_on", "arrival", "claim"],
                        include=("day", "previous_on"),
                        name="claims_days_in_order",
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("claim", "what", "day"), name="claims_day_once")],
            },
        ),
        migrations.AddIndex(
            model_name="linedenial",
            index=models.Index(fields=["edit", "claim"], name="claims_denials_by_edit"),
        ),
        migrations.AddIndex(
            model_name="linedenial",
            index=models.Index(fields=["group", "carc", "claim"], name="claims_denials_by_reason"),
        ),
        # What was counted before is counted anew, so that the new tables have it too.
        migrations.RunSQL("DELETE FROM claims_countedupto", migrations.RunSQL.noop),
    ]
