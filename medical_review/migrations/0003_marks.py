import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import policy.arrivals


class Migration(migrations.Migration):
    dependencies = [
        ("beneficiaries", "0001_initial"),
        ("medical_review", "0002_records"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PageMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("page", models.PositiveIntegerField()),
                ("left", models.PositiveSmallIntegerField()),
                ("top", models.PositiveSmallIntegerField()),
                ("right", models.PositiveSmallIntegerField()),
                ("bottom", models.PositiveSmallIntegerField()),
                ("note", models.CharField(blank=True, max_length=300)),
                ("point", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("made_on", models.DateField()),
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
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="marks", to="medical_review.case"
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="beneficiaries.document"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("case", "document", "page", "arrival"),
            },
        ),
        migrations.AddField(
            model_name="visitnote",
            name="document",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="beneficiaries.document",
            ),
        ),
        migrations.CreateModel(
            name="MarkWithdrawal",
            fields=[
                (
                    "mark",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="withdrawal",
                        serialize=False,
                        to="medical_review.pagemark",
                    ),
                ),
                ("made_on", models.DateField()),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                (
                    "made_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="pagemark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("bottom__lte", 1000),
                    ("left__lt", models.F("right")),
                    ("right__lte", 1000),
                    ("top__lt", models.F("bottom")),
                ),
                name="review_mark_on_the_page",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pagemark",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                    hash="c3752d40ab7a6bf798576fe0184e7030c3c95242",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_3ec8c",
                    table="medical_review_pagemark",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pagemark",
            trigger=pgtrigger.compiler.Trigger(
                name="never_truncated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                    hash="296c44764d271fc149d5ac6061c4a1a6cb99b95a",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_truncated_8738d",
                    table="medical_review_pagemark",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="markwithdrawal",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                    hash="570070fa70e19627aa388b59d9f902c9dd88366c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_0d670",
                    table="medical_review_markwithdrawal",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="markwithdrawal",
            trigger=pgtrigger.compiler.Trigger(
                name="never_truncated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                    hash="946b2be6bdb773505e3b5d052c38db8710a53842",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_truncated_64d5f",
                    table="medical_review_markwithdrawal",
                    when="BEFORE",
                ),
            ),
        ),
    ]
