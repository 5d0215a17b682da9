"""Corrections: the claim that a draft corrects, and what suppliers ask of the contractor."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

OPEN = models.Q(("state", "open"))


class Migration(migrations.Migration):
    dependencies = [("claims", "0005_answers"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.AddField(
            model_name="claimdraft",
            name="corrects",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrections",
                to="claims.claim",
            ),
        ),
        migrations.AddConstraint(
            model_name="claimdraft",
            constraint=models.UniqueConstraint(
                condition=models.Q(("claim__isnull", True)), fields=("corrects",), name="claims_one_open_correction"
            ),
        ),
        migrations.CreateModel(
            name="CorrectionRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("reopening", "Reopen for a clerical error"), ("void", "Take the claim back")],
                        max_length=9,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Waits for an examiner"),
                            ("carried_out", "Carried out"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="open",
                        max_length=11,
                    ),
                ),
                ("values", models.JSONField(blank=True, default=dict)),
                ("asked", models.JSONField(blank=True, default=list)),
                ("reason", models.CharField(max_length=500)),
                (
                    "good_cause",
                    models.CharField(blank=True, max_length=500, verbose_name="good cause, after a year"),
                ),
                ("asked_on", models.DateField(verbose_name="business day it was asked for")),
                (
                    "settled_on",
                    models.DateField(blank=True, null=True, verbose_name="business day of the answer"),
                ),
                (
                    "answer",
                    models.CharField(blank=True, max_length=500, verbose_name="what the supplier is told"),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="correction_requests",
                        to="claims.claim",
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="requests",
                        to="claims.claimdraft",
                    ),
                ),
                (
                    "made",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="claims.claim",
                        verbose_name="claim that came of it",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("asked_on", "pk"),
                "indexes": [models.Index(condition=OPEN, fields=["asked_on", "id"], name="claims_requests_open")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=OPEN, fields=("claim",), name="claims_one_open_request_of_a_claim"
                    )
                ],
            },
        ),
    ]
