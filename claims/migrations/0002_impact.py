import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0001_initial"),
        ("policy", "0003_change_sets"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ImpactRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fingerprint", models.CharField(max_length=64)),
                ("publication", models.PositiveIntegerField()),
                ("engine_version", models.CharField(max_length=16)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Begins in a moment"),
                            ("running", "Being worked out"),
                            ("done", "Worked out"),
                            ("cancelled", "Cancelled"),
                            ("failed", "Stopped by a fault"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="why it stopped")),
                ("claims", models.PositiveIntegerField(default=0, verbose_name="claims that it can touch")),
                ("claims_changed", models.PositiveIntegerField(default=0, verbose_name="decided claims that change")),
                ("lines_changed", models.PositiveIntegerField(default=0, verbose_name="lines of theirs that change")),
                ("before", models.DecimalField(decimal_places=2, default=0, max_digits=14, verbose_name="paid before")),
                ("after", models.DecimalField(decimal_places=2, default=0, max_digits=14, verbose_name="would pay")),
                ("waiting_changed", models.PositiveIntegerField(default=0, verbose_name="waiting claims that change")),
                (
                    "waiting_after",
                    models.DecimalField(
                        decimal_places=2, default=0, max_digits=14, verbose_name="waiting claims would pay"
                    ),
                ),
                ("summary", models.JSONField(default=dict)),
                ("asked_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("waiting_asked_on", models.DateField(blank=True, null=True)),
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
                    "change_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="policy.changeset"
                    ),
                ),
                (
                    "mass",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="impact",
                        to="claims.massadjustment",
                    ),
                ),
            ],
            options={
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="ImpactLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("is_waiting", models.BooleanField()),
                ("date_of_service", models.DateField()),
                ("hcpcs", models.CharField(max_length=10)),
                ("supplier", models.CharField(max_length=10, verbose_name="supplier's NPI as billed")),
                ("supplier_name", models.CharField(blank=True, max_length=120)),
                ("edit", models.CharField(blank=True, max_length=7)),
                ("difference", models.DecimalField(decimal_places=2, max_digits=12)),
                ("before", models.JSONField()),
                ("after", models.JSONField()),
                (
                    "claim",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="claims.claim"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="claims.impactrun",
                    ),
                ),
            ],
            options={
                "ordering": ("run", "claim", "number"),
            },
        ),
        migrations.CreateModel(
            name="ImpactChunk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("claims", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ("count", models.PositiveIntegerField(verbose_name="how many claims")),
                ("before", models.DecimalField(decimal_places=2, default=0, max_digits=14)),
                ("is_done", models.BooleanField(default=False)),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="chunks",
                        to="claims.impactrun",
                    ),
                ),
            ],
            options={
                "ordering": ("run", "number"),
            },
        ),
        migrations.AddConstraint(
            model_name="impactrun",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("queued", "running"))),
                fields=("change_set",),
                name="claims_impact_one_at_work",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="impactrun",
            trigger=pgtrigger.compiler.Trigger(
                name="impact_state_moves_along_the_arrows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{queued:running,queued:cancelled,queued:failed,running:done,running:cancelled,running:failed}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="dd2574ef1c44640e56e0d3cca59c653a6c8821d3",
                    operation="UPDATE",
                    pgid="pgtrigger_impact_state_moves_along_the_arrows_da108",
                    table="claims_impactrun",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="impactline",
            constraint=models.UniqueConstraint(fields=("run", "claim", "number"), name="claims_impact_line_once"),
        ),
        migrations.AddConstraint(
            model_name="impactchunk",
            constraint=models.UniqueConstraint(fields=("run", "number"), name="claims_impact_chunk_once"),
        ),
    ]
