import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.serializers.json
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import accounts.migrating
import policy.arrivals


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_shared_cache"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("beneficiaries", "0001_initial"),
        ("suppliers", "0001_initial"),
    ]

    operations = [
        accounts.migrating.AtOnce(
            operations=[
                migrations.CreateModel(
                    name="Interchange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        ("sender_qualifier", models.CharField(max_length=2)),
                        ("sender", models.CharField(max_length=15)),
                        ("control_number", models.CharField(max_length=9)),
                        ("is_test", models.BooleanField()),
                        ("is_accepted", models.BooleanField()),
                        ("note_code", models.CharField(blank=True, max_length=3, verbose_name="TA1 note code")),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="interchanges",
                                to="claims.receivedfile",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("file", "position"),
                        "constraints": [
                            models.UniqueConstraint(fields=("file", "position"), name="claims_interchange_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("is_accepted", True)),
                                fields=("sender_qualifier", "sender", "control_number", "is_test"),
                                name="claims_interchange_control_number_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Claim",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("icn", models.CharField(blank=True, max_length=13, null=True, verbose_name="claim number")),
                        (
                            "arrival",
                            policy.arrivals.ArrivalField(
                                db_default=models.Func(
                                    models.Value("arrival_number"),
                                    function="nextval",
                                    output_field=models.BigIntegerField(),
                                ),
                                editable=False,
                            ),
                        ),
                        ("is_test", models.BooleanField(default=False)),
                        (
                            "channel",
                            models.CharField(
                                choices=[("electronic", "Electronic"), ("paper", "Paper")],
                                default="electronic",
                                max_length=10,
                            ),
                        ),
                        ("position", models.PositiveIntegerField(default=0, verbose_name="position in the file")),
                        ("received_on", models.DateField()),
                        ("patient_control_number", models.CharField(max_length=38)),
                        ("frequency", models.CharField(default="1", max_length=1)),
                        ("original_claim_number", models.CharField(blank=True, max_length=50)),
                        ("billing_npi", models.CharField(max_length=10)),
                        ("billing_tin", models.CharField(max_length=9)),
                        ("billing_name", models.CharField(max_length=120)),
                        ("mbi", models.CharField(max_length=12, verbose_name="MBI")),
                        ("patient_last_name", models.CharField(max_length=60)),
                        ("patient_first_name", models.CharField(blank=True, max_length=35)),
                        ("patient_birth_date", models.DateField(blank=True, null=True)),
                        ("patient_sex", models.CharField(blank=True, max_length=1)),
                        ("patient_state", models.CharField(blank=True, max_length=2)),
                        ("patient_zip", models.CharField(blank=True, max_length=9)),
                        ("service_state", models.CharField(blank=True, max_length=2)),
                        ("service_zip", models.CharField(blank=True, max_length=9)),
                        ("place_of_service", models.CharField(blank=True, max_length=2)),
                        ("referring_npi", models.CharField(blank=True, max_length=20)),
                        ("referring_name", models.CharField(blank=True, max_length=120)),
                        ("rendering_npi", models.CharField(blank=True, max_length=10)),
                        (
                            "diagnoses",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=10), default=list, size=None
                            ),
                        ),
                        ("accepts_assignment", models.BooleanField(default=True)),
                        ("has_primary_payer_decision", models.BooleanField(default=False)),
                        ("total_charge", models.DecimalField(decimal_places=2, max_digits=12)),
                        ("first_day", models.DateField(blank=True, null=True, verbose_name="first day of service")),
                        ("last_day", models.DateField(blank=True, null=True, verbose_name="last day of service")),
                        ("billed", models.JSONField(default=dict)),
                        ("gateway_findings", models.JSONField(default=list)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("received", "Received"),
                                    ("rejected", "Rejected"),
                                    ("queued", "In the queue"),
                                    ("payable", "Payable"),
                                    ("denied", "Denied"),
                                    ("on_hold", "On hold"),
                                    ("suspended", "Suspended"),
                                    ("paid", "Paid"),
                                    ("adjusted", "Adjusted"),
                                    ("voided", "Voided"),
                                ],
                                default="received",
                                max_length=10,
                            ),
                        ),
                        ("queue_number", models.BigIntegerField(blank=True, null=True)),
                        ("queue_reason", models.CharField(blank=True, max_length=120)),
                        ("looks_done", models.PositiveSmallIntegerField(default=0)),
                        ("next_look", models.DateField(blank=True, null=True)),
                        (
                            "edits",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=7), default=list, size=None
                            ),
                        ),
                        (
                            "informs",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=7), default=list, size=None
                            ),
                        ),
                        ("allowed_amount", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                        ("paid_amount", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                        ("decided_on", models.DateField(blank=True, null=True)),
                        ("payment_day", models.DateField(blank=True, null=True)),
                        (
                            "assigned_to",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="assigned_claims",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "beneficiary",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="claims",
                                to="beneficiaries.beneficiary",
                            ),
                        ),
                        (
                            "supplier",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="claims",
                                to="suppliers.supplier",
                            ),
                        ),
                        (
                            "current_decision",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="claims.decision",
                            ),
                        ),
                        (
                            "interchange",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="claims",
                                to="claims.interchange",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="claims",
                                to="claims.receivedfile",
                            ),
                        ),
                        (
                            "replaces",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced_by",
                                to="claims.claim",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-arrival",),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("status", "queued")), fields=["queue_number"], name="claims_queue"
                            ),
                            models.Index(fields=["beneficiary", "arrival"], name="claims_of_beneficiary"),
                            models.Index(fields=["supplier", "-arrival"], name="claims_of_supplier"),
                            models.Index(fields=["received_on", "arrival"], name="claims_by_receipt"),
                            models.Index(fields=["mbi"], name="claims_by_mbi"),
                            models.Index(
                                condition=models.Q(("next_look__isnull", False)),
                                fields=["next_look"],
                                name="claims_next_look",
                            ),
                            models.Index(
                                condition=models.Q(("payment_day__isnull", False)),
                                fields=["payment_day"],
                                name="claims_pay_day",
                            ),
                            django.contrib.postgres.indexes.GinIndex(fields=["edits"], name="claims_by_edit"),
                            models.Index(
                                condition=models.Q(("replaces__isnull", False)),
                                fields=["replaces"],
                                name="claims_replacements",
                            ),
                            models.Index(fields=["status", "received_on", "arrival"], name="claims_by_status"),
                            models.Index(fields=["total_charge", "id"], name="claims_by_charge"),
                            models.Index(
                                condition=models.Q(("supplier__isnull", True)),
                                fields=["billing_npi"],
                                name="claims_unknown_supplier",
                            ),
                            models.Index(
                                django.contrib.postgres.indexes.OpClass(
                                    django.db.models.functions.text.Upper("patient_last_name"), "text_pattern_ops"
                                ),
                                condition=models.Q(("beneficiary__isnull", True)),
                                name="claims_unknown_patient",
                            ),
                            models.Index(
                                condition=models.Q(("is_test", True)),
                                fields=["received_on", "arrival"],
                                name="claims_tests",
                            ),
                            models.Index(
                                condition=models.Q(("assigned_to__isnull", True), ("status", "suspended")),
                                fields=["received_on", "arrival"],
                                name="claims_to_take",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("icn",), name="claims_claim_number_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("file__isnull", False)),
                                fields=("file", "position"),
                                name="claims_once_in_a_file",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("status", "rejected"), ("icn__isnull", False), _connector="OR"),
                                name="claims_accepted_claim_has_a_number",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClaimLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("date_of_service", models.DateField()),
                        ("through", models.DateField(blank=True, null=True)),
                        ("hcpcs", models.CharField(max_length=10)),
                        (
                            "modifiers",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=2), default=list, size=None
                            ),
                        ),
                        ("units", models.DecimalField(blank=True, decimal_places=3, max_digits=12, null=True)),
                        ("unit_basis", models.CharField(default="UN", max_length=2)),
                        ("charge", models.DecimalField(decimal_places=2, max_digits=12)),
                        ("place_of_service", models.CharField(blank=True, max_length=2)),
                        (
                            "diagnosis_pointers",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveSmallIntegerField(), default=list, size=None
                            ),
                        ),
                        (
                            "control_number",
                            models.CharField(blank=True, max_length=50, verbose_name="line control number"),
                        ),
                        ("narrative", models.CharField(blank=True, max_length=300)),
                        (
                            "claim",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="claims.claim",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("claim", "number"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("claim", "number"),
                                include=("hcpcs", "date_of_service"),
                                name="claims_line_once",
                            )
                        ],
                        "indexes": [
                            models.Index(fields=["hcpcs", "claim"], name="claims_lines_by_code"),
                            models.Index(fields=["date_of_service", "claim"], name="claims_lines_by_day"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClockStop",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("stopped_on", models.DateField()),
                        ("resumed_on", models.DateField(blank=True, null=True)),
                        ("reason", models.CharField(max_length=120)),
                        (
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="clock_stops",
                                to="claims.claim",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("claim", "stopped_on"),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("resumed_on__isnull", True)),
                                fields=("claim",),
                                name="claims_clock_stands_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("resumed_on__isnull", True),
                                    ("resumed_on__gte", models.F("stopped_on")),
                                    _connector="OR",
                                ),
                                name="claims_clock_resumes_after_it_stopped",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Decision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("asked_by", models.BigIntegerField(verbose_name="queue number it answers")),
                        ("reason", models.CharField(max_length=120, verbose_name="why it was decided")),
                        ("decided_on", models.DateField(verbose_name="business day")),
                        ("decided_at", models.DateTimeField()),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("pay", "Pays"),
                                    ("deny", "Denied"),
                                    ("suspend", "Suspended"),
                                    ("hold", "On hold"),
                                ],
                                max_length=7,
                            ),
                        ),
                        ("allowed_amount", models.DecimalField(decimal_places=2, max_digits=12)),
                        ("paid_amount", models.DecimalField(decimal_places=2, max_digits=12)),
                        ("next_look", models.DateField(blank=True, null=True)),
                        ("publication", models.PositiveIntegerField()),
                        ("engine_version", models.CharField(max_length=16)),
                        ("facts", models.TextField()),
                        ("trace", models.TextField()),
                        (
                            "claim",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="claims.claim",
                            ),
                        ),
                        (
                            "previous",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="claims.decision",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("claim", "number"),
                        "constraints": [
                            models.UniqueConstraint(fields=("claim", "number"), name="claims_decision_number_once"),
                            models.UniqueConstraint(fields=("claim", "asked_by"), name="claims_one_decision_a_request"),
                        ],
                        "indexes": [
                            django.contrib.postgres.indexes.BrinIndex(
                                autosummarize=True,
                                fields=["decided_on"],
                                name="claims_decision_by_day",
                                pages_per_range=16,
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Determination",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("override", "Override of an edit"),
                                    ("waiver", "Waiver of an edit"),
                                    ("drug_category", "Payment category of a drug without a code"),
                                    ("timely_filing", "Exception to timely filing"),
                                ],
                                max_length=15,
                            ),
                        ),
                        ("edit", models.CharField(blank=True, max_length=7)),
                        ("line_number", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("value", models.CharField(blank=True, max_length=20)),
                        ("until", models.DateField(blank=True, null=True)),
                        ("reason", models.CharField(max_length=500)),
                        ("made_on", models.DateField()),
                        (
                            "arrival",
                            policy.arrivals.ArrivalField(
                                db_default=models.Func(
                                    models.Value("arrival_number"),
                                    function="nextval",
                                    output_field=models.BigIntegerField(),
                                ),
                                editable=False,
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="determinations",
                                to="claims.claim",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("money_at_stake", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                        ("needs_approval", models.BooleanField(default=False)),
                    ],
                    options={
                        "ordering": ("arrival",),
                    },
                ),
                migrations.CreateModel(
                    name="LineDecision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("pay", "Pays"),
                                    ("deny", "Denied"),
                                    ("suspend", "Suspended"),
                                    ("hold", "On hold"),
                                ],
                                max_length=7,
                            ),
                        ),
                        (
                            "edits",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=7), default=list, size=None
                            ),
                        ),
                        (
                            "informs",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=7), default=list, size=None
                            ),
                        ),
                        ("group", models.CharField(blank=True, max_length=2)),
                        ("carc", models.CharField(blank=True, max_length=4)),
                        (
                            "rarcs",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=5), default=list, size=None
                            ),
                        ),
                        ("allowed", models.DecimalField(decimal_places=2, max_digits=12)),
                        ("deductible", models.DecimalField(decimal_places=2, max_digits=12)),
                        ("coinsurance", models.DecimalField(decimal_places=2, max_digits=12)),
                        ("sequestration", models.DecimalField(decimal_places=2, max_digits=12)),
                        ("paid", models.DecimalField(decimal_places=2, max_digits=12)),
                        (
                            "decision",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="claims.decision",
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="claims.claimline",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("decision", "number"),
                        "constraints": [
                            models.UniqueConstraint(fields=("decision", "number"), name="claims_line_decision_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReceivedFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sha256", models.CharField(max_length=64, unique=True, verbose_name="SHA-256")),
                        ("name", models.CharField(max_length=200)),
                        ("size", models.PositiveBigIntegerField()),
                        ("path", models.CharField(max_length=200, verbose_name="path in the storage")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("receiving", "Being received"),
                                    ("finished", "Received"),
                                    ("refused", "Refused"),
                                ],
                                default="receiving",
                                max_length=10,
                            ),
                        ),
                        ("received_on", models.DateField(verbose_name="business day of receipt")),
                        ("received_at", models.DateTimeField()),
                        ("finished_at", models.DateTimeField(blank=True, null=True)),
                        ("accepted", models.PositiveIntegerField(default=0, verbose_name="claims accepted")),
                        ("rejected", models.PositiveIntegerField(default=0, verbose_name="claims rejected")),
                        ("account", models.TextField(blank=True, verbose_name="what happened, in words")),
                        (
                            "submitted_by",
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
                    },
                ),
                migrations.CreateModel(
                    name="Acknowledgement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("TA1", "TA1 interchange acknowledgement"),
                                    ("999", "999 implementation acknowledgement"),
                                    ("277CA", "277CA claim acknowledgement"),
                                ],
                                max_length=5,
                            ),
                        ),
                        ("control_number", models.PositiveIntegerField()),
                        ("content", models.TextField()),
                        ("created_at", models.DateTimeField()),
                        (
                            "interchange",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="acknowledgements",
                                to="claims.interchange",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="acknowledgements",
                                to="claims.receivedfile",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("id",),
                    },
                ),
                migrations.CreateModel(
                    name="Remittance",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("payment_day", models.DateField()),
                        (
                            "trace_number",
                            models.CharField(max_length=30, unique=True, verbose_name="trace number of the payment"),
                        ),
                        ("control_number", models.PositiveIntegerField()),
                        ("claim_count", models.PositiveIntegerField()),
                        ("charge_amount", models.DecimalField(decimal_places=2, max_digits=14)),
                        ("paid_amount", models.DecimalField(decimal_places=2, max_digits=14)),
                        ("interest_amount", models.DecimalField(decimal_places=2, max_digits=14)),
                        ("content", models.TextField(verbose_name="835")),
                        ("created_at", models.DateTimeField()),
                        (
                            "supplier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="remittances",
                                to="suppliers.supplier",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-payment_day", "supplier"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("supplier", "payment_day"), name="claims_one_remittance_a_day"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("interest_amount__gte", 0), ("paid_amount__gte", models.F("interest_amount"))
                                ),
                                name="claims_remittance_not_negative",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LedgerTransfer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("benefit", "Benefit expense"),
                                    ("interest", "Interest expense"),
                                    ("payable", "Payable to the supplier"),
                                    ("bank", "Paid out"),
                                    ("overpayment", "Owed by the supplier"),
                                    ("interest_due", "Interest owed by the supplier"),
                                    ("income", "Interest earned"),
                                ],
                                max_length=12,
                                verbose_name="from",
                            ),
                        ),
                        (
                            "target",
                            models.CharField(
                                choices=[
                                    ("benefit", "Benefit expense"),
                                    ("interest", "Interest expense"),
                                    ("payable", "Payable to the supplier"),
                                    ("bank", "Paid out"),
                                    ("overpayment", "Owed by the supplier"),
                                    ("interest_due", "Interest owed by the supplier"),
                                    ("income", "Interest earned"),
                                ],
                                max_length=12,
                                verbose_name="to",
                            ),
                        ),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                        ("on", models.DateField(verbose_name="business day")),
                        ("made_at", models.DateTimeField()),
                        (
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="ledger", to="claims.claim"
                            ),
                        ),
                        (
                            "decision",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ledger",
                                to="claims.decision",
                            ),
                        ),
                        (
                            "supplier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ledger",
                                to="suppliers.supplier",
                            ),
                        ),
                        (
                            "remittance",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ledger",
                                to="claims.remittance",
                            ),
                        ),
                        (
                            "settles",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="settled_by",
                                to="claims.decision",
                            ),
                        ),
                        (
                            "refund",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ledger",
                                to="claims.refund",
                            ),
                        ),
                        (
                            "charge",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ledger",
                                to="claims.interestcharge",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("id",),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("remittance__isnull", False)),
                                fields=["remittance"],
                                name="claims_transfer_remitted",
                            ),
                            models.Index(
                                condition=models.Q(("settles__isnull", False)),
                                fields=["settles"],
                                name="claims_transfer_settling",
                            ),
                            models.Index(
                                condition=models.Q(("refund__isnull", False)),
                                fields=["refund"],
                                name="claims_transfer_refunded",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)), name="claims_transfer_is_positive"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("refund__isnull", True), ("source", "bank"), _connector="XOR"),
                                name="claims_transfer_from_the_bank_is_a_refund",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("source", "benefit"), ("target", "payable")),
                                    models.Q(
                                        ("source", "payable"),
                                        ("target__in", ("benefit", "bank", "overpayment", "interest_due")),
                                    ),
                                    models.Q(("source", "interest"), ("target", "bank")),
                                    models.Q(("source", "overpayment"), ("target", "benefit")),
                                    models.Q(("source", "bank"), ("target__in", ("overpayment", "interest_due"))),
                                    models.Q(("source", "interest_due"), ("target__in", ("income", "bank"))),
                                    models.Q(("source", "income"), ("target", "interest_due")),
                                    _connector="OR",
                                ),
                                name="claims_transfer_between_known_accounts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("remittance__isnull", True),
                                    models.Q(
                                        ("target", "bank"),
                                        models.Q(
                                            ("source", "payable"), ("target__in", ("overpayment", "interest_due"))
                                        ),
                                        _connector="OR",
                                    ),
                                    _connector="XOR",
                                ),
                                name="claims_transfer_to_the_bank_is_remitted",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("settles__isnull", True),
                                    ("target__in", ("overpayment", "interest_due")),
                                    _connector="XOR",
                                ),
                                name="claims_transfer_settles_a_debt",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("charge__isnull", True),
                                    models.Q(("source", "income"), ("target", "income"), _connector="OR"),
                                    _connector="XOR",
                                ),
                                name="claims_transfer_to_income_is_a_charge",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("charge__isnull", True)),
                                fields=("decision", "source", "target", "settles", "refund"),
                                name="claims_transfer_once",
                                nulls_distinct=False,
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("charge__isnull", False)),
                                fields=("charge",),
                                name="claims_transfer_charged_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RemittedDecision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("interest_amount", models.DecimalField(decimal_places=2, max_digits=12)),
                        (
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="remitted", to="claims.claim"
                            ),
                        ),
                        (
                            "decision",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="remitted",
                                to="claims.decision",
                            ),
                        ),
                        (
                            "remittance",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="claims.remittance",
                            ),
                        ),
                        ("is_reversal", models.BooleanField(default=False)),
                    ],
                    options={
                        "ordering": ("remittance", "claim", "-is_reversal"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("decision", "is_reversal"), name="claims_decision_told_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("is_reversal", False), ("interest_amount", 0), _connector="OR"),
                                name="claims_reversal_without_interest",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Adjustment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("reopening", "Clerical reopening"),
                                    ("review", "Medical review"),
                                    ("history", "What it was judged by has changed"),
                                    ("replacement", "Replaced by the supplier"),
                                    ("void", "Voided"),
                                    ("mass", "Mass adjustment"),
                                    ("any_time", "Reopening at any time"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "Waits for approval"),
                                    ("approved", "Approved, to be decided"),
                                    ("done", "Done"),
                                    ("refused", "Refused"),
                                ],
                                default="proposed",
                                max_length=8,
                            ),
                        ),
                        ("reason", models.CharField(max_length=500)),
                        (
                            "cause",
                            models.CharField(blank=True, max_length=120, verbose_name="what moved, by kind and row"),
                        ),
                        (
                            "good_cause",
                            models.CharField(blank=True, max_length=500, verbose_name="good cause, after a year"),
                        ),
                        ("money_at_stake", models.DecimalField(decimal_places=2, max_digits=12)),
                        ("asked_by_label", models.CharField(max_length=160, verbose_name="who asked")),
                        ("asked_on", models.DateField(verbose_name="business day it was asked for")),
                        (
                            "settled_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="business day of the approval or refusal"
                            ),
                        ),
                        (
                            "settled_reason",
                            models.CharField(blank=True, max_length=500, verbose_name="why it was approved or refused"),
                        ),
                        (
                            "arrival",
                            policy.arrivals.ArrivalField(
                                db_default=models.Func(
                                    models.Value("arrival_number"),
                                    function="nextval",
                                    output_field=models.BigIntegerField(),
                                ),
                                editable=False,
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="adjustments",
                                to="claims.claim",
                            ),
                        ),
                        (
                            "from_decision",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="adjusted_by",
                                to="claims.decision",
                            ),
                        ),
                        (
                            "replacement",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replacement_of",
                                to="claims.claim",
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
                        (
                            "to_decision",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="adjustment_of",
                                to="claims.decision",
                            ),
                        ),
                        (
                            "mass",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="adjustments",
                                to="claims.massadjustment",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-arrival",),
                        "indexes": [models.Index(fields=["state", "-arrival"], name="claims_adjustment_by_state")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("proposed", "approved"))),
                                fields=("claim",),
                                name="claims_one_open_adjustment",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Demand",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sent_on", models.DateField(verbose_name="business day")),
                        (
                            "overpayment",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="demand",
                                to="claims.overpayment",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-sent_on", "-pk"),
                    },
                ),
                migrations.CreateModel(
                    name="Overpayment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                        ("found_on", models.DateField(verbose_name="business day")),
                        ("reason", models.CharField(max_length=500)),
                        (
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="overpayments",
                                to="claims.claim",
                            ),
                        ),
                        (
                            "correction",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="claims.decision",
                            ),
                        ),
                        (
                            "decision",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="overpayment",
                                to="claims.decision",
                            ),
                        ),
                        (
                            "remittance",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="overpayments",
                                to="claims.remittance",
                            ),
                        ),
                        (
                            "supplier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="overpayments",
                                to="suppliers.supplier",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-found_on", "-pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)), name="claims_overpayment_is_positive"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Redetermination",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("received_on", models.DateField()),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("upheld", "The overpayment is upheld"),
                                    ("reversed", "Decided for the supplier, in whole or in part"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("decided_on", models.DateField(blank=True, null=True)),
                        (
                            "overpayment",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="redetermination",
                                to="claims.overpayment",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-received_on", "-pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_on__isnull", True), ("outcome", "")),
                                    models.Q(models.Q(("outcome", ""), _negated=True), ("decided_on__isnull", False)),
                                    _connector="OR",
                                ),
                                name="claims_redetermination_decided_on_a_day",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Refund",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                        ("received_on", models.DateField()),
                        ("reference", models.CharField(max_length=50)),
                        ("recorded_on", models.DateField(verbose_name="business day")),
                        (
                            "overpayment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="refunds",
                                to="claims.overpayment",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("received_on", "pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)), name="claims_refund_is_positive"
                            ),
                            models.UniqueConstraint(
                                fields=("overpayment", "reference"), name="claims_refund_recorded_once"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Seal",
                    fields=[
                        ("number", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                        ("table", models.CharField(max_length=63)),
                        (
                            "columns",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=63), size=None
                            ),
                        ),
                        ("first_id", models.BigIntegerField()),
                        ("last_id", models.BigIntegerField()),
                        ("row_count", models.PositiveIntegerField()),
                        ("digest", models.CharField(max_length=64, verbose_name="SHA-256 of the rows")),
                        ("leaves", models.BinaryField()),
                        (
                            "previous",
                            models.CharField(blank=True, max_length=64, verbose_name="chain of the seal before"),
                        ),
                        (
                            "chain",
                            models.CharField(max_length=64, verbose_name="SHA-256 of the seal and all before it"),
                        ),
                        ("sealed_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ("number",),
                        "constraints": [
                            models.UniqueConstraint(fields=("table", "first_id"), name="claims_range_sealed_once"),
                            models.CheckConstraint(
                                condition=models.Q(("last_id__gte", models.F("first_id"))), name="claims_seal_has_ids"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClaimHold",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reason", models.CharField(max_length=500)),
                        ("made_on", models.DateField()),
                        (
                            "arrival",
                            policy.arrivals.ArrivalField(
                                db_default=models.Func(
                                    models.Value("arrival_number"),
                                    function="nextval",
                                    output_field=models.BigIntegerField(),
                                ),
                                editable=False,
                            ),
                        ),
                        ("until", models.DateField(verbose_name="the day on which it ends")),
                        (
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="holds", to="claims.claim"
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("arrival",),
                    },
                ),
                migrations.CreateModel(
                    name="ClaimHoldEnd",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reason", models.CharField(max_length=500)),
                        ("made_on", models.DateField()),
                        (
                            "arrival",
                            policy.arrivals.ArrivalField(
                                db_default=models.Func(
                                    models.Value("arrival_number"),
                                    function="nextval",
                                    output_field=models.BigIntegerField(),
                                ),
                                editable=False,
                            ),
                        ),
                        (
                            "hold",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="end", to="claims.claimhold"
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="DeterminationApproval",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reason", models.CharField(max_length=500)),
                        ("made_on", models.DateField()),
                        (
                            "arrival",
                            policy.arrivals.ArrivalField(
                                db_default=models.Func(
                                    models.Value("arrival_number"),
                                    function="nextval",
                                    output_field=models.BigIntegerField(),
                                ),
                                editable=False,
                            ),
                        ),
                        ("is_granted", models.BooleanField()),
                        (
                            "determination",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="approval",
                                to="claims.determination",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="DeterminationRevocation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reason", models.CharField(max_length=500)),
                        ("made_on", models.DateField()),
                        (
                            "arrival",
                            policy.arrivals.ArrivalField(
                                db_default=models.Func(
                                    models.Value("arrival_number"),
                                    function="nextval",
                                    output_field=models.BigIntegerField(),
                                ),
                                editable=False,
                            ),
                        ),
                        (
                            "determination",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="revocation",
                                to="claims.determination",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="MassAdjustment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=60)),
                        ("reason", models.CharField(max_length=500)),
                        (
                            "good_cause",
                            models.CharField(blank=True, max_length=500, verbose_name="good cause, after a year"),
                        ),
                        ("chosen_by", models.TextField(verbose_name="which claims")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("previewing", "Being previewed"),
                                    ("previewed", "Waits for approval"),
                                    ("approved", "Approved"),
                                    ("running", "Running"),
                                    ("paused", "Paused"),
                                    ("done", "Done"),
                                    ("cancelled", "Cancelled"),
                                    ("failed", "Stopped by a fault"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="why it stopped")),
                        ("publication", models.PositiveIntegerField(blank=True, null=True)),
                        ("engine_version", models.CharField(blank=True, max_length=16)),
                        (
                            "previewed_on",
                            models.DateField(blank=True, null=True, verbose_name="business day of the preview"),
                        ),
                        ("claims_chosen", models.PositiveIntegerField(default=0)),
                        (
                            "claims_changed",
                            models.PositiveIntegerField(default=0, verbose_name="claims that would change"),
                        ),
                        ("lines_changed", models.PositiveIntegerField(default=0)),
                        (
                            "before",
                            models.DecimalField(decimal_places=2, default=0, max_digits=14, verbose_name="paid before"),
                        ),
                        (
                            "after",
                            models.DecimalField(decimal_places=2, default=0, max_digits=14, verbose_name="would pay"),
                        ),
                        ("at_stake", models.DecimalField(decimal_places=2, default=0, max_digits=14)),
                        ("made_on", models.DateField()),
                        ("approved_on", models.DateField(blank=True, null=True)),
                        (
                            "approved_reason",
                            models.CharField(blank=True, max_length=500, verbose_name="why it was approved"),
                        ),
                        (
                            "ended_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="business day on which it was done or cancelled"
                            ),
                        ),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                        (
                            "reverses",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reversals",
                                to="claims.massadjustment",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-pk",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approved_by__isnull", True),
                                    models.Q(("approved_by", models.F("made_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="claims_mass_second_person",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("reverses__isnull", False), models.Q(("state", "cancelled"), _negated=True)
                                ),
                                fields=("reverses",),
                                name="claims_mass_reversed_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MassAdjustmentClaim",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("chosen", "To be previewed"),
                                    ("same", "Comes out the same"),
                                    ("changes", "Would change"),
                                    ("asked", "To be decided"),
                                    ("decided", "Decided anew"),
                                    ("left_out", "Left out"),
                                ],
                                default="chosen",
                                max_length=8,
                            ),
                        ),
                        ("sentence", models.CharField(blank=True, max_length=500, verbose_name="why it was left out")),
                        ("before", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                        ("after", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                        ("told_digest", models.CharField(blank=True, max_length=64)),
                        ("came_out_otherwise", models.BooleanField(default=False)),
                        (
                            "of_other_engine",
                            models.BooleanField(
                                default=False,
                                verbose_name="decided by another version than the decision it makes again",
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="in_mass_adjustments",
                                to="claims.claim",
                            ),
                        ),
                        (
                            "decision",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="claims.decision",
                            ),
                        ),
                        (
                            "made",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="claims.decision",
                            ),
                        ),
                        (
                            "mass",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="claims",
                                to="claims.massadjustment",
                            ),
                        ),
                        (
                            "restored",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="claims.decision",
                            ),
                        ),
                        (
                            "previewed_otherwise",
                            models.BooleanField(
                                default=False, verbose_name="previewed again, and otherwise than was approved"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("mass", "position"),
                        "indexes": [models.Index(fields=["mass", "state", "position"], name="claims_mass_by_state")],
                        "constraints": [
                            models.UniqueConstraint(fields=("mass", "position"), name="claims_mass_position_once"),
                            models.UniqueConstraint(fields=("claim", "mass"), name="claims_mass_claim_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MassAdjustmentLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveIntegerField(verbose_name="position of its claim")),
                        ("number", models.PositiveSmallIntegerField()),
                        ("date_of_service", models.DateField()),
                        ("hcpcs", models.CharField(max_length=10)),
                        ("supplier", models.CharField(max_length=10, verbose_name="supplier's NPI as billed")),
                        ("supplier_name", models.CharField(blank=True, max_length=120)),
                        ("edit", models.CharField(blank=True, max_length=7)),
                        ("difference", models.DecimalField(decimal_places=2, max_digits=12)),
                        ("before", models.JSONField()),
                        ("after", models.JSONField()),
                        (
                            "mass",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="claims.massadjustment",
                            ),
                        ),
                        (
                            "of",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="claims.massadjustmentclaim",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("mass", "position", "number"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("mass", "position", "number"), name="claims_mass_line_once"
                            ),
                            models.UniqueConstraint(fields=("of", "number"), name="claims_mass_claim_line_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SavedFilter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                migrations.CreateModel(
                    name="ClaimNote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.TextField(max_length=4000)),
                        ("made_on", models.DateField()),
                        (
                            "made_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="claims.claim"
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
                        "ordering": ("-pk",),
                    },
                ),
                migrations.CreateModel(
                    name="NoteDraft",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.TextField(max_length=4000)),
                        ("saved_at", models.DateTimeField()),
                        (
                            "claim",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="claims.claim",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("claim", "person"), name="claims_one_draft_a_person")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReviewReferral",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reason", models.CharField(max_length=500)),
                        ("made_on", models.DateField()),
                        (
                            "arrival",
                            policy.arrivals.ArrivalField(
                                db_default=models.Func(
                                    models.Value("arrival_number"),
                                    function="nextval",
                                    output_field=models.BigIntegerField(),
                                ),
                                editable=False,
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="referrals", to="claims.claim"
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("arrival",),
                        "indexes": [models.Index(fields=["arrival"], name="claims_referrals_in_order")],
                    },
                ),
                migrations.CreateModel(
                    name="ReviewReferralEnd",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reason", models.CharField(max_length=500)),
                        ("made_on", models.DateField()),
                        (
                            "arrival",
                            policy.arrivals.ArrivalField(
                                db_default=models.Func(
                                    models.Value("arrival_number"),
                                    function="nextval",
                                    output_field=models.BigIntegerField(),
                                ),
                                editable=False,
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "referral",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="end",
                                to="claims.reviewreferral",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="CountedUpTo",
                    fields=[
                        ("table", models.CharField(max_length=63, primary_key=True, serialize=False)),
                        ("last_id", models.BigIntegerField()),
                    ],
                    options={
                        "verbose_name_plural": "counted up to",
                    },
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
                    options={
                        "ordering": ("day",),
                    },
                ),
                migrations.CreateModel(
                    name="Inventory",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("counted_for", models.DateField(verbose_name="business date of the count")),
                        ("counted_at", models.DateTimeField()),
                        ("seconds", models.FloatField()),
                        (
                            "open_claims",
                            models.JSONField(default=list, encoder=django.core.serializers.json.DjangoJSONEncoder),
                        ),
                        (
                            "denials",
                            models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder),
                        ),
                        (
                            "stuck",
                            models.JSONField(default=list, encoder=django.core.serializers.json.DjangoJSONEncoder),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "inventory",
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("pk", 1)), name="claims_one_inventory")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LineDenial",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                migrations.CreateModel(
                    name="InterestCharge",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("charged_on", models.DateField(verbose_name="business day")),
                        ("periods", models.PositiveSmallIntegerField()),
                        ("rate", models.DecimalField(decimal_places=5, max_digits=7)),
                        ("total", models.DecimalField(decimal_places=2, max_digits=12)),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                        (
                            "overpayment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="charges",
                                to="claims.overpayment",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("charged_on", "pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(models.Q(("amount", 0), _negated=True), ("total__gte", 0)),
                                name="claims_interest_charge_of_something",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LookedThrough",
                    fields=[
                        ("look", models.CharField(max_length=20, primary_key=True, serialize=False)),
                        ("day", models.DateField()),
                    ],
                    options={
                        "verbose_name_plural": "looked through",
                    },
                ),
                migrations.CreateModel(
                    name="Reconsideration",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("received_on", models.DateField()),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("upheld", "The overpayment is upheld"),
                                    ("reversed", "Decided for the supplier, in whole or in part"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("decided_on", models.DateField(blank=True, null=True)),
                        (
                            "overpayment",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reconsideration",
                                to="claims.overpayment",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-received_on", "-pk"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_on__isnull", True), ("outcome", "")),
                                    models.Q(models.Q(("outcome", ""), _negated=True), ("decided_on__isnull", False)),
                                    _connector="OR",
                                ),
                                name="claims_reconsideration_decided_on_a_day",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClaimDraft",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("values", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=0)),
                        ("saved_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                        (
                            "claim",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="draft",
                                to="claims.claim",
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
                        (
                            "saved_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "supplier",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="suppliers.supplier",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-saved_at", "-pk"),
                        "indexes": [models.Index(fields=["supplier", "-saved_at"], name="claims_drafts_of_supplier")],
                    },
                ),
                migrations.CreateModel(
                    name="PatientLook",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField()),
                        ("digest", models.CharField(max_length=64)),
                        ("is_match", models.BooleanField()),
                        (
                            "at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "supplier",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="suppliers.supplier",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("-pk",),
                        "constraints": [
                            models.UniqueConstraint(fields=("supplier", "day", "digest"), name="claims_look_once_a_day")
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="claim",
                    trigger=pgtrigger.compiler.Trigger(
                        name="status_moves_along_the_arrows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{received:rejected,received:queued,received:voided,queued:payable,queued:denied,queued:on_hold,queued:suspended,queued:adjusted,on_hold:queued,on_hold:adjusted,on_hold:voided,suspended:queued,suspended:adjusted,suspended:voided,payable:paid,payable:queued,payable:adjusted,payable:voided,denied:queued,denied:adjusted,denied:voided,paid:queued,paid:adjusted,paid:voided}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="9c6ac93b64f8e0ec182c690f2b87001d29303b59",
                            operation="UPDATE",
                            pgid="pgtrigger_status_moves_along_the_arrows_e3c9a",
                            table="claims_claim",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="decision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                            hash="2309629e8097686f31f47483e2093374cab6e855",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_c0252",
                            table="claims_decision",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="decision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                            hash="4308683f857514c8c3d08193fe9e21ececb2ab7c",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_truncated_6cffe",
                            table="claims_decision",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="determination",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                            hash="c26fc8de21d8d9cb2c22c0d98dadd230bc2bbc17",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_3d4ce",
                            table="claims_determination",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="determination",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                            hash="8c058e9ca48e8a451e215e25be6113e8d1ba53c2",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_truncated_0e925",
                            table="claims_determination",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="linedecision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                            hash="480278a7a98f3ff2dec51b881d84197c28b72faa",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_ee245",
                            table="claims_linedecision",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="linedecision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                            hash="4ff49544df7106b4417e8bad065c4b0e80eb4ae9",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_truncated_70fc3",
                            table="claims_linedecision",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="remittance",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                            hash="b75a99ec2f790d54fc492a75e78ad372435ae6f9",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_f80cc",
                            table="claims_remittance",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="remittance",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                            hash="a622b475f251e2489ea13c5874ce41bc3182840b",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_truncated_9e958",
                            table="claims_remittance",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="ledgertransfer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                            hash="ab0b2892263e4b911e139ab55663ed126bff7e38",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_c077e",
                            table="claims_ledgertransfer",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="ledgertransfer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                            hash="b91ca591416c5fb65eee62d9204f204214d037c0",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_truncated_8ebbf",
                            table="claims_ledgertransfer",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="ledgertransfer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="within_what_was_booked",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.\"source\" IN ('payable', 'overpayment'))",
                            declare="DECLARE still_payable numeric; paid numeric;",
                            func="\nPERFORM FROM claims_decision WHERE id = NEW.decision_id FOR NO KEY UPDATE;\nSELECT coalesce(sum(amount) FILTER (WHERE target = 'payable'), 0)\n         - coalesce(sum(amount) FILTER (WHERE source = 'payable'), 0),\n       coalesce(sum(amount) FILTER (WHERE source = 'payable' AND target <> 'benefit'), 0)\n         - coalesce(sum(amount) FILTER (WHERE source = 'overpayment'), 0)\n  INTO still_payable, paid\n  FROM claims_ledgertransfer WHERE decision_id = NEW.decision_id;\nIF still_payable < 0 OR paid < 0 THEN\n    RAISE EXCEPTION 'claims_transfer_within_what_was_booked: % from % to % is more than decision % has there',\n        NEW.amount, NEW.source, NEW.target, NEW.decision_id USING ERRCODE = 'check_violation';\nEND IF;\nIF NEW.source = 'payable' AND NEW.target <> 'benefit' AND EXISTS (\n    SELECT FROM claims_ledgertransfer t WHERE t.claim_id = NEW.claim_id AND t.decision_id <> NEW.decision_id\n     GROUP BY t.decision_id\n    HAVING coalesce(sum(amount) FILTER (WHERE source = 'payable' AND target <> 'benefit'), 0)\n         > coalesce(sum(amount) FILTER (WHERE source = 'overpayment'), 0)\n) THEN\n    RAISE EXCEPTION 'claims_claim_paid_once: claim % is paid by another decision that was not reversed', NEW.claim_id\n        USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NULL;\n",
                            hash="92edff64e37cbaacc243fa488a051ee0863a10fd",
                            operation="INSERT",
                            pgid="pgtrigger_within_what_was_booked_54ea4",
                            table="claims_ledgertransfer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="ledgertransfer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="within_what_is_owed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.\"target\" = 'overpayment')",
                            declare="DECLARE owed numeric;",
                            func="\nPERFORM FROM claims_decision WHERE id = NEW.settles_id FOR NO KEY UPDATE;\nSELECT coalesce((SELECT sum(amount) FROM claims_ledgertransfer\n                  WHERE decision_id = NEW.settles_id AND source = 'overpayment'), 0)\n     - coalesce((SELECT sum(amount) FROM claims_ledgertransfer\n                  WHERE settles_id = NEW.settles_id AND target = 'overpayment'), 0)\n  INTO owed;\nIF owed < 0 THEN\n    RAISE EXCEPTION 'claims_debt_settled_once: % is more than is owed on decision %', NEW.amount, NEW.settles_id\n        USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NULL;\n",
                            hash="37265528e03b872c2fb77d4148b65cc9d3cf6020",
                            operation="INSERT",
                            pgid="pgtrigger_within_what_is_owed_18298",
                            table="claims_ledgertransfer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="ledgertransfer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="within_the_interest",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN ((NEW.\"source\" IN ('payable', 'bank') AND NEW.\"target\" = 'interest_due') OR (NEW.\"source\" = 'interest_due' AND NEW.\"target\" = 'bank'))",
                            declare="DECLARE owed numeric;",
                            func="\nPERFORM FROM claims_decision WHERE id = coalesce(NEW.settles_id, NEW.decision_id) FOR NO KEY UPDATE;\nSELECT coalesce((SELECT sum(amount) FROM claims_ledgertransfer\n                  WHERE decision_id = coalesce(NEW.settles_id, NEW.decision_id) AND source = 'interest_due'), 0)\n     - coalesce((SELECT sum(amount) FROM claims_ledgertransfer\n                  WHERE settles_id = coalesce(NEW.settles_id, NEW.decision_id) AND target = 'interest_due'), 0)\n  INTO owed;\nIF (NEW.target = 'interest_due' AND owed < 0) OR (NEW.target = 'bank' AND owed > 0) THEN\n    RAISE EXCEPTION 'claims_interest_within_what_was_charged: % from % to % is more than the interest on decision %',\n        NEW.amount, NEW.source, NEW.target, coalesce(NEW.settles_id, NEW.decision_id)\n        USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NULL;\n",
                            hash="4e79887c5e183049573a5f53c8e759f0ea47efaf",
                            operation="INSERT",
                            pgid="pgtrigger_within_the_interest_e82b0",
                            table="claims_ledgertransfer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="remitteddecision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                            hash="04298a98bea86185587a6f19bca93053631698d3",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_cdef0",
                            table="claims_remitteddecision",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="remitteddecision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                            hash="5815d6becee8bbb551283123e590913da3c77fb1",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_truncated_83813",
                            table="claims_remitteddecision",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="demand",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                            hash="044eba94ff03878581d0711750cff8a66c10bb5f",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_8e8dc",
                            table="claims_demand",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="demand",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                            hash="5dfee0f2d411407b6120abbfcd067a1d1bb3474c",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_truncated_a76e3",
                            table="claims_demand",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="overpayment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                            hash="6d853cb7a02782e00cd6a2e0f9eee5231e54433a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_b966c",
                            table="claims_overpayment",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="overpayment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                            hash="51cd38ee13134937718351eb9f5b6b113ed34d07",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_truncated_0cf42",
                            table="claims_overpayment",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="refund",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                            hash="52ba319574b93aa83f77bf0e7d125423e6916ed3",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_2ce7b",
                            table="claims_refund",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="refund",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                            hash="7120625b877364c615f608949a55313906d696e9",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_truncated_92b44",
                            table="claims_refund",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="seal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                            hash="3bfc9d08f3ff57294ce600ad3dceb699197c5fd2",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_76a21",
                            table="claims_seal",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="seal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                            hash="4cc4a34d3243090afaf8a68d705c664ca48ca016",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_truncated_bcf2c",
                            table="claims_seal",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="claimhold",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                            hash="f51067333ea2035a68690dd7a7cd06f76bb58c50",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_03be8",
                            table="claims_claimhold",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="claimhold",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                            hash="4da92a795c78ebad34af2e33b88c877bd46250ff",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_truncated_1eb38",
                            table="claims_claimhold",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="claimholdend",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                            hash="59441e4ddff2d7b6743b451edf5a9ac95848df52",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_d11cc",
                            table="claims_claimholdend",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="claimholdend",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                            hash="652797b2e126cdd7c5d1d44fff4c2a2a8604ff9f",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_truncated_c03c9",
                            table="claims_claimholdend",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="determinationapproval",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                            hash="3fd1c2edb99567fcde673a12b58bbb263d53c8f6",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_aed3d",
                            table="claims_determinationapproval",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="determinationapproval",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                            hash="b6dd889b52bc90112258c142100fc2a95286f4f4",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_truncated_95136",
                            table="claims_determinationapproval",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="determinationrevocation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                            hash="482fcaf9c610492d254203a8365b33aed64c0292",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_45a44",
                            table="claims_determinationrevocation",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="determinationrevocation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                            hash="0312a46a55a5080b8498350e599054876547a6bb",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_truncated_e3a64",
                            table="claims_determinationrevocation",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="massadjustment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mass_state_moves_along_the_arrows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{draft:previewing,draft:cancelled,previewing:previewed,previewing:running,previewing:cancelled,previewing:failed,previewed:previewing,previewed:approved,previewed:cancelled,approved:running,approved:paused,approved:cancelled,approved:failed,running:paused,running:done,running:cancelled,running:failed,paused:running,paused:previewing,paused:cancelled,failed:previewing,failed:running,failed:cancelled}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="4392400e48bed58c7dc4dd8352946d3c810d40e6",
                            operation="UPDATE",
                            pgid="pgtrigger_mass_state_moves_along_the_arrows_3bfa0",
                            table="claims_massadjustment",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="claimnote",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                            hash="d8f8da77c64fc2f1ebcbdee0d4ec5741084b0c20",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_e3646",
                            table="claims_claimnote",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="claimnote",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                            hash="4b04eac45dfc9e9040bae0badfa69c0e8baa4df9",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_truncated_5a846",
                            table="claims_claimnote",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reviewreferral",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                            hash="58e84033fc86bb9ed90266773cfe8425e9af616e",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_6b91a",
                            table="claims_reviewreferral",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reviewreferral",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                            hash="84e87c72c790471b9cded7334cfc63138977dcc0",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_truncated_c2d32",
                            table="claims_reviewreferral",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reviewreferralend",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                            hash="e7828dfaa9eb4929f7231b7f8bb79a67293ecc19",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_ff788",
                            table="claims_reviewreferralend",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reviewreferralend",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                            hash="7e9fd96757b5fae3b0d3faeeb0860ce48cf1b585",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_truncated_2b103",
                            table="claims_reviewreferralend",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="interestcharge",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                            hash="aba6a290ecc4f486e995c532ccbeaa4ddec9023f",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_97237",
                            table="claims_interestcharge",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="interestcharge",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, lower(TG_OP);",
                            hash="625edef73b037a4b7714715e9286e67bd14acc85",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_truncated_d175c",
                            table="claims_interestcharge",
                            when="BEFORE",
                        ),
                    ),
                ),
            ],
        ),
        # The sequences of `claims.sequences`.
        migrations.RunSQL(
            sql="CREATE SEQUENCE interchange_control_number MAXVALUE 999999999 CYCLE",
            reverse_sql="DROP SEQUENCE interchange_control_number",
        ),
        migrations.RunSQL(
            sql="CREATE SEQUENCE payment_trace_number",
            reverse_sql="DROP SEQUENCE payment_trace_number",
        ),
        migrations.RunSQL(
            sql="CREATE SEQUENCE icn_number",
            reverse_sql="DROP SEQUENCE icn_number",
        ),
        # The texts of decisions are stored as they are: compressing facts and trace costs a tenth of the time of a
        # decision and saves half of nine kilobytes.
        migrations.RunSQL(
            sql="ALTER TABLE claims_decision ALTER COLUMN facts SET STORAGE EXTERNAL, ALTER COLUMN trace SET STORAGE EXTERNAL",
            reverse_sql="ALTER TABLE claims_decision ALTER COLUMN facts SET STORAGE EXTENDED, ALTER COLUMN trace SET STORAGE EXTENDED",
        ),
        # How many seals were ever made, kept apart from them: so that it is seen when the last ones are gone.
        migrations.RunSQL(
            sql="CREATE SEQUENCE claims_seals_made MINVALUE 0 START 0 OWNED BY claims_seal.number",
            reverse_sql="DROP SEQUENCE claims_seals_made",
        ),
    ]
