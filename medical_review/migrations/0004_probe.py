"""Targeted probe and educate: probes, their rounds, results, education, outcomes."""

import django.db.models.deletion
import django.db.models.functions.datetime
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import policy.arrivals


class Migration(migrations.Migration):
    dependencies = [
        ("medical_review", "0003_marks"),
        ("suppliers", "0002_people"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Probe",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("why", models.CharField(max_length=500, verbose_name="why it was chosen")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("chosen", "First round to be drawn"),
                            ("review", "Round in review"),
                            ("result", "Result stands"),
                            ("education", "Education before the next round"),
                            ("released", "Released"),
                            ("referred", "Referred"),
                            ("called_off", "Called off"),
                        ],
                        default="chosen",
                        max_length=10,
                    ),
                ),
                ("chosen_on", models.DateField()),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "arrival",
                    policy.arrivals.ArrivalField(
                        db_default=models.Func(
                            models.Value("arrival_number"), function="nextval", output_field=models.BigIntegerField()
                        ),
                        editable=False,
                    ),
                ),
                (
                    "chosen_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "supplier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="probes", to="suppliers.supplier"
                    ),
                ),
            ],
            options={
                "ordering": ("-arrival",),
            },
        ),
        migrations.CreateModel(
            name="ProbeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("why", models.CharField(max_length=500, verbose_name="why it was chosen")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("chosen", "First round to be drawn"),
                            ("review", "Round in review"),
                            ("result", "Result stands"),
                            ("education", "Education before the next round"),
                            ("released", "Released"),
                            ("referred", "Referred"),
                            ("called_off", "Called off"),
                        ],
                        default="chosen",
                        max_length=10,
                    ),
                ),
                ("chosen_on", models.DateField()),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "arrival",
                    policy.arrivals.ArrivalField(
                        db_default=models.Func(
                            models.Value("arrival_number"), function="nextval", output_field=models.BigIntegerField()
                        ),
                        editable=False,
                    ),
                ),
                (
                    "chosen_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="medical_review.probe",
                    ),
                ),
                (
                    "supplier",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="suppliers.supplier",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProbeRound",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "arrival",
                    policy.arrivals.ArrivalField(
                        db_default=models.Func(
                            models.Value("arrival_number"), function="nextval", output_field=models.BigIntegerField()
                        ),
                        editable=False,
                    ),
                ),
                (
                    "draw",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="probe_round",
                        to="medical_review.draw",
                    ),
                ),
                (
                    "probe",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rounds", to="medical_review.probe"
                    ),
                ),
            ],
            options={
                "ordering": ("probe", "number"),
            },
        ),
        migrations.CreateModel(
            name="Education",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("held_on", models.DateField()),
                ("held_by", models.CharField(max_length=120, verbose_name="who held it")),
                ("topics", models.CharField(max_length=500)),
                ("material", models.CharField(blank=True, max_length=500)),
                ("next_round_from", models.DateField(verbose_name="earliest day of the next round")),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                (
                    "arrival",
                    policy.arrivals.ArrivalField(
                        db_default=models.Func(
                            models.Value("arrival_number"), function="nextval", output_field=models.BigIntegerField()
                        ),
                        editable=False,
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="educations",
                        to="medical_review.proberound",
                    ),
                ),
            ],
            options={
                "ordering": ("arrival",),
            },
        ),
        migrations.CreateModel(
            name="RoundOutcome",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "word",
                    models.CharField(
                        choices=[
                            ("release", "Released"),
                            ("go_on", "Next round"),
                            ("refer", "Referred after three rounds"),
                        ],
                        max_length=7,
                    ),
                ),
                ("reason", models.CharField(max_length=500)),
                ("made_on", models.DateField()),
                (
                    "arrival",
                    policy.arrivals.ArrivalField(
                        db_default=models.Func(
                            models.Value("arrival_number"), function="nextval", output_field=models.BigIntegerField()
                        ),
                        editable=False,
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outcome",
                        to="medical_review.proberound",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RoundResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("claims", models.PositiveSmallIntegerField()),
                ("claims_in_error", models.PositiveSmallIntegerField()),
                ("charges", models.DecimalField(decimal_places=2, max_digits=12)),
                ("charges_in_error", models.DecimalField(decimal_places=2, max_digits=12)),
                ("paid", models.DecimalField(decimal_places=2, max_digits=12)),
                ("paid_in_error", models.DecimalField(decimal_places=2, max_digits=12)),
                ("left_out", models.PositiveSmallIntegerField()),
                ("threshold", models.DecimalField(decimal_places=4, max_digits=5)),
                ("found_on", models.DateField()),
                (
                    "arrival",
                    policy.arrivals.ArrivalField(
                        db_default=models.Func(
                            models.Value("arrival_number"), function="nextval", output_field=models.BigIntegerField()
                        ),
                        editable=False,
                    ),
                ),
                (
                    "found_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="result",
                        to="medical_review.proberound",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="probe",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("chosen", "review", "result", "education"))),
                fields=("supplier",),
                name="review_one_standing_probe",
            ),
        ),
        migrations.AddConstraint(
            model_name="probe",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ("chosen", "review", "result", "education")),
                    ("ended_on__isnull", False),
                    _connector="OR",
                ),
                name="review_probe_ended_on_a_day",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="probe",
            trigger=pgtrigger.compiler.Trigger(
                name="state_moves_along_the_arrows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{chosen:called_off,chosen:review,education:called_off,education:review,result:called_off,result:education,result:referred,result:released,review:called_off,review:result}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="9c68c651fbdda800627e82a7a1957ec4d1ebcb4c",
                    operation="UPDATE",
                    pgid="pgtrigger_state_moves_along_the_arrows_635f4",
                    table="medical_review_probe",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="probe",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "medical_review_probeevent" ("arrival", "chosen_by_id", "chosen_on", "ended_on", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "supplier_id", "why") VALUES (NEW."arrival", NEW."chosen_by_id", NEW."chosen_on", NEW."ended_on", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."state", NEW."supplier_id", NEW."why"); RETURN NULL;',
                    hash="81d55ba090f5c2b4576b2f23d45cde8746a4a303",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_75249",
                    table="medical_review_probe",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="probe",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "medical_review_probeevent" ("arrival", "chosen_by_id", "chosen_on", "ended_on", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "supplier_id", "why") VALUES (NEW."arrival", NEW."chosen_by_id", NEW."chosen_on", NEW."ended_on", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."state", NEW."supplier_id", NEW."why"); RETURN NULL;',
                    hash="4a25f80932f7f8eeda99c32ff65fbfbd7cf66b4a",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0d0cd",
                    table="medical_review_probe",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="proberound",
            constraint=models.UniqueConstraint(fields=("probe", "number"), name="review_probe_round_once"),
        ),
        migrations.AddConstraint(
            model_name="proberound",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__range", (1, 3))), name="review_three_probe_rounds"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="proberound",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                    hash="500a279bd4e279409427e72e5b2b0826d9a7b815",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_d70d8",
                    table="medical_review_proberound",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="proberound",
            trigger=pgtrigger.compiler.Trigger(
                name="never_truncated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                    hash="510cf7f3b5f9f314b56adf3b8abe31e7f798b692",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_truncated_bc1b8",
                    table="medical_review_proberound",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="education",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                    hash="02c7b9bd1f4d7fd4765b42c7f8ba142c2c8a83fc",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_a8782",
                    table="medical_review_education",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="education",
            trigger=pgtrigger.compiler.Trigger(
                name="never_truncated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                    hash="f56776b58a9ff357043a9984f366765b99761d5b",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_truncated_f3175",
                    table="medical_review_education",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="roundoutcome",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                    hash="d7e9e4b21e9b1f54a61871c1151b7497a710790e",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_a20d3",
                    table="medical_review_roundoutcome",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="roundoutcome",
            trigger=pgtrigger.compiler.Trigger(
                name="never_truncated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                    hash="91209d1af532983beb9bdeb04b2c7277cb03a9cf",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_truncated_913cf",
                    table="medical_review_roundoutcome",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="roundresult",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                    hash="38a5e847ca0d701905aeaf44763555da43acde8a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_8285e",
                    table="medical_review_roundresult",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="roundresult",
            trigger=pgtrigger.compiler.Trigger(
                name="never_truncated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                    hash="8f2b5bf18ba13ad79fc52cc5bae6266f8718a22b",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_truncated_1a160",
                    table="medical_review_roundresult",
                    when="BEFORE",
                ),
            ),
        ),
    ]
