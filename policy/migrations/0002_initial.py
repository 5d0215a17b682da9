import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import accounts.migrating


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("policy", "0001_foundation"),
    ]

    operations = [
        accounts.migrating.AtOnce(
            operations=[
                migrations.CreateModel(
                    name="AccreditingOrganization",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("in_force", django.contrib.postgres.fields.ranges.DateRangeField()),
                        ("known", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                        ("source", models.CharField(max_length=300)),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("published", "Published"),
                                    ("estimated", "Estimated"),
                                    ("inferred", "Inferred"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        ("code", models.CharField(max_length=10)),
                        ("name", models.CharField(max_length=120)),
                        (
                            "published_in",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="policy.publication"
                            ),
                        ),
                        (
                            "superseded_in",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="policy.publication",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "accrediting organization",
                        "ordering": ("code", "in_force"),
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[("code", "="), ("in_force", "&&"), ("known", "&&")],
                                name="policy_organization_no_overlap",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("basis__in", ["published", "estimated", "inferred"])),
                                name="policy_organization_basis",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Coinsurance",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("in_force", django.contrib.postgres.fields.ranges.DateRangeField()),
                        ("known", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                        ("source", models.CharField(max_length=300)),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("published", "Published"),
                                    ("estimated", "Estimated"),
                                    ("inferred", "Inferred"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        ("rate", models.DecimalField(decimal_places=5, max_digits=7)),
                        (
                            "published_in",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="policy.publication"
                            ),
                        ),
                        (
                            "superseded_in",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="policy.publication",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "coinsurance",
                        "verbose_name_plural": "coinsurance",
                        "ordering": ("in_force",),
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[("in_force", "&&"), ("known", "&&")], name="policy_coinsurance_no_overlap"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("basis__in", ["published", "estimated", "inferred"])),
                                name="policy_coinsurance_basis",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EditDisposition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("in_force", django.contrib.postgres.fields.ranges.DateRangeField()),
                        ("known", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                        ("source", models.CharField(max_length=300)),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("published", "Published"),
                                    ("estimated", "Estimated"),
                                    ("inferred", "Inferred"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        ("edit", models.CharField(max_length=7)),
                        ("title", models.CharField(max_length=200)),
                        (
                            "disposition",
                            models.CharField(
                                choices=[
                                    ("deny", "Deny"),
                                    ("suspend", "Suspend"),
                                    ("hold", "Hold"),
                                    ("inform", "Inform"),
                                    ("ignore", "Ignore"),
                                ],
                                max_length=7,
                            ),
                        ),
                        ("group", models.CharField(blank=True, max_length=2, verbose_name="group code")),
                        ("carc", models.CharField(blank=True, max_length=4, verbose_name="CARC")),
                        (
                            "rarcs",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=5),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="RARCs",
                            ),
                        ),
                        ("remedy", models.CharField(blank=True, max_length=20)),
                        (
                            "published_in",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="policy.publication"
                            ),
                        ),
                        (
                            "superseded_in",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="policy.publication",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "edit disposition",
                        "ordering": ("edit", "in_force"),
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[("edit", "="), ("in_force", "&&"), ("known", "&&")],
                                name="policy_disposition_no_overlap",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("basis__in", ["published", "estimated", "inferred"])),
                                name="policy_disposition_basis",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GeographicFactor",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("in_force", django.contrib.postgres.fields.ranges.DateRangeField()),
                        ("known", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                        ("source", models.CharField(max_length=300)),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("published", "Published"),
                                    ("estimated", "Estimated"),
                                    ("inferred", "Inferred"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        (
                            "locality",
                            models.CharField(
                                max_length=8,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^(\\d{5}-\\d{2})?$",
                                        "Five digits of contractor, a hyphen, two of locality: 12302-01.",
                                    )
                                ],
                            ),
                        ),
                        ("state", models.CharField(max_length=2)),
                        ("name", models.CharField(max_length=120)),
                        ("factor", models.DecimalField(decimal_places=3, max_digits=6)),
                        (
                            "published_in",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="policy.publication"
                            ),
                        ),
                        (
                            "superseded_in",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="policy.publication",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "geographic factor",
                        "ordering": ("state", "locality", "in_force"),
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[("locality", "="), ("in_force", "&&"), ("known", "&&")],
                                name="policy_factor_no_overlap",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("basis__in", ["published", "estimated", "inferred"])),
                                name="policy_factor_basis",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("factor__gt", 0)), name="policy_factor_positive"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HomeInfusionDrug",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("in_force", django.contrib.postgres.fields.ranges.DateRangeField()),
                        ("known", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                        ("source", models.CharField(max_length=300)),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("published", "Published"),
                                    ("estimated", "Estimated"),
                                    ("inferred", "Inferred"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        ("hcpcs", models.CharField(max_length=5, verbose_name="J-code")),
                        ("modifier", models.CharField(blank=True, max_length=2)),
                        (
                            "payment_category",
                            models.SmallIntegerField(
                                blank=True,
                                choices=[
                                    (1, "Category 1, intravenous"),
                                    (2, "Category 2, subcutaneous"),
                                    (3, "Category 3, chemotherapy and complex"),
                                ],
                                null=True,
                            ),
                        ),
                        ("route", models.CharField(blank=True, max_length=20)),
                        ("descriptor", models.CharField(max_length=300)),
                        (
                            "on_sad_exception",
                            models.BooleanField(
                                default=False, verbose_name="kept although on a self-administered drug list"
                            ),
                        ),
                        (
                            "published_in",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="policy.publication"
                            ),
                        ),
                        (
                            "superseded_in",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="policy.publication",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "home infusion drug",
                        "ordering": ("payment_category", "hcpcs", "modifier", "in_force"),
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[("hcpcs", "="), ("modifier", "="), ("in_force", "&&"), ("known", "&&")],
                                name="policy_drug_no_overlap",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("basis__in", ["published", "estimated", "inferred"])),
                                name="policy_drug_basis",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InterestRate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("in_force", django.contrib.postgres.fields.ranges.DateRangeField()),
                        ("known", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                        ("source", models.CharField(max_length=300)),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("published", "Published"),
                                    ("estimated", "Estimated"),
                                    ("inferred", "Inferred"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        ("rate", models.DecimalField(decimal_places=5, max_digits=7)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("clean_claim", "Clean claims"), ("overpayment", "Overpayments")],
                                max_length=12,
                            ),
                        ),
                        (
                            "published_in",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="policy.publication"
                            ),
                        ),
                        (
                            "superseded_in",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="policy.publication",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "interest rate",
                        "ordering": ("kind", "in_force"),
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[("kind", "="), ("in_force", "&&"), ("known", "&&")],
                                name="policy_interest_no_overlap",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("basis__in", ["published", "estimated", "inferred"])),
                                name="policy_interest_basis",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PartBDeductible",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("in_force", django.contrib.postgres.fields.ranges.DateRangeField()),
                        ("known", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                        ("source", models.CharField(max_length=300)),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("published", "Published"),
                                    ("estimated", "Estimated"),
                                    ("inferred", "Inferred"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=8)),
                        (
                            "published_in",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="policy.publication"
                            ),
                        ),
                        (
                            "superseded_in",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="policy.publication",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "Part B deductible",
                        "ordering": ("in_force",),
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[("in_force", "&&"), ("known", "&&")], name="policy_deductible_no_overlap"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("basis__in", ["published", "estimated", "inferred"])),
                                name="policy_deductible_basis",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PaymentAmount",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("in_force", django.contrib.postgres.fields.ranges.DateRangeField()),
                        ("known", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                        ("source", models.CharField(max_length=300)),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("published", "Published"),
                                    ("estimated", "Estimated"),
                                    ("inferred", "Inferred"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        ("hcpcs", models.CharField(max_length=5, verbose_name="visit code")),
                        (
                            "locality",
                            models.CharField(
                                blank=True,
                                max_length=8,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^(\\d{5}-\\d{2})?$",
                                        "Five digits of contractor, a hyphen, two of locality: 12302-01.",
                                    )
                                ],
                            ),
                        ),
                        (
                            "amount",
                            models.DecimalField(
                                decimal_places=2, max_digits=9, validators=[django.core.validators.MinValueValidator(0)]
                            ),
                        ),
                        ("method", models.TextField(blank=True)),
                        (
                            "published_in",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="policy.publication"
                            ),
                        ),
                        (
                            "superseded_in",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="policy.publication",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "payment amount",
                        "ordering": ("hcpcs", "locality", "in_force"),
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[("hcpcs", "="), ("locality", "="), ("in_force", "&&"), ("known", "&&")],
                                name="policy_amount_no_overlap",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("basis__in", ["published", "estimated", "inferred"])),
                                name="policy_amount_basis",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gte", 0)), name="policy_amount_not_negative"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlaceOfService",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("in_force", django.contrib.postgres.fields.ranges.DateRangeField()),
                        ("known", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                        ("source", models.CharField(max_length=300)),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("published", "Published"),
                                    ("estimated", "Estimated"),
                                    ("inferred", "Inferred"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        ("code", models.CharField(max_length=2)),
                        ("name", models.CharField(max_length=120)),
                        ("is_home", models.BooleanField(verbose_name="payable as a home")),
                        (
                            "published_in",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="policy.publication"
                            ),
                        ),
                        (
                            "superseded_in",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="policy.publication",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "place of service",
                        "verbose_name_plural": "places of service",
                        "ordering": ("code", "in_force"),
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[("code", "="), ("in_force", "&&"), ("known", "&&")],
                                name="policy_place_no_overlap",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("basis__in", ["published", "estimated", "inferred"])),
                                name="policy_place_basis",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PolicySetting",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("in_force", django.contrib.postgres.fields.ranges.DateRangeField()),
                        ("known", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                        ("source", models.CharField(max_length=300)),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("published", "Published"),
                                    ("estimated", "Estimated"),
                                    ("inferred", "Inferred"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        ("name", models.CharField(max_length=60)),
                        ("value", models.CharField(max_length=60)),
                        (
                            "published_in",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="policy.publication"
                            ),
                        ),
                        (
                            "superseded_in",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="policy.publication",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "setting",
                        "ordering": ("name", "in_force"),
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[("name", "="), ("in_force", "&&"), ("known", "&&")],
                                name="policy_setting_no_overlap",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("basis__in", ["published", "estimated", "inferred"])),
                                name="policy_setting_basis",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BusinessDate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name": "business date",
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("pk", 1)), name="policy_one_business_date")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Publication",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("published_at", models.DateTimeField()),
                        ("source", models.CharField(max_length=300)),
                        ("reason", models.CharField(max_length=500)),
                        ("is_baseline", models.BooleanField(default=False)),
                        (
                            "published_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-id",),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_baseline", True)),
                                fields=("is_baseline",),
                                name="policy_one_baseline",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PolicySettingEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("in_force", django.contrib.postgres.fields.ranges.DateRangeField()),
                        ("known", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                        ("source", models.CharField(max_length=300)),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("published", "Published"),
                                    ("estimated", "Estimated"),
                                    ("inferred", "Inferred"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        ("name", models.CharField(max_length=60)),
                        ("value", models.CharField(max_length=60)),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="policy.policysetting",
                            ),
                        ),
                        (
                            "published_in",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="policy.publication",
                            ),
                        ),
                        (
                            "superseded_in",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="policy.publication",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PlaceOfServiceEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("in_force", django.contrib.postgres.fields.ranges.DateRangeField()),
                        ("known", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                        ("source", models.CharField(max_length=300)),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("published", "Published"),
                                    ("estimated", "Estimated"),
                                    ("inferred", "Inferred"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        ("code", models.CharField(max_length=2)),
                        ("name", models.CharField(max_length=120)),
                        ("is_home", models.BooleanField(verbose_name="payable as a home")),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="policy.placeofservice",
                            ),
                        ),
                        (
                            "published_in",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="policy.publication",
                            ),
                        ),
                        (
                            "superseded_in",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="policy.publication",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PaymentAmountEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("in_force", django.contrib.postgres.fields.ranges.DateRangeField()),
                        ("known", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                        ("source", models.CharField(max_length=300)),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("published", "Published"),
                                    ("estimated", "Estimated"),
                                    ("inferred", "Inferred"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        ("hcpcs", models.CharField(max_length=5, verbose_name="visit code")),
                        (
                            "locality",
                            models.CharField(
                                blank=True,
                                max_length=8,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^(\\d{5}-\\d{2})?$",
                                        "Five digits of contractor, a hyphen, two of locality: 12302-01.",
                                    )
                                ],
                            ),
                        ),
                        (
                            "amount",
                            models.DecimalField(
                                decimal_places=2, max_digits=9, validators=[django.core.validators.MinValueValidator(0)]
                            ),
                        ),
                        ("method", models.TextField(blank=True)),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="policy.paymentamount",
                            ),
                        ),
                        (
                            "published_in",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="policy.publication",
                            ),
                        ),
                        (
                            "superseded_in",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="policy.publication",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PartBDeductibleEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("in_force", django.contrib.postgres.fields.ranges.DateRangeField()),
                        ("known", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                        ("source", models.CharField(max_length=300)),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("published", "Published"),
                                    ("estimated", "Estimated"),
                                    ("inferred", "Inferred"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=8)),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="policy.partbdeductible",
                            ),
                        ),
                        (
                            "published_in",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="policy.publication",
                            ),
                        ),
                        (
                            "superseded_in",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="policy.publication",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="InterestRateEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("in_force", django.contrib.postgres.fields.ranges.DateRangeField()),
                        ("known", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                        ("source", models.CharField(max_length=300)),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("published", "Published"),
                                    ("estimated", "Estimated"),
                                    ("inferred", "Inferred"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        ("rate", models.DecimalField(decimal_places=5, max_digits=7)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("clean_claim", "Clean claims"), ("overpayment", "Overpayments")],
                                max_length=12,
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="policy.interestrate",
                            ),
                        ),
                        (
                            "published_in",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="policy.publication",
                            ),
                        ),
                        (
                            "superseded_in",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="policy.publication",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="HomeInfusionDrugEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("in_force", django.contrib.postgres.fields.ranges.DateRangeField()),
                        ("known", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                        ("source", models.CharField(max_length=300)),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("published", "Published"),
                                    ("estimated", "Estimated"),
                                    ("inferred", "Inferred"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        ("hcpcs", models.CharField(max_length=5, verbose_name="J-code")),
                        ("modifier", models.CharField(blank=True, max_length=2)),
                        (
                            "payment_category",
                            models.SmallIntegerField(
                                blank=True,
                                choices=[
                                    (1, "Category 1, intravenous"),
                                    (2, "Category 2, subcutaneous"),
                                    (3, "Category 3, chemotherapy and complex"),
                                ],
                                null=True,
                            ),
                        ),
                        ("route", models.CharField(blank=True, max_length=20)),
                        ("descriptor", models.CharField(max_length=300)),
                        (
                            "on_sad_exception",
                            models.BooleanField(
                                default=False, verbose_name="kept although on a self-administered drug list"
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="policy.homeinfusiondrug",
                            ),
                        ),
                        (
                            "published_in",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="policy.publication",
                            ),
                        ),
                        (
                            "superseded_in",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="policy.publication",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="GeographicFactorEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("in_force", django.contrib.postgres.fields.ranges.DateRangeField()),
                        ("known", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                        ("source", models.CharField(max_length=300)),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("published", "Published"),
                                    ("estimated", "Estimated"),
                                    ("inferred", "Inferred"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        (
                            "locality",
                            models.CharField(
                                max_length=8,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^(\\d{5}-\\d{2})?$",
                                        "Five digits of contractor, a hyphen, two of locality: 12302-01.",
                                    )
                                ],
                            ),
                        ),
                        ("state", models.CharField(max_length=2)),
                        ("name", models.CharField(max_length=120)),
                        ("factor", models.DecimalField(decimal_places=3, max_digits=6)),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="policy.geographicfactor",
                            ),
                        ),
                        (
                            "published_in",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="policy.publication",
                            ),
                        ),
                        (
                            "superseded_in",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="policy.publication",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="EditDispositionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("in_force", django.contrib.postgres.fields.ranges.DateRangeField()),
                        ("known", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                        ("source", models.CharField(max_length=300)),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("published", "Published"),
                                    ("estimated", "Estimated"),
                                    ("inferred", "Inferred"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        ("edit", models.CharField(max_length=7)),
                        ("title", models.CharField(max_length=200)),
                        (
                            "disposition",
                            models.CharField(
                                choices=[
                                    ("deny", "Deny"),
                                    ("suspend", "Suspend"),
                                    ("hold", "Hold"),
                                    ("inform", "Inform"),
                                    ("ignore", "Ignore"),
                                ],
                                max_length=7,
                            ),
                        ),
                        ("group", models.CharField(blank=True, max_length=2, verbose_name="group code")),
                        ("carc", models.CharField(blank=True, max_length=4, verbose_name="CARC")),
                        (
                            "rarcs",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=5),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="RARCs",
                            ),
                        ),
                        ("remedy", models.CharField(blank=True, max_length=20)),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="policy.editdisposition",
                            ),
                        ),
                        (
                            "published_in",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="policy.publication",
                            ),
                        ),
                        (
                            "superseded_in",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="policy.publication",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CoinsuranceEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("in_force", django.contrib.postgres.fields.ranges.DateRangeField()),
                        ("known", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                        ("source", models.CharField(max_length=300)),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("published", "Published"),
                                    ("estimated", "Estimated"),
                                    ("inferred", "Inferred"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        ("rate", models.DecimalField(decimal_places=5, max_digits=7)),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="policy.coinsurance",
                            ),
                        ),
                        (
                            "published_in",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="policy.publication",
                            ),
                        ),
                        (
                            "superseded_in",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="policy.publication",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="AccreditingOrganizationEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("in_force", django.contrib.postgres.fields.ranges.DateRangeField()),
                        ("known", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                        ("source", models.CharField(max_length=300)),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("published", "Published"),
                                    ("estimated", "Estimated"),
                                    ("inferred", "Inferred"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        ("code", models.CharField(max_length=10)),
                        ("name", models.CharField(max_length=120)),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="policy.accreditingorganization",
                            ),
                        ),
                        (
                            "published_in",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="policy.publication",
                            ),
                        ),
                        (
                            "superseded_in",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="policy.publication",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PublishedFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("table", models.CharField(max_length=40)),
                        ("layout", models.CharField(max_length=20)),
                        ("name", models.CharField(max_length=255, verbose_name="file")),
                        ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                        ("rows", models.PositiveIntegerField()),
                        (
                            "publication",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="policy.publication",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("pk",),
                    },
                ),
                migrations.CreateModel(
                    name="ReasonCode",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("in_force", django.contrib.postgres.fields.ranges.DateRangeField()),
                        ("known", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                        ("source", models.CharField(max_length=300)),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("published", "Published"),
                                    ("estimated", "Estimated"),
                                    ("inferred", "Inferred"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("GROUP", "Group code"), ("CARC", "Adjustment reason"), ("RARC", "Remark")],
                                max_length=5,
                            ),
                        ),
                        ("code", models.CharField(max_length=5)),
                        ("meaning", models.CharField(max_length=200)),
                        (
                            "published_in",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="policy.publication"
                            ),
                        ),
                        (
                            "superseded_in",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="policy.publication",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "reason code",
                        "ordering": ("kind", "code", "in_force"),
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[("kind", "="), ("code", "="), ("in_force", "&&"), ("known", "&&")],
                                name="policy_reason_no_overlap",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("basis__in", ["published", "estimated", "inferred"])),
                                name="policy_reason_basis",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReasonCodeEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("in_force", django.contrib.postgres.fields.ranges.DateRangeField()),
                        ("known", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                        ("source", models.CharField(max_length=300)),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("published", "Published"),
                                    ("estimated", "Estimated"),
                                    ("inferred", "Inferred"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("GROUP", "Group code"), ("CARC", "Adjustment reason"), ("RARC", "Remark")],
                                max_length=5,
                            ),
                        ),
                        ("code", models.CharField(max_length=5)),
                        ("meaning", models.CharField(max_length=200)),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="policy.reasoncode",
                            ),
                        ),
                        (
                            "published_in",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="policy.publication",
                            ),
                        ),
                        (
                            "superseded_in",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="policy.publication",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Sequestration",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("in_force", django.contrib.postgres.fields.ranges.DateRangeField()),
                        ("known", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                        ("source", models.CharField(max_length=300)),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("published", "Published"),
                                    ("estimated", "Estimated"),
                                    ("inferred", "Inferred"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        ("rate", models.DecimalField(decimal_places=5, max_digits=7)),
                        (
                            "published_in",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="policy.publication"
                            ),
                        ),
                        (
                            "superseded_in",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="policy.publication",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "sequestration",
                        "verbose_name_plural": "sequestration",
                        "ordering": ("in_force",),
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[("in_force", "&&"), ("known", "&&")],
                                name="policy_sequestration_no_overlap",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("basis__in", ["published", "estimated", "inferred"])),
                                name="policy_sequestration_basis",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SequestrationEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("in_force", django.contrib.postgres.fields.ranges.DateRangeField()),
                        ("known", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                        ("source", models.CharField(max_length=300)),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("published", "Published"),
                                    ("estimated", "Estimated"),
                                    ("inferred", "Inferred"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        ("rate", models.DecimalField(decimal_places=5, max_digits=7)),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="policy.sequestration",
                            ),
                        ),
                        (
                            "published_in",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="policy.publication",
                            ),
                        ),
                        (
                            "superseded_in",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="policy.publication",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="VisitCode",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("in_force", django.contrib.postgres.fields.ranges.DateRangeField()),
                        ("known", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                        ("source", models.CharField(max_length=300)),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("published", "Published"),
                                    ("estimated", "Estimated"),
                                    ("inferred", "Inferred"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        ("hcpcs", models.CharField(max_length=5, verbose_name="visit code")),
                        (
                            "payment_category",
                            models.SmallIntegerField(
                                choices=[
                                    (1, "Category 1, intravenous"),
                                    (2, "Category 2, subcutaneous"),
                                    (3, "Category 3, chemotherapy and complex"),
                                ]
                            ),
                        ),
                        (
                            "visit_type",
                            models.CharField(
                                choices=[("initial", "Initial"), ("subsequent", "Subsequent")], max_length=10
                            ),
                        ),
                        ("short_descriptor", models.CharField(max_length=60)),
                        ("descriptor", models.CharField(max_length=600)),
                        ("descriptor_basis", models.CharField(max_length=10)),
                        (
                            "published_in",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="policy.publication"
                            ),
                        ),
                        (
                            "superseded_in",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="policy.publication",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "visit code",
                        "ordering": ("hcpcs", "in_force"),
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[("hcpcs", "="), ("in_force", "&&"), ("known", "&&")],
                                name="policy_visit_code_no_overlap",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("basis__in", ["published", "estimated", "inferred"])),
                                name="policy_visit_code_basis",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VisitCodeEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("in_force", django.contrib.postgres.fields.ranges.DateRangeField()),
                        ("known", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                        ("source", models.CharField(max_length=300)),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("published", "Published"),
                                    ("estimated", "Estimated"),
                                    ("inferred", "Inferred"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        ("hcpcs", models.CharField(max_length=5, verbose_name="visit code")),
                        (
                            "payment_category",
                            models.SmallIntegerField(
                                choices=[
                                    (1, "Category 1, intravenous"),
                                    (2, "Category 2, subcutaneous"),
                                    (3, "Category 3, chemotherapy and complex"),
                                ]
                            ),
                        ),
                        (
                            "visit_type",
                            models.CharField(
                                choices=[("initial", "Initial"), ("subsequent", "Subsequent")], max_length=10
                            ),
                        ),
                        ("short_descriptor", models.CharField(max_length=60)),
                        ("descriptor", models.CharField(max_length=600)),
                        ("descriptor_basis", models.CharField(max_length=10)),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="policy.visitcode",
                            ),
                        ),
                        (
                            "published_in",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="policy.publication",
                            ),
                        ),
                        (
                            "superseded_in",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="policy.publication",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ZipLocality",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("in_force", django.contrib.postgres.fields.ranges.DateRangeField()),
                        ("known", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                        ("source", models.CharField(max_length=300)),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("published", "Published"),
                                    ("estimated", "Estimated"),
                                    ("inferred", "Inferred"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        ("zip5", models.CharField(max_length=5, verbose_name="ZIP")),
                        ("state", models.CharField(max_length=2)),
                        (
                            "locality",
                            models.CharField(
                                max_length=8,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^(\\d{5}-\\d{2})?$",
                                        "Five digits of contractor, a hyphen, two of locality: 12302-01.",
                                    )
                                ],
                            ),
                        ),
                        (
                            "share",
                            models.DecimalField(
                                blank=True, decimal_places=4, max_digits=5, null=True, verbose_name="share of addresses"
                            ),
                        ),
                        (
                            "published_in",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="policy.publication"
                            ),
                        ),
                        (
                            "superseded_in",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="policy.publication",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ZIP to locality",
                        "verbose_name_plural": "ZIPs to localities",
                        "ordering": ("zip5", "in_force"),
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[("zip5", "="), ("in_force", "&&"), ("known", "&&")],
                                name="policy_zip_no_overlap",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("basis__in", ["published", "estimated", "inferred"])),
                                name="policy_zip_basis",
                            ),
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="accreditingorganization",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "policy_accreditingorganizationevent" ("basis", "code", "id", "in_force", "known", "name", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_in_id", "source", "superseded_in_id") VALUES (NEW."basis", NEW."code", NEW."id", NEW."in_force", NEW."known", NEW."name", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."published_in_id", NEW."source", NEW."superseded_in_id"); RETURN NULL;',
                            hash="f599f81accf8b80b132ce701ac56ca615fbc8911",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_55a88",
                            table="policy_accreditingorganization",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="accreditingorganization",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "policy_accreditingorganizationevent" ("basis", "code", "id", "in_force", "known", "name", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_in_id", "source", "superseded_in_id") VALUES (NEW."basis", NEW."code", NEW."id", NEW."in_force", NEW."known", NEW."name", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."published_in_id", NEW."source", NEW."superseded_in_id"); RETURN NULL;',
                            hash="2497406485baab56d40751cc23f556b43acae441",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_03f0f",
                            table="policy_accreditingorganization",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="coinsurance",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "policy_coinsuranceevent" ("basis", "id", "in_force", "known", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_in_id", "rate", "source", "superseded_in_id") VALUES (NEW."basis", NEW."id", NEW."in_force", NEW."known", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."published_in_id", NEW."rate", NEW."source", NEW."superseded_in_id"); RETURN NULL;',
                            hash="cf4e7c8208d1dba6add8f83dfac6105265d6d63a",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0e418",
                            table="policy_coinsurance",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="coinsurance",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "policy_coinsuranceevent" ("basis", "id", "in_force", "known", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_in_id", "rate", "source", "superseded_in_id") VALUES (NEW."basis", NEW."id", NEW."in_force", NEW."known", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."published_in_id", NEW."rate", NEW."source", NEW."superseded_in_id"); RETURN NULL;',
                            hash="7a527aac766c386f5e61228e47607d6123a60e6d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_cd253",
                            table="policy_coinsurance",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="editdisposition",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "policy_editdispositionevent" ("basis", "carc", "disposition", "edit", "group", "id", "in_force", "known", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_in_id", "rarcs", "remedy", "source", "superseded_in_id", "title") VALUES (NEW."basis", NEW."carc", NEW."disposition", NEW."edit", NEW."group", NEW."id", NEW."in_force", NEW."known", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."published_in_id", NEW."rarcs", NEW."remedy", NEW."source", NEW."superseded_in_id", NEW."title"); RETURN NULL;',
                            hash="f823c169f5afc0cbaa8297cfac27eab94a04a88c",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_80c49",
                            table="policy_editdisposition",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="editdisposition",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "policy_editdispositionevent" ("basis", "carc", "disposition", "edit", "group", "id", "in_force", "known", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_in_id", "rarcs", "remedy", "source", "superseded_in_id", "title") VALUES (NEW."basis", NEW."carc", NEW."disposition", NEW."edit", NEW."group", NEW."id", NEW."in_force", NEW."known", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."published_in_id", NEW."rarcs", NEW."remedy", NEW."source", NEW."superseded_in_id", NEW."title"); RETURN NULL;',
                            hash="89be58fc7cdeb6b26c737eddddc3436479f038b8",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_997f5",
                            table="policy_editdisposition",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="geographicfactor",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "policy_geographicfactorevent" ("basis", "factor", "id", "in_force", "known", "locality", "name", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_in_id", "source", "state", "superseded_in_id") VALUES (NEW."basis", NEW."factor", NEW."id", NEW."in_force", NEW."known", NEW."locality", NEW."name", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."published_in_id", NEW."source", NEW."state", NEW."superseded_in_id"); RETURN NULL;',
                            hash="d26edae309867e0cf6fb54f8e2ba2fffcf79c702",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_91538",
                            table="policy_geographicfactor",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="geographicfactor",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "policy_geographicfactorevent" ("basis", "factor", "id", "in_force", "known", "locality", "name", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_in_id", "source", "state", "superseded_in_id") VALUES (NEW."basis", NEW."factor", NEW."id", NEW."in_force", NEW."known", NEW."locality", NEW."name", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."published_in_id", NEW."source", NEW."state", NEW."superseded_in_id"); RETURN NULL;',
                            hash="ef968818141c35847fa2f1e993777af1cde52fdf",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_cc2e7",
                            table="policy_geographicfactor",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="homeinfusiondrug",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "policy_homeinfusiondrugevent" ("basis", "descriptor", "hcpcs", "id", "in_force", "known", "modifier", "note", "on_sad_exception", "payment_category", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_in_id", "route", "source", "superseded_in_id") VALUES (NEW."basis", NEW."descriptor", NEW."hcpcs", NEW."id", NEW."in_force", NEW."known", NEW."modifier", NEW."note", NEW."on_sad_exception", NEW."payment_category", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."published_in_id", NEW."route", NEW."source", NEW."superseded_in_id"); RETURN NULL;',
                            hash="e9c5919aed5a104c5f54128671a52076ee6100e6",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ad86c",
                            table="policy_homeinfusiondrug",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="homeinfusiondrug",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "policy_homeinfusiondrugevent" ("basis", "descriptor", "hcpcs", "id", "in_force", "known", "modifier", "note", "on_sad_exception", "payment_category", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_in_id", "route", "source", "superseded_in_id") VALUES (NEW."basis", NEW."descriptor", NEW."hcpcs", NEW."id", NEW."in_force", NEW."known", NEW."modifier", NEW."note", NEW."on_sad_exception", NEW."payment_category", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."published_in_id", NEW."route", NEW."source", NEW."superseded_in_id"); RETURN NULL;',
                            hash="862c896b8c50918ce0f102617871ec66f2e947ba",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ca05e",
                            table="policy_homeinfusiondrug",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="interestrate",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "policy_interestrateevent" ("basis", "id", "in_force", "kind", "known", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_in_id", "rate", "source", "superseded_in_id") VALUES (NEW."basis", NEW."id", NEW."in_force", NEW."kind", NEW."known", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."published_in_id", NEW."rate", NEW."source", NEW."superseded_in_id"); RETURN NULL;',
                            hash="ae722d8a0713a753a10f401135d8450c1b4e6df2",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ea100",
                            table="policy_interestrate",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="interestrate",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "policy_interestrateevent" ("basis", "id", "in_force", "kind", "known", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_in_id", "rate", "source", "superseded_in_id") VALUES (NEW."basis", NEW."id", NEW."in_force", NEW."kind", NEW."known", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."published_in_id", NEW."rate", NEW."source", NEW."superseded_in_id"); RETURN NULL;',
                            hash="b3d4cf33dc86ae376feb79d3bea0ad92e5af420f",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c07c8",
                            table="policy_interestrate",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="partbdeductible",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "policy_partbdeductibleevent" ("amount", "basis", "id", "in_force", "known", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_in_id", "source", "superseded_in_id") VALUES (NEW."amount", NEW."basis", NEW."id", NEW."in_force", NEW."known", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."published_in_id", NEW."source", NEW."superseded_in_id"); RETURN NULL;',
                            hash="633c9dea46412896a8be48579f6437420e8d4423",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_7eb62",
                            table="policy_partbdeductible",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="partbdeductible",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "policy_partbdeductibleevent" ("amount", "basis", "id", "in_force", "known", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_in_id", "source", "superseded_in_id") VALUES (NEW."amount", NEW."basis", NEW."id", NEW."in_force", NEW."known", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."published_in_id", NEW."source", NEW."superseded_in_id"); RETURN NULL;',
                            hash="b876187040834ee0791228870f50b52d54b63868",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c4e72",
                            table="policy_partbdeductible",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="paymentamount",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "policy_paymentamountevent" ("amount", "basis", "hcpcs", "id", "in_force", "known", "locality", "method", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_in_id", "source", "superseded_in_id") VALUES (NEW."amount", NEW."basis", NEW."hcpcs", NEW."id", NEW."in_force", NEW."known", NEW."locality", NEW."method", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."published_in_id", NEW."source", NEW."superseded_in_id"); RETURN NULL;',
                            hash="c5e4701f8a3a03717b89a9445edf01ca64982594",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6b82d",
                            table="policy_paymentamount",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="paymentamount",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "policy_paymentamountevent" ("amount", "basis", "hcpcs", "id", "in_force", "known", "locality", "method", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_in_id", "source", "superseded_in_id") VALUES (NEW."amount", NEW."basis", NEW."hcpcs", NEW."id", NEW."in_force", NEW."known", NEW."locality", NEW."method", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."published_in_id", NEW."source", NEW."superseded_in_id"); RETURN NULL;',
                            hash="f5edc765c0babd86660c675af69feef418ed676f",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_da19a",
                            table="policy_paymentamount",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="placeofservice",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "policy_placeofserviceevent" ("basis", "code", "id", "in_force", "is_home", "known", "name", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_in_id", "source", "superseded_in_id") VALUES (NEW."basis", NEW."code", NEW."id", NEW."in_force", NEW."is_home", NEW."known", NEW."name", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."published_in_id", NEW."source", NEW."superseded_in_id"); RETURN NULL;',
                            hash="1bb6de7df498fb96d7a7a109b53f3afb1e852f46",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f6839",
                            table="policy_placeofservice",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="placeofservice",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "policy_placeofserviceevent" ("basis", "code", "id", "in_force", "is_home", "known", "name", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_in_id", "source", "superseded_in_id") VALUES (NEW."basis", NEW."code", NEW."id", NEW."in_force", NEW."is_home", NEW."known", NEW."name", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."published_in_id", NEW."source", NEW."superseded_in_id"); RETURN NULL;',
                            hash="dd6aac86f6a33d170630170ec17cbbfb1855e502",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_acc7c",
                            table="policy_placeofservice",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="policysetting",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "policy_policysettingevent" ("basis", "id", "in_force", "known", "name", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_in_id", "source", "superseded_in_id", "value") VALUES (NEW."basis", NEW."id", NEW."in_force", NEW."known", NEW."name", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."published_in_id", NEW."source", NEW."superseded_in_id", NEW."value"); RETURN NULL;',
                            hash="df47c3e8346079b49a43cf9e6dad0eff02aeef21",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d8f20",
                            table="policy_policysetting",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="policysetting",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "policy_policysettingevent" ("basis", "id", "in_force", "known", "name", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_in_id", "source", "superseded_in_id", "value") VALUES (NEW."basis", NEW."id", NEW."in_force", NEW."known", NEW."name", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."published_in_id", NEW."source", NEW."superseded_in_id", NEW."value"); RETURN NULL;',
                            hash="9dc497cebdde1cdad0c11dd9096a5713351aa684",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a45d8",
                            table="policy_policysetting",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reasoncode",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "policy_reasoncodeevent" ("basis", "code", "id", "in_force", "kind", "known", "meaning", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_in_id", "source", "superseded_in_id") VALUES (NEW."basis", NEW."code", NEW."id", NEW."in_force", NEW."kind", NEW."known", NEW."meaning", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."published_in_id", NEW."source", NEW."superseded_in_id"); RETURN NULL;',
                            hash="aec597d2f211986da94c5225859bd8c94ae3e18b",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2c848",
                            table="policy_reasoncode",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reasoncode",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "policy_reasoncodeevent" ("basis", "code", "id", "in_force", "kind", "known", "meaning", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_in_id", "source", "superseded_in_id") VALUES (NEW."basis", NEW."code", NEW."id", NEW."in_force", NEW."kind", NEW."known", NEW."meaning", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."published_in_id", NEW."source", NEW."superseded_in_id"); RETURN NULL;',
                            hash="d0101609c8716be5e72b618c23773b9b5f974978",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d74be",
                            table="policy_reasoncode",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sequestration",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "policy_sequestrationevent" ("basis", "id", "in_force", "known", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_in_id", "rate", "source", "superseded_in_id") VALUES (NEW."basis", NEW."id", NEW."in_force", NEW."known", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."published_in_id", NEW."rate", NEW."source", NEW."superseded_in_id"); RETURN NULL;',
                            hash="8be9dcf975ef90d5511893f96fa52ccb154efab2",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_32c32",
                            table="policy_sequestration",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sequestration",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "policy_sequestrationevent" ("basis", "id", "in_force", "known", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_in_id", "rate", "source", "superseded_in_id") VALUES (NEW."basis", NEW."id", NEW."in_force", NEW."known", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."published_in_id", NEW."rate", NEW."source", NEW."superseded_in_id"); RETURN NULL;',
                            hash="33e30f97f1ccc46741113e8d771689364b228466",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_4c3d8",
                            table="policy_sequestration",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="visitcode",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "policy_visitcodeevent" ("basis", "descriptor", "descriptor_basis", "hcpcs", "id", "in_force", "known", "note", "payment_category", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_in_id", "short_descriptor", "source", "superseded_in_id", "visit_type") VALUES (NEW."basis", NEW."descriptor", NEW."descriptor_basis", NEW."hcpcs", NEW."id", NEW."in_force", NEW."known", NEW."note", NEW."payment_category", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."published_in_id", NEW."short_descriptor", NEW."source", NEW."superseded_in_id", NEW."visit_type"); RETURN NULL;',
                            hash="99c4ca3c5410d5897fdeeaf69813f3bd97ed58a6",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6c1f2",
                            table="policy_visitcode",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="visitcode",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "policy_visitcodeevent" ("basis", "descriptor", "descriptor_basis", "hcpcs", "id", "in_force", "known", "note", "payment_category", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_in_id", "short_descriptor", "source", "superseded_in_id", "visit_type") VALUES (NEW."basis", NEW."descriptor", NEW."descriptor_basis", NEW."hcpcs", NEW."id", NEW."in_force", NEW."known", NEW."note", NEW."payment_category", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."published_in_id", NEW."short_descriptor", NEW."source", NEW."superseded_in_id", NEW."visit_type"); RETURN NULL;',
                            hash="6d352d016881c50482d5e5d3aaa5b5cfd7a3dac1",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7edb1",
                            table="policy_visitcode",
                            when="AFTER",
                        ),
                    ),
                ),
            ],
        ),
    ]
